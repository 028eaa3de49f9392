"""Several tries at one item: how they are kept, and what they are worth.

With *tries*, the first try that is all right ends the item, else the last one that is allowed; its score is
lowered by the penalty for each try before it, and never falls below 0. This is Moodle's rule for its behaviour
'Interactive with multiple tries' (``question/behaviour/interactive/behaviour.php``, ``adjust_fraction``), whose
default penalty, a third, is ours too. What is tried after the end is practice and changes nothing. An answer that
was never checked counts as a first try.

In *practice* the last answer counts, and a graded item has only one: the answer as it was left.

``js/src/quiz/score.ts`` follows the same rule (``tests/scoring_cases.json`` holds both to it).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from coldwar_lessons.content.items import Item, Quiz
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.seal import unseal

from .scoring import score_response


@dataclass(frozen=True)
class Try:
    """One answer that a student gave.

    Attributes
    ----------
    value
        The answer, by ids or as text; anything that JSON can hold.
    at
        When it was given (ISO 8601, UTC); empty when nothing tells.
    """

    value: Any
    at: str = ""


def read_tries(response: Any) -> tuple[Try, ...]:
    """The tries of a kept response, in time order; none when it is from before tries were kept, or damaged."""
    kept = response.get("tries") if isinstance(response, Mapping) else None
    entries = [one for one in kept if isinstance(one, Mapping)] if isinstance(kept, list) else []
    return tuple(Try(one.get("value"), _moment(one.get("at"))) for one in entries)


def count_tries(response: Any) -> int:
    """How often an answer was given; an older state kept only the count, or not every try."""
    kept = read_tries(response)
    attempts = response.get("attempts") if isinstance(response, Mapping) else None
    counted = attempts if isinstance(attempts, int) and not isinstance(attempts, bool) else 0
    return max(len(kept), counted if counted < 10_000 else 0)


def score_tries(scores: Sequence[float], most: int, penalty: float) -> float:
    """What a row of tries is worth, by the rule at the head of this module.

    Parameters
    ----------
    scores
        The score of each try, from 0 to 1.
    most
        How many tries are allowed.
    penalty
        The share of the item's points that each further try costs, from 0 to 1.

    Returns
    -------
    float
        From 0 to 1; 0 when there is no try.
    """
    for before, score in enumerate(scores[:most]):
        if score == 1 or before + 1 == min(most, len(scores)):
            return max(0.0, score - before * penalty)
    return 0.0


def which_counts(scores: Sequence[float]) -> int:
    """Which of the tries that are allowed counts: the first that is all right, else the last."""
    return scores.index(1) if 1 in scores else len(scores) - 1


@dataclass(frozen=True)
class Answer:
    """What counts of everything that was answered to one item.

    Attributes
    ----------
    value
        The answer that counts, in the ids of the item.
    tries
        How often it was answered.
    at
        When it was answered last (ISO 8601, UTC); empty when nothing tells.
    score
        From 0 to 1.
    values
        All answers that the score was worked out from, where there may be several.
    """

    value: Any
    tries: int
    at: str
    score: float
    values: tuple[Any, ...] = ()


def read_answer(quiz: Quiz, item: Item, response: Any, course: Course, seed: str = "") -> Answer:
    """Make of what was kept of one item what counts of it, by the behaviour of its quiz.

    Parameters
    ----------
    quiz
        The quiz, for its behaviour, number of tries and penalty.
    item
        The item, with its key.
    response
        What was kept: a mapping with ``value``, and ``tries`` if there were any; anything else is worth 0.
    course
        The content, for the dates of events.
    seed
        What a graded quiz was sealed with.
    """
    given = read_tries(response)
    value = response.get("value") if isinstance(response, Mapping) else None
    tries, at = count_tries(response), given[-1].at if given else ""
    if quiz.behaviour == "graded":
        value = unseal(course, item, value, seed)
    if quiz.behaviour != "tries":
        return Answer(value, tries, at, score_response(item, value, course))
    # Before tries were kept, their number was; every one but the last was not all right.
    values = [one.value for one in given] or [*[None] * max(0, min(tries, quiz.tries) - 1), value]
    scores = [score_response(item, one, course) for one in values[: quiz.tries]]
    counts = which_counts(scores)
    return Answer(values[counts], tries, at, score_tries(scores, quiz.tries, quiz.penalty), tuple(values[: quiz.tries]))


def score_answer(quiz: Quiz, item: Item, response: Any, course: Course) -> float:
    """Score what was kept of one item, from 0 to 1: see :func:`read_answer`."""
    return read_answer(quiz, item, response, course).score


def _moment(text: Any) -> str:
    """The text if it is a moment in UTC, else nothing."""
    if not isinstance(text, str) or len(text) > 40:
        return ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return text if moment.utcoffset() == UTC.utcoffset(None) else ""
