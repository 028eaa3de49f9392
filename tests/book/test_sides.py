"""Style sheets of the e-book: for readers that know left and right only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coldwar_lessons.book.bound import sides
from coldwar_lessons.book.bound.sides import with_sides

SHEETS = sorted(Path(sides.__file__).parent.glob("*.css"))


@pytest.mark.parametrize(
    ("written", "ltr", "rtl"),
    [
        ("margin-inline-start: 1em;", "margin-left: 1em;", "margin-right: 1em;"),
        ("border-inline-end: 1px solid red;", "border-right: 1px solid red;", "border-left: 1px solid red;"),
        ("padding-inline: 1em 0;", "padding-left: 1em; padding-right: 0;", "padding-right: 1em; padding-left: 0;"),
        (
            "margin-block: 0.2em;",
            "margin-top: 0.2em; margin-bottom: 0.2em;",
            "margin-top: 0.2em; margin-bottom: 0.2em;",
        ),
        ("float: inline-start;", "float: left;", "float: right;"),
        ("text-align: end;", "text-align: right;", "text-align: left;"),
        ("display: inline-block;", "display: inline-block;", "display: inline-block;"),
    ],
)
def test_start_and_end_become_sides(written: str, ltr: str, rtl: str) -> None:
    assert (with_sides(written, "ltr"), with_sides(written, "rtl")) == (ltr, rtl)


@pytest.mark.parametrize("name", ["bound.css", "reader.css"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_no_e_reader_meets_what_it_may_not_know(name: str, direction: str) -> None:
    sheet = next(path for path in SHEETS if path.name == name).read_text(encoding="utf-8")
    assert (
        re.findall(
            r"[\w-]*(?:-inline|-block)(?:-start|-end)?:|inline-start|: (?:start|end);", with_sides(sheet, direction)
        )
        == []
    )
