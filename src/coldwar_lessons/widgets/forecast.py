"""Forecast: state a probability before the reveal, then score it."""

from __future__ import annotations

from coldwar_lessons.content.activities import Forecast, ForecastQuestion
from coldwar_lessons.content.load import Course
from coldwar_lessons.markup import Element, h

from .citing import cite_links
from .spec import WidgetSpec, slug


def activity_spec(course: Course, forecast: Forecast, widget_id: str) -> WidgetSpec:
    """Build a forecast.

    The browser scores it by Brier's rule, the mean of the squared differences between the stated probability
    and what happened (G. W. Brier, Monthly Weather Review 78, 1950, pp. 1-3): 0 is perfect, 0.25 is what
    saying fifty per cent to everything earns, 1 is to be certain and wrong.
    """
    base = slug(widget_id)
    tree = h(
        "section",
        h("p", forecast.title, class_="cwl-activity-title"),
        h("p", forecast.prompt, class_="cwl-activity-prompt"),
        (_question(course, question, f"{base}-{question.id}") for question in forecast.questions),
        h("button", "Reveal what happened", type="button", class_="cwl-button cwl-primary cwl-scripted"),
        h("p", class_="cwl-score cwl-scripted"),
        class_="cwl cwl-activity cwl-forecast",
        aria_label=f"Forecast: {forecast.title}",
    )
    payload = {"outcomes": {question.id: question.outcome for question in forecast.questions}}
    return WidgetSpec("forecast", widget_id, tree, payload, forecast.title)


def brier_score(probabilities: dict[str, float], outcomes: dict[str, bool]) -> float:
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
        h("p", question.known, class_="cwl-small", id=f"{base}-known"),
        h("label", "How likely is it, in per cent?", for_=f"{base}-value"),
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
                class_="cwl-scripted",
            ),
            h("output", for_=f"{base}-value", class_="cwl-scripted"),
            h("span", "0 · 10 · 20 · 30 · 40 · 50 · 60 · 70 · 80 · 90 · 100", class_="cwl-static cwl-scale"),
            class_="cwl-slider",
        ),
        h(
            "details",
            h("summary", "What happened"),
            h("p", question.answer, " ", h("small", "(", cite_links(course, question.sources), ")")),
            h("p", class_="cwl-brier cwl-scripted"),
            class_="cwl-reveal",
        ),
        data_question=question.id,
    )
