"""What a timeline shows, before it is drawn: events in time order, their lanes, the stretch of time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coldwar_lessons.content.about import Horizon
from coldwar_lessons.content.dates import DateReading, describe_date, read_date
from coldwar_lessons.content.faults import CourseError, unknown
from coldwar_lessons.content.models import Event, Lane
from coldwar_lessons.language import gettext as _


@dataclass(frozen=True)
class Mark:
    """One event on a timeline.

    Attributes
    ----------
    number
        Its place in time order, from 1.
    symbol
        Index of its lane's symbol and colour.
    held
        Whether the author could not know of it: it came later, or was kept from him.
    """

    event: Event
    lane: Lane
    reading: DateReading
    number: int
    symbol: int
    held: bool


@dataclass(frozen=True)
class Scene:
    """A timeline, ready to be drawn.

    Attributes
    ----------
    lanes
        The lanes that hold marks, in the course's order, with the index of each one's symbol.
    first, last
        The stretch of time shown.
    horizon
        The knowledge horizon's first and last day, when it lies within that stretch.
    writes
        What stands at the horizon.
    """

    marks: tuple[Mark, ...]
    lanes: tuple[tuple[int, Lane], ...]
    first: date
    last: date
    horizon: tuple[date, date] | None
    writes: str

    @property
    def writes_when(self) -> str:
        """The horizon's date in words."""
        return self.writes.partition(":")[0]

    @property
    def words(self) -> str:
        """The stretch of time in words."""
        return describe_date(f"{self.first}/{self.last}")

    def without(self, event_ids: Collection[str]) -> Scene:
        """The scene without some of its events, numbered anew: what may be shown while they are to be placed."""
        if not event_ids:
            return self
        kept = [mark for mark in self.marks if mark.event.id not in event_ids]
        used = {mark.event.lane for mark in kept}
        return replace(
            self,
            marks=tuple(replace(mark, number=number) for number, mark in enumerate(kept, start=1)),
            lanes=tuple((index, lane) for index, lane in self.lanes if lane.id in used),
        )

    def before_horizon(self) -> int:
        """How many marks stand before the horizon's line in a list; all of them when there is no horizon."""
        if self.horizon is None:
            return len(self.marks)
        return sum(mark.reading.first <= self.horizon[0] for mark in self.marks)


def build_scene(
    events: Sequence[Event],
    lanes: Mapping[str, Lane],
    horizon: Horizon,
    *,
    shown_lanes: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
) -> Scene:
    """Choose and order what a timeline shows.

    Parameters
    ----------
    events
        The events, in any order.
    lanes
        All lanes of the course by id; a lane's place in it gives its symbol and colour.
    horizon
        When the author wrote.
    shown_lanes
        Ids of the lanes to show; all by default.
    since, until
        First and last date to show (EDTF).

    Raises
    ------
    UnknownNameError
        If a lane does not exist.
    CourseError
        If a date is not EDTF, or no event is left.
    """
    symbols = {lane_id: index for index, lane_id in enumerate(lanes)}
    for lane_id in (*shown_lanes, *(event.lane for event in events)):
        if lane_id not in symbols:
            raise unknown("lane", lane_id, symbols)
    start = read_date(since).first if since else None
    end = read_date(until).last if until else None
    if start and end and start > end:
        words = _("since {since} is later than until {until}: write the earlier date as since")
        raise CourseError(words.format(since=since, until=until))
    chosen = [
        (read_date(event.date), event)
        for event in sorted(events, key=lambda event: event.id)
        if not shown_lanes or event.lane in shown_lanes
    ]
    within = [
        (reading, event)
        for reading, event in chosen
        if (not start or reading.last >= start) and (not end or reading.first <= end)
    ]
    if not within:
        raise CourseError(_nothing_left(chosen))
    within.sort(key=lambda pair: (pair[0].first, pair[0].last))
    first = start or min(reading.first for reading, _event in within)
    last = end or max(reading.last for reading, _event in within)
    edge = _edge(horizon.span, first, last, fixed_start=bool(start), fixed_end=bool(end))
    if edge:
        first, last = min(first, edge[0]), max(last, edge[1])
    marks = tuple(
        Mark(event, lanes[event.lane], reading, number, symbols[event.lane], _held(event, reading, horizon.span[1]))
        for number, (reading, event) in enumerate(within, start=1)
    )
    used = {mark.event.lane for mark in marks}
    shown = tuple((index, lanes[lane_id]) for lane_id, index in symbols.items() if lane_id in used)
    return Scene(marks, shown, first, last, edge, horizon.label)


def _held(event: Event, reading: DateReading, written: date) -> bool:
    return not event.known_by_author or reading.first > written


def _edge(
    span: tuple[date, date], first: date, last: date, *, fixed_start: bool, fixed_end: bool
) -> tuple[date, date] | None:
    """The horizon, if it is in the stretch, or so near that the stretch may be made longer to hold it."""
    near = (last - first) / 4
    if span[1] < (first if fixed_start else first - near) or span[0] > (last if fixed_end else last + near):
        return None
    return span


def _nothing_left(chosen: Sequence[tuple[DateReading, Event]]) -> str:
    if not chosen:
        return _("no events for this timeline: choose other events or lanes")
    first = min(reading.first for reading, _event in chosen)
    last = max(reading.last for reading, _event in chosen)
    words = _("no events in this stretch of time: they run from {dates}")
    return words.format(dates=describe_date(f"{first}/{last}"))
