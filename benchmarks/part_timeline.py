"""The same events as our timeline, as vis-timeline and as TimelineJS3: 80 of the course, and 2,000 made up."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from figures import Figure, against, gzipped
from mounting import Contender, Measured, chromium, measure, timed
from our_page import NAME, STATIC, our_page
from peers import npm_peer, version_of

from coldwar_lessons.content.dates import read_date
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.content.models import Event
from coldwar_lessons.widgets.citing import cite_text
from coldwar_lessons.widgets.timeline import events_spec

VIS = "vis-timeline"
KNIGHT = "@knight-lab/timelinejs"
SIZES = (80, 2000)


def events_of(course: Course, count: int) -> list[Event]:
    """The first events of the course in time; for more than it has, the same texts at made-up dates."""
    real = sorted(course.events.values(), key=lambda event: (read_date(event.date).first, event.id))
    if count <= len(real):
        return real[:count]
    chance = random.Random(1953)
    first, days = date(1945, 1, 1), 4380
    made = []
    for number in range(count):
        event = real[number % len(real)]
        day = first + timedelta(days=chance.randrange(days))
        kind = chance.random()
        when = f"{day:%Y-%m}" if kind < 0.1 else str(day)
        if kind > 0.85:
            when = f"{day}/{day + timedelta(days=chance.randint(1, 60))}"
        made.append(event.model_copy(update={"id": f"e{number}", "date": when, "title": f"{number}: {event.title}"}))
    return made


def text_of(course: Course, event: Event) -> str:
    """All that our timeline says of an event, beside its title."""
    parts = (event.summary, f"Why it matters: {event.significance}", event.note, cite_text(course, event.sources))
    return " ".join(part for part in parts if part)


def vis_page(course: Course, events: Sequence[Event]) -> Contender:
    """As its README begins: defaults, with one group a lane; the text is the tooltip."""
    items = []
    for event in events:
        reading = read_date(event.date)
        item = {"id": event.id, "group": event.lane, "content": event.title, "title": text_of(course, event)}
        item["start"] = str(reading.first)
        if reading.last > reading.first:
            item["end"] = str(reading.last)
        items.append(item)
    groups = [{"id": lane.id, "content": lane.label} for lane in course.lanes.values()]
    start = (
        "new vis.Timeline(document.getElementById('line'), new vis.DataSet(data('items')),"
        "new vis.DataSet(data('groups')), {onInitialDrawComplete: clock.done});"
    )
    folder = npm_peer(VIS)
    return Contender(
        VIS,
        _page("vis.css", "vis.js", '<div id="line"></div>', {"items": items, "groups": groups}, start),
        {
            "vis.js": timed((folder / "standalone/umd/vis-timeline-graph2d.min.js").read_bytes()),
            "vis.css": (folder / "styles/vis-timeline-graph2d.min.css").read_bytes(),
        },
    )


def knight_page(course: Course, events: Sequence[Event]) -> Contender:
    """As its documentation begins: defaults, with one group a lane."""
    slides = []
    for event in events:
        reading = read_date(event.date)
        slide: dict[str, Any] = {
            "unique_id": event.id,
            "group": course.lanes[event.lane].label,
            "text": {"headline": event.title, "text": text_of(course, event)},
            "start_date": _day(reading.first),
        }
        if reading.last > reading.first:
            slide["end_date"] = _day(reading.last)
        slides.append(slide)
    start = (
        "new TL.Timeline('line', {events: data('events')}, {script_path: new URL('js/', location.href).href})"
        ".on('loaded', clock.done);"
    )
    dist = npm_peer(KNIGHT) / "dist"
    files = {path.relative_to(dist).as_posix(): path.read_bytes() for path in _served(dist)}
    files["js/timeline.js"] = timed(files["js/timeline.js"])
    body = '<div id="line" style="width: 100%; height: 600px"></div>'
    return Contender(KNIGHT, _page("css/timeline.css", "js/timeline.js", body, {"events": slides}, start), files)


def _served(dist: Path) -> list[Path]:
    return [path for path in dist.rglob("*") if path.is_file() and path.suffix != ".map"]


def _day(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _page(style: str, script: str, body: str, data: dict[str, Any], start: str) -> str:
    blocks = "".join(
        f'<script type="application/json" id="{name}">{_json(value)}</script>' for name, value in data.items()
    )
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Measured</title>{clock}'
        f'<link rel="stylesheet" href="{style}"></head><body><main>{body}</main>{blocks}'
        f'<script src="{script}"></script>'
        f"<script>const data = (id) => JSON.parse(document.getElementById(id).textContent); {start}</script>"
        "</body></html>"
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def contenders(course: Course, count: int) -> list[Contender]:
    """The three pages with the same events."""
    events = events_of(course, count)
    spec = events_spec(course, f"benchmark/timeline/{count}", events)
    return [our_page(spec), vis_page(course, events), knight_page(course, events)]


def run(rounds: int) -> list[Figure]:
    """Measure."""
    course = load_course()
    figures: list[Figure] = []
    with chromium() as browser:
        for count in SIZES:
            ours, vis, knight = contenders(course, count)
            label = f"timeline, {count:,} events"
            results = measure(browser, [ours, vis], rounds)
            limit = 0.35 if count == max(SIZES) else None
            figures += _compared(label, results[NAME], results[VIS], f"{VIS} {version_of(VIS)}", limit)
            # With 2,000 events TimelineJS3 takes so long that a few rounds must do.
            results = measure(browser, [ours, knight], min(rounds, 3) if count == max(SIZES) else rounds)
            figures += _compared(label, results[NAME], results[KNIGHT], f"TimelineJS3 {version_of(KNIGHT)}", None)
    script = (STATIC / "timeline.page.js").read_bytes()
    figures.append(Figure("timeline: code once a page, gzip", "kB", gzipped(script) / 1000, limit=15))
    return figures


def _compared(label: str, ours: Measured, peer: Measured, who: str, limit: float | None) -> list[Figure]:
    return [
        against(f"{label}: mounted", "ms", ours.mount, peer.mount, who, limit=limit),
        against(f"{label}: mounted, processor time", "ms", ours.mount_work, peer.mount_work, who, limit=limit),
        against(f"{label}: from the page's head to mounted", "ms", ours.page, peer.page, who),
        against(f"{label}: from the head, processor time", "ms", ours.page_work, peer.page_work, who),
        against(f"{label}: bytes in all, gzip", "kB", [ours.bytes_sent / 1000], [peer.bytes_sent / 1000], who),
        against(f"{label}: bytes without the events, gzip", "kB", [_code(ours)], [_code(peer)], who),
        against(f"{label}: JavaScript heap above an empty page", "MB", _mb(ours.heap), _mb(peer.heap), who),
        against(f"{label}: DOM nodes", "", ours.nodes, peer.nodes, who),
        Figure(f"{label}: requests to other hosts", "", ours.elsewhere, peer.elsewhere, who),
    ]


def _code(measured: Measured) -> float:
    return (measured.bytes_sent - measured.sent["index.html"]) / 1000


def _mb(sizes: list[float]) -> list[float]:
    return [size / 1e6 for size in sizes]
