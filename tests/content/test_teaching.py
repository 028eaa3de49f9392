"""Rubrics and teacher notes of the real course: whole, and fit to teach from."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.content.teaching import ExamQuestion, TeacherNotes

LESSONS = list(load_course().lessons)
LEVELS = {"basic": 1, "emergent": 2, "proficient": 3}


@cache
def course() -> Course:
    return load_course(teaching=True)


def notes_on(lesson: str) -> TeacherNotes:
    return course().teacher[lesson]


def exam_questions() -> list[ExamQuestion]:
    return [question for notes in course().teacher.values() for question in notes.exam]


def test_who_does_not_ask_gets_no_notes() -> None:
    assert not load_course().teacher
    assert not load_course().rubrics


def test_every_lesson_has_notes_and_every_task_a_rubric() -> None:
    assert list(course().teacher) == LESSONS
    tasks = [task.id for lesson in course().lessons.values() for task in lesson.writing]
    assert sorted(course().rubrics) == sorted(tasks)


@pytest.mark.parametrize("lesson", LESSONS)
def test_minutes_add_up_to_the_lesson(lesson: str) -> None:
    assert sum(timing.minutes for timing in notes_on(lesson).timings) == course().lessons[lesson].minutes


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_activity_has_advice(lesson: str) -> None:
    assert sorted(notes_on(lesson).activities) == sorted(course().lessons[lesson].activities)


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_activity_and_writing_task_names_its_objectives(lesson: str) -> None:
    about = course().lessons[lesson]
    assert set(notes_on(lesson).objectives) == {*about.activities, *(task.id for task in about.writing)}
    assert all(notes_on(lesson).objectives.values())


def test_every_term_is_explained_to_teachers_once_and_not_after_it_is_needed() -> None:
    explained = [(name, lesson) for lesson, notes in course().teacher.items() for name in notes.terms]
    assert sorted(name for name, _ in explained) == sorted(course().terms)
    for name, lesson in explained:
        using = [one for one in LESSONS if name in course().lessons[one].terms]
        assert not using or lesson == using[0]


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_task_has_one_sample_at_each_level(lesson: str) -> None:
    assert [task.task for task in notes_on(lesson).tasks] == [task.id for task in course().lessons[lesson].writing]
    for task in notes_on(lesson).tasks:
        assert [sample.level for sample in task.samples] == list(LEVELS)
        assert list(task.comment_bank) == [row.id for row in course().rubrics[task.task].rows]
        assert all(len(set(comments)) >= 2 for comments in task.comment_bank.values())


@pytest.mark.parametrize("lesson", LESSONS)
def test_samples_stand_where_their_level_says(lesson: str) -> None:
    for task in notes_on(lesson).tasks:
        means = []
        for sample in task.samples:
            assert list(sample.rows) == [row.id for row in course().rubrics[task.task].rows]
            means.append(sum(sample.rows.values()) / len(sample.rows))
            # A level is where most rows are; single rows may stand higher or lower.
            assert abs(means[-1] - LEVELS[sample.level]) < 0.5
        assert means == sorted(means)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_proficient_sample_keeps_to_the_length_that_was_asked(lesson: str) -> None:
    wanted = {task.id: task.words for task in course().lessons[lesson].writing}
    for task in notes_on(lesson).tasks:
        words = len(task.samples[-1].text.split())
        low, high = wanted[task.task]
        assert low <= words <= high


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_has_two_or_three_questions_of_different_boards(lesson: str) -> None:
    boards = [question.board for question in notes_on(lesson).exam]
    assert 2 <= len(boards) <= 3
    assert len(set(boards)) == len(boards)


def test_all_boards_appear_more_than_once() -> None:
    counts = Counter(question.board for question in exam_questions())
    assert set(counts) == {"OCR", "AQA", "Edexcel", "AP", "IB"}
    assert min(counts.values()) >= 3


@pytest.mark.parametrize("question", exam_questions(), ids=lambda question: f"{question.board}-{question.sentences[0]}")
def test_an_exam_type_question_can_be_set_as_it_stands(question: ExamQuestion) -> None:
    for source in question.with_sources:
        # A summary is marked as one: its tone is ours.
        assert "in our summary" in source.text
        assert "question above" not in source.text
    assert "question above" not in question.question


def test_the_close_reading_bank_reaches_every_part_of_the_argument() -> None:
    found = {one.sentence for notes in course().teacher.values() for one in notes.close_reading}
    assert len(found) >= 18
    assert any(name.startswith("fn1") for name in found)
    kinds = {one.kind for notes in course().teacher.values() for one in notes.close_reading}
    assert {"hedge", "metaphor", "voice", "silence"} <= kinds


def test_rubrics_read_upwards() -> None:
    for rubric in course().rubrics.values():
        assert rubric.level_names == ("Basic", "Emergent", "Proficient")
        for row in rubric.rows:
            assert len(set(row.levels)) == len(row.levels)
