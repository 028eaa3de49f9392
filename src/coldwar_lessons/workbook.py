"""The workbook: everything one student did in one lesson, a JSON file beside the notebook.

Two kernels or two tabs may hold the same lesson. Each writes only what it changed itself, under a lock, so
neither undoes the other's work; each write is whole or not at all, and on the disk before the student is told.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.inventory import Task
from coldwar_lessons.grading.files import unused, write_atomically
from coldwar_lessons.grading.merging import Outcome, has_work, merge_records, merge_states
from coldwar_lessons.grading.records import (
    COURSE_ID,
    WORKBOOK_V1,
    WORKBOOK_V2,
    RecordError,
    now,
    parse_json,
    read_workbook,
)
from coldwar_lessons.language import gettext as _
from coldwar_lessons.lessons_folder import GIVEN

LOCK_SECONDS = 10


@dataclass(frozen=True)
class Taken:
    """What became of the work that a file brought.

    Attributes
    ----------
    outcomes
        Widget id to what was kept: what was here, what the file brought, or both put together.
    before
        Copy of the workbook as it was, where work of it was replaced.
    """

    outcomes: Mapping[str, Outcome]
    before: Path | None = None


class Workbook:
    """One lesson's workbook file.

    Parameters
    ----------
    lesson_id
        The lesson; names the file.
    folder
        Where the file is kept. Nothing is written before the student does something.
    course_id
        The course that the lesson is of.
    """

    def __init__(self, lesson_id: str, folder: Path, course_id: str = COURSE_ID) -> None:
        self.lesson_id, self.course_id = lesson_id, course_id
        self.path = folder / f"{lesson_id}.workbook.json"
        #: What this process last saw of each widget; tells its own changes from others'.
        self._seen: dict[str, dict[str, Any]] = {}
        #: Whether the last write failed.
        self.refused = False

    def state(self, widget_id: str) -> dict[str, Any]:
        """What is kept for one widget; empty when nothing is, or when it cannot be read."""
        document, _fault = self._read()
        record = document["widgets"].get(widget_id)
        state = dict(record["state"]) if record else {}
        self._seen[widget_id] = state
        return state

    def states(self) -> dict[str, dict[str, Any]]:
        """What is kept for every widget of the lesson."""
        document, _fault = self._read()
        return {widget_id: record["state"] for widget_id, record in document["widgets"].items()}

    def records(self) -> dict[str, dict[str, Any]]:
        """What is kept for every widget of the lesson, each with its state and when it was updated."""
        document, _fault = self._read()
        records: dict[str, dict[str, Any]] = document["widgets"]
        return records

    def keep(self, widget_id: str, state: dict[str, Any]) -> str:
        """Write one widget's state into the file, whole or not at all.

        Returns
        -------
        str
            One line for the student: where it was saved, or why it was not.
        """
        name = self.path.name
        self.refused = True
        try:
            # The lock would make a missing folder, and hide that somebody moved it away.
            self.path.parent.stat()
            with _alone(self.path):
                document, fault = self._read()
                aside = self._set_aside() if fault else ""
                record = document["widgets"].get(widget_id)
                theirs = record["state"] if record else {}
                merged = merge_states(self._seen.get(widget_id, {}), state, theirs)
                document["widgets"][widget_id] = {"state": merged, "updated": now()}
                document["updated"] = now()
                write_atomically(self.path, json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8"))
        except TimeoutError:
            words = _("Not saved: another program holds {file}. Close it and change your answer once more.")
            return words.format(file=name)
        except OSError as error:
            words = _("Not saved: {file} cannot be written ({reason}). Copy your answer elsewhere.")
            return words.format(file=name, reason=error.strerror)
        self._seen[widget_id] = state
        self.refused = False
        if aside:
            words = _("Saved in {file}. The old file could not be read ({reason}); it is kept as {other}.")
            return words.format(file=name, reason=fault, other=aside)
        return _("Saved in {file}.").format(file=name)

    def take(self, brought: Mapping[str, dict[str, Any]], tasks: Mapping[str, Task]) -> Taken:
        """Put work that a file brings together with what is kept, by the rules of the book.

        Parameters
        ----------
        brought
            Widget id to its record: a state, and when it was updated.
        tasks
            Widget id to what there is to do in it, as far as it is known.

        Raises
        ------
        CourseError
            If the workbook cannot be read or written; it is as it was then.
        """
        name = self.path.name
        try:
            with _alone(self.path):
                document, fault = self._read()
                if fault:
                    words = _("{file} cannot be read ({reason}): move it away, then load the file once more")
                    raise CourseError(words.format(file=name, reason=fault))
                outcomes: dict[str, Outcome] = {}
                replaces = False
                for widget_id, record in brought.items():
                    here, task = document["widgets"].get(widget_id), tasks.get(widget_id)
                    merged, outcomes[widget_id] = merge_records(here, record, task)
                    document["widgets"][widget_id] = merged
                    replaces |= outcomes[widget_id] in {"file", "both"} and here is not None and has_work(here, task)
                if not {"file", "both"}.intersection(outcomes.values()):
                    return Taken(outcomes)
                before = self._copy_aside() if replaces else None
                document["updated"] = now()
                write_atomically(self.path, json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8"))
        except TimeoutError:
            words = _("another program holds {file}: close it, then load the file once more")
            raise CourseError(words.format(file=name)) from None
        except OSError as error:
            raise CourseError(
                _("{file} cannot be written: {reason}").format(file=name, reason=error.strerror)
            ) from None
        return Taken(outcomes, before)

    def _copy_aside(self) -> Path:
        """Copy the workbook as it is, never over another copy."""
        aside = self.path.parent / GIVEN
        aside.mkdir(exist_ok=True)
        copy = unused(aside / f"{self.lesson_id}.before.json")
        write_atomically(copy, self.path.read_bytes())
        return copy

    def _read(self) -> tuple[dict[str, Any], str]:
        """The document as plain data in the newest form, and why the file cannot be read (empty when it can)."""
        empty = {
            "schema": WORKBOOK_V2,
            "course": self.course_id,
            "version": _version(),
            "lesson": self.lesson_id,
            "updated": now(),
            "widgets": {},
        }
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return empty, ""
        except OSError as error:
            return empty, error.strerror or "unreadable"
        try:
            value = parse_json(data)
            workbook = read_workbook(value)
        except RecordError as error:
            return empty, str(error)
        if value["schema"] == WORKBOOK_V1:
            old = self.path.with_name(f"{self.path.name}.v1")
            if not old.exists():
                write_atomically(old, data)
        return {**workbook.model_dump(by_alias=True), "version": _version(), "lesson": self.lesson_id}, ""

    def _set_aside(self) -> str:
        """Move the damaged file out of the way, never over another."""
        for number in range(1, 1000):
            aside = self.path.with_name(f"{self.path.name}.damaged-{number}")
            if not aside.exists():
                self.path.replace(aside)
                return aside.name
        raise OSError(17, _("too many damaged workbooks beside it"))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep every other program from writing the file meanwhile.

    Raises
    ------
    TimeoutError
        If another program goes on for too long.
    """
    if sys.platform == "emscripten":
        # A browser has no locks that end with who holds them; one left behind would keep the student from saving.
        # There a write is one short step of a program without threads.
        yield
        return
    from filelock import FileLock  # noqa: PLC0415 - see above

    with FileLock(path.with_name(f".{path.name}.lock"), timeout=LOCK_SECONDS):
        yield


def _version() -> str:
    from coldwar_lessons import __version__  # noqa: PLC0415  # the package imports this module

    return __version__
