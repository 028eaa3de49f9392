"""The inventory says what a lesson gives to do, in the order of its page, and nothing that helps to an answer."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.inventory import course_inventory, lesson_inventory
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.content.seal import seal_quiz


@pytest.fixture
def course() -> Course:
    return load_course()


def test_a_lesson_lists_what_there_is_to_do_as_its_page_shows_it(course: Course) -> None:
    gestures = lesson_inventory(course, course.lessons["03-gestures"])
    assert [task.id for task in gestures.tasks] == [
        "03-gestures/white-out/white-out-gestures",
        "03-gestures/timeline/hammarskjold-agreed+turkey-claims-dropped+austria-controls-eased",
        "03-gestures/quiz/gestures",
        "03-gestures/writing/worth-of-gestures",
    ]
    blanks, events, quiz, writing = gestures.tasks
    assert blanks.parts == tuple(blank.id for blank in course.activities["white-out-gestures"].blanks)  # type: ignore[union-attr]
    assert events.parts == ("hammarskjold-agreed", "turkey-claims-dropped", "austria-controls-eased")
    assert [item.id for item in quiz.items] == [item.id for item in course.quizzes["gestures"].items]
    assert writing.words == course.lessons["03-gestures"].writing[0].words[0]


def test_every_quiz_activity_and_task_of_the_course_is_counted(course: Course) -> None:
    named = {task.id.split("/")[-1] for lesson in course_inventory(course) for task in lesson.tasks}
    assert {*course.quizzes, *course.activities} <= named
    assert {task.id for lesson in course.lessons.values() for task in lesson.writing} <= named


def test_without_its_notebook_a_lesson_is_counted_by_what_it_lists(course: Course, tmp_path: Path) -> None:
    bare = replace(course, root=tmp_path)
    tasks = lesson_inventory(bare, course.lessons["03-gestures"]).tasks
    assert [task.id.split("/", 1)[1] for task in tasks] == [
        "white-out/white-out-gestures", "quiz/gestures", "writing/worth-of-gestures",
    ]  # fmt: skip


def test_a_graded_quiz_gives_away_nothing(course: Course) -> None:
    lesson, quiz = course.lessons["03-gestures"], course.quizzes["gestures"]
    graded = replace(course, quizzes={**course.quizzes, "gestures": quiz.model_copy(update={"behaviour": "graded"})})
    sealed = replace(course, sealed={"gestures": seal_quiz(course, quiz)})
    for one in (graded, sealed):
        task = next(task for task in lesson_inventory(one, lesson).tasks if task.kind == "quiz")
        assert not any(item.check or item.sentences for item in task.items)


def test_a_notebook_that_cannot_be_read_is_one_line(course: Course, tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    path = tmp_path / "notebooks" / "03-gestures.ipynb"
    for text in ("{", "[]", json.dumps({"cells": [{"cell_type": "code", "source": "lesson.quiz(name)"}]})):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(CourseError, match=r"03-gestures.ipynb: cannot be read as a lesson"):
            lesson_inventory(replace(course, root=tmp_path), course.lessons["03-gestures"])
