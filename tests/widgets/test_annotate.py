"""Annotate: the sheet for notes, on the screen and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.load import Course, read_course
from coldwar_lessons.markup import Element
from coldwar_lessons.widgets.annotate import TAGS, annotate_spec
from coldwar_lessons.widgets.live import widget_class

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def course() -> Course:
    course, _ = read_course(ROOT)
    assert course is not None
    return course


def elements(tree: Element) -> list[Element]:
    return [tree, *(found for child in tree.children if isinstance(child, Element) for found in elements(child))]


def of_class(tree: Element, name: str) -> list[Element]:
    return [one for one in elements(tree) if name in dict(one.attributes).get("class", "").split()]


def test_the_sentences_stand_in_the_order_of_the_paper(course: Course) -> None:
    tree = annotate_spec(course, "l/annotate/x", ["fn1.s1", "p4.s2", "p3.s1"]).tree
    shown = [dict(one.attributes) for one in elements(tree) if "data-words" in dict(one.attributes)]
    assert [one["data-words"] for one in shown] == ["p3.s1", "p4.s2", "fn1.s1"]
    assert course.sentence("p4.s2").text in tree.text()


@pytest.mark.parametrize(
    ("chosen", "gaps"),
    [(["p3.s1", "p3.s2"], 1), (["p3.s2"], 2), (["p3.s1", "p3.s3", "p3.s10"], 2), (["p3.s10"], 1)],
)
def test_a_gap_is_shown_where_sentences_are_left_out(course: Course, chosen: list[str], gaps: int) -> None:
    tree = annotate_spec(course, "l/annotate/x", chosen).tree
    assert len(of_class(tree, "cwl-typed-gap")) == gaps


def test_all_sentences_have_no_gap(course: Course) -> None:
    tree = annotate_spec(course, "l/annotate/x", course.sentence_ids()).tree
    assert not of_class(tree, "cwl-typed-gap")


def test_paper_has_tags_and_a_ruled_margin(course: Course) -> None:
    tree = annotate_spec(course, "l/annotate/x", ["p3.s1", "p3.s4"]).tree
    (margin,) = of_class(tree, "cwl-typed-margin")
    assert len(margin.children) >= 8
    for tag in TAGS:
        assert tag.label in tree.text()
        assert tag.description in tree.text()


def test_an_unknown_sentence_is_named(course: Course) -> None:
    with pytest.raises(CourseError, match=r"p3\.s99"):
        annotate_spec(course, "l/annotate/x", ["p3.s99"])


def test_it_lives_in_a_notebook(course: Course) -> None:
    spec = annotate_spec(course, "l/annotate/x", ["p3.s1"])
    widget = widget_class("annotate")(spec, {"notes": []})
    assert widget.payload["file"] == "l-annotate-x"
    assert widget.payload["tags"] == [[tag.id, tag.label] for tag in TAGS]
