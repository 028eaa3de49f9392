"""Style sheets are written for every direction and every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "coldwar_lessons"
SHEETS = sorted(
    path
    for folder in (ROOT / "js" / "css", PACKAGE)
    for path in folder.rglob("*.css")
    if path.parent != PACKAGE / "static"
)
#: Sides that are meant as they are said.
ALLOWED = {
    # Corners of a blot that are drawn by hand.
    "white-out.css": {"border-radius: 45% 55% 50% 48% / 12% 18% 14% 16%"},
}
_SIDE = r"(?:left|right)"
_PHYSICAL = re.compile(
    rf"(?:(?:margin|padding|border|scroll-margin|scroll-padding)-)?{_SIDE}(?:-(?:width|style|color))?"
    rf"|border-(?:top|bottom)-{_SIDE}-radius"
)
_DECLARATION = re.compile(r"(?<=[{;])\s*([\w-]+)\s*:\s*([^;{}]+)")


def declarations(sheet: str) -> Iterator[tuple[str, str]]:
    """Every property of a style sheet with its value."""
    without = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    for name, value in _DECLARATION.findall(without):
        yield name, " ".join(value.split())


def faults_of(sheet: str) -> Iterator[str]:
    """Declarations that name a side of the page where they mean the start or the end of a line, or that say words."""
    for name, value in declarations(sheet):
        parts = re.split(r" (?![^(]*\))", value.removesuffix(" !important"))
        sided = name in {"text-align", "float", "clear"} and re.search(rf"\b{_SIDE}\b", value)
        uneven = name in {"margin", "padding", "inset"} and len(parts) == 4 and parts[1] != parts[3]
        slanted = name == "border-radius" and len(parts) > 2 and (parts[0], parts[2]) != (parts[1], parts[-1])
        shadow = name == "box-shadow" and re.search(r"inset -?[1-9][\w.]* 0 ", value)
        words = name == "content" and any(re.search("[A-Za-z]{2}", text) for text in re.findall('"(.*?)"', value))
        if _PHYSICAL.fullmatch(name) or sided or uneven or slanted or shadow or words:
            yield f"{name}: {value}"


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_is_for_both_directions_and_says_no_words(path: Path) -> None:
    assert set(faults_of(path.read_text(encoding="utf-8"))) <= ALLOWED.get(path.name, set())


@pytest.mark.parametrize(
    "fault",
    [
        "margin-left: 1rem",
        "left: 0",
        "border-right-color: red",
        "border-top-left-radius: 3px",
        "text-align: right",
        "float: left",
        "padding: 0 1px 0 calc(1px + 2px)",
        "border-radius: 6px 0 0 6px",
        "box-shadow: inset 4px 0 0 red",
        'content: "Nothing yet"',
    ],
)
def test_what_is_for_one_direction_only_is_found(fault: str) -> None:
    assert list(faults_of(f"a {{ color: red; {fault}; }}")) == [fault]


def test_what_is_for_both_is_not() -> None:
    both = (
        "a { margin: 0 1px 2px 1px; padding: clamp(1px, 2vw, 3px) 0 1px; inset-inline-start: 0; text-align: start;"
        " border-radius: 6px 6px 0 0; box-shadow: inset 0 0 0 1px red; content: '▸'; background: left / 2px; }"
    )
    assert list(faults_of(both)) == []
