"""Mark hand-ins: check them, recompute every score with the teacher's keys, add what is new to the gradebook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from coldwar_lessons.content.items import ExtendedTextItem, Item, Quiz
from coldwar_lessons.content.load import Course

from .assignment import Assignment, as_assigned, named_assignment, refuse_unassigned
from .collect import Found, find_hand_ins
from .gradebook import Gradebook, MarkedHandIn
from .records import COURSE_ID, MAX_TEXT, HandIn, RecordError, now, parse_json, read_hand_in, read_workbook
from .roster import Roster, RosterEntry
from .scoring import is_scored
from .tries import read_answer

Policy: TypeAlias = Literal["latest", "best"]
_BATCH = 200


@dataclass(frozen=True)
class SetAside:
    """A file that was not marked, and why."""

    origin: str
    reason: str


@dataclass
class Tally:
    """What became of every file that was found: none is dropped in silence."""

    found: int = 0
    marked: int = 0
    known: int = 0
    passed_over: int = 0
    late: int = 0
    set_aside: list[SetAside] = field(default_factory=list)

    def adds_up(self) -> bool:
        """Whether every file is accounted for."""
        return self.found == self.marked + self.known + self.passed_over + len(self.set_aside)


def mark_hand_ins(
    paths: Iterable[Path],
    course: Course,
    roster: Roster,
    gradebook: Gradebook,
    *,
    due: datetime | None = None,
    class_name: str | None = None,
    assignment: Assignment | None = None,
) -> Iterator[Tally]:
    """Mark everything under these paths.

    Parameters
    ----------
    paths
        Files, folders and zips, see :mod:`coldwar_lessons.grading.collect`.
    course
        The teacher's content, with keys.
    roster
        Who may hand in.
    gradebook
        Where scores go. What it knows already is not added again.
    due
        A hand-in made after this is flagged as late; without an offset it means UTC.
    class_name
        Refuse hand-ins that name another class.
    assignment
        What was assigned: how each quiz behaves and which items it has. Refuse hand-ins for another assignment.

    Yields
    ------
    Tally
        The same tally, after each file, for a progress bar.
    """
    tally = Tally()
    batch: dict[str, MarkedHandIn] = {}
    for found in find_hand_ins(paths):
        tally.found += 1
        outcome = mark_found(found, course, roster, due=due, class_name=class_name, assignment=assignment)
        if outcome is None:
            tally.passed_over += 1
        elif isinstance(outcome, SetAside):
            tally.set_aside.append(outcome)
        elif outcome.sha256 in batch or gradebook.known([outcome.sha256]):
            tally.known += 1
        else:
            batch[outcome.sha256] = outcome
            tally.marked += 1
            tally.late += outcome.late
            if len(batch) >= _BATCH:
                gradebook.add(list(batch.values()))
                batch.clear()
        yield tally
    gradebook.add(list(batch.values()))
    yield tally


def mark_found(
    found: Found,
    course: Course,
    roster: Roster,
    *,
    due: datetime | None = None,
    class_name: str | None = None,
    assignment: Assignment | None = None,
) -> MarkedHandIn | SetAside | None:
    """Mark one file, or say why not; ``None`` means that there is nothing to mark in it."""
    if found.passed_over:
        return None
    if found.data is None:
        return SetAside(found.origin, found.fault)
    try:
        hand_in = _read(found)
        student = _student(hand_in, roster)
        _refuse_foreign(hand_in, course, class_name)
        refuse_unassigned(hand_in.assignment, assignment)
        rows, texts = _score(hand_in, course, assignment)
    except RecordError as error:
        return SetAside(found.origin, str(error))
    return MarkedHandIn(
        sha256=hashlib.sha256(student.key.encode() + b"\0" + found.data).hexdigest(),
        student=student,
        created=hand_in.created,
        received=now(),
        version=hand_in.version,
        late=due is not None and _moment(hand_in.created) > due.timestamp(),
        responses=rows,
        writings=texts,
    )


def _read(found: Found) -> HandIn:
    assert found.data is not None
    value = parse_json(found.data)
    if (
        found.student
        and isinstance(value, dict)
        and str(value.get("schema", "")).startswith("coldwar-lessons/workbook/")
    ):
        workbook = read_workbook(value)
        # In nbgrader's tree nobody wrote a hand-in: the folder names the student.
        student: Mapping[str, Any] = {"name": found.student, "number": None}
        return HandIn.model_validate(
            {
                "schema": "coldwar-lessons/hand-in/1",
                "course": workbook.course,
                "version": workbook.version,
                "class": None,
                "student": student,
                "created": workbook.updated,
                "assignment": named_assignment(found.folder) if found.folder else None,
                "workbooks": {workbook.lesson: workbook},
            }
        )
    return read_hand_in(value)


def _student(hand_in: HandIn, roster: Roster) -> RosterEntry:
    found = roster.find(hand_in.student.name, hand_in.student.number)
    if isinstance(found, str):
        # nbgrader names folders by number or by name: try the name as a number too.
        again = roster.find("", hand_in.student.name) if hand_in.student.number is None else found
        if isinstance(again, str):
            raise RecordError(found)
        return again
    return found


def _refuse_foreign(hand_in: HandIn, course: Course, class_name: str | None) -> None:
    if hand_in.course != COURSE_ID:
        raise RecordError(f"of another course, {hand_in.course!r}")
    from coldwar_lessons import __version__  # noqa: PLC0415  # the package imports this one

    mine, theirs = __version__.split(".")[:2], hand_in.version.split(".")[:2]
    if theirs != mine and hand_in.version != "0":
        raise RecordError(f"made with version {hand_in.version} of the course; this is {__version__}")
    if class_name is not None and hand_in.class_ is not None and hand_in.class_ != class_name:
        raise RecordError(f"of another class, {hand_in.class_!r}")
    for lesson in hand_in.workbooks:
        if lesson not in course.lessons:
            raise RecordError(f"there is no lesson {lesson!r}")


def _score(
    hand_in: HandIn, course: Course, assignment: Assignment | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    for lesson_id, workbook in hand_in.workbooks.items():
        lesson = course.lessons[lesson_id]
        tasks = {task.id for task in lesson.writing}
        for widget_id, record in workbook.widgets.items():
            owner, _, rest = widget_id.partition("/")
            kind, _, name = rest.partition("/")
            if owner != lesson_id:
                if widget_id == "flashcards":
                    continue
                raise RecordError(f"workbooks.{lesson_id}: widget {widget_id!r} is not of this lesson")
            if kind == "quiz":
                if name not in course.quizzes:
                    raise RecordError(f"workbooks.{lesson_id}: there is no quiz {name!r}")
                quiz_rows, quiz_texts = _score_quiz(
                    course, lesson_id, course.quizzes[name], record.state, record.updated, assignment
                )
                rows += quiz_rows
                texts += quiz_texts
            elif kind == "writing":
                if name not in tasks:
                    raise RecordError(f"workbooks.{lesson_id}: there is no writing task {name!r}")
                texts += _writing(lesson_id, name, record.state.get("text"), record.updated, record.state)
    return rows, texts


def _score_quiz(
    course: Course, lesson: str, quiz: Quiz, state: Mapping[str, Any], updated: str, assignment: Assignment | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    quiz, assigned, seed = as_assigned(quiz, assignment)
    items: dict[str, Item] = {item.id: item for item in quiz.items}
    given = state.get("responses", {})
    if not isinstance(given, dict):
        raise RecordError(f"quiz {quiz.id}: its responses are not a mapping")
    rows: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    for item_id, response in given.items():
        if item_id not in items:
            raise RecordError(f"quiz {quiz.id}: there is no item {item_id[:80]!r}")
        if not isinstance(response, dict):
            raise RecordError(f"quiz {quiz.id}, item {item_id}: the response is not a mapping")
        item = items[item_id]
        answer = read_answer(quiz, item, response, course, seed)
        if item_id not in assigned or answer.value in (None, "", [], {}):
            continue
        if isinstance(item, ExtendedTextItem):
            texts += _writing(lesson, item_id, answer.value, updated)
            continue
        if is_scored(item):
            rows.append(
                {
                    "lesson": lesson,
                    "quiz": quiz.id,
                    "item": item_id,
                    "value": answer.value,
                    "attempts": answer.tries,
                    "at": answer.at or updated,
                    "score": item.points * answer.score,
                    "points": item.points,
                }
            )
    return rows, texts


def _writing(
    lesson: str, task: str, text: Any, at: str, state: Mapping[str, Any] = MappingProxyType({})
) -> list[dict[str, Any]]:
    if text is None:
        return []
    if not isinstance(text, str) or len(text) > MAX_TEXT:
        raise RecordError(f"writing {task}: it is not a text")
    # A NUL cannot be stored by PostgreSQL, and no student means one.
    text = text.replace("\0", "")
    if not text.strip():
        return []
    plan, levels, checks = state.get("plan"), state.get("levels"), state.get("checks")
    return [
        {
            "lesson": lesson,
            "task": task,
            "text": text,
            "digest": hashlib.sha256(text.encode()).hexdigest(),
            "plan": plan.replace("\0", "") if isinstance(plan, str) else "",
            # The student's own view of it is shown to the marker and never counts, so what is amiss is left out.
            "self_check": {
                "levels": {
                    str(row)[:80]: level
                    for row, level in (levels.items() if isinstance(levels, dict) else ())
                    if isinstance(level, int) and 0 <= level < 5
                },
                "checks": [one for one in (checks if isinstance(checks, list) else ()) if isinstance(one, str)],
            },
            "at": at,
        }
    ]


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
