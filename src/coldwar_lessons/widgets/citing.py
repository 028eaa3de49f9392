"""Citations, as text and as links."""

from __future__ import annotations

from collections.abc import Iterable

from coldwar_lessons.content.base import Citation
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Source
from coldwar_lessons.markup import Element, h


def cite_text(course: Course, citations: Iterable[Citation]) -> str:
    """Citations in short form: ``FRUS 1952–54, VIII, doc. 587; …``."""
    return "; ".join(_short(course.named("sources", c.source), c) for c in citations)


def cite_links(course: Course, citations: Iterable[Citation]) -> list[Element | str]:
    """Citations in short form, each linked to its place when it has an address."""
    pieces: list[Element | str] = []
    for citation in citations:
        source = course.named("sources", citation.source)
        if pieces:
            pieces.append("; ")
        address = citation.url or source.url
        text = _short(source, citation)
        pieces.append(h("a", text, href=address) if address else text)
    return pieces


def full_reference(source: Source) -> Element:
    """A source as a bibliography prints it."""
    people = " and ".join(source.authors) or (" and ".join(source.editors) + " (ed.)" if source.editors else "")
    imprint = ", ".join(part for part in (source.container, source.publisher, source.year) if part)
    return h(
        "span",
        f"{people}, " if people else None,
        h("cite", h("a", source.title, href=source.url) if source.url else source.title),
        f" ({imprint})" if imprint else None,
        f". {source.note}" if source.note else None,
        class_="cwl-reference",
    )


def _short(source: Source, citation: Citation) -> str:
    return f"{source.short}, {citation.locator}" if citation.locator else source.short
