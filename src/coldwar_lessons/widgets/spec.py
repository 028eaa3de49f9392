"""What a widget is before any host shows it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from coldwar_lessons.markup import Element, script_json


@dataclass(frozen=True)
class WidgetSpec:
    """One widget on one page.

    Attributes
    ----------
    kind
        Names the browser module, for example ``quiz``.
    widget_id
        Names the student's state, for example ``03-gestures/quiz/gestures``; unique in the course.
    tree
        The server-rendered HTML, with class ``cwl``: readable and complete on its own.
    payload
        What the browser module needs beyond the HTML.
    summary
        One line for hosts that show neither widgets nor HTML.
    """

    kind: str
    widget_id: str
    tree: Element
    payload: Mapping[str, Any] = field(default_factory=dict)
    summary: str = ""


def static_html(spec: WidgetSpec) -> str:
    r"""Write the widget for a page without a kernel: its HTML, with the payload beside it.

    The payload stands in a data block that no text can close: ``<`` is written as ``\u003c``.
    """
    data = script_json(spec.payload)
    identifier = json.dumps(spec.widget_id)[1:-1].replace('"', "&quot;").replace("<", "&lt;")
    anchor = escape(slug(spec.widget_id))
    return (
        f'<div class="cwl-host" data-cwl-kind="{spec.kind}" data-cwl-id="{identifier}" id="{anchor}">'
        f"{spec.tree.to_html()}"
        f'<script type="application/json">{data}</script></div>'
    )


def slug(widget_id: str) -> str:
    """The widget id in a form that may stand in an HTML id."""
    return widget_id.replace("/", "-").replace(".", "-")
