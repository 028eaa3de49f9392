"""Read what a student's file keeps of one quiz, score it, and write it as the gradebook keeps it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json

from coldwar_lessons.content.items import ExtendedTextItem, Item
from coldwar_lessons.content.load import Course

from .assignment import Assignment, as_assigned
from .records import RecordError
from .scoring import make_scorer
from .tries import count_tries, read_answer

_UNANSWERED: tuple[Any, ...] = (None, "", [], {})
#: How many responses to an item are remembered, and the longest, in bytes of JSON.
_REMEMBERED, _SHORT = 500, 300


class QuizReader:
    """Reads one quiz out of many workbooks.

    Parameters
    ----------
    course
        The teacher's content, with keys.
    quiz_id
        The quiz.
    assignment
        How the quiz was set, if it was assigned.

    Attributes
    ----------
    left_out
        Items that were taken out of the quiz, and how many answers to them were met.
    """

    def __init__(self, course: Course, quiz_id: str, assignment: Assignment | None) -> None:
        self._course = course
        self._quiz, assigned, self._seed = as_assigned(course.quizzes[quiz_id], assignment)
        self._assigned = frozenset(assigned)
        self._items: dict[str, Item] = {item.id: item for item in self._quiz.items}
        self._scorers = {
            item.id: _Scorer(course, item) for item in self._quiz.items if not isinstance(item, ExtendedTextItem)
        }
        self.left_out: Counter[str] = Counter()
        # In practice the answer that stands counts, in the item's own ids.
        self._plain = self._quiz.behaviour == "practice"

    def read(self, state: Mapping[str, Any]) -> tuple[float, str, list[tuple[str, Any]]]:
        """Score what a widget keeps.

        Parameters
        ----------
        state
            The quiz widget's state, from a file that somebody else made.

        Returns
        -------
        tuple
            The score in points; the responses as a JSON object (see :data:`~.tables.quiz_results`), empty if there
            are none; and texts for a person to mark, by item.

        Raises
        ------
        RecordError
            If it cannot be the state of this quiz.
        """
        quiz = self._quiz.id
        given = state.get("responses", {})
        if type(given) is not dict:
            raise RecordError(f"quiz {quiz}: its responses are not a mapping")
        parts: list[str] = []
        texts: list[tuple[str, Any]] = []
        total = 0.0
        for item, response in given.items():
            if item not in self._items:
                if item in self._quiz.retired:
                    self.left_out[item] += 1
                    continue
                raise RecordError(f"quiz {quiz}: there is no item {item[:80]!r}")
            if type(response) is not dict:
                raise RecordError(f"quiz {quiz}, item {item}: the response is not a mapping")
            if item not in self._assigned:
                continue
            scorer = self._scorers.get(item)
            if scorer is None:
                texts.append((item, response.get("value")))
                continue
            if not self._plain:
                answer = read_answer(self._quiz, self._items[item], response, self._course, self._seed)
                if answer.value in _UNANSWERED:
                    continue
                score = self._items[item].points * answer.score
                text = scorer.head(answer.value, score)
                tries = count_tries(response)
                if tries > 1 and self._quiz.behaviour == "tries":
                    total += score
                    parts.append(f"{text}{tries}{self._all_tries(answer.values, scorer)}]")
                    continue
            else:
                value: Any = response.get("value")
                if not value and value in _UNANSWERED:
                    continue
                score, text = scorer.look_up(value)
                attempts, kept = response.get("attempts"), response.get("tries")
                tries = attempts if type(attempts) is int and 0 <= attempts < 10_000 else 0
                if type(kept) is list and len(kept) > tries:
                    tries = count_tries(response)
            total += score
            parts.append(f"{text}{tries}]" if tries < 2 else f"{text}{tries}{self._first_try(response, scorer)}]")
        return total, f"{{{','.join(parts)}}}" if parts else "", texts

    def _first_try(self, response: Mapping[str, Any], scorer: _Scorer) -> str:
        """The first of several tries and its score, as two more parts of the JSON; empty if nothing tells of it."""
        kept = response.get("tries")
        first = kept[0] if type(kept) is list and kept else None
        value = first.get("value") if type(first) is dict else None
        if value in _UNANSWERED:
            return ""
        return f",{scorer.look_up(value)[1][scorer.skip : -1]}"

    def _all_tries(self, values: tuple[Any, ...], scorer: _Scorer) -> str:
        """The first try and its score, and all that a score by tries is worked out from, as more parts of the JSON."""
        first = scorer.look_up(values[0])[1][scorer.skip : -1]
        return f",{first},{to_json(values).decode()},{self._quiz.tries},{self._quiz.penalty!r}"


class _Scorer:
    """Scores responses to one item in points, and writes them as JSON.

    A class gives the same few responses again and again, so what was scored is remembered.
    """

    def __init__(self, course: Course, item: Item) -> None:
        self._name = to_json(item.id).decode()
        #: Where the response begins in what :meth:`head` makes.
        self.skip = len(self._name) + 2
        self._points, self._score = item.points, make_scorer(item, course)
        self._known: dict[Any, tuple[float, str]] = {}

    def look_up(self, value: Any) -> tuple[float, str]:
        """The score, and JSON up to the number of attempts: ``"item":[response,score,``."""
        kind = type(value)
        try:
            return self._known[value if kind is str else tuple(value if kind is list else value.items())]
        except (KeyError, TypeError, AttributeError):
            pass
        score = self._points * self._score(value)
        found = (score, self.head(value, score))
        # However long and strange the responses of a whole school are, they fill no memory. Only texts are
        # remembered: True and 1 are the same key, but not the same JSON.
        if len(self._known) < _REMEMBERED and len(found[1]) < _SHORT and _holds_texts(value):
            self._known[_key_of(value)] = found
        return found

    def head(self, value: Any, score: float) -> str:
        """JSON up to the number of attempts."""
        return f"{self._name}:[{to_json(value).decode()},{score!r},"


def _key_of(value: Any) -> Any:
    return value if isinstance(value, str) else tuple(value.items() if isinstance(value, dict) else value)


def _holds_texts(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(one, str) for one in value.values())
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))
