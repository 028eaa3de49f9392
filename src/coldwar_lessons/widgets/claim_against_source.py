"""Claim against source: texts side by side; sort what is said from what is inferred and hoped."""

from __future__ import annotations

from collections.abc import Mapping

from coldwar_lessons.content.activities import ClaimAgainstSource, Column, SortStatement
from coldwar_lessons.content.load import Course
from coldwar_lessons.language import current_language
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h

from .citing import sources_line
from .framing import activity_frame, sentences_named
from .passage import short_name
from .quiz_items import linked
from .spec import WidgetSpec, slug


def activity_spec(course: Course, activity: ClaimAgainstSource, widget_id: str) -> WidgetSpec:
    """Build the activity; the model sentence stays with the teacher."""
    base = slug(widget_id)
    labels = {category.id: category.label for category in activity.categories}
    tree = activity_frame(
        course,
        activity,
        "claim-against-source",
        _("Claim against source"),
        h("div", (_column(course, column) for column in activity.columns), class_="cwl-cs-columns"),
        h(
            "dl",
            (part for c in activity.categories for part in (h("dt", c.label), h("dd", c.description))),
            class_="cwl-cs-categories",
        ),
        h(
            "ol",
            (
                _statement(course, statement, number, labels, f"{base}-{statement.id}")
                for number, statement in enumerate(activity.statements, 1)
            ),
            class_="cwl-cs-statements",
        ),
        h(
            "div",
            h("button", _("Check"), type="button", class_="cwl-button cwl-primary"),
            h("p", class_="cwl-score"),
            class_="cwl-cs-check cwl-scripted",
        ),
        h("label", linked(course, activity.closing), for_=f"{base}-closing", class_="cwl-label"),
        h("textarea", id=f"{base}-closing", rows=3, spellcheck="true", lang=current_language()),
    )
    payload = {
        "statements": {
            statement.id: {"key": statement.key, "feedback": statement.feedback} for statement in activity.statements
        },
        "paper": sentences_named(course, tree),
    }
    return WidgetSpec("claim-against-source", widget_id, tree, payload, activity.title)


def _column(course: Course, column: Column) -> Element:
    return h(
        "div",
        h("p", column.heading, class_="cwl-cs-heading"),
        (
            h(
                "p",
                h("span", short_name(sentence_id), class_="cwl-small"),
                " ",
                course.sentence(sentence_id).text,
                class_="cwl-words",
                **course.about.words_of_document,
            )
            for sentence_id in column.sentences
        ),
        (h("p", linked(course, text)) for text in column.paraphrase),
        h("p", sources_line(course, column.sources), class_="cwl-citation") if column.sources else None,
        class_="cwl-cs-column",
    )


def _statement(course: Course, statement: SortStatement, number: int, labels: Mapping[str, str], base: str) -> Element:
    return h(
        "li",
        h(
            "div",
            h("p", h("span", f"{number}. ", class_="cwl-cs-number"), statement.text, id=f"{base}-text"),
            h(
                "div",
                (
                    h("label", h("input", type="radio", name=base, value=name), " ", label)
                    for name, label in labels.items()
                ),
                class_="cwl-cs-heaps",
                role="radiogroup",
                aria_labelledby=f"{base}-text",
            ),
            class_="cwl-cs-statement",
        ),
        h(
            "details",
            h("summary", _("Answer")),
            h("p", h("b", labels[statement.key]), ". ", linked(course, statement.feedback)),
            class_="cwl-reveal",
        ),
        data_statement=statement.id,
    )
