"""The bound book as one page of HTML, ready to be printed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement

from coldwar_lessons import __version__
from coldwar_lessons.language import N_, direction
from coldwar_lessons.language import gettext as _

from .addresses import WRITTEN_OUT, note_addresses, write_out_addresses
from .binding import Bound
from .links import add_page_references, anchor, page_reference
from .pages import Chapter
from .tree import make

HERE = Path(__file__).resolve().parent
#: Typefaces from npm; without them the book is set in what the machine has.
FONTS = ("source-serif-4", "source-sans-3", "courier-prime")
ADDRESSES = N_("Small raised numbers lead to the web addresses of the sources, at the end of each chapter.")
_CUTS = ("400", "400-italic", "600", "700", "700-italic")


def whole_page(bound: Bound, packages: Path) -> str:
    """Write the bound book as one page.

    Parameters
    ----------
    bound
        The book; its chapters are changed.
    packages
        Folder of the npm packages, for typefaces.
    """
    chapters = bound.chapters
    add_page_references(chapters)
    for chapter in chapters:
        if chapter.name == WRITTEN_OUT:
            write_out_addresses(chapter)
        elif chapter.path.startswith(("book/", "notebooks/", "index")):
            note_addresses(chapter)
    styles = [*_fonts(packages), *((HERE / name).as_uri() for name in ("bound.css", "printed.css"))]
    page = make(
        "html",
        make(
            "head",
            make("meta", charset="utf-8"),
            make("title", bound.built.title),
            (make("link", rel="stylesheet", href=address) for address in styles),
            make("style", _page_styles(bound)),
        ),
        make("body", cover(bound), imprint(bound, _(ADDRESSES)), _contents(bound), (_chapter(one) for one in chapters)),
        lang=bound.about.language,
        dir="rtl" if direction(bound.about.language) == "rtl" else None,
    )
    written: str = html.tostring(page, encoding="unicode")
    return f"<!DOCTYPE html>\n{written}"


def cover(bound: Bound) -> HtmlElement:
    """The cover."""
    return make(
        "div",
        make("p", bound.stamp, class_="cover-stamp") if bound.stamp else None,
        make("p", bound.built.title, class_="cover-title"),
        make("p", bound.about.subtitle, class_="cover-sub"),
        make("p", bound.reference, class_="cover-mark"),
        make("p", bound.sentence, class_="cover-words"),
        class_="cover",
    )


def imprint(bound: Bound, more: str = "") -> HtmlElement:
    """Who made the book, and under which licences."""
    made = _("Made from version {version} of the course.").format(version=__version__)
    return make(
        "div",
        make("p", bound.built.title, class_="imprint-title"),
        list(bound.built.colophon),
        make("p", f"{made} {more}".strip()),
        class_="imprint",
    )


def _contents(bound: Bound) -> HtmlElement:
    entries: list[HtmlElement] = []
    part = None
    for chapter in bound.chapters:
        if chapter.part != part:
            part = chapter.part
            entries.append(make("p", part, class_="contents-part"))
        number = make("span", f"{chapter.number}", class_="contents-number") if chapter.number else None
        title = make("span", entry_title(chapter), class_="contents-title")
        link = make("a", number, title, href=f"#{anchor(chapter.name)}")
        link.append(page_reference(anchor(chapter.name)))
        entries.append(make("p", link, class_="contents-entry"))
    return make("section", make("h1", _("Contents")), entries, class_="contents")


def entry_title(chapter: Chapter) -> str:
    """What the contents call a chapter."""
    return _("Welcome") if chapter.path == "index.html" else chapter.title


def _chapter(chapter: Chapter) -> HtmlElement:
    over = _("Lesson {number}").format(number=chapter.number) if chapter.number else None
    opener = " · ".join(text for text in (chapter.part, over) if text) or entry_title(chapter)
    return make(
        "article",
        # Never without one: Chromium takes the running head into the bookmark of a heading that stands first.
        make("p", opener, class_="opener"),
        list(chapter.body),
        id=anchor(chapter.name),
        class_=f"chapter {_page_name(chapter)}{' lesson' if chapter.number else ''}",
    )


def _page_name(chapter: Chapter) -> str:
    return f"page-{chapter.name}"


def _page_styles(bound: Bound) -> str:
    """The running head of each chapter."""
    rules = []
    for chapter in bound.chapters:
        name = _page_name(chapter)
        head = f"{chapter.number} · {chapter.title}" if chapter.number else entry_title(chapter)
        boxes = f"@top-left {{ content: {_css(bound.built.title)}; }} @top-right {{ content: {_css(head)}; }}"
        rules.append(f".{name} {{ page: {name}; }} @page {name} {{ {boxes} }}")
    return "\n".join(rules)


def _css(text: str) -> str:
    """A text as a string of CSS: JSON's quotation marks and escapes are CSS's too, but for controls."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _fonts(packages: Path) -> Iterable[str]:
    for font in FONTS:
        for cut in _CUTS:
            file = packages / "@fontsource" / font / f"{cut}.css"
            if file.is_file():
                yield file.as_uri()
