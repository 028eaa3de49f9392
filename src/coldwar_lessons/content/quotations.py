"""Quotations: anything in curly double quotes is the paper's words to the letter, or a term."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from coldwar_lessons.language import gettext as _

from .models import Paper

#: The only mark of the sheet that is no word.
OMISSION = "[…]"
_GAP = re.compile(r"\s*(?:\[…\]|…)\s*")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Quotable:
    """What may stand in curly double quotes.

    Attributes
    ----------
    text
        All words of the paper, with single spaces.
    terms
        Names and aliases of terms, in small letters.
    """

    text: str
    terms: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, paper: Paper, terms: Iterable[str] = ()) -> Quotable:
        """Take the paper and the names of terms."""
        return cls(_SPACE.sub(" ", paper.plain_text()), frozenset(name.casefold() for name in terms))

    def allows(self, quotation: str) -> bool:
        """Whether the words are a term, or stand in the paper: parts joined by ``…`` in this order."""
        words = _SPACE.sub(" ", quotation).strip()
        if not any(letter.isalnum() for letter in words):
            return words == OMISSION
        return words.casefold() in self.terms or quoted_from(words, self.text)


def quoted_from(quotation: str, text: str) -> bool:
    """Whether the words stand in the text as whole words, to the letter; parts joined by ``…`` in this order.

    Examples
    --------
    >>> quoted_from("more incentives … repression", "more incentives and less repression")
    True
    >>> quoted_from("incentive", "more incentives")
    False
    """
    if find_words(quotation, text) >= 0:
        return True
    parts = [part for part in _GAP.split(quotation) if part]
    at = 0
    for part in parts:
        found = find_words(part, text, at)
        if found < 0:
            return False
        at = found + len(part)
    return bool(parts)


def find_words(words: str, text: str, start: int = 0) -> int:
    """Where the words stand in the text as whole words; -1 when they do not."""
    while words:
        found = text.find(words, start)
        if found < 0:
            return -1
        end = found + len(words)
        inside_before = found > 0 and text[found - 1].isalnum() and words[0].isalnum()
        inside_after = end < len(text) and text[end].isalnum() and words[-1].isalnum()
        if not inside_before and not inside_after:
            return found
        start = found + 1
    return -1


def find_faults(text: str, allows: Callable[[str], bool]) -> list[tuple[int, str]]:
    """Every fault in the use of double quotation marks.

    Parameters
    ----------
    text
        A text of the course, not of the paper.
    allows
        Says whether words may stand in curly double quotes.

    Returns
    -------
    list
        Offset in the text, and what is wrong and how to mend it.
    """
    found = [
        (match.start(), _('straight double quotes (") are not used: write “…” for the paper’s words, ‘…’ for others'))
        for match in re.finditer('"', text)
    ][:1]
    opened: list[int] = []
    for match in re.finditer("[“”]", text):
        if match[0] == "“":
            opened.append(match.start())
        elif not opened:
            found.append((match.start(), _("a quotation is closed (”) that was never opened")))
        else:
            start = opened.pop()
            quotation = text[start + 1 : match.start()]
            # A quotation within a quotation is part of it; only the outermost is held against the paper.
            if not opened and not allows(quotation):
                found.append((start, _not_quotable(quotation)))
    found += [(start, _("a quotation is opened (“) that is never closed")) for start in opened[:1]]
    return sorted(found)


def _not_quotable(quotation: str) -> str:
    shown = _SPACE.sub(" ", quotation)
    shown = f"{shown[:70]}…" if len(shown) > 72 else shown
    return _("“{shown}” is not in the paper to the letter: quote it exactly, or use ‘single’ quotes or none").format(
        shown=shown
    )
