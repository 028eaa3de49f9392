"""Assert that a built book is whole: ``python -m coldwar_lessons.book.verify _build/html``.

A build can succeed and still lack pages or widgets. This looks at what was built.
"""

from __future__ import annotations

import ast
import html
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.load import content_root, load_course, speak
from coldwar_lessons.language import gettext as _
from coldwar_lessons.language import ngettext
from coldwar_lessons.widgets.spec import slug

from .builder import ROOT_PAGE
from .directives import WIDGET_DIRECTIVES
from .work import INVENTORY_AFTER, INVENTORY_BEFORE, INVENTORY_FILE

#: Attributes by which a page makes the browser fetch something at once.
_FETCHED = {
    ("script", "src"), ("link", "href"), ("img", "src"), ("img", "srcset"), ("source", "src"), ("source", "srcset"),
    ("iframe", "src"), ("video", "src"), ("video", "poster"), ("audio", "src"), ("object", "data"), ("embed", "src"),
    ("input", "src"), ("track", "src"), ("use", "href"), ("image", "href"),
}  # fmt: skip
#: Relations that only say something about the page and fetch nothing.
_SAID_ONLY = {"canonical", "next", "prev", "license", "author"}
#: What a call in a notebook shows, by the name of the lesson's method.
CALLS = {
    "overview": "panel", "terms": "panel", "sources": "panel", "figure": "data-figure", "passage": "passage",
    "quiz": "quiz", "timeline": "timeline", "write": "writing", "weigh": "evidence-matrix", "positions": "positions",
    "compare": "claim-against-source", "white_out": "white-out", "words_of_doubt": "words-of-doubt",
    "forecast": "forecast", "argument_map": "argument-map", "annotate": "annotate", "flashcards": "flashcards",
    "progress": "progress",
}  # fmt: skip
_DATA_BLOCKS = {"application/json", "application/ld+json"}
_CSS_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s]+)""")
_DIRECTIVE = re.compile(r"^ {0,3}(?:```+|:::+)\{([\w-]+)\}", re.MULTILINE)


@dataclass
class Page:
    """What of a page matters here."""

    headings: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    fetched: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._in_heading = False
        self._in_permalink = False
        self._script: str | None = None
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        page = self.page
        for name, value in attributes.items():
            if name.startswith("on"):
                page.faults.append(_("event handler {name} on <{tag}>: move it to a file").format(name=name, tag=tag))
            if value.strip().lower().startswith("javascript:"):
                page.faults.append(
                    _("script address in {name} of <{tag}>: move it to a file").format(name=name, tag=tag)
                )
            if (tag, name) in _FETCHED and not _SAID_ONLY.intersection(attributes.get("rel", "").split()):
                page.fetched += value.split(",") if name == "srcset" else [value]
        page.fetched += _CSS_ADDRESS.findall(attributes.get("style", ""))
        if anchor := attributes.get("id"):
            page.anchors.add(anchor)
        if kind := attributes.get("data-cwl-kind"):
            page.kinds[kind] += 1
        if tag == "a":
            page.links.append(attributes.get("href", ""))
            self._in_permalink = "headerlink" in attributes.get("class", "").split()
        elif tag == "h1":
            self._in_heading = True
            page.headings.append("")
        elif tag == "script" and "src" not in attributes and attributes.get("type", "") not in _DATA_BLOCKS:
            page.faults.append(_("inline script: move it to a file"))
        elif tag == "style":
            self._in_style = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "h1":
            self._in_heading = False
        elif tag == "a":
            self._in_permalink = False
        elif tag == "style":
            self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_heading and not self._in_permalink:
            self.page.headings[-1] += data
        if self._in_style:
            self.page.fetched += _CSS_ADDRESS.findall(data)


def read_page(text: str) -> Page:
    """Read a built page."""
    reader = _Reader()
    reader.feed(text)
    reader.page.headings = [" ".join(heading.split()) for heading in reader.page.headings]
    return reader.page


def verify(root: Path, output: Path) -> list[str]:
    """Compare a built book with its sources.

    Parameters
    ----------
    root
        The checkout, with ``_toc.yml`` and the sources.
    output
        The built book.

    Returns
    -------
    list of str
        What is wrong, one line each; empty when the book is whole.
    """
    faults: list[str] = []
    pages = {path.relative_to(output).as_posix(): read_page(path.read_text("utf-8")) for path in _html_files(output)}
    for docname, page_name in toc_pages(root):
        if page_name not in pages:
            words = _("{page}: missing, though _toc.yml lists {document}")
            faults.append(words.format(page=page_name, document=docname))
            continue
        source = source_of(root, docname)
        if source is None:
            faults.append(_("_toc.yml: {document} has no source").format(document=docname))
            continue
        faults += [f"{page_name}: {fault}" for fault in _compare(pages[page_name], source)]
    for name, page in pages.items():
        faults += [f"{name}: {fault}" for fault in _faults_of_form(page, name, pages, output)]
    faults += _faults_of_styles(output)
    faults += _faults_of_inventory(pages, output)
    return faults


def toc_pages(root: Path) -> Iterator[tuple[str, str]]:
    """Documents that ``_toc.yml`` lists, with the pages that they are written to."""
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    yield toc["root"], f"{ROOT_PAGE}.html"
    for docname in _files_in(toc):
        if docname != toc["root"]:
            yield docname, f"{docname}.html"


def _files_in(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if "file" in node:
            yield re.sub(r"\.(md|ipynb)$", "", node["file"])
        for value in node.values():
            yield from _files_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from _files_in(value)


def source_of(root: Path, docname: str) -> Path | None:
    """The file that a document comes from."""
    return next((path for suffix in (".md", ".ipynb") if (path := root / f"{docname}{suffix}").is_file()), None)


def wanted_kinds(source: Path) -> Counter[str]:
    """The widgets that a source calls for, by kind."""
    text = source.read_text(encoding="utf-8")
    if source.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        return Counter(
            kind for cell in cells if cell["cell_type"] == "code" for kind in _kinds_called("".join(cell["source"]))
        )
    return Counter(WIDGET_DIRECTIVES[name] for name in _DIRECTIVE.findall(text) if name in WIDGET_DIRECTIVES)


def _kinds_called(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
            yield CALLS[node.func.attr]


def source_title(source: Path) -> str | None:
    """The title of a source: its first heading of the first level."""
    text = source.read_text(encoding="utf-8")
    if source.suffix == ".ipynb":
        text = "\n".join("".join(c["source"]) for c in json.loads(text)["cells"] if c["cell_type"] == "markdown")
    found = re.search(r"^# +(.+?) *$", text, re.MULTILINE)
    return found[1] if found else None


def _compare(page: Page, source: Path) -> Iterator[str]:
    title = source_title(source)
    if len(page.headings) != 1:
        yield _("{count} headings of the first level, one is wanted").format(count=len(page.headings))
    elif title is None:
        yield _("{file} has no title: begin it with '# …'").format(file=source.name)
    elif _letters(page.headings[0]) != _letters(title):
        words = _("headed {heading}, but its source says {title}")
        yield words.format(heading=repr(page.headings[0]), title=repr(title))
    wanted = wanted_kinds(source)
    for kind in sorted({*wanted, *page.kinds}):
        if wanted[kind] != page.kinds[kind]:
            words = _("{count} widgets of kind {kind}, but {file} calls for {wanted}")
            yield words.format(count=page.kinds[kind], kind=kind, file=source.name, wanted=wanted[kind])
    scripts = {unquote(urlsplit(address).path).rsplit("/", 1)[-1] for address in page.fetched}
    for kind in sorted(page.kinds):
        if f"{kind}.page.js" not in scripts:
            yield _("the script of its {kind} widgets is not asked for").format(kind=kind)


def _letters(text: str) -> str:
    """A title without markup and typography, which differ between source and page."""
    return re.sub(r"[^\w]+", " ", html.unescape(text)).strip().casefold()


def _faults_of_form(page: Page, name: str, pages: dict[str, Page], output: Path) -> Iterator[str]:
    yield from dict.fromkeys(page.faults)
    for address in dict.fromkeys(page.fetched):
        parts = urlsplit(address.strip())
        if parts.scheme == "data":
            continue
        if parts.scheme or parts.netloc:
            yield _("asks another host for {address}").format(address=address)
        elif not _target(name, parts.path, output).is_file():
            yield _("asks for {address}, which is not there").format(address=address)
    for address in dict.fromkeys(page.links):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        target = _target(name, parts.path, output) if parts.path else output / name
        if not target.is_file():
            yield _("links to {address}, which is not there").format(address=address)
        elif parts.fragment and target.suffix == ".html":
            anchors = pages[target.relative_to(output.resolve()).as_posix() if parts.path else name].anchors
            if unquote(parts.fragment) not in anchors:
                yield _("links to {address}, but that page has no such place").format(address=address)


def _target(page: str, path: str, output: Path) -> Path:
    # The page for missing addresses is shown at any depth; its addresses start from the book's root.
    folder = output if page == "404.html" else (output / page).parent
    return (folder / unquote(path)).resolve()


def _faults_of_styles(output: Path) -> Iterator[str]:
    for style in sorted((output / "_static").rglob("*.css")):
        for address in _CSS_ADDRESS.findall(style.read_text(encoding="utf-8")):
            parts = urlsplit(address)
            if (parts.scheme and parts.scheme != "data") or parts.netloc:
                fault = _("asks another host for {address}").format(address=address)
                yield f"{style.relative_to(output).as_posix()}: {fault}"


def _faults_of_inventory(pages: dict[str, Page], output: Path) -> Iterator[str]:
    """What the scripts count must be there to be done: each task and each item has its place on its lesson's page."""
    path = output / INVENTORY_FILE
    if not path.is_file():
        return
    inventory = json.loads(
        path.read_text(encoding="utf-8").removeprefix(INVENTORY_BEFORE).removesuffix(INVENTORY_AFTER)
    )
    for lesson in inventory["lessons"]:
        name = f"notebooks/{lesson['id']}.html"
        anchors = pages[name].anchors if name in pages else set()
        for task in lesson["tasks"]:
            places = [slug(task["id"]), *(f"{slug(task['id'])}-{item['id']}" for item in task.get("items", ()))]
            missing = _("{page}: progress counts {place}, which is not there")
            yield from (missing.format(page=name, place=one) for one in places if one not in anchors)


def _html_files(output: Path) -> Iterable[Path]:
    skipped = {"_static", "_sources", "reports", "lite"}
    return (path for path in sorted(output.rglob("*.html")) if path.relative_to(output).parts[0] not in skipped)


def main(arguments: list[str]) -> int:
    """Verify a built book and print what is wrong."""
    if len(arguments) != 1:
        print(_("usage: {command}").format(command="python -m coldwar_lessons.book.verify _build/html"))
        return 2
    output = Path(arguments[0])
    if not output.is_dir():
        print(_("{folder}: no built book there (make book builds it)").format(folder=output))
        return 1
    root = content_root()
    with suppress(CourseError):
        speak(load_course(root))
    faults = verify(root, output)
    for fault in faults:
        print(fault)
    if faults:
        words = ngettext("{count} fault in the built book.", "{count} faults in the built book.", len(faults))
        print(words.format(count=len(faults)))
        return 1
    words = _("Every one of {count} pages is there, with its heading, its widgets and their scripts.")
    print(words.format(count=len(list(toc_pages(root)))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
