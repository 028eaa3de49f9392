"""Checking rubrics and teacher notes: they belong to a task and a lesson, and their rows and levels agree."""

from __future__ import annotations

from collections.abc import Iterator

from coldwar_lessons.language import gettext as _

from . import items as it
from .check_walk import entries, fault_at, repeated
from .faults import Fault, did_you_mean
from .lines import Location
from .load import Course, Place, Reading
from .teaching import Rubric, TaskNotes, TeacherNotes


def check_teaching(reading: Reading) -> Iterator[Fault]:
    """Every rubric and teacher note that does not fit what it belongs to."""
    course = reading.course
    if course is None:
        return
    tasks = {task.id for lesson in course.lessons.values() for task in lesson.writing}
    essays = {
        item.rubric for quiz in course.quizzes.values() for item in quiz.items if isinstance(item, it.ExtendedTextItem)
    }
    every_lesson = set(course.lessons) == reading.declared["lessons"]
    for kind, value, place in entries(course):
        if kind == "rubrics":
            if every_lesson and value.id not in tasks | essays:
                near = did_you_mean(value.id, sorted(tasks))
                yield fault_at(
                    place, ("id",), _("no writing task {id!r} for this rubric: {hint}").format(id=value.id, hint=near)
                )
            yield from _check_rubric(value, place)
        elif kind == "teacher":
            yield from _check_notes(course, reading, value, place)
        elif kind == "quizzes":
            for index, item in enumerate(value.items):
                rubric = item.rubric if isinstance(item, it.ExtendedTextItem) else None
                known = reading.declared["rubrics"]
                if rubric is not None and rubric not in known:
                    message = _("no rubric {rubric!r}: {hint}").format(
                        rubric=rubric, hint=did_you_mean(rubric, sorted(known))
                    )
                    yield fault_at(place, ("items", index, "rubric"), message)


def _check_rubric(rubric: Rubric, place: Place) -> Iterator[Fault]:
    for index, name in repeated([row.id for row in rubric.rows]):
        yield fault_at(place, ("rows", index, "id"), _("duplicate row id {name!r}: rename one").format(name=name))
    for index, row in enumerate(rubric.rows):
        if len(row.levels) != len(rubric.level_names):
            words = _("row {row!r} describes {count} levels, but {named} have a name: describe each named level")
            message = words.format(row=row.id, count=len(row.levels), named=len(rubric.level_names))
            yield fault_at(place, ("rows", index, "levels"), message)


def _check_notes(course: Course, reading: Reading, notes: TeacherNotes, place: Place) -> Iterator[Fault]:
    if notes.id not in reading.declared["lessons"]:
        near = did_you_mean(notes.id, sorted(reading.declared["lessons"]))
        yield fault_at(place, ("id",), _("no lesson {id!r} for these notes: {hint}").format(id=notes.id, hint=near))
    for part in ("activities", "model_sentences"):
        for name in getattr(notes, part):
            if name not in reading.declared["activities"]:
                near = did_you_mean(name, sorted(reading.declared["activities"]))
                yield fault_at(place, (part, name), _("no activity {name!r}: {hint}").format(name=name, hint=near))
    for name in notes.terms:
        if name not in reading.declared.get("terms", {name}):
            yield fault_at(
                place,
                ("terms", name),
                _("no term {name!r}: {hint}").format(name=name, hint=did_you_mean(name, sorted(course.terms))),
            )
    lesson = course.lessons.get(notes.id)
    tasks = [task.id for task in lesson.writing] if lesson else []
    done = [*tasks, *(lesson.activities if lesson else ())]
    for name in notes.objectives if lesson else ():
        if name not in done:
            message = _("the lesson has no activity or writing task {name!r}: {hint}").format(
                name=name, hint=did_you_mean(name, done)
            )
            yield fault_at(place, ("objectives", name), message)
    for index, task in enumerate(notes.tasks):
        at = ("tasks", index)
        if lesson and task.task not in tasks:
            message = _("the lesson has no writing task {task!r}: {hint}").format(
                task=task.task, hint=did_you_mean(task.task, tasks)
            )
            yield fault_at(place, (*at, "task"), message)
        elif task.task not in reading.declared["rubrics"]:
            message = _("writing task {task!r} has no rubric: write data/rubrics/{task}.yml").format(task=task.task)
            yield fault_at(place, (*at, "task"), message)
        elif task.task in course.rubrics:
            yield from _check_samples(course.rubrics[task.task], task, place, at)
            yield from _check_bank(course.rubrics[task.task], task, place, at)


def _check_bank(rubric: Rubric, task: TaskNotes, place: Place, at: Location) -> Iterator[Fault]:
    rows = [row.id for row in rubric.rows]
    for name in task.comment_bank:
        if name not in rows:
            message = _("the rubric has no row {name!r}: {hint}").format(name=name, hint=did_you_mean(name, rows))
            yield fault_at(place, (*at, "comment_bank", name), message)


def _check_samples(rubric: Rubric, task: TaskNotes, place: Place, at: Location) -> Iterator[Fault]:
    rows = [row.id for row in rubric.rows]
    most = len(rubric.level_names)
    for index, sample in enumerate(task.samples):
        here = (*at, "samples", index, "rows")
        for name, level in sample.rows.items():
            if name not in rows:
                yield fault_at(
                    place,
                    (*here, name),
                    _("the rubric has no row {name!r}: {hint}").format(name=name, hint=did_you_mean(name, rows)),
                )
            elif level > most:
                yield fault_at(
                    place,
                    (*here, name),
                    _("the rubric has only {most} levels: {name} cannot reach {level}").format(
                        most=most, name=name, level=level
                    ),
                )
        missing = [name for name in rows if name not in sample.rows]
        if missing and set(sample.rows) <= set(rows):
            message = _("the sample is not judged by {names}: give every row its level").format(
                names=", ".join(map(repr, missing))
            )
            yield fault_at(place, here, message)
