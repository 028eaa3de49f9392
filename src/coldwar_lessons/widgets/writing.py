"""Writing desk: prompt and rubric beside a plan and a text, with the lesson's evidence at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from coldwar_lessons.content.base import Citation
from coldwar_lessons.content.dates import describe_date
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Lesson, WritingTask
from coldwar_lessons.content.references import reference_text
from coldwar_lessons.content.rubrics import find_rubric
from coldwar_lessons.content.teaching import Rubric
from coldwar_lessons.language import current_language
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h

from .citing import cite_text
from .framing import sentences_named
from .panels import lesson_citations
from .passage import name_sentences, short_name
from .quiz_items import linked
from .spec import WidgetSpec, slug

#: From so many words on a task is an essay and gets more room.
_ESSAY = 300


@dataclass(frozen=True)
class Evidence:
    """Something to cite.

    Attributes
    ----------
    group
        Heading it is listed under.
    label
        What it is called in the list.
    cite
        What is put into the text.
    detail
        What it says, to be read before it is cited.
    reference
        What a list of references says of it.
    url
        Where it can be read.
    """

    group: str
    label: str
    cite: str
    detail: str
    reference: str
    url: str = ""


def writing_spec(course: Course, lesson: Lesson, task: WritingTask, widget_id: str) -> WidgetSpec:
    """Build a writing desk; without scripts and on paper it is prompt, rubric and room to write.

    Model answers stand in the teacher's notes and are never read here.
    """
    base = slug(widget_id)
    low, high = task.words
    rubric = find_rubric(course, task.id)
    essay = high >= _ESSAY
    tree = h(
        "section",
        h(
            "p",
            _("Writing · aim for {low} to {high} words").format(low=low, high=high),
            class_="cwl-activity-kind",
            id=f"{base}-aim",
        ),
        h("p", linked(course, task.prompt), class_="cwl-activity-prompt cwl-wd-prompt", id=f"{base}-prompt"),
        h(
            "div",
            h(
                "div",
                h(
                    "details",
                    h("summary", _("Plan")),
                    h(
                        "label",
                        _("Your answer in one sentence, your reasons, the best point against you"),
                        for_=f"{base}-plan",
                    ),
                    h(
                        "textarea",
                        id=f"{base}-plan",
                        rows=4,
                        spellcheck="true",
                        lang=current_language(),
                        class_="cwl-wd-plan",
                    ),
                    open=essay,
                    class_="cwl-on-paper",
                ),
                h(
                    "div",
                    h("label", _("Your answer"), for_=f"{base}-text", class_="cwl-label"),
                    h(
                        "textarea",
                        id=f"{base}-text",
                        rows=22 if essay else 10,
                        aria_describedby=f"{base}-prompt {base}-aim",
                        spellcheck="true",
                        lang=current_language(),
                        class_="cwl-wd-text",
                    ),
                    class_="cwl-wd-answer",
                ),
                h("div", h("div"), class_="cwl-wd-bar cwl-scripted"),
                h("p", class_="cwl-wd-count cwl-scripted"),
                h("p", class_="cwl-wd-cited cwl-scripted"),
                h(
                    "button",
                    _("Save as a file (Markdown)"),
                    type="button",
                    class_="cwl-button cwl-wd-export cwl-scripted",
                ),
                class_="cwl-wd-main",
            ),
            h(
                "div",
                _picker(base),
                _starters(task.starters, base) if task.starters else None,
                _checklist(task.checklist, base) if task.checklist else None,
                _rubric(rubric, base) if rubric else None,
                class_="cwl-wd-side",
            ),
            class_="cwl-wd-desk",
        ),
        class_=f"cwl cwl-activity cwl-writing{' cwl-wd-essay' if essay else ''}",
        aria_label=_("Writing desk"),
    )
    payload = {
        "title": lesson.title,
        "prompt": task.prompt,
        "file": f"{lesson.id}-{task.id}.md",
        "words": [low, high],
        "evidence": [asdict(one) for one in evidence_of(course, lesson)],
        "rubric": {"levels": list(rubric.level_names), "rows": {row.id: row.label for row in rubric.rows}}
        if rubric
        else None,
        "paper": sentences_named(course, tree),
    }
    return WidgetSpec("writing", widget_id, tree, payload, task.prompt)


def evidence_of(course: Course, lesson: Lesson) -> list[Evidence]:
    """What a student can cite in a lesson: the paper, the lesson's events, the places in its sources."""
    return [*_sentences(course), *_events(course, lesson), *_sources(course, lesson)]


def _sentences(course: Course) -> Iterator[Evidence]:
    for sentence_id in course.sentence_ids():
        text = course.sentence(sentence_id).text
        yield Evidence(
            course.about.document.heading,
            f"{short_name(sentence_id)} {text}",
            f"({sentence_id})",
            text,
            f"{course.paper.reference}, {name_sentences([sentence_id])}: “{text}”",
        )


def _events(course: Course, lesson: Lesson) -> Iterator[Evidence]:
    for event_id in lesson.events:
        event = course.named("events", event_id)
        citation = event.sources[0]
        yield Evidence(
            _("Events of this lesson"),
            f"{describe_date(event.date)}: {event.title}",
            f"({cite_text(course, [citation])})",
            event.summary,
            *_reference(course, citation),
        )


def _sources(course: Course, lesson: Lesson) -> list[Evidence]:
    found = {
        cite_text(course, [citation]): citation
        for citation in lesson_citations(course, lesson)
        if course.named("sources", citation.source).title != course.paper.title
    }
    return [
        Evidence(
            _("Sources of this lesson"),
            short,
            f"({short})",
            str(course.named("sources", citation.source).title),
            *_reference(course, citation),
        )
        for short, citation in sorted(found.items(), key=lambda pair: pair[0].casefold())
    ]


def _reference(course: Course, citation: Citation) -> tuple[str, str]:
    source = course.named("sources", citation.source)
    text = reference_text(source, notes=False).removesuffix(".")
    located = f"{text}, {citation.locator}" if citation.locator else text
    return located, citation.url or source.url or ""


def _rubric(rubric: Rubric, base: str) -> Element:
    return h(
        "details",
        h("summary", _("What counts")),
        h("p", _("Before you write, read it. Afterwards, mark where your answer stands."), class_="cwl-small"),
        (
            h(
                "fieldset",
                h("legend", row.label),
                (
                    h(
                        "label",
                        h("input", type="radio", name=f"{base}-{row.id}", value=level),
                        h("span", h("b", name), ": ", text),
                        class_="cwl-wd-level",
                    )
                    for level, (name, text) in enumerate(zip(rubric.level_names, row.levels, strict=False))
                ),
                data_row=row.id,
            )
            for row in rubric.rows
        ),
        name=f"{base}-side",
        open=True,
        class_="cwl-wd-rubric cwl-on-paper",
    )


def _checklist(checks: Iterable[str], base: str) -> Element:
    return h(
        "details",
        h("summary", _("Check your answer")),
        h(
            "ul",
            (
                h("li", h("label", h("input", type="checkbox", value=check), h("span", check), class_="cwl-wd-level"))
                for check in checks
            ),
        ),
        name=f"{base}-side",
        class_="cwl-wd-checks cwl-on-paper",
    )


def _picker(base: str) -> Element:
    return h(
        "details",
        h("summary", _("Evidence to cite")),
        h("label", _("Find a sentence, an event or a source"), for_=f"{base}-find"),
        h("input", type="search", id=f"{base}-find", autocomplete="off", class_="cwl-wd-find"),
        h("label", _("Evidence"), for_=f"{base}-evidence", class_="cwl-hidden"),
        h("select", id=f"{base}-evidence", size=8, aria_describedby=f"{base}-detail", class_="cwl-wd-evidence"),
        h("p", id=f"{base}-detail", class_="cwl-wd-detail"),
        h("button", _("Put it into the text"), type="button", class_="cwl-button cwl-wd-insert"),
        name=f"{base}-side",
        class_="cwl-scripted",
    )


def _starters(starters: Iterable[str], base: str) -> Element:
    return h(
        "details",
        h("summary", _("Ways to begin a sentence")),
        h("ul", (h("li", starter) for starter in starters)),
        name=f"{base}-side",
        class_="cwl-wd-starters cwl-on-paper",
    )
