"""Somebody adds a quiz to the lesson of examples/, in YAML alone, and sees it in the book and in JupyterLab."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from coldwar_lessons.content.check import check_content
from coldwar_lessons.content.unwritten import MARK
from tests.browser.conftest import Visit
from tests.browser.harness import axe_violations
from tests.browser.lab import jupyterlab, open_notebook, run_all
from tests.example import LESSON, build, command, copy_example

pytestmark = pytest.mark.browser
QUIZ = "two-wishes"
#: What the teacher writes into the draft, in the sequence of the marks in it.
TEXTS = (
    "Two wishes at once",
    "Which word shows that Berlin knows that its two plans pull against each other?",
    "Look at what stands between the two plans.",
    "endeavor",
    "It is a modest word, but it weighs the effort, and not the conflict (p1.s1).",
    "spite",
    "Yes. Whoever does a thing in spite of another knows that the two do not go together (p1.s1).",
    "shall",
    "It says that they mean to. Does it say against what (p1.s1)?",
    "Which sentence names the plan that makes the wish hard to keep?",
    "Yes. The day and the kind of warfare stand here.",
    "This is the wish. What stands in its way is named before it.",
)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the course with one quiz more, and its book."""
    root = copy_example(tmp_path_factory.mktemp("mine"))
    command("new", "quiz", QUIZ, "--lesson", "1", "--root", str(root))
    draft = root / "data" / "quizzes" / f"{QUIZ}.yml"
    first, *gaps = draft.read_text(encoding="utf-8").split(f'"{MARK}')
    assert len(gaps) == len(TEXTS)
    for text, gap in zip(TEXTS, gaps, strict=True):
        first += f'"{text}"{gap.partition(chr(34))[2]}'
    draft.write_text(first, encoding="utf-8")
    report = check_content(root)
    assert (report.faults, report.unwritten) == ((), ())
    build(root)
    return root


@pytest.fixture
def visit(chromium: Any, course: Path, serve: Callable[[Path], str]) -> Iterator[Visit]:
    """Pages of that book; a page that complains, or asks another host for anything, fails the test."""
    visit = Visit(chromium, serve(course / "_build" / "html"))
    yield visit
    visit.close()
    assert visit.faults == []


def test_the_new_quiz_is_answered_in_the_book(visit: Visit) -> None:
    page = visit.page(f"notebooks/{LESSON}.html")
    quiz = page.locator(f'[data-cwl-id="{LESSON}/quiz/{QUIZ}"]')
    assert quiz.get_by_text(TEXTS[0]).is_visible()
    item = quiz.locator(f'[data-item="{QUIZ}-1"]')
    item.get_by_label("shall").check()
    item.get_by_role("button", name="Check").click()
    assert TEXTS[8] in item.inner_text()
    item.get_by_role("button", name="Try again").click()
    item.get_by_label("spite").check()
    item.get_by_role("button", name="Check").click()
    assert item.locator(".cwl-q-verdict").inner_text().split("\n")[:2] == ["✓", "Right."]
    item.get_by_role("button", name="Show me in the telegram").click()
    assert "We intend to begin" in item.inner_text()
    # Another course at the same address keeps its work elsewhere.
    keys = page.evaluate("() => Object.keys(localStorage)")
    assert f"coldwar-lessons/2@zimmermann-telegram/{LESSON}/quiz/{QUIZ}" in keys


@pytest.mark.lab
def test_the_new_quiz_is_answered_in_jupyterlab(course: Path, chromium: Any, tmp_path: Path) -> None:
    notebooks = course / "notebooks"
    page = chromium.new_page(viewport={"width": 1280, "height": 1200})
    page.set_default_timeout(90_000)
    with jupyterlab(notebooks, tmp_path) as address:
        open_notebook(page, address, f"{LESSON}.ipynb")
        run_all(page)
        quiz = page.locator(".cwl-quiz.cwl-live", has_text=TEXTS[0])
        quiz.scroll_into_view_if_needed()
        item = quiz.locator(f'[data-item="{QUIZ}-1"]')
        item.get_by_label("spite").check()
        item.get_by_role("button", name="Check").click()
        expect(item.locator(".cwl-q-verdict")).to_contain_text("Right.")
        expect(quiz.locator(".cwl-saved")).to_have_text(f"Saved in {LESSON}.workbook.json.")
        kept = (notebooks / f"{LESSON}.workbook.json").read_text(encoding="utf-8")
        page.close()
    assert '"course": "zimmermann-telegram"' in kept
    assert f"{LESSON}/quiz/{QUIZ}" in kept


@pytest.mark.parametrize("path", ["index.html", f"notebooks/{LESSON}.html", "book/the-paper.html"])
def test_axe_finds_nothing_light_or_dark(visit: Visit, path: str) -> None:
    page = visit.page(path, bypass_csp=True, reduced_motion="reduce")
    light = axe_violations(page)
    page.emulate_media(color_scheme="dark")
    assert (light, axe_violations(page)) == ([], [])
