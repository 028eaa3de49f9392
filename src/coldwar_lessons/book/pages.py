"""What the templates need for each page: its scripts, the table of contents, its sections, its description."""

from __future__ import annotations

import html
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.html._assets import _CascadingStyleSheet, _JavaScript

from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.grading.records import COURSE_ID
from coldwar_lessons.language import N_, browser_messages, direction
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import messages_script, script_json
from coldwar_lessons.widgets.timeline_print import add_print_figures

from .images import tell_sizes
from .launch import read_launch
from .lite_site import address_in_lite
from .metadata import lesson_line, page_data
from .work import PROGRESS_PAGE, work_files

STATIC = Path(__file__).resolve().parents[1] / "static"
#: Where the widgets' files stand in the built book.
WIDGETS = "_static/widgets"
#: What the scripts say in the book's language, where that is not English.
MESSAGES = "messages.js"
WELCOME = N_("Welcome")
_KIND = re.compile(r'data-cwl-kind="([\w-]+)"')
_SECTION = re.compile(
    r'<section (?:class="[^"]*" )?id="([^"]+)">\s*(?:<span[^>]*></span>\s*)*<h2>(.*?)</h2>', re.DOTALL
)
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Entry:
    """One line of the table of contents."""

    docname: str
    title: str
    number: int | None
    current: bool


@dataclass(frozen=True)
class Part:
    """One part of the table of contents."""

    caption: str | None
    entries: tuple[Entry, ...]


def kinds_in(body: str) -> list[str]:
    """Kinds of the widgets in a page's HTML."""
    return sorted(set(_KIND.findall(body)))


def sections_in(body: str) -> list[tuple[str, str]]:
    """Anchors and titles of a page's sections."""
    return [
        (anchor, html.unescape(" ".join(_TAG.sub("", _PERMALINK.sub("", title)).split())))
        for anchor, title in _SECTION.findall(body)
    ]


def contents(app: Sphinx, course: Course, pagename: str) -> list[Part]:
    """The book's table of contents, as ``_toc.yml`` has it."""
    site_map = app.config.external_site_map
    parts = [Part(None, (_entry(app, course, app.config.root_doc, _(WELCOME), pagename),))]
    for tree in site_map.root.subtrees:
        entries = tuple(
            _entry(app, course, docname, site_map[item].title, pagename)
            for item in tree.files()
            if (docname := _without_suffix(app, item)) in app.env.found_docs
        )
        parts.append(Part(tree.caption, entries))
    return parts


def _entry(app: Sphinx, course: Course, docname: str, title: str | None, pagename: str) -> Entry:
    lesson = course.lessons.get(docname.removeprefix("notebooks/"))
    return Entry(
        docname,
        title or app.env.titles[docname].astext(),
        lesson.number if lesson else None,
        docname == pagename,
    )


def _without_suffix(app: Sphinx, item: str) -> str:
    for suffix in app.config.source_suffix:
        if item.endswith(suffix):
            return item[: -len(suffix)]
    return item


def description_of(course: Course, pagename: str, meta: dict[str, Any], doctree: nodes.document | None) -> str:
    """One sentence or two for search engines and previews."""
    if lesson := course.lessons.get(pagename.removeprefix("notebooks/")):
        return lesson_line(lesson)
    if described := meta.get("description"):
        return str(described)
    first = next(iter(doctree.findall(nodes.paragraph)), None) if doctree else None
    return " ".join(first.astext().split())[:200] if first else ""


def fill(sentence: str, **parts: str) -> str:
    """A translated sentence as HTML, with the HTML of links in its places."""
    pieces = enumerate(_PLACE.split(sentence))
    return "".join(parts[piece] if odd % 2 else html.escape(piece, quote=False) for odd, piece in pieces)


def base_address(app: Sphinx) -> str:
    """The book's address on the web, with a slash at its end, or nothing when it is not known.

    From ``html: baseurl`` of ``_config.yml``; the environment variable ``BOOK_BASE_URL`` wins.
    """
    address = os.environ.get("BOOK_BASE_URL") or app.config.html_baseurl
    return f"{address.rstrip('/')}/" if address else ""


def complete_page(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document) -> None:
    """Give the templates what they need, and the page only the files that it uses."""
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    course = load_course()
    body = context.get("body") or ""
    kinds = kinds_in(body)
    uri = app.builder.get_target_uri(pagename)
    up = "../" * uri.count("/")
    if "timeline" in kinds:
        # Paper shows a timeline as a figure: a file beside the page, which browsers fetch only to print.
        figures = Path(app.outdir) / "_static" / "figures"
        context["body"] = body = add_print_figures(body, course, figures, f"{up}_static/figures/")
    context["body"] = body = tell_sizes(body, app.env)
    lesson = course.lessons.get(pagename.removeprefix("notebooks/"))
    address = base_address(app)
    progress_page = lesson is not None and PROGRESS_PAGE in app.env.found_docs
    work_scripts, work_styles = work_files(body, lesson=progress_page)
    description = description_of(course, pagename, context.get("meta") or {}, doctree)
    data = page_data(app, course, pagename, description, address)
    context.update(
        _=_,
        fill=fill,
        direction=direction(),
        about=course.about,
        # Work of the first course is kept under keys from before there was a second.
        own_keys=course.about.id != COURSE_ID,
        reference=course.paper.reference,
        contents=contents(app, course, pagename),
        sections=sections_in(body),
        lesson=lesson,
        progress_page=PROGRESS_PAGE if progress_page else None,
        lite=f"{up}{address_in_lite(lesson.id)}" if lesson and app.config.cwl_lite else None,
        places=read_launch(Path(app.confdir) / "_config.yml").places(pagename) if lesson else [],
        number_of_lessons=len(course.lessons),
        description=description,
        schema_org=script_json(data) if data else None,
        offline=app.config.cwl_offline,
        pageurl=address + ("" if uri == "index.html" else uri) if address else None,
        base_path=urlsplit(address).path or "/",
        card_url=f"{address}_static/card.png" if address else None,
        author=app.config.author,
        style_files=[
            _CascadingStyleSheet(f"{WIDGETS}/widgets.css"),
            _CascadingStyleSheet("_static/book.css"),
            *work_styles,
        ],
        widget_files=[
            *([_JavaScript(f"{WIDGETS}/{MESSAGES}", defer="defer")] if browser_messages() else []),
            *work_scripts,
            *(_JavaScript(f"{WIDGETS}/{kind}.page.js", defer="defer") for kind in kinds if kind != "progress"),
        ],
    )


def copy_assets(app: Sphinx) -> None:
    """Copy the widgets' scripts and styles before the pages name them.

    Not by ``html_static_path``: Jupyter Book loads every script it finds there on every page.
    """
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / WIDGETS
    folder.mkdir(parents=True, exist_ok=True)
    for file in (*STATIC.glob("*.page.js"), STATIC / "widgets.css", STATIC / "work.css"):
        shutil.copyfile(file, folder / file.name)
    (folder / MESSAGES).unlink(missing_ok=True)
    if messages := messages_script():
        (folder / MESSAGES).write_text(messages, encoding="utf-8")
    # Some hosts leave out folders that begin with _ unless they find this file.
    (Path(app.outdir) / ".nojekyll").touch()


def remove_stale_files(app: Sphinx, exception: Exception | None) -> None:
    """Remove pages whose source is no longer in ``_toc.yml``, and styles that no page asks for.

    What is built is published.
    """
    if exception or not isinstance(app.builder, StandaloneHTMLBuilder) or app.builder.name != "html":
        return
    documents = {*app.env.found_docs, *app.config.cwl_redirects}
    wanted = {Path(app.builder.get_outfilename(docname)) for docname in documents}
    for folder in ("book", "notebooks"):
        for page in (Path(app.outdir) / folder).glob("*.html"):
            if page not in wanted:
                page.unlink()
    for hidden in Path(app.outdir).glob(".*/"):
        shutil.rmtree(hidden)
    for style in (Path(app.outdir) / "_static").glob("mystnb.*.css"):
        style.unlink()
