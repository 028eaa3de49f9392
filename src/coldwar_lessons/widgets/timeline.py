"""Timeline: events in time order as a list that reads without scripts; the browser draws the band from it.

On paper the list is shown under a figure, when the page has one: see :mod:`coldwar_lessons.widgets.figure`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from coldwar_lessons.content.dates import describe_date
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Event, Lane
from coldwar_lessons.language import N_, ngettext
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h, phrase, row

from .citing import source_line
from .passage import short_name
from .spec import WidgetSpec, slug
from .timeline_place import place_parts
from .timeline_scene import Mark, Scene, build_scene

PAPER = "../book/the-paper.html"
UNKNOWN = N_("The author could not know this.")
BEYOND = N_("What follows, the author could not know.")
#: A timeline longer than this is grouped by year, a shorter one by month.
_MONTHS_UP_TO_DAYS = 550
#: 1 January 1970, from which the browser counts days.
EPOCH = 719163


@dataclass(frozen=True)
class TimelineSpec(WidgetSpec):
    """A timeline, with what a figure of it needs."""

    scene: Scene | None = None


def timeline_spec(
    course: Course,
    widget_id: str,
    event_ids: Sequence[str],
    *,
    lanes: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    place: Sequence[str] = (),
) -> TimelineSpec:
    """Build a timeline of events of the course.

    Parameters
    ----------
    course
        The content.
    widget_id
        See :class:`WidgetSpec`.
    event_ids
        Ids of the events, in any order.
    lanes
        Ids of the lanes to show; all by default.
    since, until
        First and last date to show (EDTF).
    place
        Ids of events that the student is to place between the others; with any, the timeline is an exercise.

    Raises
    ------
    UnknownNameError
        If an event or lane does not exist.
    CourseError
        If a date is not EDTF, or no event is left.
    """
    events = [course.named("events", name) for name in dict.fromkeys([*event_ids, *place])]
    return events_spec(course, widget_id, events, lanes=lanes, since=since, until=until, place=place)


def events_spec(
    course: Course,
    widget_id: str,
    events: Sequence[Event],
    *,
    all_lanes: Mapping[str, Lane] | None = None,
    lanes: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    place: Sequence[str] = (),
) -> TimelineSpec:
    """Build a timeline of any events; see :func:`timeline_spec`.

    Parameters
    ----------
    course
        The content, for sources.
    widget_id, lanes, since, until, place
        See :func:`timeline_spec`.
    events
        The events, in any order.
    all_lanes
        The lanes by id; those of the course by default.
    """
    scene = build_scene(
        events, all_lanes or course.lanes, course.about.horizon, shown_lanes=lanes, since=since, until=until
    )
    base = slug(widget_id)
    if place:
        parts, payload = place_parts(scene, place, base, lambda mark: event_parts(course, mark))
        kind, count = "cwl-place", _counted_cards(len(payload["place"]))
    else:
        parts, payload = [_list(course, scene, base)], timeline_payload(scene)
        kind, count = None, _counted_events(len(scene.marks))
    # i18n: count is such as 12 events, dates such as: 5 March to 26 July 1953.
    summary = _("Timeline: {count}, {dates}").format(count=count, dates=scene.words)
    shown = scene.without(place)
    classes = " ".join(name for name in ("cwl cwl-timeline", kind) if name)
    tree = h("section", parts, class_=classes, aria_label=summary)
    return TimelineSpec("timeline", widget_id, tree, payload, summary, shown)


def _counted_events(count: int) -> str:
    return ngettext("{count} event", "{count} events", count).format(count=count)


def _counted_cards(count: int) -> str:
    return ngettext("{count} event to place", "{count} events to place", count).format(count=count)


def timeline_payload(scene: Scene) -> dict[str, Any]:
    """What the band needs beyond the list: dates as days since 1970 and flags, in the list's order."""
    return {
        "from": [mark.reading.first.toordinal() - EPOCH for mark in scene.marks],
        "days": [(mark.reading.last - mark.reading.first).days + 1 for mark in scene.marks],
        "lane": [mark.symbol for mark in scene.marks],
        "soft": _ones(not mark.reading.firm for mark in scene.marks),
        "held": _ones(mark.held for mark in scene.marks),
        "size": [len(mark.event.title) for mark in scene.marks],
        "lanes": [[index, lane.id, lane.label, lane.description] for index, lane in scene.lanes],
        "range": [scene.first.toordinal() - EPOCH, scene.last.toordinal() - EPOCH + 1],
        "horizon": [day.toordinal() - EPOCH for day in scene.horizon] if scene.horizon else None,
        "writes": scene.writes,
    }


def _ones(flags: Iterator[bool]) -> list[int]:
    """Places of the flags that are set."""
    return [index for index, flag in enumerate(flags) if flag]


def event_parts(course: Course, mark: Mark) -> list[Element]:
    """All that is said of one event: date, title, lane, summary, significance, doubts, sources."""
    event = mark.event
    doubts = " ".join(text for text in (None if event.verified else _("Not verified."), event.note) if text)
    return [
        h("p", when(mark), class_="cwl-when"),
        h("p", event.title, class_="cwl-title"),
        h("p", mark.lane.label, class_=f"cwl-in cwl-lane-{mark.symbol % 8}"),
        h("p", event.summary),
        h("p", h("b", _("Why it matters:")), f" {event.significance}", _sentence_links(event), class_="cwl-why"),
        *([h("p", doubts, class_="cwl-doubts")] if doubts else []),
        h("p", source_line(course, event.sources), class_="cwl-cite"),
    ]


def when(mark: Mark) -> Element:
    """An event's date in words, machine-readable where HTML has a form for it."""
    reading = mark.reading
    form = {"day": "%Y-%m-%d", "month": "%Y-%m"}.get(reading.precision)
    return h("time", reading.words, datetime=reading.first.strftime(form) if form else None)


def _sentence_links(event: Event) -> list[Element | str]:
    """The sentences of the paper that an event bears on: ``(sentences 3.6 and 3.8)``."""
    if not event.sentences:
        return []
    words = ngettext("(sentence {sentences})", "(sentences {sentences})", len(event.sentences))
    links = (h("a", short_name(one), href=f"{PAPER}#{one}", class_="cwl-to-sentence") for one in event.sentences)
    return [" ", *phrase(words, sentences=row(links, "and"))]


def _list(course: Course, scene: Scene, base: str) -> Element:
    split = scene.before_horizon()
    pieces = _groups(course, scene, scene.marks[:split], base)
    if scene.horizon:
        pieces.append(h("p", f"— {scene.writes} —", class_="cwl-writes"))
        if scene.marks[split:]:
            pieces.append(h("p", _(BEYOND), class_="cwl-beyond"))
            pieces += _groups(course, scene, scene.marks[split:], base, after=True)
    return h("div", pieces, class_="cwl-events")


def _groups(course: Course, scene: Scene, marks: Sequence[Mark], base: str, *, after: bool = False) -> list[Element]:
    by_month = (scene.last - scene.first).days <= _MONTHS_UP_TO_DAYS

    def period(mark: Mark) -> str:
        day = mark.reading.first
        return describe_date(f"{day:%Y-%m}" if by_month else f"{day:%Y}")

    # i18n: heading of a part of a timeline, such as July 1953; and of one after the paper was written.
    words = _("{period}, after {document}") if after else "{period}"
    pieces = []
    for label, group in groupby(marks, key=period):
        members = list(group)
        pieces += [
            h("p", words.format(period=label, document=course.about.document.name), class_="cwl-period"),
            h("ol", (_entry(course, mark, base, after=after) for mark in members), start=members[0].number),
        ]
    return pieces


def _entry(course: Course, mark: Mark, base: str, *, after: bool) -> Element:
    hidden_from_him = h("p", _(UNKNOWN), class_="cwl-unknown") if mark.held and not after else None
    return h(
        "li",
        event_parts(course, mark),
        hidden_from_him,
        id=f"{base}-{mark.event.id}",
        class_="cwl-event cwl-held" if mark.held else "cwl-event",
    )
