"""White-out: words of the paper are hidden; predict them, reveal them, compare what the choice does."""

from __future__ import annotations

from collections.abc import Sequence

from coldwar_lessons.content.activities import Blank, WhiteOut
from coldwar_lessons.content.load import Course
from coldwar_lessons.language import gettext as _
from coldwar_lessons.language import pgettext
from coldwar_lessons.markup import Element, h

from .framing import activity_frame, sentences_named
from .passage import short_name
from .quiz_items import linked
from .spec import WidgetSpec, slug

#: Of one length for all words, which tells nothing.
_GAP = "_" * 9


def activity_spec(course: Course, activity: WhiteOut, widget_id: str) -> WidgetSpec:
    """Build a white-out.

    The candidates stand in alphabetical order, which tells nothing, and a sentence that lost several words is
    shown without any of them, so that no question answers another.
    """
    base = slug(widget_id)
    tree = activity_frame(
        course,
        activity,
        "white-out",
        _("White-out"),
        (_blank(course, blank, activity.blanks, f"{base}-{blank.id}") for blank in activity.blanks),
        h("p", class_="cwl-score cwl-scripted"),
    )
    payload = {
        "blanks": {blank.id: blank.quote for blank in activity.blanks},
        "paper": sentences_named(course, tree),
    }
    return WidgetSpec("white-out", widget_id, tree, payload, activity.title)


def _blank(course: Course, blank: Blank, blanks: Sequence[Blank], base: str) -> Element:
    effects = {blank.quote: blank.reveal, **{other.text: other.effect for other in blank.alternatives}}
    return h(
        "fieldset",
        h("legend", blank.question),
        h(
            "p",
            h("span", short_name(blank.sentence), class_="cwl-small"),
            " ",
            _with_gaps(course.sentence(blank.sentence).text, blank, blanks),
            class_="cwl-words",
            **course.about.words_of_document,
        ),
        h(
            "p",
            h("label", _("Your own word first, if you like"), for_=f"{base}-own"),
            " ",
            h("input", type="text", id=f"{base}-own", maxlength=60, autocomplete="off", class_="cwl-wo-own"),
            class_="cwl-wo-predict",
        ),
        h(
            "div",
            (
                h(
                    "label",
                    h("input", type="radio", name=base, value=candidate),
                    h("span", candidate),
                    class_="cwl-wo-candidate",
                )
                for candidate in sorted(effects, key=str.casefold)
            ),
            class_="cwl-wo-candidates",
        ),
        h("button", _("Reveal the author’s words"), type="button", class_="cwl-button cwl-scripted"),
        h(
            "details",
            h("summary", _("What each wording does")),
            h(
                "dl",
                h(
                    "dt",
                    f"“{blank.quote}”",
                    h("span", " ", pgettext("whose words", "the author"), class_="cwl-wo-whose"),
                    data_candidate=blank.quote,
                ),
                h("dd", linked(course, blank.reveal)),
                (
                    part
                    for other in blank.alternatives
                    for part in (
                        h("dt", other.text, data_candidate=other.text),
                        h("dd", linked(course, other.effect)),
                    )
                ),
                class_="cwl-wo-effects",
            ),
            class_="cwl-reveal",
        ),
        data_blank=blank.id,
    )


def _with_gaps(text: str, asked: Blank, blanks: Sequence[Blank]) -> list[Element | str]:
    """The sentence with a gap for each of its hidden words; the one asked for is marked."""
    here = [blank for blank in blanks if blank.sentence == asked.sentence]
    pieces: list[Element | str] = []
    at = 0
    for blank in sorted(here, key=lambda blank: text.index(blank.quote)):
        start = text.index(blank.quote)
        mine = blank.id == asked.id
        pieces += [
            text[at:start],
            h(
                "span",
                _GAP,
                class_="cwl-wo-gap cwl-wo-asked" if mine else "cwl-wo-gap",
                role="img",
                aria_label=_("the hidden words") if mine else _("other hidden words"),
                data_gap=blank.id,
            ),
        ]
        at = start + len(blank.quote)
    return [*pieces, text[at:]]
