"""Pages with nothing on them but widgets, to look at one widget at a time in a real browser."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

from coldwar_lessons.language import current_language, direction
from coldwar_lessons.markup import messages_script
from coldwar_lessons.widgets.live import STATIC
from coldwar_lessons.widgets.spec import WidgetSpec, static_html
from tests.browser.chromium import FLAGS, find_chromium

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def write_page(folder: Path, *specs: WidgetSpec, theme: str = "light", title: str = "Widgets") -> Path:
    """Write a static page that shows the widgets as the book does, in the language in use, with its files beside it.

    Returns
    -------
    Path
        The page; open it by ``page.as_uri()`` or over HTTP.
    """
    kinds = sorted({spec.kind for spec in specs})
    static = folder / "_static"
    static.mkdir(parents=True, exist_ok=True)
    for name in ["widgets.css", *(f"{kind}.page.js" for kind in kinds)]:
        shutil.copy(STATIC / name, static / name)
    (static / "messages.js").write_text(messages_script(), "utf-8")
    names = ["messages.js", *(f"{kind}.page.js" for kind in kinds)]
    scripts = "".join(f'<script defer src="_static/{name}"></script>' for name in names)
    body = "\n".join(static_html(spec) for spec in specs)
    grounds = {"light": "#fffdf8", "dark": "#1b1a18"}
    page = folder / f"{theme}.html"
    page.write_text(
        f'<!doctype html><html lang="{current_language()}" dir="{direction()}" data-theme="{theme}"><head>'
        '<meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f'<link rel="stylesheet" href="_static/widgets.css">{scripts}'
        f"<style>body{{max-width:48rem;margin:0 auto;padding:0 1rem;background:{grounds[theme]}}}"
        f"h1{{position:absolute;clip-path:inset(50%)}}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>",
        encoding="utf-8",
    )
    return page


@contextmanager
def browser(*flags: str) -> Iterator[Any]:
    """A headless Chromium, started with these flags too."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS, *flags])
        try:
            yield chromium
        finally:
            chromium.close()


def axe_violations(page: Any, *, exclude: Iterable[str] = ()) -> list[str]:
    """What axe-core finds wrong on the page, one line each."""
    page.add_script_tag(path=str(AXE))
    found = page.evaluate(
        "exclude => axe.run({exclude}, {preload: false}).then(result => result.violations)", [[one] for one in exclude]
    )
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


class Desk:
    """Opens widgets in pages of their own, and notes whether a page complains or asks anybody for anything.

    Attributes
    ----------
    faults
        Errors of scripts, error messages of the console, addresses outside this disk; a test holds it empty.
    """

    def __init__(self, chromium: Any, folder: Path) -> None:
        self.chromium, self.folder = chromium, folder
        self.contexts: list[Any] = []
        self.faults: list[str] = []

    def open(
        self, spec: WidgetSpec, *, state: dict[str, Any] | None = None, theme: str = "light", **context: Any
    ) -> Any:
        """Open one widget from disk, with what was kept before; ``context`` goes to Playwright."""
        page_file = write_page(self.folder, spec, theme=theme)
        opened = self.chromium.new_context(**{"viewport": {"width": 900, "height": 900}, **context})
        self.contexts.append(opened)
        page = opened.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        page.on("request", lambda one: None if one.url.startswith(("file:", "blob:")) else self.faults.append(one.url))
        if state is not None:
            kept = json.dumps(json.dumps({"state": state, "updated": "2026-03-02T10:00:00Z"}))
            key = json.dumps(storage_key(spec.widget_id))
            page.add_init_script(f"localStorage.getItem({key}) ?? localStorage.setItem({key}, {kept})")
        page.goto(page_file.as_uri())
        return page

    def close(self) -> None:
        """Close every page that was opened."""
        for context in self.contexts:
            context.close()


def storage_key(widget_id: str) -> str:
    """Where the page keeps a widget's record in localStorage."""
    return f"coldwar-lessons/2/{widget_id}"
