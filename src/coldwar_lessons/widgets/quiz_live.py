"""A quiz with a kernel: Python sees every response as it is given."""

from __future__ import annotations

import secrets
from typing import Any

from coldwar_lessons.grading.scoring import is_scored, score_response

from .live import CourseWidget
from .quiz import QuizSpec


class Quiz(CourseWidget, kind="quiz"):
    """A quiz in a live notebook.

    Parameters
    ----------
    spec
        What :func:`coldwar_lessons.widgets.quiz.quiz_spec` builds.
    state
        What the student did before, as it was kept.
    """

    spec: QuizSpec

    def __init__(self, spec: QuizSpec, state: dict[str, Any] | None = None) -> None:
        # The seed shuffles the options, differently for each student. It is kept with the first response.
        super().__init__(spec, {"seed": secrets.randbelow(2**32), **(state or {})})

    @property
    def responses(self) -> dict[str, Any]:
        """What the student answered so far: item id to option id, list or mapping of ids, or text."""
        kept = self.state.get("responses")
        entries = kept if isinstance(kept, dict) else {}
        values = {item.id: _value(entries.get(item.id)) for item in self.spec.quiz.items}
        return {item_id: value for item_id, value in values.items() if value not in (None, "", [], {})}

    @property
    def scores(self) -> dict[str, float]:
        """Points for each answered item, worked out here and now from the responses alone."""
        values = self.responses
        return {
            item.id: item.points * score_response(item, values[item.id], self.spec.course)
            for item in self.spec.quiz.items
            if item.id in values and is_scored(item)
        }

    @property
    def score(self) -> float:
        """Points got so far; what a person marks is not in it."""
        return sum(self.scores.values())

    @property
    def max_score(self) -> int:
        """Points to be had, without what a person marks."""
        return sum(item.points for item in self.spec.quiz.items if is_scored(item))


def _value(entry: Any) -> Any:
    return entry.get("value") if isinstance(entry, dict) else None
