"""Pieces of writing: which there are, how far they are marked, and what their levels come to.

**From levels to points.** A level of a rubric is worth its number: the lowest 1, the next 2, and so on. The points of a
piece of writing are the sum over the rows of its rubric, out of the sum of the highest levels. Where the item itself
says how many points it is worth (an extended-text item of a quiz), that sum is scaled to them. A piece of which any row
has no level yet has no points, not 0.

**Attempts.** Each text that a student hands in for a task is an attempt; the same text handed in again is the same
attempt, since a hand-in carries everything that was written before.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple

import sqlalchemy as sa

from coldwar_lessons.content.items import ExtendedTextItem
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.rubrics import find_rubric
from coldwar_lessons.content.teaching import Rubric, RubricRow
from coldwar_lessons.language import N_
from coldwar_lessons.language import gettext as _

from .gradebook import Gradebook
from .markings import NOTHING, Entry, read_markings
from .roster import RosterEntry
from .tables import hand_ins, students, writings

_GENERAL_RUBRIC = Rubric(
    id="general",
    title=N_("A piece of writing"),
    level_names=(N_("Basic"), N_("Emergent"), N_("Proficient")),
    rows=(
        RubricRow(
            id="answer",
            label=N_("The answer"),
            skill="argument",
            levels=(
                N_("Does not answer the question, or only repeats it."),
                N_("Answers it, with a reason."),
                N_("Answers it, with reasons that are weighed against each other."),
            ),
        ),
        RubricRow(
            id="words",
            label=N_("Exact words"),
            skill="close-reading",
            levels=(
                N_("Uses none, or not exactly."),
                N_("Quotes exact words in support."),
                N_("Reads the wording itself as part of the argument."),
            ),
        ),
    ),
)


def general_rubric() -> Rubric:
    """What judges an item that has no rubric of its own, in the language in use."""
    rows = tuple(
        row.model_copy(update={"label": _(row.label), "levels": tuple(map(_, row.levels))})
        for row in _GENERAL_RUBRIC.rows
    )
    names = tuple(map(_, _GENERAL_RUBRIC.level_names))
    return _GENERAL_RUBRIC.model_copy(update={"title": _(_GENERAL_RUBRIC.title), "level_names": names, "rows": rows})


@dataclass(frozen=True)
class Task:
    """Something to write, and how it is judged.

    Attributes
    ----------
    id
        Of the writing task or the extended-text item.
    lesson, lesson_title
        The lesson it belongs to.
    prompt
        What the student is asked.
    words
        The aim, lowest and highest.
    rubric
        What it is judged by.
    checks
        What the student could tick about the own text.
    worth
        Points of an item; ``None`` for a writing task, which is worth the sum of its levels.
    """

    id: str
    lesson: str
    lesson_title: str
    prompt: str
    words: tuple[int, int]
    rubric: Rubric
    checks: tuple[str, ...] = ()
    worth: int | None = None

    @property
    def most(self) -> float:
        """Most points that it can earn."""
        return float(self.worth or sum(len(row.levels) for row in self.rubric.rows))

    def points(self, levels: Mapping[str, int]) -> float | None:
        """Points for these levels (row to level, 1 the lowest), by the rule at the head of this module."""
        if any(row.id not in levels for row in self.rubric.rows):
            return None
        total = sum(levels[row.id] for row in self.rubric.rows)
        if self.worth is None:
            return float(total)
        return self.worth * total / sum(len(row.levels) for row in self.rubric.rows)


@dataclass(frozen=True)
class Attempt:
    """One text of one student for one task.

    Attributes
    ----------
    writing
        Its id in the gradebook.
    slug
        Names it in addresses: tells nothing of who wrote it or when, and stays the same for ever.
    created
        When it was first handed in, in UTC.
    late
        Whether it was late then.
    fields
        What markers gave, see :mod:`coldwar_lessons.grading.markings`.
    """

    writing: int
    slug: str
    created: str
    late: bool
    fields: Mapping[str, Entry] = field(default_factory=dict)

    def levels(self, task: Task) -> dict[str, int]:
        """Row to level, 1 the lowest; only rows and levels that the rubric has."""
        found: dict[str, int] = {}
        for row in task.rubric.rows if self.fields else ():
            value = self.fields.get(f"level.{row.id}", NOTHING).value
            if value.isdecimal() and 1 <= int(value) <= len(row.levels):
                found[row.id] = int(value)
        return found

    def comments(self, task: Task) -> dict[str, str]:
        """Row to comment, where there is one."""
        rows = task.rubric.rows if self.fields else ()
        values = {row.id: self.fields.get(f"comment.{row.id}", NOTHING).value for row in rows}
        return {row: value for row, value in values.items() if value.strip()}

    @property
    def comment(self) -> str:
        """The comment on the whole."""
        return self.fields.get("comment", NOTHING).value

    @property
    def later(self) -> bool:
        """Whether the marker wants to come back to it."""
        return bool(self.fields.get("later", NOTHING).value)

    def marked(self, task: Task) -> bool:
        """Whether every row of the rubric has its level."""
        return task.points(self.levels(task)) is not None


@dataclass(frozen=True)
class Essay:
    """Everything that one student wrote for one task, the oldest attempt first."""

    student: RosterEntry
    task: Task
    attempts: tuple[Attempt, ...]

    @property
    def newest(self) -> Attempt:
        """The attempt to mark."""
        return self.attempts[-1]

    @property
    def marked(self) -> bool:
        """Whether the newest attempt is marked."""
        return self.newest.marked(self.task)

    def marked_before(self) -> Attempt | None:
        """The last earlier attempt that is marked: where there is one, the newest was handed in again since."""
        earlier = [one for one in self.attempts[:-1] if one.marked(self.task)]
        return earlier[-1] if earlier else None


@dataclass(frozen=True)
class MarkedEssay:
    """What a piece of writing earned: for reports, exports and feedback to students.

    Attributes
    ----------
    student
        Who wrote it; ``student.key`` is the key of the gradebook.
    task
        The task with its rubric.
    created, late
        When the attempt that counts was handed in (UTC), and whether it was late.
    levels
        Row of the rubric to level, 1 the lowest; rows without a level are left out.
    comments
        Row to the marker's comment; rows without one are left out.
    comment
        The comment on the whole; may be empty.
    points
        By the rule at the head of this module; ``None`` until every row has its level.
    markers
        Who marked it.
    marked_at
        The last change, in UTC; empty when nobody has looked at it yet.
    later
        Whether a marker wants to come back to it.
    again
        Whether a newer text was handed in since, and is not marked yet.
    """

    student: RosterEntry
    task: Task
    created: str
    late: bool
    levels: Mapping[str, int]
    comments: Mapping[str, str]
    comment: str
    points: float | None
    markers: tuple[str, ...]
    marked_at: str
    later: bool
    again: bool


def writing_tasks(course: Course) -> dict[str, Task]:
    """Every writing task and extended-text item of the course that can be marked, by id, in the order of lessons."""
    found: dict[str, Task] = {}
    for lesson in course.lessons.values():
        for one in lesson.writing:
            rubric = find_rubric(course, one.id) or general_rubric()
            found[one.id] = Task(one.id, lesson.id, lesson.title, one.prompt, one.words, rubric, one.checklist)
        for quiz in (one for name, one in course.quizzes.items() if name in lesson.quizzes or one.lesson == lesson.id):
            for item in quiz.items:
                if isinstance(item, ExtendedTextItem):
                    rubric = (find_rubric(course, item.rubric) if item.rubric else None) or general_rubric()
                    found[item.id] = Task(
                        item.id, lesson.id, lesson.title, item.prompt, item.words, rubric, worth=item.points
                    )
    return found


def marked_essays(gradebook: Gradebook, course: Course, policy: str = "latest") -> list[MarkedEssay]:
    """Essays by rubric level and comment: one for each student and task that has handed in anything.

    Parameters
    ----------
    gradebook
        The gradebook.
    course
        The teacher's content, for the rubrics.
    policy
        Which attempt counts where several are marked: the ``latest`` of them, or the ``best``. Where none is, the
        newest stands there without points.

    Returns
    -------
    list
        Ordered by lesson and task, then by the student's name and key.
    """
    return [_outcome(essay, policy) for essay in read_essays(gradebook, writing_tasks(course))]


def read_essays(gradebook: Gradebook, tasks: Mapping[str, Task]) -> list[Essay]:
    """All writing for these tasks, without the texts: by task, then by the student's name and key."""
    everybody = [
        RosterEntry(row["key"], row["name"], row["number"], row["class"]) for row in gradebook.rows(sa.select(students))
    ]
    everybody.sort(key=lambda one: (_alphabetical(one.name), one.key))
    return [essay for task in tasks.values() for essay in _essays(gradebook, task, everybody)]


def _essays(gradebook: Gradebook, task: Task, everybody: Iterable[RosterEntry]) -> Iterator[Essay]:
    texts: dict[str, dict[str, list[_Head]]] = defaultdict(dict)
    for head in _heads(gradebook, task):
        texts[head.student].setdefault(head.digest, []).append(head)
    given = read_markings(gradebook, sa.select(writings.c.id).where(writings.c.task == task.id))
    for student in everybody:
        if student.key in texts:
            yield Essay(student, task, tuple(_attempts(texts[student.key].values(), given, task)))


def essay_text(gradebook: Gradebook, writing: int) -> Mapping[str, Any]:
    """The text of an attempt, with the newest plan and self-check that came with it.

    Returns
    -------
    Mapping
        ``text``, ``plan`` and ``self_check`` (``levels``: row to level, 1 the lowest; ``checks``: what was ticked).
    """
    one = writings.alias()
    same = sa.select(writings.c.text, writings.c.plan, writings.c.self_check).join(
        one,
        sa.and_(one.c.student == writings.c.student, one.c.task == writings.c.task, one.c.digest == writings.c.digest),
    )
    rows = gradebook.rows(same.where(one.c.id == writing).order_by(writings.c.at.desc(), writings.c.id.desc()).limit(1))
    checked = rows[0]["self_check"]
    levels = {row: level + 1 for row, level in checked["levels"].items()}
    return {**rows[0], "self_check": {"levels": levels, "checks": checked["checks"]}}


def _alphabetical(name: str) -> str:
    """A name as it is sorted: Ç stands with C."""
    parts = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


class _Head(NamedTuple):
    """A text as it was handed in once, without its words; in time order."""

    created: str
    id: int
    student: str
    digest: str
    sha256: str
    late: bool


def _heads(gradebook: Gradebook, task: Task) -> list[_Head]:
    columns = {**writings.c, "sha256": hand_ins.c.sha256, "created": hand_ins.c.created, "late": hand_ins.c.late}
    query = (
        sa.select(*(columns[name] for name in _Head._fields))
        .join(hand_ins, hand_ins.c.id == writings.c.hand_in)
        .where(writings.c.task == task.id)
    )
    return [_Head(**row) for row in gradebook.rows(query)]


def _attempts(texts: Iterable[list[_Head]], given: Mapping[int, Mapping[str, Entry]], task: Task) -> Iterator[Attempt]:
    """The attempts, by when each text was last handed in."""
    for heads in sorted(texts, key=max):
        # The lowest id of a text names it: a hand-in that comes to light later cannot take its marks away.
        first = min(heads, key=_id_of)
        slug = hashlib.sha256(f"{first.sha256}\0{task.id}".encode()).hexdigest()[:16]
        earliest = min(heads)
        yield Attempt(first.id, slug, earliest.created, bool(earliest.late), given.get(first.id, _UNMARKED))


_id_of = attrgetter("id")
_UNMARKED: Mapping[str, Entry] = {}


def _outcome(essay: Essay, policy: str) -> MarkedEssay:
    task, counted = essay.task, _counted(essay, policy)
    levels = counted.levels(task)
    entries: Sequence[Entry] = [entry for entry in counted.fields.values() if entry.value]
    points = task.points(levels)
    return MarkedEssay(
        student=essay.student,
        task=task,
        created=counted.created,
        late=counted.late,
        levels=levels,
        comments=counted.comments(task),
        comment=counted.comment.strip(),
        points=points,
        markers=tuple(dict.fromkeys(entry.marker for entry in entries)),
        marked_at=max((entry.at for entry in entries), default=""),
        later=counted.later,
        again=points is not None and not essay.marked,
    )


def _counted(essay: Essay, policy: str) -> Attempt:
    if len(essay.attempts) == 1:
        return essay.newest
    marked = [(one, essay.task.points(one.levels(essay.task))) for one in essay.attempts]
    done = [(one, points) for one, points in marked if points is not None]
    if not done:
        return essay.newest
    if policy == "best":
        return max(reversed(done), key=lambda pair: pair[1])[0]
    return done[-1][0]
