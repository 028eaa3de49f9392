"""Mark hand-ins: find them, mark each, add what is new to the gradebook, and account for every file."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Literal, TypeAlias

import sqlalchemy as sa

from coldwar_lessons.content.load import Course

from .assignment import Assignment
from .collect import Found, find_hand_ins
from .gradebook import Gradebook, MarkedHandIn
from .marker import Marker, SetAside
from .records import now
from .roster import Roster
from .tables import set_aside

Policy: TypeAlias = Literal["latest", "best"]
#: Files marked in one transaction, their bytes, and the seconds that it takes to read them: enough to be fast, few
#: enough that memory stays flat and that a progress bar moves.
_MOST_FILES, _MOST_BYTES, _MOST_SECONDS = 2_000, 16 * 1024 * 1024, 1


@dataclass
class Tally:
    """What became of every file that was found: none is dropped in silence.

    Attributes
    ----------
    left_out
        Quiz and item to the number of answers that do not count, since the item was taken out of the quiz.
    """

    found: int = 0
    marked: int = 0
    known: int = 0
    passed_over: int = 0
    late: int = 0
    set_aside: list[SetAside] = field(default_factory=list)
    left_out: dict[tuple[str, str], int] = field(default_factory=dict)

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
        Who may hand in; everybody on it is enrolled in the gradebook.
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
        The same tally, after each batch of files, for a progress bar. It adds up each time, and what it calls
        marked is in the gradebook.
    """
    gradebook.enrol(roster.entries)
    marker = Marker(course, roster, due=due, class_name=class_name, assignment=assignment)
    were_aside = frozenset(row["origin"] for row in gradebook.rows(sa.select(set_aside.c.origin)))
    tally = Tally()
    files = find_hand_ins(paths)
    while batch := _sort_out(files, marker):
        _keep(batch, gradebook, tally, were_aside)
        tally.left_out = marker.left_out()
        yield tally
    yield tally


@contextmanager
def spare_collector() -> Iterator[None]:
    """Keep the garbage collector away from what is there already: the content, which outlives every hand-in.

    Else it walks through the whole course each time that some hundred hand-ins have been read. It comes more seldom
    too, since nothing in a hand-in refers back to what holds it.
    """
    usual = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


@dataclass(slots=True)
class _Batch:
    """What became of some files, before the gradebook has said what is new."""

    found: int = 0
    marked: dict[str, MarkedHandIn] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)


def _sort_out(files: Iterator[Found], marker: Marker) -> _Batch | None:
    batch, size, begun = _Batch(), 0, monotonic()
    # One file after the other: none is held for longer than it takes to mark it.
    for found in files:
        batch.found += 1
        size += len(found.data or b"")
        outcome = marker.mark(found)
        if isinstance(outcome, SetAside):
            batch.aside.append(outcome)
        elif outcome is not None:
            batch.marked[outcome.sha256] = outcome
            batch.taken.append(found.origin)
        if batch.found == _MOST_FILES or size >= _MOST_BYTES or monotonic() - begun > _MOST_SECONDS:
            break
    return batch if batch.found else None


def _keep(batch: _Batch, gradebook: Gradebook, tally: Tally, were_aside: frozenset[str]) -> None:
    moment = now()
    new = gradebook.add(batch.marked.values(), moment)
    gradebook.note_set_aside({one.origin: one.reason for one in batch.aside}, moment)
    gradebook.forget_set_aside(were_aside.intersection(batch.taken))
    tally.found += batch.found
    tally.marked += len(new)
    tally.known += len(batch.taken) - len(new)
    tally.late += sum(batch.marked[digest].late for digest in new)
    tally.passed_over += batch.found - len(batch.taken) - len(batch.aside)
    tally.set_aside += batch.aside
