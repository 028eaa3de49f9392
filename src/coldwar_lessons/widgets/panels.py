"""Panels: a lesson's overview, its key terms, its sources."""

from __future__ import annotations

from collections.abc import Iterable

from coldwar_lessons.content.base import Citation
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Lesson, Source
from coldwar_lessons.content.questions import skill_name
from coldwar_lessons.content.references import KINDS, reference_order
from coldwar_lessons.language import gettext as _
from coldwar_lessons.language import ngettext
from coldwar_lessons.markup import Element, h, phrase, row

from .citing import cite_links, full_reference
from .passage import shortest_name
from .spec import WidgetSpec


def overview_spec(course: Course, lesson: Lesson) -> WidgetSpec:
    """The lesson's question, minutes and objectives, and where it stands in the paper."""
    tree = h(
        "section",
        h("p", lesson.question, class_="cwl-question"),
        h(
            "p",
            _("Lesson {number} of {count} · about {time}").format(
                # i18n: time is such as: 55 minutes in class and 40 at home.
                number=lesson.number,
                count=len(course.lessons),
                time=time_of(lesson),
            ),
            class_="cwl-facts",
        ),
        h("p", _("After this lesson you can"), class_="cwl-lead"),
        h(
            "ul",
            (
                h("li", h("span", skill_name(objective.skill), class_="cwl-skill"), " ", objective.text)
                for objective in lesson.objectives
            ),
            class_="cwl-objectives",
        ),
        h("p", _("Where this stands in {document}").format(document=course.about.document.name), class_="cwl-lead"),
        _strip(course, lesson),
        class_="cwl cwl-panel cwl-overview",
        aria_label=_("About this lesson"),
    )
    return WidgetSpec("panel", f"{lesson.id}/overview", tree, {}, f"{lesson.title}: {lesson.question}")


def time_of(lesson: Lesson) -> str:
    """How long a lesson takes, in words."""
    if not lesson.home_minutes:
        return ngettext("{count} minute", "{count} minutes", lesson.minutes).format(count=lesson.minutes)
    return ngettext(
        "{count} minute in class and {home} at home", "{count} minutes in class and {home} at home", lesson.minutes
    ).format(count=lesson.minutes, home=lesson.home_minutes)


def terms_spec(course: Course, lesson: Lesson) -> WidgetSpec:
    """The lesson's key terms, with definitions and sources."""
    entries: list[Element] = []
    for term_id in lesson.terms:
        term = course.named("terms", term_id)
        entries += [
            h("dt", term.term),
            h(
                "dd",
                term.definition,
                " ",
                None if term.verified else h("em", _("Not verified."), " "),
                h("small", "(", cite_links(course, term.sources), ")"),
            ),
        ]
    tree = h("section", h("dl", entries), class_="cwl cwl-panel cwl-terms", aria_label=_("Key terms"))
    return WidgetSpec("panel", f"{lesson.id}/terms", tree, {}, _("Key terms"))


def sources_spec(course: Course, lesson: Lesson) -> WidgetSpec:
    """Every source the lesson rests on, by kind, with the places in it that were used; folded on screen."""
    places: dict[str, list[Citation]] = {}
    for citation in lesson_citations(course, lesson):
        places.setdefault(citation.source, []).append(citation)
    cited = sorted((course.named("sources", name) for name in places), key=reference_order)
    groups = (
        (
            h("p", _(heading), class_="cwl-lead"),
            h("ul", (_source(one, places[one.id]) for one in cited if one.kind == kind)),
        )
        for kind, heading in KINDS.items()
        if any(one.kind == kind for one in cited)
    )
    tree = h(
        "section",
        h(
            "details",
            h(
                "summary",
                ngettext(
                    "{count} source, with the places that this lesson uses",
                    "{count} sources, each with the places that this lesson uses",
                    len(cited),
                ).format(count=len(cited)),
            ),
            (part for group in groups for part in group),
            class_="cwl-on-paper",
        ),
        class_="cwl cwl-panel cwl-sources",
        aria_label=_("Sources of this lesson"),
    )
    return WidgetSpec("panel", f"{lesson.id}/sources", tree, {}, _("Sources"))


def _source(source: Source, citations: list[Citation]) -> Element:
    located = used_places(citations)
    return h("li", full_reference(source), _used_here(located) if located else None)


def _used_here(citations: list[Citation]) -> list[Element | str]:
    places = (h("a", one.locator, href=one.url) if one.url else one.locator or "" for one in citations)
    return [" ", *phrase(_("Used here: {places}."), places=row(places, "semicolons"))]


def used_places(citations: Iterable[Citation]) -> list[Citation]:
    """The places cited, each once: of two that lead to one address, or say the same, the shorter."""
    found: dict[str, Citation] = {}
    for citation in sorted((one for one in citations if one.locator), key=lambda one: len(one.locator or "")):
        same = (one for one in found.values() if (citation.locator or "").startswith(f"{one.locator},"))
        known = found.get(citation.url) if citation.url else next(same, None)
        if known is None:
            found[citation.url or citation.locator or ""] = citation
    return [one for one in dict.fromkeys(citations) if one in found.values()]


def lesson_citations(course: Course, lesson: Lesson) -> Iterable[Citation]:
    """Every citation of a lesson: its prose, notes, events, terms and items."""
    yield from lesson.sources
    for note in lesson.notes:
        yield from note.sources
    for event in lesson.events:
        yield from course.named("events", event).sources
    for term in lesson.terms:
        yield from course.named("terms", term).sources
    # A graded quiz is sealed where students are, and what its items rest on is part of the answer.
    for quiz in lesson.quizzes:
        for item in () if quiz in course.sealed else course.named("quizzes", quiz).items:
            yield from item.sources


def _strip(course: Course, lesson: Lesson) -> Element:
    cells = []
    for sentence_id in course.sentence_ids():
        mine = sentence_id in lesson.sentences
        cells.append(
            h(
                "li",
                h(
                    "a",
                    shortest_name(sentence_id),
                    h("span", " ", _("(read in this lesson)"), class_="cwl-hidden") if mine else None,
                    href=f"../book/the-paper.html#{sentence_id}",
                ),
                class_="cwl-mine" if mine else None,
            )
        )
    return h("ol", cells, class_="cwl-strip")
