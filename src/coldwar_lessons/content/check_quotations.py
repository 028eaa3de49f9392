"""Checking the paper and every quotation of it in the data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from coldwar_lessons.language import gettext as _

from .check_walk import fault_at, walk_data
from .faults import Fault
from .lines import Location
from .load import SINGLE, Document, Place, Reading
from .models import Block, Paper
from .quotations import Quotable, find_faults, find_words


def quotable(reading: Reading) -> Quotable | None:
    """What may be quoted: the paper, and every term's name and aliases; ``None`` without a paper."""
    if reading.course is None:
        return None
    names: list[Any] = []
    for document in reading.documents:
        for entry, _place in document.entries() if document.kind == "terms" else ():
            if isinstance(entry, Mapping):
                aliases = entry.get("aliases")
                names += [entry.get("term"), *(aliases if isinstance(aliases, list) else [])]
    return Quotable.of(reading.course.paper, (name for name in names if isinstance(name, str)))


def paper_parts(paper: Paper) -> Iterator[tuple[str, str, Location]]:
    """Each line and sentence of the paper in reading order: id, what must not change, location."""
    for i, part in enumerate(paper.parts):
        if isinstance(part, Block):
            yield part.id, f"{part.role}|{part.text}", ("parts", i, "text")
        else:
            for j, sentence in enumerate(part.sentences):
                fixed = f"{part.role}|{part.number or ''}|{sentence.text}|{sentence.footnote or ''}"
                yield sentence.id, fixed, ("parts", i, "sentences", j, "text")


def digest(text: str) -> str:
    """The first twelve hex digits of the SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def check_paper(reading: Reading) -> Iterator[Fault]:
    """Every change to the paper since it was compared with the original, letter by letter."""
    course = reading.course
    if course is None or not course.about.document.digests:
        return
    wanted = course.about.document.digests
    place = course.places["paper", "paper"]
    parts = list(paper_parts(course.paper))
    if list(wanted.items()) == [(name, digest(fixed)) for name, fixed, _words in parts]:
        return
    before = len(parts)
    for name, fixed, location in parts:
        if name not in wanted:
            yield fault_at(
                place, location, _("{name} is no part of the paper as edited here: take it out").format(name=name)
            )
        elif digest(fixed) != wanted[name]:
            before = -1
            yield fault_at(
                place, location, _("{name} is not the paper to the letter: restore its words").format(name=name)
            )
    missing = [name for name in wanted if name not in {part for part, _fixed, _words in parts}]
    if missing:
        yield fault_at(place, ("parts",), _("the paper lacks {names}: restore it").format(names=", ".join(missing)))
    elif before == len(wanted):
        yield fault_at(place, ("parts",), _("the parts of the paper are out of order: restore their order"))


def check_quotations(reading: Reading) -> Iterator[Fault]:
    """Every quotation in the data that is not the paper's words, or is in straight quotes."""
    allowed = quotable(reading)
    if allowed is None or reading.course is None:
        return
    sentences = {s.id: s.text for s in reading.course.paper.sentences()}
    for document in reading.documents:
        if document.kind not in SINGLE:
            yield from _check_document(document, allowed, sentences)


def _check_document(document: Document, allowed: Quotable, sentences: Mapping[str, str]) -> Iterator[Fault]:
    place = Place(document.path, document.lines)
    for location, value in walk_data(document.data):
        if isinstance(value, Mapping):
            for message, field in _check_exact(value, allowed.text, sentences):
                yield fault_at(place, (*location, field), message)
        elif isinstance(value, str) and location[-1:] not in {("quote",), ("in_paper",)}:
            for _at, message in find_faults(value, allowed.allows):
                yield fault_at(place, location, message)


def _check_exact(entry: Mapping[Any, Any], text: str, sentences: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Fields that must be exact words: ``quote`` in the sentence named beside it, else in the paper; ``in_paper``."""
    for field in ("quote", "in_paper"):
        words, where = entry.get(field), "the paper"
        if not isinstance(words, str):
            continue
        within, sentence = text, entry.get("sentence")
        if field == "quote" and isinstance(sentence, str) and sentence in sentences:
            where, within = sentence, sentences[sentence]
        words = " ".join(words.split())
        if find_words(words, within) < 0:
            shown = f"{words[:70]}…" if len(words) > 72 else words
            yield (
                _("{field}: “{shown}” does not stand in {where} to the letter: copy the words from there").format(
                    field=field, shown=shown, where=where
                ),
                field,
            )
        elif "alternatives" in entry and find_words(words, within, find_words(words, within) + 1) >= 0:
            yield (
                _("{field}: “{words}” stands in {where} more than once: take in more words").format(
                    field=field, words=words, where=where
                ),
                field,
            )
