"""Ids and links, made right for a book in which all pages stand together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, urldefrag

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.language import gettext as _

from .pages import BuiltBook, Chapter
from .tree import filled, find, make

#: What browsers mend in an address and stricter readers do not.
_UNSAFE = re.compile(r'[<>"{}|\\^`\s]')
#: Attributes that name other elements; the rest of ARIA's goes with the controls.
_NAMING = ("aria-labelledby",)


def anchor(chapter: str, name: str = "") -> str:
    """The id of a chapter, or of a place in it; a name that both HTML and XML allow."""
    return f"{chapter}_{re.sub(r'[^A-Za-z0-9_.-]', '.', name)}" if name else f"ch_{chapter}"


def join_links(book: BuiltBook) -> None:
    """Make ids unique in the whole book and point links at them; what links to a file outside the book is no link."""
    chapters = {chapter.path: chapter for chapter in book.chapters}
    known = {anchor(chapter.name, str(name)) for chapter in book.chapters for name in chapter.body.xpath(".//@id")}
    for chapter in book.chapters:
        for element in chapter.body.xpath(".//*[@id]"):
            element.set("id", anchor(chapter.name, element.get("id")))
        for name in _NAMING:
            for element in chapter.body.xpath(f".//*[@{name}]"):
                element.set(name, " ".join(anchor(chapter.name, one) for one in element.get(name).split()))
        for link in chapter.body.xpath(".//a[@href]"):
            href = link.get("href")
            if href.startswith("http"):
                link.set("href", _UNSAFE.sub(lambda found: quote(found[0]), href))
            elif not href.startswith("#ch_"):
                target = _target(chapters, chapter, href, known)
                if target is None:
                    del link.attrib["href"]
                else:
                    link.set("href", f"#{target}")
        for unlinked in chapter.body.xpath(".//a[not(@href)]"):
            unlinked.drop_tag()


def _target(chapters: dict[str, Chapter], chapter: Chapter, href: str, known: set[str]) -> str | None:
    path, fragment = urldefrag(chapter.address(href))
    found = chapters.get(path or chapter.path)
    if found is None:
        return None
    place = anchor(found.name, fragment)
    if fragment and place not in known:
        words = _("{page} links to {address}, which is nowhere in the book")
        raise CourseError(words.format(page=chapter.path, address=href))
    return place


def drop_dead_links(roots: Iterable[Chapter]) -> None:
    """Turn links into text whose place was left out of the bound book, such as notes on dimmed sentences."""
    roots = list(roots)
    known = {str(name) for chapter in roots for name in chapter.body.xpath(".//@id")}
    known |= {anchor(chapter.name) for chapter in roots}
    for chapter in roots:
        for link in chapter.body.xpath('.//a[starts-with(@href, "#")]'):
            if link.get("href")[1:] not in known:
                link.drop_tag()


def add_page_references(chapters: Iterable[Chapter]) -> None:
    """After the name of another chapter, leave room for the number of its page."""
    whole = {f"#{anchor(chapter.name)}" for chapter in chapters}
    for chapter in chapters:
        for link in chapter.body.xpath('.//a[starts-with(@href, "#")]'):
            known = any(True for _found in find(link, "page-of")) or next(link.iterancestors("th"), None) is not None
            if link.get("href") in whole and not known:
                link.append(page_reference(link.get("href")[1:], _(" (p. {page})")))


def page_reference(target: str, words: str = "{page}") -> object:
    """Room for the number of the page on which a place stands; the PDF fills it in, an e-reader leaves it out."""
    number = make("span", "000", class_="page-number", data_to=target)
    return make("span", filled(words, page=number), class_="page-of")


def local_images(book: BuiltBook, folder: Path) -> None:
    """Copy the book's pictures into a folder ``figures`` and name them there, those within pages too."""
    import base64  # noqa: PLC0415
    import hashlib  # noqa: PLC0415

    figures = folder / "figures"
    figures.mkdir(parents=True, exist_ok=True)
    for chapter in book.chapters:
        for image in chapter.body.xpath(".//img[@src]"):
            source = image.get("src")
            if source.startswith("data:image/svg+xml;base64,"):
                data = base64.b64decode(source.partition(",")[2])
                name = f"figure-{hashlib.sha256(data).hexdigest()[:16]}.svg"
            else:
                file = book.root / chapter.address(source)
                data, name = file.read_bytes(), file.name
            (figures / name).write_bytes(data)
            image.set("src", f"figures/{quote(name)}")
            image.attrib.pop("loading", None)
