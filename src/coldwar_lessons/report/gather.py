"""Take out of the gradebook what a report is about: one class, one lesson or all, the hand-ins that count."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import sqlalchemy as sa

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.essays import MarkedEssay, marked_essays
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.roster import RosterEntry
from coldwar_lessons.grading.tables import forecasts, hand_ins, quiz_results, set_aside, students


class Response(NamedTuple):
    """What one student answered to one item.

    Attributes
    ----------
    value, score
        What counts, and its points.
    tries
        How often the student answered.
    first, first_score
        The first answer and its points: it tells what the student understood before reading any feedback.
    """

    value: Any
    score: float
    tries: int
    first: Any
    first_score: float


@dataclass(frozen=True)
class StudentWork:
    """Everything of one student that counts."""

    entry: RosterEntry
    late: bool = False
    handed_in: str = ""
    quizzes: Mapping[str, Mapping[str, Response]] = field(default_factory=dict)
    forecasts: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    essays: Sequence[MarkedEssay] = ()

    @property
    def present(self) -> bool:
        """Whether the student has handed in anything that the report is about."""
        return bool(self.quizzes or self.forecasts or self.essays)


@dataclass(frozen=True)
class ClassWork:
    """What a class handed in.

    Attributes
    ----------
    students
        Everybody of the class on the roster, by name.
    set_aside
        Files that could not be marked: where they were found, and why.
    """

    class_name: str
    lessons: tuple[str, ...]
    students: tuple[StudentWork, ...]
    set_aside: tuple[tuple[str, str], ...]
    anonymous: bool


def gather(
    gradebook: Gradebook, course: Course, *, class_name: str = "", lesson: str = "", anonymous: bool = False
) -> ClassWork:
    """Read the gradebook.

    Parameters
    ----------
    gradebook
        The gradebook.
    course
        The teacher's content.
    class_name
        Only this class; empty means everybody.
    lesson
        Only this lesson; empty means all.
    anonymous
        Replace names and numbers by codes, in an order that tells nothing, and leave out what could name somebody.

    Raises
    ------
    CourseError
        If nobody is in the gradebook, or nobody of that class.
    """
    entries = _entries(gradebook, class_name)
    quizzes, late, times = _quizzes(gradebook, lesson)
    stated = _forecasts(gradebook, lesson)
    essays: dict[str, list[MarkedEssay]] = defaultdict(list)
    for essay in marked_essays(gradebook, course):
        if not lesson or essay.task.lesson == lesson:
            essays[essay.student.key].append(essay)
            times[essay.student.key] = max(times.get(essay.student.key, ""), essay.created)
            late[essay.student.key] = late.get(essay.student.key, False) or essay.late
    work = [
        StudentWork(
            entry,
            late.get(entry.key, False),
            times.get(entry.key, ""),
            quizzes.get(entry.key, {}),
            stated.get(entry.key, {}),
            tuple(essays.get(entry.key, ())),
        )
        for entry in entries
    ]
    aside = tuple((row["origin"], row["reason"]) for row in gradebook.rows(sa.select(set_aside).order_by("origin")))
    if anonymous:
        work, aside = _anonymised(work), tuple(("", "") for _ in aside)
    return ClassWork(class_name, (lesson,) if lesson else tuple(course.lessons), tuple(work), aside, anonymous)


def _entries(gradebook: Gradebook, class_name: str) -> list[RosterEntry]:
    everybody = sa.select(students).order_by(students.c.name, students.c.key)
    rows = gradebook.rows(everybody)
    if not rows:
        raise CourseError("the gradebook is empty: mark hand-ins first")
    mine = [row for row in rows if not class_name or row["class"] == class_name]
    if not mine:
        known = ", ".join(sorted({row["class"] for row in rows if row["class"]})) or "none with a name"
        raise CourseError(f"nobody of class {class_name!r} is in the gradebook; its classes: {known}")
    return [RosterEntry(row["key"], row["name"], row["number"], row["class"]) for row in mine]


def _quizzes(
    gradebook: Gradebook, lesson: str
) -> tuple[dict[str, dict[str, dict[str, Response]]], dict[str, bool], dict[str, str]]:
    """Responses by student, quiz and item; who was late; when each student's work was made."""
    q = quiz_results.c
    query = sa.select(q.student, q.quiz, q.responses, hand_ins.c.created, hand_ins.c.late).join(
        hand_ins, hand_ins.c.id == q.hand_in
    )
    if lesson:
        query = query.where(q.lesson == lesson)
    # What was made last comes last, and takes the place of what was made before.
    latest: dict[tuple[str, str], Mapping[str, Any]] = {}
    for row in gradebook.rows(query.order_by(hand_ins.c.created, hand_ins.c.id)):
        latest[row["student"], row["quiz"]] = row
    late: dict[str, bool] = {}
    times: dict[str, str] = {}
    found: dict[str, dict[str, dict[str, Response]]] = defaultdict(dict)
    for (student, quiz), row in latest.items():
        late[student] = late.get(student, False) or bool(row["late"])
        times[student] = max(times.get(student, ""), row["created"])
        found[student][quiz] = {item: _response(*kept) for item, kept in row["responses"].items()}
    return found, late, times


_NOT_KEPT: Any = object()


def _response(
    value: Any, score: float, tries: int, first: Any = _NOT_KEPT, first_score: float = 0.0, *_tries: Any
) -> Response:
    if first is _NOT_KEPT:
        return Response(value, score, tries, value, score)
    return Response(value, score, tries, first, first_score)


def _forecasts(gradebook: Gradebook, lesson: str) -> dict[str, dict[str, dict[str, float]]]:
    f = forecasts.c
    query = sa.select(f.student, f.activity, f["values"], hand_ins.c.created).join(hand_ins, hand_ins.c.id == f.hand_in)
    if lesson:
        query = query.where(f.lesson == lesson)
    found: dict[str, dict[str, dict[str, float]]] = defaultdict(dict)
    for row in gradebook.rows(query.order_by(hand_ins.c.created, f.id)):
        found[row["student"]][row["activity"]] = row["values"]
    return found


def _anonymised(work: Sequence[StudentWork]) -> list[StudentWork]:
    mixed = sorted(work, key=lambda one: hashlib.sha256(f"report/{one.entry.key}".encode()).digest())
    width = len(str(len(mixed)))
    hidden = []
    for number, one in enumerate(mixed, 1):
        code = f"Student {number:0{width}}"
        entry = RosterEntry(code, code, "", one.entry.class_name)
        # A comment may call somebody by name.
        essays = tuple(replace(essay, student=entry, comment="", comments={}, markers=()) for essay in one.essays)
        hidden.append(replace(one, entry=entry, essays=essays))
    return hidden
