"""The sentences that a lesson reads, numbered, with the words that a reader may not know marked and explained."""

from __future__ import annotations

from collections.abc import Iterable

from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Lesson, Term
from coldwar_lessons.language import gettext as _
from coldwar_lessons.widgets.passage import short_name

from .blocks import Block, block


def passage_blocks(course: Course, lesson: Lesson) -> list[Block]:
    """The passage, with room to write beside it, and its words."""
    every = course.sentence_ids()
    rows = []
    before = -1
    for name in sorted(lesson.sentences, key=every.index):
        place = every.index(name)
        sentence = course.sentence(name)
        runs = _marked(sentence.text, course.terms.values())
        footnote = name.startswith("fn")
        rows.append(
            {
                "number": short_name(name),
                "runs": runs,
                "skipped": before >= 0 and place != before + 1,
                "call": "1" if sentence.footnote else "",
                "footnote": footnote and not every[before].startswith("fn"),
            }
        )
        before = place
    words = [{"term": one.term, "meaning": one.definition} for one in _words(course, lesson)]
    blocks = [
        block(
            "passage",
            reference=course.paper.reference,
            rows=rows,
            footnote=course.about.document.footnote or _("Footnote"),
        )
    ]
    return [*blocks, block("words", entries=words)] if words else blocks


def _words(course: Course, lesson: Lesson) -> list[Term]:
    """The terms that the passage marks, in reading order, then the lesson's other key terms."""
    text = " ".join(course.sentence(name).text for name in lesson.sentences)
    marked = [term for term in course.terms.values() if term.in_paper and term.in_paper in text]
    marked.sort(key=lambda term: text.index(term.in_paper or ""))
    others = [course.named("terms", name) for name in lesson.terms]
    return list({term.id: term for term in (*marked, *others)}.values())


def _marked(text: str, terms: Iterable[Term]) -> list[Block]:
    """The text as runs, the words of terms apart; of two that overlap, the longer one is marked."""
    spans: list[tuple[int, int]] = []
    for words in sorted({term.in_paper for term in terms if term.in_paper}, key=lambda one: (-len(one), one)):
        start = text.find(words)
        if start >= 0 and not any(start < stop and first < start + len(words) for first, stop in spans):
            spans.append((start, start + len(words)))
    runs, at = [], 0
    for start, stop in sorted(spans):
        runs += [{"text": text[at:start], "term": False}, {"text": text[start:stop], "term": True}]
        at = stop
    return [run for run in (*runs, {"text": text[at:], "term": False}) if run["text"]]
