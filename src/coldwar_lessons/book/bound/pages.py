"""Read the built book: its chapters in the sequence of its table of contents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

from lxml import html
from lxml.html import HtmlElement

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.language import gettext as _

from .tree import drop, find, words

#: Pages that only a screen has a use for.
_SCREEN_ONLY = ("progress",)


@dataclass(frozen=True)
class Chapter:
    """One page of the built book.

    Attributes
    ----------
    name
        Names the chapter in links and files: ``lesson-3``, ``the-paper``.
    path
        Its address within the built book.
    part
        Caption of the part that it stands in.
    number
        The lesson's number, if it is one.
    body
        Its article, which the binding changes.
    """

    name: str
    path: str
    title: str
    part: str | None
    number: int | None
    body: HtmlElement

    def address(self, href: str) -> str:
        """An address that stands on this page, as seen from the built book's root."""
        return unquote(urljoin(self.path, href))


@dataclass(frozen=True)
class BuiltBook:
    """The built book.

    Attributes
    ----------
    root
        Its folder.
    colophon
        Paragraphs of its foot: authors and licences.
    """

    root: Path
    title: str
    description: str
    colophon: tuple[HtmlElement, ...]
    chapters: tuple[Chapter, ...]


def read_book(root: Path) -> BuiltBook:
    """Read every page that the table of contents names.

    Parameters
    ----------
    root
        Folder of the built book, with ``index.html``.

    Raises
    ------
    CourseError
        If there is no built book, or it has no table of contents.
    """
    if not (root / "index.html").is_file():
        raise CourseError(_("no built book in {folder}: run make book first").format(folder=root))
    welcome = _page(root / "index.html")
    chapters, part = [], None
    for one in welcome.xpath('//nav[@id="contents"]/p | //nav[@id="contents"]/ul/li/a'):
        if one.tag == "p":
            part = words(one)
            continue
        path = urldefrag(urljoin("index.html", one.get("href", "")))[0]
        if Path(path).stem in _SCREEN_ONLY:
            continue
        numbers = [words(number) for number in find(one, "contents-number")]
        page = welcome if path == "index.html" else _page(root / unquote(path))
        body = page.xpath("//article")[0]
        for other in body.xpath("./*[not(self::section)]"):
            drop(other)
        title = words(body.xpath(".//h1")[0]).removesuffix("§").strip()
        name = f"lesson-{numbers[0]}" if numbers else Path(path).stem
        chapters.append(Chapter(name, path, title, part, int(numbers[0]) if numbers else None, body))
    if not chapters:
        fault = _("the book in {folder} has no table of contents: build it again with make book")
        raise CourseError(fault.format(folder=root))
    described = welcome.xpath('//meta[@name="description"]/@content')
    return BuiltBook(
        root=root,
        title=words(welcome.xpath('//*[@class="wordmark-title"]')[0]),
        description=str(described[0]) if described else "",
        colophon=tuple(welcome.xpath('//footer[@class="colophon"]/p')),
        chapters=tuple(chapters),
    )


def _page(file: Path) -> HtmlElement:
    return html.fromstring(file.read_bytes().decode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
