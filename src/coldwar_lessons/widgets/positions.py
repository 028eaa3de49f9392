"""Positions: place people on two axes, each with a piece of evidence, then compare with the edition's regions."""

from __future__ import annotations

from coldwar_lessons.content.activities import Axis, PlacedPerson, Positions
from coldwar_lessons.content.dates import describe_date
from coldwar_lessons.content.load import Course
from coldwar_lessons.markup import Element, h

from .citing import cite_links
from .spec import WidgetSpec, slug

_STEPS = (0, 25, 50, 75, 100)


def activity_spec(course: Course, activity: Positions, widget_id: str) -> WidgetSpec:
    """Build the activity; on paper it is the empty axes with the names and the evidence."""
    base = slug(widget_id)
    tree = h(
        "section",
        h("p", activity.title, class_="cwl-activity-title"),
        h("p", activity.prompt, class_="cwl-activity-prompt"),
        h(
            "div",
            h("span", activity.y.high, class_="cwl-axis cwl-axis-top"),
            h("span", activity.y.low, class_="cwl-axis cwl-axis-bottom"),
            h("span", activity.x.low, class_="cwl-axis cwl-axis-left"),
            h("span", activity.x.high, class_="cwl-axis cwl-axis-right"),
            h("div", class_="cwl-plot", role="group", aria_label=f"Plot: {activity.x.label} and {activity.y.label}"),
            class_="cwl-plot-frame",
        ),
        (_person(course, placed, activity, f"{base}-{placed.person}") for placed in activity.people),
        h("button", "Compare with this edition", type="button", class_="cwl-button cwl-primary cwl-scripted"),
        h("p", class_="cwl-score cwl-scripted"),
        class_="cwl cwl-activity cwl-positions",
        aria_label=f"Positions: {activity.title}",
    )
    payload = {
        "x": [activity.x.low, activity.x.high],
        "y": [activity.y.low, activity.y.high],
        "people": [
            {
                "id": placed.person,
                "name": course.named("people", placed.person).sort_name.partition(",")[0],
                "x": [round(100 * side) for side in placed.region.x],
                "y": [round(100 * side) for side in placed.region.y],
            }
            for placed in activity.people
        ],
    }
    return WidgetSpec("positions", widget_id, tree, payload, activity.title)


def _person(course: Course, placed: PlacedPerson, activity: Positions, base: str) -> Element:
    person = course.named("people", placed.person)
    return h(
        "fieldset",
        h("legend", person.name, h("span", f", {person.office}", class_="cwl-small cwl-office")),
        h(
            "div",
            _place(activity.x, f"{base}-x", "x"),
            _place(activity.y, f"{base}-y", "y"),
            class_="cwl-places cwl-scripted",
        ),
        h("p", "Which of these carries most weight for your placing?", class_="cwl-small", id=f"{base}-evidence"),
        h(
            "div",
            (
                h(
                    "label",
                    h("input", type="radio", name=base, value=evidence.id),
                    h(
                        "span",
                        h("b", describe_date(evidence.date)),
                        ": ",
                        evidence.text,
                        " ",
                        h("small", "(", cite_links(course, evidence.sources), ")"),
                    ),
                    class_="cwl-option",
                )
                for evidence in placed.evidence
            ),
            role="group",
            aria_labelledby=f"{base}-evidence",
        ),
        h(
            "details",
            h("summary", "Where this edition places him, and why it is a region"),
            h("p", placed.region.reason),
            class_="cwl-reveal",
        ),
        data_person=placed.person,
    )


def _place(axis: Axis, identifier: str, which: str) -> Element:
    words = (axis.low, f"rather: {axis.low}", "between the two", f"rather: {axis.high}", axis.high)
    return h(
        "div",
        h("label", axis.label, for_=identifier),
        h(
            "select",
            h("option", "choose …", value=""),
            (h("option", word, value=step) for step, word in zip(_STEPS, words, strict=True)),
            id=identifier,
            data_axis=which,
        ),
    )
