"""Activities, passage and desk as the browser tests open them: real content, and what a student may have done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coldwar_lessons.widgets.passage import passage_spec
from coldwar_lessons.widgets.spec import WidgetSpec
from coldwar_lessons.widgets.writing import writing_spec
from tests.widgets.activity_trees import names_of, real_course, spec_of

ROOT = Path(__file__).resolve().parents[2]
PHONE = {"width": 390, "height": 800}
SMALLEST = {"width": 320, "height": 640}

FORECAST = names_of("forecast")[0]
WHITE_OUT = "white-out-pinpricks"
CLAIM = names_of("claim-against-source")[0]
MATRIX = names_of("evidence-matrix")[0]
POSITIONS = names_of("positions")[0]
MAP = "map-paragraph-3"
FIGURE = "refugees"
PASSAGE = "passage"
DESK = "desk"
ALL = (FORECAST, WHITE_OUT, CLAIM, MATRIX, POSITIONS, MAP, FIGURE, PASSAGE, DESK)
#: Those that hold back what the edition thinks until the student has answered.
ANSWERED = (FORECAST, WHITE_OUT, CLAIM, MATRIX, POSITIONS, MAP)


def widget(name: str) -> WidgetSpec:
    """A widget with real content."""
    course = real_course()
    lesson = course.lessons["04-three-explanations"]
    if name == PASSAGE:
        return passage_spec(course, "l/passage/p3.s6+p3.s7", ["p3.s6", "p3.s7"], lesson.notes)
    if name == DESK:
        return writing_spec(course, lesson, lesson.writing[0], "l/writing/w")
    return spec_of(name)


def done(name: str) -> dict[str, Any]:
    """The state of a widget in which everything was answered and looked at, partly as the edition has it."""
    payload = widget(name).payload
    if name == FORECAST:
        return {"values": dict.fromkeys(payload["outcomes"], 70), "revealed": True}
    if name == WHITE_OUT:
        blanks = payload["blanks"]
        return {
            "choices": dict(blanks),
            "own": dict.fromkeys(blanks, "my word"),
            "revealed": dict.fromkeys(blanks, True),
        }
    if name == CLAIM:
        statements = payload["statements"]
        right = {one: statements[one]["key"] for one in statements}
        wrong = {one: "said" if key != "said" else "hoped" for one, key in right.items()}
        sorted_ = right | dict(list(wrong.items())[:4])
        return {"sorted": sorted_, "checked": sorted_, "closing": "It showed sympathy and left much open."}
    if name == MATRIX:
        cells = {
            row: {one: {"verdict": "neutral", "reason": "because it may be"} for one in (*verdicts, "mine")}
            for row, verdicts in payload["rows"].items()
        }
        cells["korea"]["i"] = {"verdict": "consistent", "reason": "Calm"}
        return {"cells": cells, "mine": "They wanted trade", "compared": True}
    if name == POSITIONS:
        people = payload["people"]
        at = {one["id"]: [sum(one["x"]) // 2, sum(one["y"]) // 2] for one in people}
        at[people[0]["id"]] = [5, 95]
        return {"at": at, "evidence": {one["id"]: "a" for one in people}, "compared": True}
    if name == MAP:
        first, second, *_ = payload["nodes"]
        links = [*payload["links"][:4], [first["id"], "opposes", second["id"]]]
        return {"kinds": {one["id"]: "claim" for one in payload["nodes"]}, "links": links, "compared": True}
    if name == DESK:
        text = "The evidence that tells the explanations apart is the timing (p3.s7)."
        return {"text": text, "plan": "(i) best", "levels": {"choice": 1}, "checks": []}
    return {FIGURE: {"answer": "It shows a peak."}, PASSAGE: {"open": True}}[name]


def change(page: Any, name: str) -> None:
    """Do something that is to be kept, on a page where all was done."""
    press = {FORECAST: "Forecast again", WHITE_OUT: "Cover them again", PASSAGE: "Show the chosen sentences only"}
    write = {CLAIM: "Write one sentence", MATRIX: "Mine: your own", FIGURE: "Your answer", DESK: "Your answer"}
    if name in press:
        page.get_by_role("button", name=press[name]).click()
    elif name in write:
        page.get_by_label(write[name]).last.fill("Something else")
        page.keyboard.press("Tab")
    elif name == POSITIONS:
        page.locator("[type=radio][value=b]").first.check()
    else:
        page.get_by_label("This is").first.select_option("hedge")
