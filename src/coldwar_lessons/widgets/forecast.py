"""Forecast: state a probability before the reveal, then score it."""

from __future__ import annotations

from collections.abc import Mapping

from coldwar_lessons.content.activities import Forecast, ForecastQuestion
from coldwar_lessons.content.load import Course
from coldwar_lessons.language import N_
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h

from .citing import sources_line
from .framing import activity_frame, sentences_named
from .quiz_items import linked
from .spec import WidgetSpec, slug

#: Words along the slider, from 0 to 100 per cent at even steps.
# i18n: words for 0, 25, 50, 75 and 100 per cent.
_SCALE = (N_("impossible"), N_("unlikely"), N_("even"), N_("likely"), N_("certain"))


def activity_spec(course: Course, forecast: Forecast, widget_id: str) -> WidgetSpec:
    """Build a forecast.

    The browser scores it by Brier's rule, the mean of the squared differences between the stated probability
    and what happened (G. W. Brier, Monthly Weather Review 78, 1950, pp. 1-3): 0 is perfect, 0.25 is what
    saying fifty per cent to everything earns, 1 is to be certain and wrong.
    """
    base = slug(widget_id)
    tree = activity_frame(
        course,
        forecast,
        "forecast",
        _("Forecast"),
        (_question(course, question, f"{base}-{question.id}") for question in forecast.questions),
        h("button", _("Reveal what happened"), type="button", class_="cwl-button cwl-primary cwl-scripted"),
        h("div", class_="cwl-score cwl-scripted", tabindex=-1),
    )
    payload = {
        "outcomes": {question.id: question.outcome for question in forecast.questions},
        "paper": sentences_named(course, tree),
    }
    return WidgetSpec("forecast", widget_id, tree, payload, forecast.title)


def brier_score(probabilities: Mapping[str, float], outcomes: Mapping[str, bool]) -> float:
    """Score stated probabilities by Brier's rule.

    Parameters
    ----------
    probabilities
        Probability that each thing happens, from 0 to 1, by question.
    outcomes
        Whether it happened, by question; at least one.

    Returns
    -------
    float
        Mean squared difference, from 0 (best) to 1.

    Raises
    ------
    KeyError
        If a question has no probability.
    """
    return sum((probabilities[name] - happened) ** 2 for name, happened in outcomes.items()) / len(outcomes)


def _question(course: Course, question: ForecastQuestion, base: str) -> Element:
    return h(
        "fieldset",
        h("legend", question.question),
        h("p", linked(course, question.known), class_="cwl-fc-known", id=f"{base}-known"),
        h("label", _("How likely is it, in per cent?"), for_=f"{base}-value", class_="cwl-scripted"),
        h(
            "div",
            h(
                "input",
                type="range",
                min=0,
                max=100,
                step=5,
                value=50,
                id=f"{base}-value",
                aria_describedby=f"{base}-known",
            ),
            h("span", class_="cwl-fc-said", aria_hidden="true"),
            class_="cwl-fc-slider cwl-scripted",
        ),
        h(
            "p",
            h("span", _("How likely is it, in per cent? Ring one number."), " ", class_="cwl-fc-ring"),
            (h("span", str(per_cent), " ", class_="cwl-fc-number") for per_cent in range(0, 101, 10)),
            class_="cwl-fc-numbers cwl-static",
        ),
        h("p", (h("span", _(word), " ") for word in _SCALE), class_="cwl-fc-scale", aria_hidden="true"),
        h(
            "details",
            h("summary", _("What happened")),
            h("p", linked(course, question.answer)),
            h(
                "p",
                sources_line(course, question.sources),
                class_="cwl-citation",
            ),
            class_="cwl-reveal",
        ),
        data_question=question.id,
    )
