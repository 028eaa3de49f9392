"""What the pages for teachers are put together from."""

from __future__ import annotations

from collections.abc import Iterable

from coldwar_lessons.content.base import Citation
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.teaching import CloseReading, ExamQuestion, LevelDescriptor, Misconception
from coldwar_lessons.language import N_, ngettext
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Child, Element, h, phrase, row
from coldwar_lessons.widgets.citing import cite_links
from coldwar_lessons.widgets.quiz_items import mentions

READING_KINDS = {
    "hedge": N_("Hedges: how sure is he?"),
    "metaphor": N_("Metaphors: what picture is in the word?"),
    "loaded-word": N_("Loaded words: what does the word decide for us?"),
    "voice": N_("Voice: who is I, who is we?"),
    "grammar": N_("Grammar: which half wins?"),
    "borrowed-words": N_("Borrowed words: who spoke first?"),
    "silence": N_("Silences: what is not said?"),
}


def prose(course: Course, text: str) -> list[Element | str]:
    """A text with each sentence id in it linked to the paper."""
    pieces: list[Element | str] = []
    at = 0
    for found in mentions(course, text):
        pieces += [text[at : found.start()], sentence_link(found[0], found[0])]
        at = found.end()
    return [*pieces, text[at:]]


def sentence_link(sentence_id: str, text: str | None = None) -> Element:
    """A link to a sentence in the annotated paper."""
    return h("a", text or sentence_id, href=f"../book/the-paper.html#{sentence_id}", class_="sentence")


def sentence_links(sentence_ids: Iterable[str]) -> list[Element | str]:
    """Links to sentences, with commas."""
    return row(map(sentence_link, sentence_ids), "commas")


def paragraphs(course: Course, text: str, **attributes: str) -> list[Element]:
    """A text of several paragraphs, divided at its line breaks."""
    return [h("p", prose(course, part), **attributes) for part in text.split("\n") if part.strip()]


def cites(course: Course, citations: Iterable[Citation], before: str = "") -> Element | None:
    """Citations in a line of their own."""
    links = cite_links(course, citations)
    return h("p", before or None, links, class_="cwl-cites") if links else None


def section(anchor: str, heading: str, *children: Child | Iterable[Child]) -> Element:
    """A section of the page, with a heading that the table of contents finds."""
    return h("section", h("h2", heading), *children, id=anchor)


def labelled(label: str, *children: Child | Iterable[Child], **attributes: str) -> Element:
    """A paragraph that begins with what it is."""
    return h("p", h("b", f"{label} ", class_="cwl-t-label"), *children, **attributes)


def table(headers: Iterable[str], rows: Iterable[Element], caption: str, class_: str) -> Element:
    """A table in a frame that scrolls on narrow screens."""
    head = h("thead", h("tr", (h("th", header, scope="col") for header in headers)))
    body = h("table", h("caption", caption, class_="cwl-hidden"), head, h("tbody", rows), class_=class_)
    return h("div", body, class_="cwl-scroll", role="region", aria_label=caption, tabindex="0")


def misconception_card(course: Course, one: Misconception) -> Element:
    """One misreading with what mends it."""
    return h(
        "li",
        h("p", h("b", one.error), class_="cwl-t-lead"),
        labelled(_("Why it tempts"), prose(course, one.why)),
        labelled(_("What mends it"), prose(course, one.mend), *_where(one.sentences)),
        cites(course, one.sources),
        class_="cwl-t-card",
    )


def reading_card(course: Course, one: CloseReading) -> Element:
    """Words worth stopping at, with a question and a model reading."""
    return h(
        "li",
        h(
            "p",
            h("span", f"“{one.quote}”", class_="cwl-t-quote"),
            " ",
            sentence_link(one.sentence),
            class_="cwl-t-lead",
        ),
        labelled(_("Ask"), prose(course, one.question)),
        labelled(_("A reading"), prose(course, one.reading)),
        class_="cwl-t-card",
    )


def exam_card(course: Course, one: ExamQuestion) -> Element:
    """One exam-type question, ready to print, with its descriptors."""
    return h(
        "article",
        h(
            "p",
            h("b", one.board, class_="cwl-t-board"),
            " ",
            # i18n: after the name of an examination board; type is a kind of question.
            _("adapted · {type}").format(type=one.type),
            h("span", _marks(one), class_="cwl-t-facts"),
            class_="cwl-t-examhead",
        ),
        h("p", prose(course, one.question), class_="cwl-t-question"),
        h(
            "div",
            h("p", h("b", course.about.document.heading)),
            (h("p", sentence_link(name), f" {course.sentence(name).text}") for name in one.sentences),
            (
                h("div", h("p", h("b", source.label)), h("p", source.text), cites(course, source.sources))
                for source in one.with_sources
            ),
            class_="cwl-t-sources",
        ),
        levels_table(one.levels, _("{board}: what answers do, in our words").format(board=one.board)),
        h("p", one.note, class_="cwl-t-small") if one.note else None,
        h(
            "p",
            _(
                "Adapted by this course from a type of question that {board} sets. The question and the descriptors "
                "are ours and not the board’s. Check the board’s own papers before an examination."
            ).format(board=one.board),
            class_="cwl-t-small",
        ),
        class_="cwl-t-exam",
    )


def _marks(one: ExamQuestion) -> str:
    marks = ngettext("{count} mark", "{count} marks", one.marks).format(count=one.marks)
    minutes = ngettext("{count} minute", "{count} minutes", one.minutes).format(count=one.minutes)
    return f"{marks} · {minutes}"


def levels_table(levels: Iterable[LevelDescriptor], caption: str) -> Element:
    """Marks and what earns them."""
    rows = (h("tr", h("th", level.marks, scope="row"), h("td", level.descriptor)) for level in levels)
    return table((_("Marks"), _("What the answer does")), rows, caption, "cwl-t-levels")


def _where(sentence_ids: tuple[str, ...]) -> list[Element | str]:
    if not sentence_ids:
        return []
    return [" ", *phrase(_("See {sentences}."), sentences=sentence_links(sentence_ids))]
