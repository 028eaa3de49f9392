"""Quizzes made for tests: one with every interaction, one with the same hostile text everywhere."""

from __future__ import annotations

import json
from typing import Any, Literal

from coldwar_lessons.content.items import Quiz
from tests.browser.harness import storage_key

HOSTILE = (
    '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script></script><!-- <b>bold</b>',
    "\"><svg onload=window.hacked=1> ' onmouseover=window.hacked=1 `${window.hacked=1}` {{7*7}} &lt;b&gt; &amp;",
    "]]></details></fieldset></section><h1>Out!</h1>",
    "\u202eevil rtl\u202c \u05d0\u05d1\u05d2 \u0645\u0631\u062d\u0628\u0627 \u2066inner",
    "👩🏽‍🚀🏳️‍🌈 Z͑͗͝a͌l͊g͋o̎ \ufffd \u0007",
    "x" * 10_000,
    "long words and more " * 500,
)


def _common(item_id: str, skill: str = "close-reading") -> dict[str, Any]:
    return {
        "id": item_id,
        "prompt": f"Prompt of {item_id}?",
        "skill": skill,
        "level": "analysis",
        "sentences": ["p3.s8"],
        "hint": "Look at p3.s8.",
    }


def _options(ids: str) -> list[dict[str, str]]:
    return [{"id": one, "text": f"Option {one}", "feedback": f"Feedback on {one}, see p3.s6."} for one in ids]


def every_interaction(behaviour: Literal["practice", "graded"] = "practice") -> Quiz:
    """One item of each interaction."""
    return Quiz.model_validate(
        {
            "id": "all",
            "title": "Every interaction",
            "behaviour": behaviour,
            "items": [
                {**_common("one-choice"), "interaction": "choice", "options": _options("abc"), "key": "b"},
                {
                    **_common("many", "argument"),
                    "interaction": "multiple-choice",
                    "options": _options("abcd"),
                    "key": ["a", "c"],
                    "points": 2,
                },
                {
                    **_common("an-order"),
                    "interaction": "order",
                    "options": _options("abcd"),
                    "key": ["c", "a", "d", "b"],
                },
                {
                    **_common("a-match"),
                    "interaction": "match",
                    "premises": [
                        {"id": f"p{n}", "text": f"Premise {n}", "feedback": f"Feedback on premise {n}."}
                        for n in (1, 2, 3)
                    ],
                    "options": [{"id": one, "text": f"Answer {one}"} for one in "abc"],
                    "key": {"p1": "a", "p2": "b", "p3": "a"},
                },
                {
                    **_common("a-passage"),
                    "sentences": ["p3.s6"],
                    "interaction": "select-passage",
                    "options": [
                        {"id": one, "feedback": f"Feedback on sentence {one[-1]}."}
                        for one in ("p3.s2", "p3.s6", "p3.s7", "p3.s8")
                    ],
                    "key": ["p3.s6"],
                },
                {
                    **_common("a-place", "contextualisation"),
                    "interaction": "place-event",
                    "options": [
                        {"id": "turkey-claims-dropped", "feedback": "Feedback on Turkey."},
                        {"id": "israel-relations", "feedback": "Feedback on Israel."},
                    ],
                    "anchors": ["stalin-death", "armistice-signed"],
                },
                {
                    **_common("a-text"),
                    "interaction": "short-text",
                    "key": ["gesture", "gestures"],
                    "near": [{"answers": ["step", "steps"], "feedback": "That noun is another sentence's."}],
                    "feedback": {
                        "correct": "A gesture only shows something.",
                        "incorrect": "Look after the word important.",
                    },
                },
                {
                    **_common("an-essay"),
                    "interaction": "extended-text",
                    "words": [5, 10],
                    "starters": ["It seems that …"],
                },
            ],
        }
    )


def hostile_quiz(text: str, behaviour: str = "practice") -> Quiz:
    """The same quiz with one text in every text field."""

    def poison(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: poison(inner, key) for key, inner in value.items() if key != "waive"}
        if isinstance(value, list | tuple):
            return [poison(inner, name) for inner in value]
        return (
            text
            if isinstance(value, str)
            and name in {"text", "prompt", "feedback", "hint", "title", "starters", "answers", "correct", "incorrect"}
            else value
        )

    return Quiz.model_validate({**poison(every_interaction().model_dump()), "behaviour": behaviour})


#: Responses to :func:`every_interaction`, all right and all wrong (or partly).
RIGHT: dict[str, Any] = {
    "one-choice": "b",
    "many": ["a", "c"],
    "an-order": ["c", "a", "d", "b"],
    "a-match": {"p1": "a", "p2": "b", "p3": "a"},
    "a-passage": ["p3.s6"],
    "a-place": {"turkey-claims-dropped": "after:stalin-death", "israel-relations": "after:stalin-death"},
    "a-text": "gesture",
    "an-essay": "Five words are enough here.",
}
WRONG: dict[str, Any] = {
    "one-choice": "a",
    "many": ["a", "b"],
    "an-order": ["a", "c", "d", "b"],
    "a-match": {"p1": "a", "p2": "a", "p3": "b"},
    "a-passage": ["p3.s6", "p3.s7"],
    "a-place": {"turkey-claims-dropped": "before:stalin-death"},
    "a-text": "Steps",
}


WIDGET_ID = "l/quiz/all"


def kept(page: Any) -> dict[str, Any]:
    return dict(json.loads(page.evaluate(f"localStorage.getItem('{storage_key(WIDGET_ID)}')"))["state"])


def answered(values: dict[str, Any], *, checked: bool = True, **state: Any) -> dict[str, Any]:
    responses = {one: {"value": value, "checked": checked, "attempts": 1} for one, value in values.items()}
    return {"seed": 11, "mode": "all", "responses": responses, **state}


def item(page: Any, name: str) -> Any:
    return page.locator(f'[data-item="{name}"]')


def button(scope: Any, name: str) -> Any:
    return scope.get_by_role("button", name=name, exact=True)


def parts_of(page: Any, name: str, selector: str = "[data-part]") -> list[str]:
    return list(item(page, name).locator(selector).evaluate_all("all => all.map(one => one.dataset.part)"))
