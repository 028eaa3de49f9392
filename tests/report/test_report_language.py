"""The report in another language: whatever the course says itself is translated, and numbers and names are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from coldwar_lessons.content.activities import Forecast
from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.essays import read_essays, writing_tasks
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.mark import mark_hand_ins
from coldwar_lessons.grading.markings import change
from coldwar_lessons.language import in_language
from coldwar_lessons.markup import h
from coldwar_lessons.report import sections
from coldwar_lessons.report.write import write_report
from tests.grading.classroom import hand_in_of, make_class, roster_of
from tests.grading.conftest import ROOT
from tests.grading.hand_ins import as_bytes
from tests.hard_coded import hard_coded_in, hard_coded_words, in_other_letters, pseudo_course


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """The course in the pseudo-language, with content in another alphabet's letters."""
    with pseudo_course(ROOT, tmp_path_factory.mktemp("course")) as course:
        yield course


@pytest.fixture(scope="module")
def gradebook(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gradebook]:
    """A class whose names and words are in those letters too; one is late, one is absent, one essay in three waits."""
    pupils = [
        replace(one, entry=replace(one.entry, name=in_other_letters(one.entry.name), class_name="12"))
        for one in make_class(12)
    ]
    folder = tmp_path_factory.mktemp("in")
    for number, pupil in enumerate(pupils[1:]):
        (folder / f"{number}.json").write_bytes(as_bytes(hand_in_of(pupil, course, course.lessons)))
    book = Gradebook(tmp_path_factory.mktemp("db") / "g.db")
    *_, tally = mark_hand_ins([folder], course, roster_of(pupils), book, due=None)
    assert tally.marked == len(pupils) - 1
    for number, essay in enumerate(read_essays(book, writing_tasks(course))):
        for row in essay.task.rubric.rows if number % 3 else ():
            change(book, essay.newest.writing, f"level.{row.id}", "2", base=0, marker="м")
            change(book, essay.newest.writing, f"comment.{row.id}", "шщы", base=0, marker="м")
    yield book
    book.close()


@pytest.mark.parametrize("anonymous", [False, True])
def test_no_report_has_a_hard_coded_text(course: Course, gradebook: Gradebook, tmp_path: Path, anonymous: bool) -> None:
    page, *figures = write_report(gradebook, course, tmp_path / "report.html", class_name="12", anonymous=anonymous)
    # Ids of forecasts name their rows in the figure.
    ids = {
        word
        for one in course.activities.values()
        if isinstance(one, Forecast)
        for question in one.questions
        for word in question.id.split("-")
    }
    assert hard_coded_in(page.read_text(encoding="utf-8")) <= ids | {"Brier"}
    for figure in figures:
        if figure.suffix == ".svg":
            texts = ET.parse(figure).iter("{http://www.w3.org/2000/svg}text")
            assert {word for text in texts for word in hard_coded_words("".join(text.itertext()))} <= ids | {"Brier"}


def test_a_hard_coded_text_in_a_report_is_found(
    course: Course, gradebook: Gradebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "small_class", lambda _n: h("span", "small class"))
    page, *_figures = write_report(gradebook, course, tmp_path / "report.html", lesson="02-after-stalin")
    assert {"small", "class"} <= hard_coded_in(page.read_text(encoding="utf-8"))


def test_a_report_of_an_empty_class_has_no_hard_coded_text(course: Course, tmp_path: Path) -> None:
    book = Gradebook(tmp_path / "g.db")
    book.enrol(roster_of(replace(one, entry=replace(one.entry, name="шщы")) for one in make_class(2)).entries)
    [page] = write_report(book, course, tmp_path / "report.html", lesson="03-gestures", students=False)
    book.close()
    assert hard_coded_in(page.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(("tag", "attributes"), [("ar-XB", 'lang="ar-XB" dir="rtl"'), ("en-GB", 'lang="en-GB"')])
def test_the_page_says_in_which_language_and_direction_it_is(
    course: Course, gradebook: Gradebook, tmp_path: Path, tag: str, attributes: str
) -> None:
    with in_language(tag):
        page, *_figures = write_report(gradebook, course, tmp_path / "report.html", lesson="03-gestures")
    assert f"<html {attributes}><head>" in page.read_text(encoding="utf-8")
