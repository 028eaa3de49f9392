"""Take out of the gradebook what a report is about: one class, one lesson or all, the hand-ins that count."""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from pydantic_core import from_json

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.essays import MarkedEssay, marked_essays
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.roster import RosterEntry
from coldwar_lessons.grading.tables import forecasts, hand_ins, quiz_results, set_aside, students
from coldwar_lessons.language import commas
from coldwar_lessons.language import gettext as _

#: Stands where a student left an item out.
LEFT_OUT: Any = object()


@dataclass(frozen=True, slots=True)
class Answers:
    """What a class answered to one item: columns, with an entry for each student who handed the quiz in.

    A school's answers are a million. As columns they take half the memory and time of an object each.

    Attributes
    ----------
    values, scores
        What counts, ``LEFT_OUT`` where there is no answer, and its points.
    tries
        How often each student answered.
    firsts, first_scores
        The first answers and their points: they tell what was understood before any feedback was read.
    """

    values: list[Any]
    scores: array[float]
    tries: array[int]
    firsts: list[Any]
    first_scores: array[float]


@dataclass(frozen=True)
class StudentWork:
    """Everything of one student that counts.

    Attributes
    ----------
    quizzes
        Quiz to the student's place in the columns of :attr:`ClassWork.answers`.
    """

    entry: RosterEntry
    late: bool = False
    handed_in: str = ""
    quizzes: Mapping[str, int] = field(default_factory=dict)
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
    answers
        Quiz and item to what was answered.
    set_aside
        Files that could not be marked: where they were found, and why.
    gone
        Quizzes in the gradebook that the course no longer has: nothing is known of their items.
    """

    class_name: str
    lessons: tuple[str, ...]
    students: tuple[StudentWork, ...]
    answers: Mapping[str, Mapping[str, Answers]]
    set_aside: tuple[tuple[str, str], ...]
    anonymous: bool
    gone: tuple[str, ...] = ()


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
    if anonymous:
        entries.sort(key=lambda one: hashlib.sha256(f"report/{one.key}".encode()).digest())
    handed_in, late, times = _quizzes(gradebook, lesson)
    gone = sorted({quiz for of_one in handed_in.values() for quiz in of_one if quiz not in course.quizzes})
    answers, quizzes = _answers(entries, handed_in, course.quizzes)
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
    lessons = (lesson,) if lesson else tuple(course.lessons)
    return ClassWork(class_name, lessons, tuple(work), answers, aside, anonymous, tuple(gone))


def _entries(gradebook: Gradebook, class_name: str) -> list[RosterEntry]:
    everybody = sa.select(students).order_by(students.c.name, students.c.key)
    rows = gradebook.rows(everybody)
    if not rows:
        raise CourseError(_("the gradebook is empty: mark hand-ins first"))
    mine = [row for row in rows if not class_name or row["class"] == class_name]
    if not mine:
        known = commas(sorted({row["class"] for row in rows if row["class"]})) or _("none with a name")
        message = _("nobody of class {name} is in the gradebook; its classes: {classes}")
        raise CourseError(message.format(name=repr(class_name), classes=known))
    return [RosterEntry(row["key"], row["name"], row["number"], row["class"]) for row in mine]


def _quizzes(gradebook: Gradebook, lesson: str) -> tuple[dict[str, dict[str, str]], dict[str, bool], dict[str, str]]:
    """Responses by student and quiz, in JSON; who was late; when each student's work was made."""
    q = quiz_results.c
    responses = sa.cast(q.responses, sa.Text).label("responses")
    query = sa.select(q.student, q.quiz, responses, hand_ins.c.created, hand_ins.c.late).join(
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
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for (student, quiz), row in latest.items():
        late[student] = late.get(student, False) or bool(row["late"])
        times[student] = max(times.get(student, ""), row["created"])
        found[student][quiz] = row["responses"]
    return found, late, times


def _answers(
    entries: Iterable[RosterEntry], handed_in: Mapping[str, Mapping[str, str]], known: Container[str]
) -> tuple[dict[str, dict[str, Answers]], dict[str, dict[str, int]]]:
    """The columns of each known quiz and item, students in this order; the places in them, by student and quiz."""
    texts: dict[str, list[str]] = defaultdict(list)
    places: dict[str, dict[str, int]] = defaultdict(dict)
    for entry in entries:
        for quiz, text in handed_in.get(entry.key, {}).items():
            if quiz not in known:
                continue
            places[entry.key][quiz] = len(texts[quiz])
            texts[quiz].append(text)
    return {quiz: _columns(of_quiz) for quiz, of_quiz in texts.items()}, places


def _columns(texts: Sequence[str]) -> dict[str, Answers]:
    size = len(texts)
    nothing, zero, never = [LEFT_OUT] * size, array("d", [0.0]) * size, array("l", [0]) * size
    found: dict[str, Answers] = {}
    for place, text in enumerate(texts):
        for item, kept in from_json(text).items():
            if item not in found:
                found[item] = Answers(nothing[:], zero[:], never[:], nothing[:], zero[:])
            column = found[item]
            column.values[place], column.scores[place], column.tries[place] = kept[:3]
            # Of a single try the gradebook keeps no more: it was the first.
            column.firsts[place], column.first_scores[place] = kept[3:5] or kept[:2]
    return found


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
    width = len(str(len(work)))
    # i18n: instead of a name.
    words = _("Student {number}")
    hidden = []
    for number, one in enumerate(work, 1):
        code = words.format(number=f"{number:0{width}}")
        entry = RosterEntry(code, code, "", one.entry.class_name)
        # A comment may call somebody by name.
        essays = tuple(replace(essay, student=entry, comment="", comments={}, markers=()) for essay in one.essays)
        hidden.append(replace(one, entry=entry, essays=essays))
    return hidden
