"""Claim against source: texts side by side; sort what is said from what is inferred and hoped."""

from __future__ import annotations

from coldwar_lessons.content.activities import ClaimAgainstSource, Column, SortStatement
from coldwar_lessons.content.load import Course
from coldwar_lessons.markup import Element, h

from .citing import cite_links
from .passage import short_name
from .spec import WidgetSpec, slug


def activity_spec(course: Course, activity: ClaimAgainstSource, widget_id: str) -> WidgetSpec:
    """Build the activity; the model sentence stays with the teacher."""
    base = slug(widget_id)
    labels = {category.id: category.label for category in activity.categories}
    tree = h(
        "section",
        h("p", activity.title, class_="cwl-activity-title"),
        h("p", activity.prompt, class_="cwl-activity-prompt"),
        h("div", (_column(course, column) for column in activity.columns), class_="cwl-columns"),
        h(
            "dl",
            (part for c in activity.categories for part in (h("dt", c.label), h("dd", c.description))),
            class_="cwl-categories",
        ),
        h(
            "ol",
            (_statement(statement, labels, f"{base}-{statement.id}") for statement in activity.statements),
            class_="cwl-statements",
        ),
        h("button", "Check", type="button", class_="cwl-button cwl-primary cwl-scripted"),
        h("p", class_="cwl-score cwl-scripted"),
        h("label", activity.closing, for_=f"{base}-closing", class_="cwl-label"),
        h("textarea", id=f"{base}-closing", rows=3, spellcheck="true", lang="en-GB"),
        class_="cwl cwl-activity cwl-claim-against-source",
        aria_label=f"Claim against source: {activity.title}",
    )
    payload = {
        "statements": {
            statement.id: {"key": statement.key, "feedback": statement.feedback} for statement in activity.statements
        }
    }
    return WidgetSpec("claim-against-source", widget_id, tree, payload, activity.title)


def _column(course: Course, column: Column) -> Element:
    return h(
        "div",
        h("p", h("b", column.heading)),
        (
            h(
                "p",
                h("span", short_name(sentence_id), class_="cwl-small"),
                " ",
                course.sentence(sentence_id).text,
                class_="cwl-words",
            )
            for sentence_id in column.sentences
        ),
        (h("p", text) for text in column.paraphrase),
        h("p", "Source: ", cite_links(course, column.sources), class_="cwl-small") if column.sources else None,
        class_="cwl-column",
    )


def _statement(statement: SortStatement, labels: dict[str, str], base: str) -> Element:
    return h(
        "li",
        h("label", statement.text, for_=base),
        " ",
        h(
            "select",
            h("option", "choose …", value=""),
            (h("option", label, value=name) for name, label in labels.items()),
            id=base,
            class_="cwl-scripted",
        ),
        h("span", " / ".join(f"☐ {label}" for label in labels.values()), class_="cwl-static cwl-small"),
        h(
            "details",
            h("summary", "Answer"),
            h("p", h("b", labels[statement.key]), ". ", statement.feedback),
            class_="cwl-reveal cwl-static",
        ),
        data_statement=statement.id,
    )
