"""Passage: the paper's words in context, with notes and terms that open in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Block, Footnote, Note, Paragraph, Sentence
from coldwar_lessons.language import gettext as _
from coldwar_lessons.language import listed, ngettext, semicolons
from coldwar_lessons.markup import Element, h

from .citing import cite_text
from .spec import WidgetSpec, slug


@dataclass(frozen=True)
class Gloss:
    """Words of one sentence with what is said about them."""

    quote: str
    label: str
    text: str
    citation: str = ""


def passage_spec(course: Course, widget_id: str, chosen: Sequence[str], notes: Iterable[Note] = ()) -> WidgetSpec:
    """Build a passage.

    Parameters
    ----------
    course
        The content.
    widget_id
        See :class:`WidgetSpec`.
    chosen
        Sentence ids shown at full strength; the rest of their paragraphs is dimmed and folded.
    notes
        Notes on exact words of the paper.

    Raises
    ------
    UnknownNameError
        If a sentence id does not exist.
    """
    for sentence_id in chosen:
        course.sentence(sentence_id)
    base = slug(widget_id)
    notes = tuple(notes)
    parts = [
        _paragraph(course, part, base, frozenset(chosen), notes)
        for part in course.paper.parts
        if not isinstance(part, Block) and any(s.id in chosen for s in part.sentences)
    ]
    # i18n: sentences are such as: paragraph 3, sentences 6 and 8.
    name = _("{document}, {sentences}").format(document=course.about.document.heading, sentences=name_sentences(chosen))
    whole = _("Read the whole {document} with its notes").format(document=course.about.document.noun)
    tree = h(
        "section",
        h("p", course.paper.reference, class_="cwl-sheet-mark", aria_hidden="true"),
        parts,
        h("p", h("a", whole, href="../book/the-paper.html"), class_="cwl-to-paper"),
        class_="cwl cwl-passage",
        aria_label=name,
    )
    return WidgetSpec("passage", widget_id, tree, {}, name)


def paper_spec(course: Course, widget_id: str, notes: Iterable[Note] = ()) -> WidgetSpec:
    """Build the whole paper as edited here, every sentence at full strength, with ids to link to."""
    notes = tuple(notes)
    every = frozenset(course.sentence_ids())
    parts = [
        h("p", part.text, class_=f"cwl-{part.role}", **course.about.words_of_document)
        if isinstance(part, Block)
        else _paragraph(course, part, "", every, notes)
        for part in course.paper.parts
    ]
    name = _("{document} as edited here").format(document=course.about.document.heading)
    tree = h("section", parts, class_="cwl cwl-passage cwl-whole", aria_label=name)
    return WidgetSpec("passage", widget_id, tree, {}, name)


def name_sentences(ids: Sequence[str]) -> str:
    """Name sentences in words: ``paragraph 3, sentences 6 and 8``."""
    groups: dict[str, list[str]] = {}
    for sentence_id in ids:
        part, _dot, number = sentence_id.partition(".s")
        groups.setdefault(part, []).append(number)
    named = []
    for part, numbers in groups.items():
        if part.startswith("fn"):
            words = ngettext("the footnote, sentence {numbers}", "the footnote, sentences {numbers}", len(numbers))
        else:
            words = ngettext(
                "paragraph {paragraph}, sentence {numbers}", "paragraph {paragraph}, sentences {numbers}", len(numbers)
            )
        named.append(words.format(paragraph=part[1:], numbers=listed(numbers)))
    return semicolons(named)


def short_name(sentence_id: str) -> str:
    """The number printed beside a sentence: ``3.8``, ``note 1.2``."""
    part, _dot, number = sentence_id.partition(".s")
    # i18n: a sentence of a footnote, such as note 1.2.
    return _("note {number}").format(number=f"{part[2:]}.{number}") if part.startswith("fn") else f"{part[1:]}.{number}"


def shortest_name(sentence_id: str) -> str:
    """The number of a sentence where there is little room: ``3.8``, ``n1.2``."""
    part, _dot, number = sentence_id.partition(".s")
    # i18n: a sentence of a footnote, such as n1.2, where there is little room.
    return _("n{number}").format(number=f"{part[2:]}.{number}") if part.startswith("fn") else f"{part[1:]}.{number}"


def printed_number(part: Paragraph | Footnote) -> str | None:
    """The number in front of a paragraph or footnote, as the paper has it."""
    return f"{part.number}{'' if isinstance(part, Footnote) else '.'}" if part.number else None


def _paragraph(
    course: Course, part: Paragraph | Footnote, base: str, chosen: frozenset[str], notes: Sequence[Note]
) -> Element:
    footnote = isinstance(part, Footnote)
    sentences: list[Element | str] = []
    bodies: list[Element] = []
    for sentence in part.sentences:
        anchor = f"{base}-{sentence.id}" if base else sentence.id
        glosses = glosses_of(course, sentence, notes)
        sentences += [_sentence(sentence, glosses, anchor, chosen=sentence.id in chosen), " "]
        bodies += _bodies(course, sentence, glosses, anchor, chosen=sentence.id in chosen)
    return h(
        "div",
        h("p", course.about.document.footnote or _("Footnote"), class_="cwl-note-head") if footnote else None,
        h(
            "div",
            h("span", printed_number(part), class_="cwl-number", aria_hidden="true"),
            h("div", sentences, class_="cwl-text"),
            class_="cwl-paragraph",
            **course.about.words_of_document,
        ),
        h("div", bodies, class_="cwl-glosses") if bodies else None,
        class_="cwl-footnote" if footnote else "cwl-block",
    )


def _sentence(sentence: Sentence, glosses: Sequence[Gloss], anchor: str, *, chosen: bool) -> Element:
    return h(
        "span",
        h(
            "a",
            short_name(sentence.id),
            class_="cwl-sid",
            href=f"#{anchor}",
            aria_label=_("Link to sentence {sentence}").format(sentence=short_name(sentence.id)),
        ),
        " ",
        _marked(sentence.text, glosses, anchor),
        h("sup", "1", class_="cwl-call", aria_label=_("footnote 1")) if sentence.footnote else None,
        id=anchor,
        class_="cwl-sentence cwl-chosen" if chosen else "cwl-sentence cwl-dimmed",
        data_sentence=sentence.id,
    )


def _bodies(
    course: Course, sentence: Sentence, glosses: Sequence[Gloss], anchor: str, *, chosen: bool
) -> list[Element]:
    """What is said about words of a sentence: below the paragraph, from where the browser fetches what is opened."""
    return [
        h(
            "span",
            h("span", short_name(sentence.id), " ", class_="cwl-gloss-where"),
            h("b", gloss.label),
            ": ",
            gloss.text,
            h("cite", f" {gloss.citation}") if gloss.citation else None,
            class_="cwl-gloss cwl-gloss-chosen" if chosen else "cwl-gloss",
            id=f"{anchor}-gloss-{index}",
            **course.about.words_beside_document,
        )
        for index, gloss in enumerate(glosses)
    ]


def glosses_of(course: Course, sentence: Sentence, notes: Sequence[Note]) -> list[Gloss]:
    """Notes and terms on a sentence, in the order of its words; no two overlap, notes come first."""
    found: list[tuple[int, Gloss]] = []
    wanted = [
        *(
            Gloss(note.quote, f"“{note.quote}”", note.text, cite_text(course, note.sources))
            for note in notes
            if note.sentence == sentence.id
        ),
        *(Gloss(term.in_paper, term.term, term.definition) for term in course.terms.values() if term.in_paper),
    ]
    taken: list[range] = []
    for gloss in wanted:
        start = sentence.text.find(gloss.quote)
        span = range(start, start + len(gloss.quote))
        if start >= 0 and not any(span.start < other.stop and other.start < span.stop for other in taken):
            taken.append(span)
            found.append((start, gloss))
    return [gloss for _start, gloss in sorted(found, key=lambda pair: pair[0])]


def _marked(text: str, glosses: Sequence[Gloss], anchor: str) -> list[Element | str]:
    pieces: list[Element | str] = []
    at = 0
    for index, gloss in enumerate(glosses):
        start = text.index(gloss.quote, at)
        pieces += [
            text[at:start],
            h("a", gloss.quote, class_="cwl-term", href=f"#{anchor}-gloss-{index}"),
        ]
        at = start + len(gloss.quote)
    pieces.append(text[at:])
    return pieces
