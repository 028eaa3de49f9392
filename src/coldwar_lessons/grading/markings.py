"""What markers gave: levels, comments and flags, kept change by change.

A *field* of a piece of writing is ``level.<row>``, ``comment.<row>``, ``comment`` (on the whole) or ``later`` (come
back to it). Its value is a text, and empty means none. Every change is one more row of the table, with the next
revision: nothing is ever overwritten, a change can be undone, and a change that rests on a value that is no longer
the newest is refused instead of burying what somebody else wrote meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.language import gettext as _

from .gradebook import Gradebook
from .records import now
from .tables import markings, writings

LONGEST_COMMENT = 5_000
#: A line of a comment is remembered for reuse when it is not longer than this.
_LONGEST_REMEMBERED = 300


class Entry(NamedTuple):
    """The newest value of one field.

    Attributes
    ----------
    value
        Empty when there is none.
    revision
        How often the field was changed; 0 when never.
    marker
        Who changed it last.
    at
        When, in UTC.
    """

    value: str = ""
    revision: int = 0
    marker: str = ""
    at: str = ""


@dataclass(frozen=True)
class Undone:
    """What was taken back: the field of a piece of writing, and the value that it has again."""

    writing: int
    field: str
    value: str


class StaleChangeError(CourseError):
    """A change rests on a value that is no longer the newest; ``current`` is the newest."""

    def __init__(self, field: str, current: Entry) -> None:
        self.field, self.current = field, current
        # i18n: field is the name of a field in the gradebook.
        message = _("{field} was changed meanwhile by {marker}")
        super().__init__(message.format(field=field, marker=current.marker or _("somebody")))


NOTHING = Entry()


def read_markings(gradebook: Gradebook, ids: Sequence[int] | sa.Select[tuple[int]]) -> dict[int, dict[str, Entry]]:
    """The newest value of every field of these pieces of writing; what was never marked is left out.

    Parameters
    ----------
    gradebook
        The gradebook.
    ids
        Which pieces of writing: a few ids, or a query that finds them.
    """
    found: dict[int, dict[str, Entry]] = defaultdict(dict)
    for row in gradebook.rows(_newest(markings.c.writing.in_(ids))):
        found[row["writing"]][row["field"]] = Entry(row["value"], row["revision"], row["marker"], row["at"])
    return dict(found)


def change(
    gradebook: Gradebook, writing: int, field: str, value: str, *, base: int, marker: str, continues: bool = False
) -> Entry:
    """Change a field; on return it is in the database for good.

    Parameters
    ----------
    gradebook
        The gradebook.
    writing
        Id of the piece of writing.
    field
        Its field.
    value
        The new value; empty takes the old one away.
    base
        The revision that the marker saw. To give the value that the field has already is no change.
    marker
        Who marks.
    continues
        Whether this goes on from the marker's change before, as the next words of a comment do: one undo takes both
        back.

    Raises
    ------
    StaleChangeError
        If the field has a newer revision with another value.
    CourseError
        If the database refuses.
    """
    return _append(gradebook, writing, field, value, base=base, marker=marker, continues=continues)


def value_at(gradebook: Gradebook, writing: int, field: str, revision: int) -> str:
    """The value that a field had at a revision; empty at 0."""
    at = sa.and_(markings.c.writing == writing, markings.c.field == field, markings.c.revision == revision)
    rows = gradebook.rows(sa.select(markings.c.value).where(at))
    return str(rows[0]["value"]) if rows else ""


def last_change(gradebook: Gradebook) -> int:
    """The newest change of all, for :func:`undo` not to go behind it."""
    rows = gradebook.rows(sa.select(sa.func.max(markings.c.id).label("id")))
    return int(rows[0]["id"] or 0)


def undo(gradebook: Gradebook, marker: str, *, after: int, among: Collection[int] | None = None) -> Undone | None:
    """Take back this marker's last change that is not taken back yet.

    Parameters
    ----------
    gradebook
        The gradebook.
    marker
        Whose change.
    after
        Nothing is undone that was changed before this one, see :func:`last_change`.
    among
        Only changes of these pieces of writing; by default of all.

    Returns
    -------
    Undone or None
        ``None`` when there is nothing to take back.

    Raises
    ------
    StaleChangeError
        If somebody else has changed the field since.
    """
    mine = sa.select(markings).where(markings.c.marker == marker, markings.c.id > after).order_by(markings.c.id.desc())
    changes = [row for row in gradebook.rows(mine) if among is None or row["writing"] in among]
    taken_back: dict[tuple[int, str], list[range]] = defaultdict(list)
    for index, row in enumerate(changes):
        place = row["writing"], row["field"]
        if row["undoes"] is not None:
            taken_back[place].append(range(row["undoes"], row["id"]))
        elif not any(row["id"] in span for span in taken_back[place]):
            of_field = [one for one in changes[index:] if (one["writing"], one["field"]) == place]
            return _take_back(gradebook, marker, of_field)
    return None


def remembered_comments(gradebook: Gradebook, marker: str, task: str, *, most: int = 12) -> Mapping[str, Sequence[str]]:
    """Comments that a marker has given on a task, to give again: by field, the most used first.

    Each line of a comment counts as one. What was deleted from every essay is forgotten.
    """
    of_task = sa.and_(
        markings.c.marker == marker,
        markings.c.field.like("comment%"),
        markings.c.writing.in_(sa.select(writings.c.id).where(writings.c.task == task)),
    )
    uses: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in gradebook.rows(_newest(of_task)):
        for line in row["value"].splitlines():
            text = " ".join(line.split())
            if 2 < len(text) <= _LONGEST_REMEMBERED:
                uses[row["field"]][text].append(row["id"])
    return {
        field: sorted(lines, key=lambda line: (-len(lines[line]), min(lines[line])))[:most]
        for field, lines in uses.items()
    }


def _newest(where: sa.ColumnElement[bool]) -> sa.Select[tuple[object, ...]]:
    """The newest row of each field."""
    newest = (
        sa.select(markings.c.writing, markings.c.field, sa.func.max(markings.c.revision).label("revision"))
        .where(where)
        .group_by(markings.c.writing, markings.c.field)
        .subquery()
    )
    same = sa.and_(
        markings.c.writing == newest.c.writing,
        markings.c.field == newest.c.field,
        markings.c.revision == newest.c.revision,
    )
    return sa.select(*markings.c).join(newest, same)


def _append(
    gradebook: Gradebook,
    writing: int,
    field: str,
    value: str,
    *,
    base: int,
    marker: str,
    continues: bool = False,
    undoes: int | None = None,
) -> Entry:
    current = read_markings(gradebook, [writing]).get(writing, {}).get(field, NOTHING)
    if current.value == value:
        return current
    if current.revision != base:
        raise StaleChangeError(field, current)
    made = Entry(value, base + 1, marker, now())
    try:
        with gradebook.writing() as connection:
            connection.execute(
                sa.insert(markings),
                {
                    "writing": writing,
                    "field": field,
                    "revision": made.revision,
                    "value": value,
                    "marker": marker,
                    "at": made.at,
                    "continues": continues and current.marker == marker,
                    "undoes": undoes,
                },
            )
    except CourseError as error:
        if isinstance(error.__context__, IntegrityError):
            # Somebody else was faster by less than the time since we looked.
            newest = read_markings(gradebook, [writing]).get(writing, {}).get(field, NOTHING)
            if newest.revision != base:
                raise StaleChangeError(field, newest) from None
        raise
    return made


def _take_back(gradebook: Gradebook, marker: str, changes: Sequence[Mapping[str, object]]) -> Undone:
    """Take back the first of a field's changes (newest first), with those that it continues."""
    first = 0
    while changes[first]["continues"] and first + 1 < len(changes) and changes[first + 1]["undoes"] is None:
        first += 1
    start = changes[first]
    writing, field = int(str(start["writing"])), str(start["field"])
    before = value_at(gradebook, writing, field, int(str(start["revision"])) - 1)
    current = read_markings(gradebook, [writing])[writing][field]
    if current.marker != marker:
        raise StaleChangeError(field, current)
    _append(gradebook, writing, field, before, base=current.revision, marker=marker, undoes=int(str(start["id"])))
    return Undone(writing, field, before)
