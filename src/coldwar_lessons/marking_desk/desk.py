"""What the desk knows: which essays there are, in which order, and what is done with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from coldwar_lessons.content.load import Course
from coldwar_lessons.content.teaching import TaskNotes
from coldwar_lessons.grading.essays import Attempt, Essay, Task, read_essays
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.markings import (
    LONGEST_COMMENT,
    NOTHING,
    Entry,
    StaleChangeError,
    Undone,
    change,
    remembered_comments,
    undo,
    value_at,
)

from .text import Citations, citations_of

Show: TypeAlias = Literal["unmarked", "all", "later"]
SHOWS: tuple[Show, ...] = ("unmarked", "all", "later")
WHOLE = "comment"
LATER = "later"


@dataclass(frozen=True)
class Place:
    """An attempt where it stands among the essays of its task.

    Attributes
    ----------
    essay, attempt
        What is marked.
    number
        Of the essay in the order of the desk, from 1.
    essays
        All essays of the task, in that order.
    """

    essay: Essay
    attempt: Attempt
    number: int
    essays: Sequence[Essay]

    @property
    def marked(self) -> int:
        """How many essays of the task are marked."""
        return sum(essay.marked for essay in self.essays)


@dataclass(frozen=True)
class Change:
    """A new value for a field, the revision that it rests on, and whether it goes on from the one before."""

    field: str
    value: str
    base: int
    continues: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of some changes: nothing is saved of a field that stands under ``conflicts``, with its value now."""

    saved: tuple[str, ...] = ()
    conflicts: Mapping[str, Entry] = field(default_factory=dict)


@dataclass
class Desk:
    """One teacher's desk.

    Attributes
    ----------
    gradebook, course
        Where essays and marks are, and what they are about.
    tasks
        The tasks to mark, by id.
    marker
        Whose marks and comments these are.
    names_hidden
        Whether students are anonymous. Then essays stand in an order that tells nothing of who wrote them.
    opened
        The newest change of the gradebook when the desk was opened: undo does not go behind it.
    """

    gradebook: Gradebook
    course: Course
    tasks: Mapping[str, Task]
    marker: str
    names_hidden: bool
    opened: int
    _citations: dict[str, Citations] = field(default_factory=dict)

    def essays(self, task: str | None = None) -> list[Essay]:
        """The essays of one task, or of all, in the order of the desk."""
        wanted = self.tasks if task is None else {task: self.tasks[task]}
        found = read_essays(self.gradebook, wanted)
        if self.names_hidden:
            # A digest is as good as a shuffle with a fixed seed, and keeps its order when essays come in later.
            order = {name: index for index, name in enumerate(wanted)}
            found.sort(key=lambda essay: (order[essay.task.id], essay.attempts[0].slug))
        return found

    def find(self, task: str, slug: str) -> Place | None:
        """An attempt by the names in its address."""
        if task not in self.tasks:
            return None
        essays = self.essays(task)
        for number, essay in enumerate(essays, 1):
            for attempt in essay.attempts:
                if attempt.slug == slug:
                    return Place(essay, attempt, number, essays)
        return None

    def place_of(self, writing: int) -> Place | None:
        """An attempt by its id in the gradebook."""
        for essay in self.essays():
            for attempt in essay.attempts:
                if attempt.writing == writing:
                    return self.find(essay.task.id, attempt.slug)
        return None

    def save(self, place: Place, changes: Iterable[Change]) -> Outcome:
        """Save changes, each for good as soon as it is made.

        A form without scripts sends every field: one that the marker has not touched since is no change, even when
        somebody else has changed it meanwhile.
        """
        saved: list[str] = []
        conflicts: dict[str, Entry] = {}
        known = set(fields_of(place.essay.task))
        writing = place.attempt.writing
        for one in changes:
            value = clean(one.value)
            if one.field not in known or not allowed(place.essay.task, one.field, value):
                continue
            current = place.attempt.fields.get(one.field, NOTHING)
            if current.value == value:
                continue
            if current.revision > one.base and value_at(self.gradebook, writing, one.field, one.base) == value:
                continue
            try:
                change(
                    self.gradebook,
                    writing,
                    one.field,
                    value,
                    base=one.base,
                    marker=self.marker,
                    continues=one.continues,
                )
                saved.append(one.field)
            except StaleChangeError as error:
                conflicts[one.field] = error.current
        return Outcome(tuple(saved), conflicts)

    def undo(self) -> Undone | None:
        """Take back the last change made at this desk.

        Raises
        ------
        StaleChangeError
            If somebody else has changed the same field since.
        """
        return undo(self.gradebook, self.marker, after=self.opened)

    def notes(self, task: Task) -> TaskNotes | None:
        """The edition's notes on marking a task, where this installation has them."""
        notes = self.course.teacher.get(task.lesson)
        return next((one for one in notes.tasks if one.task == task.id), None) if notes else None

    def citations(self, lesson: str) -> Citations:
        """What can be cited in a lesson."""
        if lesson not in self._citations:
            self._citations[lesson] = citations_of(self.course, lesson)
        return self._citations[lesson]

    def banks(self, task: Task) -> dict[str, list[str]]:
        """Comments to reuse, by field: the edition's first, then what this marker wrote before."""
        mine = remembered_comments(self.gradebook, self.marker, task.id)
        notes = self.notes(task)
        edition = {f"comment.{row}": comments for row, comments in notes.comment_bank.items()} if notes else {}
        fields = [one for one in fields_of(task) if one.startswith("comment")]
        return {one: list(dict.fromkeys([*edition.get(one, ()), *mine.get(one, ())])) for one in fields}


def fields_of(task: Task) -> list[str]:
    """Every field that a marker can fill for a task, in the order of the page."""
    rows = [row.id for row in task.rubric.rows]
    return [*(f"{kind}.{row}" for row in rows for kind in ("level", "comment")), WHOLE, LATER]


def clean(value: str) -> str:
    """What a form sent, as it is kept: line breaks alike, no NUL (which PostgreSQL cannot hold), not too long."""
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()[:LONGEST_COMMENT]


def allowed(task: Task, name: str, value: str) -> bool:
    """Whether a field can have this value; an empty one takes the mark away."""
    kind, _, row = name.partition(".")
    if not value or kind == WHOLE:
        return True
    if kind == "level":
        most = next(len(one.levels) for one in task.rubric.rows if one.id == row)
        return value.isdecimal() and value.isascii() and 1 <= int(value) <= most
    return value == "yes"


def shown(essays: Sequence[Essay], show: Show) -> list[Essay]:
    """Those essays that a filter lets through."""
    if show == "all":
        return list(essays)
    return [essay for essay in essays if (essay.newest.later if show == "later" else not essay.marked)]


def following(place: Place, show: Show) -> Essay | None:
    """The essay to go to next; ``None`` when there is none.

    With the filter ``all`` that is the next in order. Else the search begins here, goes round, and comes to what is
    flagged for later only when nothing else is left.
    """
    index = place.number - 1
    after = list(place.essays[index + 1 :])
    if show == "all":
        return after[0] if after else None
    found = shown([*after, *place.essays[:index]], show)
    return next((essay for essay in found if not essay.newest.later), found[0] if found else None)


def preceding(place: Place) -> Essay | None:
    """The essay before this one, whether it is marked or not."""
    return place.essays[place.number - 2] if place.number > 1 else None


def with_values(attempt: Attempt, values: Mapping[str, str]) -> Attempt:
    """An attempt as if it had these values: for a page that shows what could not be saved."""
    changed = {name: attempt.fields.get(name, NOTHING)._replace(value=value) for name, value in values.items()}
    return replace(attempt, fields={**attempt.fields, **changed})
