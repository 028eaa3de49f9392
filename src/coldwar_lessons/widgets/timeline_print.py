"""Figures for printed pages: a page that prints shows each timeline as a figure above its list of events.

The figure is a file of its own beside the page. The page names it in a lazy image that is not displayed on
screens, so that no reader loads it before printing; a browser loads it when it prints.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from html import escape, unescape
from pathlib import Path
from typing import Any

from coldwar_lessons.content.load import Course
from coldwar_lessons.language import current_language

from .spec import slug
from .timeline import EPOCH
from .timeline_scene import Scene, build_scene

#: Part of each file's name: change it when figures are drawn otherwise, so that old files are drawn again.
_DRAWING = "1"
_HOST = re.compile(
    r'(<div class="cwl-host" data-cwl-kind="timeline" data-cwl-id="([^"]*)"[^>]*><section [^>]*>)'
    r'(.*?)<script type="application/json">(.*?)</script>',
    re.DOTALL,
)


def add_print_figures(page: str, course: Course, folder: Path, address: str) -> str:
    """Give every timeline on a page its figure for paper; exercises keep to their cards.

    Parameters
    ----------
    page
        HTML that :func:`coldwar_lessons.widgets.spec.static_html` wrote, with anything around it.
    course
        The content.
    folder
        Where the SVG files go; a figure that stands there already is not drawn again.
    address
        The folder as the page names it, with a slash at its end.

    Returns
    -------
    str
        The page with an image before each list of events.

    Raises
    ------
    CourseError
        If matplotlib is not installed.
    """

    def add(host: re.Match[str]) -> str:
        opening, widget_id, body, data = host.groups()
        payload = json.loads(data)
        if "place" in payload:
            return host[0]
        scene = _scene(course, slug(unescape(widget_id)), body, payload)
        name, alt = _draw(scene, folder)
        image = f'<img class="cwl-timeline-figure" src="{escape(address + name)}" alt="{escape(alt)}" loading="lazy">'
        return f"{opening}{image}{host[0].removeprefix(opening)}"

    return _HOST.sub(add, page)


def _scene(course: Course, base: str, body: str, payload: dict[str, Any]) -> Scene:
    """The scene that a list was written from: its events by their ids, its stretch of time by the payload."""
    ids = re.findall(rf'<li id="{re.escape(base)}-([a-z0-9-]+)" class="cwl-event', body)
    first, after = payload["range"]
    since, until = (date.fromordinal(EPOCH + day).isoformat() for day in (first, after - 1))
    return build_scene(
        [course.named("events", name) for name in ids], course.lanes, course.about.horizon, since=since, until=until
    )


def _draw(scene: Scene, folder: Path) -> tuple[str, str]:
    from .figure import figure_alt, timeline_figure  # noqa: PLC0415 - matplotlib is heavy

    shown = [[m.event.date, m.event.title, m.symbol, m.held] for m in scene.marks]
    lanes = [lane.label for _index, lane in scene.lanes]
    key = json.dumps(
        [_DRAWING, current_language(), shown, lanes, str(scene.first), str(scene.last), str(scene.horizon)]
    )
    name = f"timeline-{hashlib.sha256(key.encode()).hexdigest()[:16]}.svg"
    file = folder / name
    if not file.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(timeline_figure(scene).svg(), encoding="utf-8")
    return name, figure_alt(scene)
