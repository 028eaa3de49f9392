"""What a sheet is made of: blocks, each a kind and the fields that the template's function of that name wants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import ascii_uppercase
from typing import Any, TypeAlias

from coldwar_lessons.content.load import Course
from coldwar_lessons.widgets.passage import short_name
from coldwar_lessons.widgets.quiz_items import mentions

Block: TypeAlias = dict[str, Any]

#: How many words a student writes on one line of 17 cm by hand.
WORDS_A_LINE = 9


def block(kind: str, **fields: Any) -> Block:
    """One block."""
    return {"kind": kind, **fields}


def letter(index: int) -> str:
    """The name of the nth thing to choose from: A to Z, then AA, AB and so on."""
    first, last = divmod(index, 26)
    return (letter(first - 1) if first else "") + ascii_uppercase[last]


def letters(ids: Iterable[str]) -> dict[str, str]:
    """A letter for each of some ids, in their sequence."""
    return {name: letter(index) for index, name in enumerate(ids)}


def numbered(course: Course, text: str) -> str:
    """A text with the names of sentences as a printed sheet numbers them: ``p3.s8`` becomes ``3.8``."""
    pieces, at = [], 0
    for found in mentions(course, text):
        pieces += [text[at : found.start()], short_name(found[0])]
        at = found.end()
    return "".join([*pieces, text[at:]])


def paragraphs(course: Course, text: str) -> list[Block]:
    """A text of several paragraphs, divided at its line breaks."""
    return [block("text", text=numbered(course, part.strip())) for part in text.split("\n") if part.strip()]


def writing_lines(words: tuple[int, int]) -> Block:
    """Lines enough for a text of so many words."""
    return block("lines", count=max(2, -(-words[1] // WORDS_A_LINE)))


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[str] = ()) -> Block:
    """A table; a width is ``auto`` or a number of shares."""
    return block("table", columns=list(columns), rows=[list(row) for row in rows], widths=list(widths))
