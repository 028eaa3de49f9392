"""What teachers see in a language from right to left: nothing overflows, and everybody can use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.mark import mark_hand_ins
from coldwar_lessons.language import in_language
from coldwar_lessons.marking_desk.command import choose_tasks, open_desk
from coldwar_lessons.report.write import write_report
from tests.browser.harness import axe_violations
from tests.grading.classroom import hand_in_of, make_class, mark_essays, roster_of
from tests.grading.conftest import ROOT
from tests.grading.hand_ins import as_bytes
from tests.marking_desk.serving import served
from tests.pseudo import RIGHT_TO_LEFT, pseudo_locale

pytestmark = pytest.mark.browser

LESSON, TASK = "03-gestures", "worth-of-gestures"
WIDTHS = (390, 1280)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """The course, and everything said from right to left."""
    course = load_course(ROOT, teaching=True)
    with in_language(RIGHT_TO_LEFT, [pseudo_locale(tmp_path_factory.mktemp("locale"), RIGHT_TO_LEFT)]):
        yield course


@pytest.fixture(scope="module")
def gradebook(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gradebook]:
    """What eight students of twelve handed in."""
    folder, pupils = tmp_path_factory.mktemp("in"), make_class(12)
    for number, pupil in enumerate(pupils[:8]):
        (folder / f"{number}.json").write_bytes(as_bytes(hand_in_of(pupil, course, [LESSON])))
    gradebook = Gradebook(tmp_path_factory.mktemp("db") / "g.db")
    *_, tally = mark_hand_ins([folder], course, roster_of(pupils), gradebook)
    assert tally.marked == 8
    mark_essays(gradebook, course)
    yield gradebook
    gradebook.close()


def assert_fits(page: Any) -> None:
    """The page runs from right to left, and its text stays within its width."""
    assert page.evaluate("() => document.dir") == "rtl"
    assert page.evaluate("() => document.documentElement.scrollWidth") <= page.viewport_size["width"]
    hidden = page.evaluate(
        """() => [...document.querySelectorAll('h1, h2, h3, p, li, button, summary, legend')]
          .filter(one => one.checkVisibility() && !one.closest('.cwl-hidden, .skip, dialog, .table, .scroll'))
          .map(one => [one.textContent.trim().slice(0, 40), one.getBoundingClientRect()])
          .filter(([, box]) => box.width > 1 && (box.left < -1 || box.right > innerWidth + 1)).map(([text]) => text)"""
    )
    assert hidden == []


@pytest.mark.parametrize("width", WIDTHS)
def test_report_from_right_to_left(
    chromium: Any, course: Course, gradebook: Gradebook, tmp_path: Path, width: int
) -> None:
    page_file, *_figures = write_report(gradebook, course, tmp_path / "report.html", class_name="12A")
    context = chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(page_file.as_uri())
    page.locator("details.item").first.evaluate("one => (one.open = true)")
    assert_fits(page)
    # Figures keep their own direction: else every label would hang on the wrong side of its place.
    assert page.locator("figure svg").first.evaluate("one => getComputedStyle(one).direction") == "ltr"
    assert axe_violations(page) == []
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_marking_desk_from_right_to_left(chromium: Any, course: Course, gradebook: Gradebook, width: int) -> None:
    desk = open_desk(gradebook, course, choose_tasks(course, None, TASK), anonymous=False, marker="Ms Hill")
    essay = next(one for one in desk.essays() if not one.marked)
    faults: list[str] = []
    with served(desk) as client:
        # First under the desk's own policy, for what its script says; then without, for axe.
        for options in ({}, {"bypass_csp": True}):
            context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
            page = context.new_page()
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda message: faults.append(message.text))
            page.goto(client.door.address())
            page.wait_for_url("**/")
            assert_fits(page)
            if options:
                assert axe_violations(page) == []
            page.goto(f"http://127.0.0.1:{client.door.port}/essay/{TASK}/{essay.newest.slug}?show=all")
            page.locator("html.desk-ready").wait_for()
            assert_fits(page)
            if options:
                assert axe_violations(page) == []
            else:
                page.keyboard.press("2")
                page.locator("#saved", has_text="Šåvéd").wait_for()
                page.keyboard.press("u")
                page.locator("#saved", has_text="Ûñdöñé").wait_for()
            context.close()
    assert faults == []
