"""A file of student work, as the book saves it, taken into a folder of lessons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.inventory import Task, lesson_inventory
from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.handin import SHARED
from coldwar_lessons.grading.merging import Outcome, has_work
from coldwar_lessons.grading.records import (
    COURSE_ID,
    HAND_IN_V1,
    MAX_BYTES,
    WORKBOOK_V1,
    WORKBOOK_V2,
    RecordError,
    now,
    parse_json,
    read_hand_in,
    read_workbook,
)
from coldwar_lessons.language import gettext as _
from coldwar_lessons.workbook import Workbook

#: When work that has no time was done: before all other.
_LONG_AGO = "1970-01-01T00:00:00Z"
_SCHEMA = re.compile(r"coldwar-lessons/(?:workbook|hand-in)/\d+")


@dataclass(frozen=True)
class LoadedLesson:
    """What became of the work of one lesson.

    Attributes
    ----------
    lesson
        The lesson's id, or that of the flashcards.
    pieces
        How many pieces of work stayed as they were here, came from the file, were put together, or were the same.
    newer_here
        Titles of those that stayed because they are newer here.
    before
        Copy of the workbook as it was, where work of it was replaced.
    """

    lesson: str
    pieces: Counter[Outcome] = field(default_factory=Counter)
    newer_here: tuple[str, ...] = ()
    before: Path | None = None

    @property
    def changed(self) -> bool:
        """Whether anything came from the file."""
        return self.pieces["file"] + self.pieces["both"] > 0


@dataclass(frozen=True)
class WorkFile:
    """What a file holds.

    Attributes
    ----------
    lessons
        Lesson to its records, by widget.
    strangers
        Pieces that belong to no lesson of the course.
    sealed
        Pieces of graded quizzes that are answered in the folder of their assignment alone.
    """

    lessons: dict[str, dict[str, dict[str, Any]]]
    strangers: int = 0
    sealed: int = 0


def read_work_file(path: Path, course: Course) -> WorkFile:
    """Read a saved copy, a hand-in or the workbook of one lesson.

    Raises
    ------
    CourseError
        If it cannot be read, or is something else; in one line, with the file.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            words = _("{file}: larger than {size} MiB, so it is no student work")
            raise CourseError(words.format(file=path, size=MAX_BYTES // 1024 // 1024))
        documents = _workbooks(parse_json(path.read_bytes()), course.about.id)
    except RecordError as error:
        raise CourseError(f"{path}: {error}") from None
    lessons: dict[str, dict[str, dict[str, Any]]] = {}
    strangers = sealed = 0
    for document in documents:
        lesson = document["lesson"]
        for widget, record in document["widgets"].items():
            owner, _slash, rest = widget.partition("/")
            kind, _slash, name = rest.partition("/")
            if owner != lesson or (lesson != SHARED and lesson not in course.lessons):
                strangers += 1
            elif kind == "quiz" and name in course.sealed:
                sealed += 1
            else:
                # Work from the future (a wrong clock) must not win for ever.
                updated = min(record["updated"], now(), key=datetime.fromisoformat)
                lessons.setdefault(lesson, {})[widget] = {**record, "updated": updated}
    return WorkFile(lessons, strangers, sealed)


def load_work(work: WorkFile, course: Course, folder: Path) -> Iterator[LoadedLesson]:
    """Put the work of a file together with the workbooks of a folder, lesson by lesson.

    Loading the same file once more changes nothing.

    Raises
    ------
    CourseError
        If a workbook cannot be read or written; the lessons before it are loaded then.
    """
    for lesson, records in work.lessons.items():
        about = course.lessons.get(lesson)
        tasks: dict[str, Task] = {task.id: task for task in lesson_inventory(course, about).tasks} if about else {}
        taken = Workbook(lesson, folder, course.about.id).take(records, tasks)
        # How a widget was shown comes along, but is no work to speak of.
        told = {
            widget: outcome
            for widget, outcome in taken.outcomes.items()
            if (widget in tasks or lesson == SHARED) and has_work(records[widget], tasks.get(widget))
        }
        newer = tuple(tasks[widget].title for widget, outcome in told.items() if outcome == "here" and widget in tasks)
        yield LoadedLesson(lesson, Counter(told.values()), newer, taken.before)


def _workbooks(value: Any, course_id: str) -> list[dict[str, Any]]:
    """The workbooks in a file, as plain data in the newest form."""
    schema = str(value.get("schema", "")) if isinstance(value, dict) else ""
    if not _SCHEMA.fullmatch(schema):
        raise RecordError(_("no student work: name a file that the book saved, a hand-in, or a .workbook.json"))
    if schema not in {WORKBOOK_V1, WORKBOOK_V2, HAND_IN_V1}:
        raise RecordError(_("made by a newer version of the course: pip install --upgrade coldwar-lessons"))
    course = COURSE_ID if schema == WORKBOOK_V1 else value.get("course")
    if course != course_id:
        raise RecordError(_("the work of another course, {name}").format(name=repr(str(course)[:80])))
    if schema == HAND_IN_V1:
        old = {
            name
            for name, one in (value["workbooks"].items() if isinstance(value.get("workbooks"), dict) else ())
            if isinstance(one, dict) and one.get("schema") == WORKBOOK_V1
        }
        workbooks = [(one, name in old) for name, one in read_hand_in(value).workbooks.items()]
    else:
        workbooks = [(read_workbook(value), schema == WORKBOOK_V1)]
    return [_undated(one.model_dump(by_alias=True), undated=undated) for one, undated in workbooks]


def _undated(document: dict[str, Any], *, undated: bool) -> dict[str, Any]:
    """Work from before records had times counts as the oldest."""
    if undated:
        for record in document["widgets"].values():
            record["updated"] = _LONG_AGO
    return document
