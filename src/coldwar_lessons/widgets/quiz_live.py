"""A quiz with a kernel: Python sees every response as it is given."""

from __future__ import annotations

import secrets
from typing import Any

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.items import Quiz as QuizWithKey
from coldwar_lessons.content.questions import SealedQuiz
from coldwar_lessons.grading.scoring import is_scored, score_response
from coldwar_lessons.grading.tries import Try, count_tries, read_tries, score_answer
from coldwar_lessons.language import gettext as _

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
        values = {item.id: _value(self._kept(item.id)) for item in self.spec.quiz.items}
        return {item_id: value for item_id, value in values.items() if value not in (None, "", [], {})}

    @property
    def tries(self) -> dict[str, tuple[Try, ...]]:
        """Every answer that was given, with its time: item id to tries, the first one first."""
        given = {item.id: read_tries(self._kept(item.id)) for item in self.spec.quiz.items}
        return {item_id: tries for item_id, tries in given.items() if tries}

    @property
    def missed(self) -> list[str]:
        """The retry pool: items whose last try was not all right, until they are got right.

        Raises
        ------
        CourseError
            If the quiz is graded.
        """
        quiz, course = self._with_key(), self.spec.course
        tried = {item: self.tries[item.id][-1].value for item in quiz.items if item.id in self.tries}
        return [item.id for item, value in tried.items() if is_scored(item) and score_response(item, value, course) < 1]

    @property
    def scores(self) -> dict[str, float]:
        """Points for each answered item, worked out here and now from the responses alone.

        Raises
        ------
        CourseError
            If the quiz is graded: then there is no key here.
        """
        quiz, values = self._with_key(), self.responses
        return {
            item.id: item.points * score_answer(quiz, item, self._kept(item.id), self.spec.course)
            for item in quiz.items
            if is_scored(item)
            and (item.id in values or (quiz.behaviour == "tries" and count_tries(self._kept(item.id)) > 0))
        }

    @property
    def score(self) -> float:
        """Points got so far; what a person marks is not in it.

        Raises
        ------
        CourseError
            If the quiz is graded.
        """
        return sum(self.scores.values())

    @property
    def max_score(self) -> int:
        """Points to be had, without what a person marks."""
        return sum(item.points for item in self.spec.quiz.items if is_scored(item))

    def _with_key(self) -> QuizWithKey:
        if isinstance(self.spec.quiz, SealedQuiz):
            raise CourseError(_("this quiz is graded: its key is with your teacher, who tells you the score"))
        return self.spec.quiz

    def _kept(self, item_id: str) -> Any:
        responses = self.state.get("responses")
        return responses.get(item_id) if isinstance(responses, dict) else None


def _value(entry: Any) -> Any:
    return entry.get("value") if isinstance(entry, dict) else None
