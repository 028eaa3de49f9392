"""Checking dates: every date is EDTF, possible, runs forwards, and agrees with what the author could know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from coldwar_lessons.language import gettext as _

from .check_walk import fault_at, walk_data
from .dates import DateError, date_range, describe_date
from .faults import Fault
from .items import PlaceEventItem
from .lines import Location
from .load import SINGLE, Course, Place, Reading


def check_dates(reading: Reading) -> Iterator[Fault]:
    """Every ``date`` in the content that cannot be used."""
    for document in reading.documents:
        place = Place(document.path, document.lines)
        for location, value in walk_data(document.data) if document.kind not in SINGLE else ():
            if location[-1:] == ("date",) and isinstance(value, str):
                try:
                    date_range(value)
                except DateError as error:
                    yield fault_at(place, location, str(error))


def check_horizon(reading: Reading) -> Iterator[Fault]:
    """Every event that the author is said to know and that had not begun."""
    course = reading.course
    if course is None:
        return
    last = course.about.horizon.span[1]
    for name, event in course.events.items():
        span = _range(course, name)
        if event.known_by_author and span and span[0] > last:
            words = _("the author could not know what began after {date}: mend the date, or known_by_author: false")
            message = words.format(date=describe_date(str(last)))
            yield fault_at(course.places["events", name], ("known_by_author",), message)


def check_place_event(course: Course, item: PlaceEventItem, place: Place, at: Location) -> Iterator[Fault]:
    """Anchors in time order, and every event to be placed clearly before or after each of them."""
    anchors = [(name, _range(course, name)) for name in item.anchors]
    options = [(option.id, _range(course, option.id)) for option in item.options]
    for index, ((early, before), (late, after)) in enumerate(pairwise(anchors)):
        if before and after and before[1] >= after[0]:
            if after[1] >= before[0]:
                words = _("anchor {late!r} overlaps {early!r}: give anchors in time order, without overlap")
            else:
                words = _("anchor {late!r} comes before {early!r}: give anchors in time order, without overlap")
            yield fault_at(place, (*at, "anchors", index + 1), words.format(late=late, early=early))
    for index, (name, span) in enumerate(options):
        for anchor, other in anchors:
            if name == anchor:
                yield fault_at(
                    place,
                    (*at, "options", index),
                    _("event {name!r} is an anchor too: leave one out").format(name=name),
                )
            elif span and other and span[0] <= other[1] and other[0] <= span[1]:
                message = _(
                    "the dates of {name!r} and of anchor {anchor!r} overlap, so no key is right: choose another"
                ).format(name=name, anchor=anchor)
                yield fault_at(place, (*at, "options", index), message)


def _range(course: Course, name: str) -> tuple[date, date] | None:
    event = course.events.get(name)
    try:
        return date_range(event.date) if event else None
    except DateError:
        return None
