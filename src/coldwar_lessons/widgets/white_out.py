"""White-out: a word of the paper is hidden; predict it, reveal it, compare what the choice does."""

from __future__ import annotations

from coldwar_lessons.content.activities import Blank, WhiteOut
from coldwar_lessons.content.load import Course
from coldwar_lessons.markup import Element, h

from .passage import short_name
from .spec import WidgetSpec, slug

_GAP = "\N{FULL BLOCK}" * 8


def activity_spec(course: Course, activity: WhiteOut, widget_id: str) -> WidgetSpec:
    """Build a white-out; the candidates stand in alphabetical order, which tells nothing."""
    base = slug(widget_id)
    tree = h(
        "section",
        h("p", activity.title, class_="cwl-activity-title"),
        h("p", activity.prompt, class_="cwl-activity-prompt"),
        (_blank(course, blank, f"{base}-{blank.id}") for blank in activity.blanks),
        class_="cwl cwl-activity cwl-white-out",
        aria_label=f"White-out: {activity.title}",
    )
    payload = {"blanks": {blank.id: blank.quote for blank in activity.blanks}}
    return WidgetSpec("white-out", widget_id, tree, payload, activity.title)


def _blank(course: Course, blank: Blank, base: str) -> Element:
    before, _, after = course.sentence(blank.sentence).text.partition(blank.quote)
    effects = {blank.quote: blank.reveal, **{other.text: other.effect for other in blank.alternatives}}
    candidates = sorted(effects, key=str.casefold)
    return h(
        "fieldset",
        h("legend", blank.question),
        h(
            "p",
            h("span", short_name(blank.sentence), class_="cwl-small"),
            " ",
            before,
            h("span", _GAP, class_="cwl-gap", role="img", aria_label="hidden words"),
            after,
            class_="cwl-words",
        ),
        (
            h(
                "label",
                h("input", type="radio", name=base, value=candidate),
                h("span", candidate),
                class_="cwl-option",
            )
            for candidate in candidates
        ),
        h("button", "Reveal the author’s words", type="button", class_="cwl-button cwl-scripted"),
        h(
            "details",
            h("summary", "What the author wrote, and what each wording does"),
            h("p", h("b", "The author wrote: "), f"“{blank.quote}”. ", blank.reveal),
            h("ul", (h("li", h("b", other.text), ": ", other.effect) for other in blank.alternatives)),
            class_="cwl-reveal",
        ),
        data_blank=blank.id,
    )
