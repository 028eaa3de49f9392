"""Flashcards: every term and person of a lesson is a card, readable as a list without scripts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.load import Course, read_course
from coldwar_lessons.markup import Element
from coldwar_lessons.widgets.flashcards import flashcards_spec
from coldwar_lessons.widgets.spec import static_html

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted(path.stem for path in (ROOT / "data" / "lessons").glob("*.yml"))


@pytest.fixture(scope="module")
def course() -> Course:
    course, _ = read_course(ROOT)
    assert course is not None
    return course


def elements(tree: Element) -> list[Element]:
    return [tree, *(found for child in tree.children if isinstance(child, Element) for found in elements(child))]


@pytest.mark.parametrize("name", LESSONS)
def test_every_term_and_person_is_a_card(course: Course, name: str) -> None:
    lesson = course.lessons[name]
    spec = flashcards_spec(course, lesson, "flashcards")
    cards = {
        dict(one.attributes)["data-card"]: one for one in elements(spec.tree) if "data-card" in dict(one.attributes)
    }
    assert list(cards) == [*(f"term:{one}" for one in lesson.terms), *(f"person:{one}" for one in lesson.people)]
    for term in lesson.terms:
        assert course.terms[term].definition in cards[f"term:{term}"].text()
    for person in lesson.people:
        assert course.people[person].role in cards[f"person:{person}"].text()
    for card in cards.values():
        assert [one.tag for one in card.children if isinstance(one, Element)] == ["dt", "dd"]


def test_all_lessons_keep_one_deck_and_differ_in_ids(course: Course) -> None:
    specs = [flashcards_spec(course, lesson, "flashcards") for lesson in course.lessons.values()]
    assert {spec.widget_id for spec in specs} == {"flashcards"}
    ids = [dict(one.attributes)["id"] for spec in specs for one in elements(spec.tree) if "id" in dict(one.attributes)]
    assert len(ids) == len(set(ids))


def test_what_is_not_verified_is_marked(course: Course) -> None:
    lesson = next(iter(course.lessons.values()))
    term = course.terms[lesson.terms[0]].model_copy(update={"verified": False})
    doubtful = replace(course, terms={**course.terms, term.id: term})
    assert "Not verified." in flashcards_spec(doubtful, lesson, "flashcards").tree.text()


def test_hostile_texts_stay_text(course: Course) -> None:
    lesson = next(iter(course.lessons.values()))
    text = '</dl><script>window.hacked=1</script>"><img src=x onerror=1>'
    term = course.terms[lesson.terms[0]].model_copy(update={"term": text, "definition": text})
    html = static_html(flashcards_spec(replace(course, terms={**course.terms, term.id: term}), lesson, "flashcards"))
    assert "<script>w" not in html
    assert "<img" not in html


def test_an_unknown_term_is_named(course: Course) -> None:
    lesson = next(iter(course.lessons.values())).model_copy(update={"terms": ("armistise",)})
    with pytest.raises(CourseError, match="armistise"):
        flashcards_spec(course, lesson, "flashcards")
