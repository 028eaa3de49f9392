"""Citations, as text and as links."""

from __future__ import annotations

from collections.abc import Iterable

from coldwar_lessons.content.base import Citation
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Source
from coldwar_lessons.content.references import Part, reference_parts
from coldwar_lessons.language import gettext as _
from coldwar_lessons.language import semicolons
from coldwar_lessons.markup import Element, h, phrase, row


def cite_text(course: Course, citations: Iterable[Citation]) -> str:
    """Citations in short form: ``FRUS 1952–54, VIII, doc. 587; …``."""
    return semicolons(_short(course.named("sources", c.source), c) for c in citations)


def cite_links(course: Course, citations: Iterable[Citation]) -> list[Element | str]:
    """Citations in short form, each linked to its place when it has an address."""
    return row((_linked(course.named("sources", one.source), one) for one in citations), "semicolons")


def source_line(course: Course, citations: Iterable[Citation]) -> list[Element | str]:
    """What one thing rests on, such as a figure."""
    return phrase(_("Source: {citations}"), citations=cite_links(course, citations))


def sources_line(course: Course, citations: Iterable[Citation]) -> list[Element | str]:
    """What several things rest on, such as the paragraphs of a text."""
    return phrase(_("Sources: {citations}"), citations=cite_links(course, citations))


def full_reference(source: Source, *, notes: bool = True) -> Element:
    """A source as a bibliography prints it."""
    return h("span", (_piece(part) for part in reference_parts(source, notes=notes)), class_="cwl-reference")


def _linked(source: Source, citation: Citation) -> Element | str:
    address = citation.url or source.url
    text = _short(source, citation)
    return h("a", text, href=address) if address else text


def _piece(part: Part) -> Element | str:
    words = h("a", part.text, href=part.url) if part.url else part.text
    if part.style in {"whole", "part"}:
        return h("cite", words, class_="cwl-part" if part.style == "part" else None)
    if part.style == "around":
        return h("i", words)
    if part.style == "note":
        return h("span", words, class_="cwl-seen")
    return words


def _short(source: Source, citation: Citation) -> str:
    return f"{source.short}, {citation.locator}" if citation.locator else source.short
