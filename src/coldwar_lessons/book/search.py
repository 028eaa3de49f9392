"""What the search knows: every section, sentence, event, person, term and source of the book, with its text.

Sphinx's own search finds pages only; nearly every page of this book speaks of Korea. This one finds the place, and
it works from the disk, without a server.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from coldwar_lessons.markup import script_json

from .builder import BookBuilder

DATA_FILE = "_static/search-data.js"
#: Widgets whose text a lesson takes over from another page: there it is found once.
_ELSEWHERE = re.compile(
    r'<div class="cwl-host" data-cwl-kind="(?:panel|passage|timeline)".*?</script></div>', re.DOTALL
)
_BEFORE, _AFTER = "globalThis.coldwarSearch=", ";\n"
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_UNSEEN_TAGS = frozenset({"script", "style", "button", "svg", "select", "details"})
_UNSEEN_CLASSES = frozenset({"cwl-hidden", "cwl-static", "headerlink", "cwl-gloss", "cwl-period"})
_BESIDE_HEADING = frozenset({"cwl-also", "cwl-country"})


@dataclass
class Entry:
    """One place that a search can find."""

    anchor: str
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Open:
    """An element that is open while the page is read."""

    tag: str
    entry: Entry | None = None
    heading: bool = False


class PageReader(HTMLParser):
    """Reads the text of a page into entries."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.entries = [Entry("")]
        self._stack = [_Open("", self.entries[0])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; some begin an entry of their own, some are not read."""
        if tag in _VOID:
            return
        around = self._stack[-1]
        attributes = {name: value or "" for name, value in attrs}
        classes = set(attributes.get("class", "").split())
        entry = around.entry
        if tag in _UNSEEN_TAGS or not _UNSEEN_CLASSES.isdisjoint(classes):
            entry = None
        elif entry and _begins_entry(tag, attributes, classes):
            entry = self._begin(attributes["id"])
        first = entry is not None and not entry.heading
        heading = around.heading or _is_heading(tag, classes, first=first)
        self._stack.append(_Open(tag, entry, heading and _BESIDE_HEADING.isdisjoint(classes)))

    def handle_endtag(self, tag: str) -> None:
        """Close an element and all that was left open in it."""
        while len(self._stack) > 1:
            if self._stack.pop().tag == tag:
                break

    def handle_data(self, data: str) -> None:
        """Add text to the entry that it stands in."""
        around = self._stack[-1]
        if around.entry:
            (around.entry.heading if around.heading else around.entry.text).append(data)

    def _begin(self, anchor: str) -> Entry:
        self.entries.append(Entry(anchor))
        return self.entries[-1]


def _begins_entry(tag: str, attributes: dict[str, str], classes: set[str]) -> bool:
    name = attributes.get("id", "")
    own = "data-sentence" in attributes or bool(classes & {"cwl-entry", "cwl-event"})
    return bool(name) and (own or name.startswith("source-") or (tag == "section" and "cwl" not in classes))


def _is_heading(tag: str, classes: set[str], *, first: bool) -> bool:
    return tag in {"h1", "h2", "dt", "cite"} or (first and bool(classes & {"cwl-sid", "cwl-title"}))


def entries_of(body: str, *, lesson: bool) -> Iterator[tuple[str, str, str]]:
    """Read a page's HTML into anchors, headings and texts; empty ones are left out."""
    reader = PageReader()
    reader.feed(_ELSEWHERE.sub("", body) if lesson else body)
    for entry in reader.entries:
        heading, text = _squeezed(entry.heading), _squeezed(entry.text)
        if heading or text:
            yield entry.anchor, heading, text


def _squeezed(pieces: Iterable[str]) -> str:
    return re.sub(r"\s+([.,;:?!)])", r"\1", " ".join(" ".join(pieces).split()))


def note_page(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document) -> None:
    """Read a page that is being written."""
    if isinstance(app.builder, BookBuilder) and doctree is not None:
        app.builder.searched[app.builder.get_target_uri(pagename)] = _searched(app, pagename, context["body"])


def write_search_data(app: Sphinx, exception: Exception | None) -> None:
    """Write what the search knows as a script, which needs no server.

    What is known of pages that were not written anew stays as it was.
    """
    if exception or not isinstance(app.builder, BookBuilder):
        return
    path = Path(app.outdir) / DATA_FILE
    known = {**_read(path), **app.builder.searched}
    pages = {}
    for docname in sorted(app.env.found_docs):
        address = app.builder.get_target_uri(docname)
        pages[address] = known.get(address) or _page_as_built(app, docname)
    path.write_text(f"{_BEFORE}{script_json(pages)}{_AFTER}", encoding="utf-8")


def _page_as_built(app: Sphinx, docname: str) -> list[Any]:
    html = Path(app.builder.get_outfilename(docname)).read_text(encoding="utf-8")  # type: ignore[attr-defined]
    body = html.partition('<article class="article">')[2].partition("</article>")[0]
    return _searched(app, docname, body)


def _searched(app: Sphinx, docname: str, body: str) -> list[Any]:
    return [app.env.titles[docname].astext(), list(entries_of(body, lesson=docname.startswith("notebooks/")))]


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8").removeprefix(_BEFORE).removesuffix(_AFTER))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
