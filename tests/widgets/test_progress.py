"""Progress in a notebook: a checklist that follows the work and says where to go next."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coldwar_lessons.content.inventory import course_inventory
from coldwar_lessons.content.load import load_course
from coldwar_lessons.lesson import Lesson
from coldwar_lessons.markup import Element
from coldwar_lessons.widgets.progress import progress_spec

LESSON = "03-gestures"
QUIZ = f"{LESSON}/quiz/gestures"
LESSONS = course_inventory(load_course())


def text(tree: Element, class_: str) -> list[str]:
    own = [tree.text()] if class_ in dict(tree.attributes).get("class", "").split() else []
    return own + [one for child in tree.children if isinstance(child, Element) for one in text(child, class_)]


def links(tree: Element) -> list[str]:
    own = [dict(tree.attributes)["href"]] if tree.tag == "a" else []
    return own + [one for child in tree.children if isinstance(child, Element) for one in links(child)]


def checked(*items: str, score: float = 1) -> dict[str, Any]:
    return {"responses": {one: {"value": "a", "checked": True, "score": score} for one in items}}


def record(state: dict[str, Any]) -> dict[str, Any]:
    return {"state": state, "updated": "2026-11-24T17:00:00Z"}


def test_it_lists_every_step_and_begins_with_the_first() -> None:
    spec = progress_spec(LESSONS, {}, "progress", alone=False)
    assert text(spec.tree, "cwl-prog-next") == [
        "Begin with lesson 1, A paper marked SECRET: Mark the passage and write notes"
    ]
    assert all(said.endswith("steps, none begun") for said in text(spec.tree, "cwl-prog-said") if "steps" in said)
    assert len(text(spec.tree, "cwl-prog-lesson")) == len(LESSONS)
    assert f"../notebooks/{LESSON}.html#03-gestures-quiz-gestures-gestures-annex" in links(spec.tree)


def test_it_says_what_is_done_what_to_read_again_and_where_to_go_on() -> None:
    (gestures,) = [lesson for lesson in LESSONS if lesson.id == LESSON]
    records = {
        QUIZ: record(checked("gestures-most-important", score=0.5)),
        f"{LESSON}/white-out/white-out-gestures": record({"choices": {"weight": "x"}}),
        f"{LESSON}/writing/worth-of-gestures": record({"text": "word " * 90}),
    }
    spec = progress_spec([gestures], records, "x")
    assert text(spec.tree, "cwl-prog-next") == ["Go on with Choose the word before he does"]
    assert text(spec.tree, "cwl-prog-said") == [
        "1 of 15 done · 90 words written",
        "begun",
        "not begun",
        "1 of 12 answered, 1 to look at again",
        "90 words, 30 to go",
    ]
    assert text(spec.tree, "cwl-prog-again") == ["Read again what you missed: 3.8"]
    assert spec.summary == "Lesson 3, Gestures: 1 of 15 done · 90 words written"


def test_in_a_notebook_it_follows_the_work(tmp_path: Path) -> None:
    lesson = Lesson(LESSON, folder=tmp_path)
    quiz, before = lesson.quiz("gestures"), lesson.progress()
    assert before.spec.summary == "Lesson 3, Gestures: 15 steps, none begun"
    quiz.state = {**quiz.state, **checked("gestures-annex", "gestures-in-time")}
    assert before.state["records"][QUIZ]["state"]["responses"].keys() == {"gestures-annex", "gestures-in-time"}
    assert lesson.progress().spec.summary == "Lesson 3, Gestures: 2 of 15 done"
    assert Lesson(LESSON, folder=tmp_path).progress().spec.summary == "Lesson 3, Gestures: 2 of 15 done"
