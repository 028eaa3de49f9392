"""Checking the paper and every quotation of it in the data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from .check_walk import fault_at, walk_data
from .faults import Fault
from .lines import Location
from .load import Document, Place, Reading
from .models import Block, Paper
from .quotations import Quotable, find_faults, find_words

#: SHA-256 over all words of the paper in reading order, each sentence with its id and footnote call.
PAPER_DIGEST = "26d5244e66869bfd425ec56300464134525413d9876816b11fd5b58185bfe6ca"

#: The first twelve hex digits of each part's own SHA-256, to name the part that was changed.
PART_DIGESTS: Mapping[str, str] = {
    "head-mark": "aba6d7dd723a",
    "head-number": "15904091def7",
    "head-body": "dd7093492096",
    "head-title": "77e56522a352",
    "omission": "0a0b288e79c0",
    "p3-heading": "dd62939a0e33",
    "p3.s1": "d6cb6a656e4c",
    "p3.s2": "b5408b716fb1",
    "p3.s3": "62cc8f708df6",
    "p3.s4": "c4d753f50a4f",
    "p3.s5": "fdeca76c2a94",
    "p3.s6": "e1806ba7e914",
    "p3.s7": "1522d2f8f805",
    "p3.s8": "8de5fb22f0b7",
    "p3.s9": "bd3f145a611a",
    "p3.s10": "e632b31f5f80",
    "p4-heading": "4230bc8984fb",
    "p4.s1": "e219d81975be",
    "p4.s2": "7f182858042e",
    "p4.s3": "1f87185d9197",
    "p4.s4": "cb82cb470547",
    "p4.s5": "004c1b002c47",
    "p4.s6": "49eda95089ae",
    "p4.s7": "d74c336f030f",
    "p4.s8": "b3fdbfb6b786",
    "p4.s9": "2d55feba1502",
    "p4.s10": "43b27e19ca7f",
    "fn1.s1": "6290b61387cd",
    "fn1.s2": "f97db5d7ce80",
}


def quotable(reading: Reading) -> Quotable | None:
    """What may be quoted: the paper, and every term's name and aliases; ``None`` without a paper."""
    if reading.course is None:
        return None
    names: list[Any] = []
    for document in reading.documents:
        for entry, _ in document.entries() if document.kind == "terms" else ():
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
                fixed = f"{part.role}|{part.number}|{sentence.text}|{sentence.footnote or ''}"
                yield sentence.id, fixed, ("parts", i, "sentences", j, "text")


def digest(text: str) -> str:
    """SHA-256 as hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def check_paper(reading: Reading) -> Iterator[Fault]:
    """Every change to the paper since it was compared with the original, letter by letter."""
    course = reading.course
    if course is None:
        return
    place = course.places["paper", "paper"]
    parts = list(paper_parts(course.paper))
    whole = digest("\n".join(f"{name}|{fixed}" for name, fixed, _ in parts))
    if whole == PAPER_DIGEST:
        return
    before = len(parts)
    for name, fixed, location in parts:
        if name not in PART_DIGESTS:
            yield fault_at(place, location, f"{name} is no part of the paper as edited here: take it out")
        elif digest(fixed)[:12] != PART_DIGESTS[name]:
            before = -1
            yield fault_at(place, location, f"{name} is not the paper to the letter: restore its words")
    missing = [name for name in PART_DIGESTS if name not in {part for part, _, _ in parts}]
    if missing:
        yield fault_at(place, ("parts",), f"the paper lacks {', '.join(missing)}: restore it")
    elif before == len(PART_DIGESTS):
        yield fault_at(place, ("parts",), "the parts of the paper are out of order: restore their order")


def check_quotations(reading: Reading) -> Iterator[Fault]:
    """Every quotation in the data that is not the paper's words, or is in straight quotes."""
    allowed = quotable(reading)
    if allowed is None or reading.course is None:
        return
    sentences = {s.id: s.text for s in reading.course.paper.sentences()}
    for document in reading.documents:
        if document.kind != "paper":
            yield from _check_document(document, allowed, sentences)


def _check_document(document: Document, allowed: Quotable, sentences: Mapping[str, str]) -> Iterator[Fault]:
    place = Place(document.path, document.lines)
    for location, value in walk_data(document.data):
        if isinstance(value, Mapping):
            for message, field in _check_exact(value, allowed.text, sentences):
                yield fault_at(place, (*location, field), message)
        elif isinstance(value, str) and location[-1:] not in {("quote",), ("in_paper",)}:
            for _, message in find_faults(value, allowed.allows):
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
            yield f"{field}: “{shown}” does not stand in {where} to the letter: copy the words from there", field
        elif "alternatives" in entry and find_words(words, within, find_words(words, within) + 1) >= 0:
            yield f"{field}: “{words}” stands in {where} more than once: take in more words", field
