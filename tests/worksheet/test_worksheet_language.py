"""Worksheets and keys in another language: whatever the course says itself is translated, and lines run its way."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from coldwar_lessons.content.load import Course, speaking
from coldwar_lessons.worksheet.sheet import answer_key, graded_test, graded_test_key, worksheet
from coldwar_lessons.worksheet.typeset import print_sheet
from tests.hard_coded import course_in_other_letters, hard_coded_words
from tests.pdf_files import text_of
from tests.pseudo import LEFT_TO_RIGHT, RIGHT_TO_LEFT, pseudo_locale

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted(path.stem for path in (ROOT / "data" / "lessons").glob("*.yml"))


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Course]:
    """The course in both pseudo-languages, with content in another alphabet's letters."""
    found = {}
    for tag in (LEFT_TO_RIGHT, RIGHT_TO_LEFT):
        locale = pseudo_locale(tmp_path_factory.mktemp(tag) / "locale", tag)
        found[tag] = course_in_other_letters(ROOT, locale, tag, teaching=True)
    return found


@pytest.fixture
def course(courses: dict[str, Course]) -> Iterator[Course]:
    with speaking(courses[LEFT_TO_RIGHT]):
        yield courses[LEFT_TO_RIGHT]


def hard_coded(sheet: dict[str, Any]) -> set[str]:
    return set(hard_coded_words(text_of(print_sheet(sheet).pdf)))


@pytest.mark.parametrize("name", LESSONS)
def test_no_worksheet_and_no_key_has_a_hard_coded_text(name: str, course: Course) -> None:
    assert hard_coded(worksheet(course, course.lessons[name])) == set()
    assert hard_coded(answer_key(course, course.lessons[name])) == set()


def test_no_test_on_paper_has_a_hard_coded_text(course: Course) -> None:
    for quiz in course.quizzes.values():
        if quiz.behaviour == "graded":
            assert hard_coded(graded_test(course, quiz)) == set()
            assert hard_coded(graded_test_key(course, quiz)) == set()


def test_a_hard_coded_text_is_found(course: Course) -> None:
    sheet = worksheet(course, course.lessons[LESSONS[0]])
    sheet["texts"]["words"] = "Words"
    assert hard_coded(sheet) == {"Words"}


def test_a_sheet_says_in_which_language_and_direction_it_is_set(courses: dict[str, Course]) -> None:
    for course, way in ((courses[RIGHT_TO_LEFT], "rtl"), (courses[LEFT_TO_RIGHT], "ltr")):
        with speaking(course):
            sheet = worksheet(course, course.lessons[LESSONS[0]])
        assert (sheet["language"], sheet["direction"]) == (course.about.language, way)
        with pikepdf.open(io.BytesIO(print_sheet(sheet).pdf)) as document:
            assert str(document.Root.Lang) == course.about.language
