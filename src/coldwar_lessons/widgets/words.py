"""Words of the paper to be marked: the sheet, the tags, and how words are counted.

A word is a run of letters, digits and marks between spaces that holds a letter or a digit. The browser
half (js/src/words) counts in the same way, so that both name a word by its sentence and its number there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Block, Footnote, Paragraph, Sentence
from coldwar_lessons.content.quotations import find_words
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h

from .passage import printed_number, short_name

_LETTERS_A_LINE = 38


@dataclass(frozen=True)
class Tag:
    """One way to mark words; it is known by its number, its line and its colour."""

    id: str
    label: str
    description: str


def find_word_spans(text: str) -> list[tuple[int, int]]:
    """Where each word of a text begins and ends.

    Examples
    --------
    >>> find_word_spans("Talks – at once.")
    [(0, 5), (8, 10), (11, 16)]
    """
    return [match.span() for match in re.finditer(r"\S+", text) if any(letter.isalnum() for letter in match[0])]


def find_word_range(text: str, quote: str) -> tuple[int, int]:
    """Numbers of the first and last word of a text that a quotation takes in.

    Raises
    ------
    ValueError
        If the quotation does not stand in the text as whole words.

    Examples
    --------
    >>> find_word_range("It may prove to be so.", "may prove")
    (1, 2)
    """
    start = find_words(quote, text)
    if start < 0:
        raise ValueError(f"{quote!r} does not stand in {text!r}")
    end = start + len(quote)
    touched = [number for number, (left, right) in enumerate(find_word_spans(text)) if left < end and right > start]
    return touched[0], touched[-1]


def tag_list(tags: Sequence[Tag]) -> Element:
    """The tags with their numbers, their lines and what they mean; on paper, the key to marks made by pen."""
    return h(
        "dl",
        (
            part
            for number, tag in enumerate(tags, start=1)
            for part in (
                h("dt", f"{number} ", h("span", tag.label, class_="cwl-tag", data_tag=number)),
                h("dd", tag.description),
            )
        ),
        class_="cwl-tags",
    )


def tag_bar(tags: Sequence[Tag], base: str, how: str) -> Element:
    """The choice of the tag that the next words get."""
    return h(
        "fieldset",
        h("legend", _("Mark words as")),
        h(
            "div",
            (
                h(
                    "label",
                    h("input", type="radio", name=f"{base}-tag", value=tag.id, checked=number == 1),
                    h("b", f"{number} "),
                    h("span", tag.label, class_="cwl-tag", data_tag=number),
                    class_="cwl-tag-choice",
                )
                for number, tag in enumerate(tags, start=1)
            ),
            class_="cwl-tag-choices",
        ),
        h("p", how, class_="cwl-small cwl-how-to", id=f"{base}-how"),
        class_="cwl-tag-bar cwl-scripted",
    )


def typed_sheet(course: Course, sentence_ids: Iterable[str], base: str, *, margin: bool = False) -> Element:
    """The sentences as on a typed sheet, each ready to be split into words.

    Parameters
    ----------
    course
        The content.
    sentence_ids
        The sentences to show; they stand in the paper's order, and a gap is shown as one.
    base
        Begins the ids of the sentences.
    margin
        Leave a ruled margin for notes on paper.
    """
    chosen = frozenset(sentence_ids)
    return h(
        "div",
        (
            _part(course, part, chosen, base, margin=margin)
            for part in course.paper.parts
            if not isinstance(part, Block) and any(s.id in chosen for s in part.sentences)
        ),
        class_="cwl-typed",
    )


def part_name(part: Paragraph | Footnote) -> str:
    """What a part of the paper is called."""
    return (
        _("The editor’s footnote")
        if isinstance(part, Footnote)
        else _("Paragraph {number}").format(number=part.number or part.id[1:])
    )


def _part(course: Course, part: Paragraph | Footnote, chosen: frozenset[str], base: str, *, margin: bool) -> Element:
    shown = [number for number, sentence in enumerate(part.sentences) if sentence.id in chosen]
    pieces: list[Element | str] = [_gap()] if shown[0] > 0 else []
    for number, following in pairwise([*shown, len(part.sentences)]):
        pieces += [_sentence(part.sentences[number], base), " "]
        if following > number + 1:
            pieces.append(_gap())
    if shown[-1] < len(part.sentences) - 1 and not isinstance(pieces[-1], Element):
        pieces.append(_gap())
    letters = sum(len(part.sentences[number].text) for number in shown)
    return h(
        "div",
        h("p", course.about.document.footnote or _("Footnote"), class_="cwl-typed-head")
        if isinstance(part, Footnote)
        else None,
        h("span", printed_number(part), class_="cwl-typed-number"),
        h("div", pieces, class_="cwl-typed-words", data_part=part.id, data_name=part_name(part)),
        h(
            "div",
            (h("span") for _line in range(2 + letters // _LETTERS_A_LINE)),
            class_="cwl-typed-margin",
            aria_hidden="true",
        )
        if margin
        else None,
        class_="cwl-typed-part",
        **course.about.words_of_document,
    )


def _sentence(sentence: Sentence, base: str) -> Element:
    return h(
        "span",
        h("span", short_name(sentence.id), class_="cwl-typed-sid"),
        "\N{NO-BREAK SPACE}",
        h("span", sentence.text, data_words=sentence.id),
        id=f"{base}-{sentence.id}",
        class_="cwl-typed-sentence",
    )


def _gap() -> Element:
    return h("span", "· · · ", class_="cwl-typed-gap", aria_label=_("sentences left out"), role="img")
