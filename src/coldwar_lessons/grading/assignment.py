"""The record of an assignment: what was assigned, to whom, until when; the file ``assignment.json``.

It lies in the folder that students get, where a hand-in picks up its number and class, and the teacher keeps it
for marking. Only the teacher's copy is believed.
"""

from __future__ import annotations

import hashlib
import json
import re
import stat
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator

from coldwar_lessons.content.bundle import MARKER
from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.items import Item, Quiz
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.seal import seal_item
from coldwar_lessons.language import gettext as _

from .records import MAX_BYTES, Record, RecordError, parse_json

SCHEMA = "coldwar-lessons/assignment/1"


class AssignedQuiz(Record):
    """How one quiz was set.

    Attributes
    ----------
    items
        Item id to the digest of its question, in the sequence in which they were set.
    """

    behaviour: Literal["practice", "tries", "graded"]
    tries: int = Field(ge=1, le=10)
    penalty: float = Field(ge=0, le=1)
    seed: int
    items: dict[str, str] = Field(min_length=1, max_length=1000)


class Assignment(Record):
    """What was assigned."""

    schema_: Literal["coldwar-lessons/assignment/1"] = Field(alias="schema")
    course: str = Field(max_length=80)
    version: str = Field(max_length=40)
    id: str = Field(pattern=r"^[0-9a-f]{16}$")
    class_: str | None = Field(default=None, alias="class", max_length=120)
    due: str | None = None
    lessons: list[str] = Field(min_length=1, max_length=60)
    quizzes: dict[str, AssignedQuiz]

    @field_validator("due")
    @classmethod
    def _check_due(cls, value: str | None) -> str | None:
        if value is not None and datetime.fromisoformat(value).tzinfo is None:
            raise ValueError(_("a time with its offset is wanted"))
        return value

    def due_time(self) -> datetime | None:
        """When it is due."""
        return datetime.fromisoformat(self.due) if self.due else None

    def is_late(self, created: str) -> bool:
        """Whether something made at this moment (ISO 8601, with its offset) is late."""
        due = self.due_time()
        return due is not None and datetime.fromisoformat(created) > due

    @property
    def graded(self) -> bool:
        """Whether any quiz of it is graded."""
        return any(quiz.behaviour == "graded" for quiz in self.quizzes.values())

    def to_json(self) -> str:
        """The text of ``assignment.json``."""
        return json.dumps(self.model_dump(by_alias=True), ensure_ascii=False, indent=1) + "\n"


def make_assignment(
    course: Course, lessons: list[str], quizzes: Mapping[str, tuple[Quiz, int]], class_name: str | None, due: str | None
) -> Assignment:
    """Record what is assigned.

    Parameters
    ----------
    course
        The content.
    lessons
        The lessons.
    quizzes
        Each quiz as it is set, with the seed that shuffles it.
    class_name, due
        The class, and when it is due (ISO 8601), if known.
    """
    from coldwar_lessons import __version__  # noqa: PLC0415  # the package imports this one

    document: dict[str, Any] = {
        "schema": SCHEMA,
        "course": course.about.id,
        "version": __version__,
        "class": class_name,
        "due": due,
        "lessons": lessons,
        "quizzes": {
            name: {
                "behaviour": quiz.behaviour,
                "tries": quiz.tries,
                "penalty": quiz.penalty,
                "seed": seed,
                "items": {item.id: item_digest(course, item) for item in quiz.items},
            }
            for name, (quiz, seed) in quizzes.items()
        },
    }
    return Assignment.model_validate({**document, "id": _digest(document)})


def item_digest(course: Course, item: Item) -> str:
    """A digest of what students see of an item; it changes when the question does, and tells nothing of the key."""
    return _digest(seal_item(course, item).model_dump(mode="json"))


def read_assignment(path: Path) -> Assignment:
    """Read an assignment, or the one in a folder.

    Raises
    ------
    CourseError
        If there is none, or it cannot be read; in one line, with the file.
    """
    file = path / MARKER if path.is_dir() else path
    try:
        return Assignment.model_validate(parse_json(file.read_bytes()))
    except FileNotFoundError:
        message = _("no assignment {file}: it is the {name} in the folder that 'assign' made")
        raise CourseError(message.format(file=file, name=MARKER)) from None
    except (OSError, RecordError) as error:
        raise CourseError(f"{file}: {error.strerror if isinstance(error, OSError) else error}") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"]))[:120]
        message = _("{file}: not an assignment: {place}: {fault}")
        raise CourseError(message.format(file=file, place=where, fault=first["msg"])) from None


def named_assignment(folder: Path) -> str | None:
    """The id of the assignment that a folder of a student's claims to be; nothing else in it is read."""
    file = folder / MARKER
    try:
        if not stat.S_ISREG(file.lstat().st_mode) or file.stat().st_size > MAX_BYTES:
            return None
        value = parse_json(file.read_bytes())
    except (OSError, RecordError):
        return None
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, str) and re.fullmatch(r"[0-9a-f]{16}", found) else None


def refuse_unassigned(named: str | None, assignment: Assignment | None) -> None:
    """Refuse what was not made for this assignment.

    Parameters
    ----------
    named
        The id of the assignment that a hand-in names, if it names one.
    assignment
        What is being marked, if it is an assignment.

    Raises
    ------
    RecordError
        If the two do not belong together.
    """
    if assignment is None:
        if named is not None:
            raise RecordError(_("made for an assignment: mark it with --assignment and the folder that 'assign' made"))
    elif named is None:
        if assignment.graded:
            raise RecordError(_("not made in the folder of the assignment, where its questions are graded"))
    elif named != assignment.id:
        raise RecordError(_("of another assignment, {name}").format(name=named))


def missing_lessons(assignment: Assignment, done: Collection[str]) -> list[str]:
    """Assigned lessons that are not among those that were done."""
    return [lesson for lesson in assignment.lessons if lesson not in done]


def changed_items(course: Course, assignment: Assignment) -> list[str]:
    """Items that have changed, or are gone, since they were assigned."""
    items = {item.id: item for name in assignment.quizzes for item in _items(course, name)}
    return [
        name
        for quiz in assignment.quizzes.values()
        for name, digest in quiz.items.items()
        if name not in items or item_digest(course, items[name]) != digest
    ]


def as_assigned(quiz: Quiz, assignment: Assignment | None) -> tuple[Quiz, Collection[str], str]:
    """A quiz as it was set: behaving so, the items that were set, and the seed that its options were sealed with."""
    set_as = assignment.quizzes.get(quiz.id) if assignment else None
    if set_as is None:
        return quiz, [item.id for item in quiz.items], ""
    changes = {"behaviour": set_as.behaviour, "tries": set_as.tries, "penalty": set_as.penalty}
    return quiz.model_copy(update=changes), set_as.items, str(set_as.seed)


def _items(course: Course, quiz: str) -> tuple[Item, ...]:
    return course.quizzes[quiz].items if quiz in course.quizzes else ()


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
