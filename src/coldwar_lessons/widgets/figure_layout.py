"""Where a figure's events stand: a scale from days to inches, and rows in which no two labels overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from .timeline_scene import Mark, Scene

#: If seven in ten events stand in less than this part of the time, it gets most of the width.
_PART = 1 / 3
_CROWD_WIDTH = 0.74
_LEAST_WIDTH = 0.08
_YEAR_LABEL = 0.4
_MONTH_LABEL = 0.3
_LEAST_BAR = 0.12
_SYMBOL = 0.16
_GAP = 0.06
_SHORTEST_LABEL = 0.75
_NUMBER_ONLY = 0.36
_ROWS_BEFORE_SHORTENING = 6


class Scale:
    """From days to inches; where events crowd in a small part of the time, that part gets more room.

    Attributes
    ----------
    breaks
        The places where the scale changes.
    """

    def __init__(self, scene: Scene, left: float, right: float) -> None:
        first, last = scene.first.toordinal(), scene.last.toordinal() + 1
        self.days = [first, last]
        self.places = [left, right]
        crowd = _crowd([mark.reading.first.toordinal() for mark in scene.marks], first, last)
        if crowd:
            before, after = crowd[0] > first, crowd[1] < last
            room = (1 - _CROWD_WIDTH) * (right - left)
            early = sum(mark.reading.first.toordinal() < crowd[0] for mark in scene.marks)
            late = sum(mark.reading.first.toordinal() >= crowd[1] for mark in scene.marks)
            share = early / (early + late) if before and after and early + late else float(before)
            least = max(_LEAST_WIDTH * (right - left), 1.1 * _YEAR_LABEL)
            width = max(least, min(room - least, room * share)) if before and after else room * share
            start, stop = left + width, left + width + _CROWD_WIDTH * (right - left)
            pairs = {first: left, crowd[0]: start, crowd[1]: stop, last: right}
            self.days, self.places = list(pairs), list(pairs.values())
        self.breaks = self.places[1:-1]

    def x(self, day: date) -> float:
        """Where a day begins."""
        number = day.toordinal()
        part = min(max(bisect_right(self.days, number) - 1, 0), len(self.days) - 2)
        start, stop = self.days[part], self.days[part + 1]
        return self.places[part] + (number - start) * self.inches(part) if stop > start else self.places[part]

    def inches(self, part: int) -> float:
        """Width of a day in one part of the scale."""
        days = self.days[part + 1] - self.days[part]
        return (self.places[part + 1] - self.places[part]) / days

    def years(self) -> Iterator[tuple[int | None, float, bool]]:
        """Years to name, where, and whether they start there; no name where there is no room for one."""
        for part, (start, stop) in enumerate(pairwise(self.days)):
            first, last = date.fromordinal(start), date.fromordinal(stop - 1)
            place = self.places[part]
            free = place
            next_year = date(first.year + 1, 1, 1)
            following = self.x(next_year) if next_year <= last else self.places[part + 1]
            if following - place >= _YEAR_LABEL:
                yield first.year, place, first.timetuple().tm_yday == 1
                free = place + _YEAR_LABEL
            for year in range(first.year + 1, last.year + 1):
                x = self.x(date(year, 1, 1))
                room = part == len(self.days) - 2 or self.places[part + 1] - x >= _YEAR_LABEL
                named = x >= free and room
                yield (year if named else None), x, True
                free = x + _YEAR_LABEL if named else free

    def months(self) -> Iterator[tuple[date, float]]:
        """Starts of months, where months are wide enough to be named."""
        day = date.fromordinal(self.days[0]).replace(day=1)
        while day.toordinal() < self.days[-1]:
            if day.toordinal() >= self.days[0] and self._wide_enough(day, 30.4, _MONTH_LABEL):
                yield day, self.x(day)
            day = (day + timedelta(days=32)).replace(day=1)

    def _wide_enough(self, day: date, days: float, inches: float) -> bool:
        part = min(bisect_right(self.days, day.toordinal()) - 1, len(self.days) - 2)
        return self.inches(part) * days >= inches


@dataclass
class Placed:
    """One event in its place.

    Attributes
    ----------
    x, bar
        Left edge, and the width of its bar; 0 for an event drawn as a symbol alone.
    symbol
        Middle of its symbol.
    room
        Inches from the left edge to the next event in the row.
    """

    mark: Mark
    x: float
    bar: float
    symbol: float
    row: int
    room: float


def lay_out(marks: Sequence[Mark], scale: Scale, right: float, label_width: Callable[[Mark], float]) -> list[Placed]:
    """Give each event of one lane a row, so that symbols, numbers and labels do not overlap.

    Parameters
    ----------
    marks
        The events in time order.
    scale
        From days to inches.
    right
        Where the figure ends.
    label_width
        How wide an event's number and title are.
    """
    placed: list[Placed] = []
    rows: list[Placed] = []
    for mark in marks:
        start, stop = scale.x(mark.reading.first), scale.x(mark.reading.last + timedelta(days=1))
        bar = stop - start if stop - start >= _LEAST_BAR else 0 if mark.reading.firm else _SYMBOL
        x = start if bar > _SYMBOL else (start + stop - _SYMBOL) / 2
        item = Placed(mark, x, bar, x + _SYMBOL / 2, len(rows), right - x)
        ends = [(row, before.x, max(before.bar, _SYMBOL + label_width(before.mark))) for row, before in enumerate(rows)]
        item.row = _choose_row(x, ends, {row: before.bar for row, before in enumerate(rows)})
        if item.row == len(rows):
            rows.append(item)
        else:
            before = rows[item.row]
            before.room = x - before.x - _GAP
            rows[item.row] = item
        placed.append(item)
    return placed


def _choose_row(x: float, ends: Sequence[tuple[int, float, float]], bars: dict[int, float]) -> int:
    """The first row that is free; a new one, up to a limit; else where the label before loses least."""
    for row, start, width in ends:
        if start + width + _GAP <= x:
            return row
    if len(ends) < _ROWS_BEFORE_SHORTENING:
        return len(ends)
    for least in (_SHORTEST_LABEL, _NUMBER_ONLY):
        free = [(start, row) for row, start, width in ends if start + max(bars[row], min(width, least)) + _GAP <= x]
        if free:
            return min(free)[1]
    return len(ends)


def _crowd(days: Sequence[int], first: int, last: int) -> tuple[int, int] | None:
    """The small part of the time in which most events stand, with a little room around it."""
    size = max(2, -(-len(days) * 7 // 10))
    if len(days) < size:
        return None
    start, stop = min(
        ((days[i], days[i + size - 1] + 1) for i in range(len(days) - size + 1)), key=lambda s: s[1] - s[0]
    )
    if stop - start >= (last - first) * _PART:
        return None
    return _month_start(start - 10, first), _month_end(stop + 20, last)


def _month_start(day: int, first: int) -> int:
    return max(first, date.fromordinal(max(1, day)).replace(day=1).toordinal())


def _month_end(day: int, last: int) -> int:
    following = (date.fromordinal(day).replace(day=1) + timedelta(days=32)).replace(day=1)
    return min(last, following.toordinal())
