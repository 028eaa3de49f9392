"""Hand-ins made by hand, for the tests of marking."""

from __future__ import annotations

import json
from typing import Any

LESSON = "03-gestures"
QUIZ = "gestures"
WHEN = "2026-11-20T10:00:00Z"

#: Right answers of real items, by item id.
RIGHT = {"gestures-most-important": "c", "gestures-leaving-off": "a"}


def workbook(responses: dict[str, Any] | None = None, *, text: str = "", updated: str = WHEN) -> dict[str, Any]:
    """A workbook of lesson 3 with these responses (item id to value) and this essay."""
    widgets: dict[str, Any] = {
        f"{LESSON}/quiz/{QUIZ}": {
            "state": {
                "seed": 1,
                "responses": {
                    item: {"value": value, "attempts": 1, "checked": True, "score": 999}
                    for item, value in (responses or {}).items()
                },
            },
            "updated": updated,
        }
    }
    if text:
        widgets[f"{LESSON}/writing/worth-of-gestures"] = {"state": {"text": text}, "updated": updated}
    return {
        "schema": "coldwar-lessons/workbook/2",
        "course": "c53-187",
        "version": "0.1.0",
        "lesson": LESSON,
        "updated": updated,
        "widgets": widgets,
    }


def hand_in(name: str = "Ann", number: str | None = "1", **changes: Any) -> dict[str, Any]:
    """A hand-in of one lesson; ``changes`` replace its parts."""
    return {
        "schema": "coldwar-lessons/hand-in/1",
        "course": "c53-187",
        "version": "0.1.0",
        "class": None,
        "student": {"name": name, "number": number},
        "created": WHEN,
        "workbooks": {LESSON: workbook(RIGHT)},
        **changes,
    }


def as_bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")
