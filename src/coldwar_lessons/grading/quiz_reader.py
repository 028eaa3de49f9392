"""Read what a student's file keeps of one quiz, score it, and write it as the gradebook keeps it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json

from coldwar_lessons.content.items import ExtendedTextItem, Item
from coldwar_lessons.content.load import Course
from coldwar_lessons.language import gettext as _

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
            item.id: _Scorer(course, item)
            for item in self._quiz.items
            if item.id in self._assigned and not isinstance(item, ExtendedTextItem)
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
        given = state.get("responses", {})
        if type(given) is not dict:
            raise RecordError(_("quiz {quiz}: its responses are not a mapping").format(quiz=self._quiz.id))
        parts: list[str] = []
        texts: list[tuple[str, Any]] = []
        total = 0.0
        scorers, plain = self._scorers, self._plain
        for item, response in given.items():
            scorer = scorers.get(item)
            if scorer is None or type(response) is not dict:
                self._read_unscored(item, response, texts)
                continue
            if not plain:
                answer = self._read_answer(item, response, scorer)
                if answer is not None:
                    total += answer[0]
                    parts.append(answer[1])
                continue
            value: Any = response.get("value")
            if not value and value in _UNANSWERED:
                continue
            score, begun, _text = scorer.look_up(value)
            attempts, kept = response.get("attempts"), response.get("tries")
            tries = attempts if type(attempts) is int and 0 <= attempts < 10_000 else 0
            if type(kept) is list and len(kept) > tries:
                tries = count_tries(response)
            total += score
            parts.append(f"{begun}{tries}]" if tries < 2 else f"{begun}{tries}{self._first_try(response, scorer)}]")
        return total, f"{{{','.join(parts)}}}" if parts else "", texts

    def _read_answer(self, item: str, response: Mapping[str, Any], scorer: _Scorer) -> tuple[float, str] | None:
        """Score and JSON of a response where more counts than the answer that stands; ``None`` without an answer."""
        answer = read_answer(self._quiz, self._items[item], response, self._course, self._seed)
        if answer.value in _UNANSWERED:
            return None
        score = self._items[item].points * answer.score
        tries = count_tries(response)
        more = ""
        if tries > 1 and self._quiz.behaviour == "tries":
            # All that a score by tries is worked out from.
            values = to_json(answer.values).decode()
            more = f",{scorer.look_up(answer.values[0])[2]},{values},{self._quiz.tries},{self._quiz.penalty!r}"
        elif tries > 1:
            more = self._first_try(response, scorer)
        return score, f"{scorer.begin}{_tell(answer.value, score)},{tries}{more}]"

    def _read_unscored(self, item: str, response: Any, texts: list[tuple[str, Any]]) -> None:
        """Take in a text that a person marks, pass over what was not assigned, refuse what cannot be."""
        if item not in self._items:
            if item not in self._quiz.retired:
                message = _("quiz {quiz}: there is no item {name!r}")
                raise RecordError(message.format(quiz=self._quiz.id, name=item[:80]))
            self.left_out[item] += 1
        elif type(response) is not dict:
            message = _("quiz {quiz}, item {name}: the response is not a mapping")
            raise RecordError(message.format(quiz=self._quiz.id, name=item))
        elif item in self._assigned:
            texts.append((item, response.get("value")))

    def _first_try(self, response: Mapping[str, Any], scorer: _Scorer) -> str:
        """The first of several tries and its score, as two more parts of the JSON; empty if nothing tells of it."""
        kept = response.get("tries")
        first = kept[0] if type(kept) is list and kept else None
        value = first.get("value") if type(first) is dict else None
        return "" if value in _UNANSWERED else f",{scorer.look_up(value)[2]}"


class _Scorer:
    """Scores responses to one item in points, and writes them as JSON.

    A class gives the same few responses again and again, so what was scored is remembered.
    """

    def __init__(self, course: Course, item: Item) -> None:
        #: How a response begins in the JSON.
        self.begin = f"{to_json(item.id).decode()}:["
        self._points, self._score = item.points, make_scorer(item, course)
        self._known: dict[Any, tuple[float, str, str]] = {}

    def look_up(self, value: Any) -> tuple[float, str, str]:
        """The score; JSON up to the number of tries, ``"item":[response,score,``; and ``response,score`` of it."""
        kind = type(value)
        try:
            return self._known[value if kind is str else tuple(value if kind is list else value.items())]
        except (KeyError, TypeError, AttributeError):
            pass
        score = self._points * self._score(value)
        told = _tell(value, score)
        found = (score, f"{self.begin}{told},", told)
        # However long and strange the responses of a whole school are, they fill no memory. Only texts are
        # remembered: True and 1 are the same key, but not the same JSON.
        if len(self._known) < _REMEMBERED and len(told) < _SHORT and _holds_texts(value):
            self._known[_key_of(value)] = found
        return found


def _tell(value: Any, score: float) -> str:
    """A response and its score as JSON."""
    return f"{to_json(value).decode()},{score!r}"


def _key_of(value: Any) -> Any:
    return value if isinstance(value, str) else tuple(value.items() if isinstance(value, dict) else value)


def _holds_texts(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(one, str) for one in value.values())
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))
