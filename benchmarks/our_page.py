"""A page of ours with one widget, as the book has it: early script, style sheet, deferred script, the widget's HTML."""

from __future__ import annotations

from pathlib import Path

from mounting import Contender, timed

from coldwar_lessons.widgets.spec import WidgetSpec, static_html

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "coldwar_lessons"
STATIC = PACKAGE / "static"
NAME = "coldwar-lessons"


def our_page(spec: WidgetSpec) -> Contender:
    """Put a widget on a page of its own."""
    script = f"{spec.kind}.page.js"
    page = (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Measured</title>{clock}'
        '<script src="early.js"></script>'
        f'<link rel="stylesheet" href="widgets.css"><script defer src="{script}"></script></head>'
        f'<body class="cwl-page"><main>{static_html(spec)}</main></body></html>'
    )
    files = {
        "early.js": (PACKAGE / "book" / "theme" / "static" / "early.js").read_bytes(),
        "widgets.css": (STATIC / "widgets.css").read_bytes(),
        script: timed((STATIC / script).read_bytes()),
    }
    return Contender(NAME, page, files)
