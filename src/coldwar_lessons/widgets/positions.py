"""Positions: place people on two axes, each with a piece of evidence, then compare with the edition's regions."""

from __future__ import annotations

from coldwar_lessons.content.activities import Axis, PlacedPerson, Positions
from coldwar_lessons.content.dates import describe_date
from coldwar_lessons.content.load import Course
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h

from .citing import cite_links
from .framing import activity_frame, sentences_named
from .quiz_items import linked
from .spec import WidgetSpec, slug

_STEPS = (0, 25, 50, 75, 100)


def activity_spec(course: Course, activity: Positions, widget_id: str) -> WidgetSpec:
    """Build the activity; on paper it is the empty axes with the names and the evidence."""
    base = slug(widget_id)
    names = {placed.person: _surname(course, placed.person) for placed in activity.people}
    tree = activity_frame(
        course,
        activity,
        "positions",
        _("Positions"),
        h(
            "div",
            h(
                "div",
                h("p", _("Not placed yet"), class_="cwl-ps-tray-title"),
                h("ul", (h("li", name, data_token=person) for person, name in names.items())),
                h(
                    "p",
                    _(
                        "Drag a name onto the field; or press it and then the spot; or move it with the arrow keys. "
                        "A dashed edge says that its evidence is still to be chosen."
                    ),
                    id=f"{base}-how",
                    class_="cwl-small cwl-scripted",
                ),
                h("p", _("Write each name into the field."), class_="cwl-small cwl-static"),
                class_="cwl-ps-tray",
            ),
            h(
                "div",
                h("span", f"↑ {activity.y.high}", class_="cwl-ps-top"),
                h("span", f"↓ {activity.y.low}", class_="cwl-ps-bottom"),
                h("span", f"← {activity.x.low}", class_="cwl-ps-left"),
                h("span", f"{activity.x.high} →", class_="cwl-ps-right"),
                h(
                    "div",
                    class_="cwl-ps-plot",
                    role="group",
                    aria_label=_("Field: {across} and {up}").format(across=activity.x.label, up=activity.y.label),
                    data_how=f"{base}-how",
                ),
                class_="cwl-ps-frame",
            ),
            h(
                "p",
                # i18n: what the two axes stand for.
                _("Across: {across}. Up: {up}.").format(
                    across=f"{activity.x.label[:1].lower()}{activity.x.label[1:]}",
                    up=f"{activity.y.label[:1].lower()}{activity.y.label[1:]}",
                ),
                class_="cwl-small cwl-ps-axes",
            ),
            class_="cwl-ps-board",
        ),
        h(
            "div",
            (_person(course, placed, activity, f"{base}-{placed.person}") for placed in activity.people),
            class_="cwl-ps-people",
        ),
        h("button", _("Compare with this edition"), type="button", class_="cwl-button cwl-primary cwl-scripted"),
        h("p", class_="cwl-score cwl-scripted", tabindex=-1),
    )
    payload = {
        "x": [activity.x.low, activity.x.high],
        "y": [activity.y.low, activity.y.high],
        "people": [
            {
                "id": placed.person,
                "name": names[placed.person],
                "x": [round(100 * side) for side in placed.region.x],
                "y": [round(100 * side) for side in placed.region.y],
            }
            for placed in activity.people
        ],
        "paper": sentences_named(course, tree),
    }
    return WidgetSpec("positions", widget_id, tree, payload, activity.title)


def _surname(course: Course, person: str) -> str:
    return str(course.named("people", person).sort_name).partition(",")[0]


def _person(course: Course, placed: PlacedPerson, activity: Positions, base: str) -> Element:
    person = course.named("people", placed.person)
    return h(
        "fieldset",
        h("legend", person.name, h("span", f", {person.office}", class_="cwl-small cwl-ps-office")),
        h(
            "div",
            _place(activity.x, f"{base}-x", "x"),
            _place(activity.y, f"{base}-y", "y"),
            class_="cwl-ps-places cwl-scripted",
        ),
        h("p", _("Which of these carries most weight for your placing?"), class_="cwl-ps-ask", id=f"{base}-evidence"),
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
                        linked(course, evidence.text),
                        " ",
                        h("small", "(", cite_links(course, evidence.sources), ")"),
                    ),
                    class_="cwl-ps-evidence",
                )
                for evidence in placed.evidence
            ),
            role="radiogroup",
            aria_labelledby=f"{base}-evidence",
        ),
        h(
            "details",
            h("summary", _("Where this edition places him, and why it is a region")),
            h("p", _region_in_words(placed, activity), " ", linked(course, placed.region.reason)),
            class_="cwl-reveal",
        ),
        data_person=placed.person,
    )


def _region_in_words(placed: PlacedPerson, activity: Positions) -> str:
    """The region as a reader without the field needs it."""
    across, up = (
        # i18n: a part of an axis, between its two ends.
        _("{least} to {most} % of the way from ‘{start}’ to ‘{end}’").format(
            least=round(100 * low), most=round(100 * high), start=axis.low, end=axis.high
        )
        for axis, (low, high) in ((activity.x, placed.region.x), (activity.y, placed.region.y))
    )
    # i18n: such as: Between 10 to 30 % of the way from this to that, and 40 to 50 % of the way from here to there.
    return _("Between {across}, and {up}.").format(across=across, up=up)


def _place(axis: Axis, identifier: str, which: str) -> Element:
    words = (
        axis.low,
        _("rather: {end}").format(end=axis.low),
        _("between the two"),
        _("rather: {end}").format(end=axis.high),
        axis.high,
    )
    return h(
        "div",
        h("label", axis.label, for_=identifier),
        h(
            "select",
            h("option", _("choose …"), value=""),
            (h("option", word, value=step) for step, word in zip(_STEPS, words, strict=True)),
            id=identifier,
            data_axis=which,
        ),
    )
