"""Web addresses for readers on paper: numbered in the text, written out at the end of the chapter."""

from __future__ import annotations

from coldwar_lessons.language import gettext as _

from .links import anchor
from .pages import Chapter
from .tree import make

#: The bibliography writes its addresses out in place.
WRITTEN_OUT = "sources"


def note_addresses(chapter: Chapter) -> None:
    """Number the links of a chapter that lead out of the book, and list where they lead; one address has one number."""
    numbers: dict[str, int] = {}
    for link in chapter.body.xpath('.//a[starts-with(@href, "http")]'):
        href = link.get("href")
        number = numbers.setdefault(href, len(numbers) + 1)
        note = make("a", str(number), href=f"#{_place(chapter, number)}", class_="address-call")
        note.tail, link.tail = link.tail, None
        link.addnext(make("sup", note, class_="address"))
        moved = link.getnext()
        moved.tail, note.tail = note.tail, None
    if numbers:
        entries = (
            make("li", make("a", href, href=href), id=_place(chapter, number)) for href, number in numbers.items()
        )
        listed = make("section", make("h2", _("Web addresses")), make("ol", entries), class_="addresses")
        (next(iter(chapter.body.xpath("./section")), chapter.body)).append(listed)


def write_out_addresses(chapter: Chapter) -> None:
    """Mark the links whose addresses the style sheet prints after them."""
    for link in chapter.body.xpath('.//a[starts-with(@href, "http")]'):
        link.set("class", f"{link.get('class', '')} written-out".strip())


def _place(chapter: Chapter, number: int) -> str:
    return anchor(chapter.name, f"address-{number}")
