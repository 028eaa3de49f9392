"""Mark again what the gradebook holds, with the keys as they are now.

A key that turns out to be wrong, an item that is taken out, points that change: the responses are kept, so scores
follow. Nothing but scores changes, and nothing is thrown away: with the old keys everything is as it was.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import sqlalchemy as sa

from coldwar_lessons.content.items import ExtendedTextItem, Quiz
from coldwar_lessons.content.load import Course

from .gradebook import Gradebook
from .scoring import Scorer, make_scorer
from .tables import hand_ins, quiz_results, students
from .tries import score_tries, which_counts

#: Quizzes marked in one transaction.
_BATCH = 1000
#: What the gradebook keeps of one item, see :data:`~.tables.quiz_results`.
Kept: TypeAlias = Sequence[Any]


@dataclass(frozen=True)
class Change:
    """A score that is not what it was.

    Attributes
    ----------
    handed_in
        When the hand-in was made, an ISO 8601 time in UTC.
    before, after
        Points of the quiz.
    items
        Item to its points before and after, where they differ.
    """

    name: str
    number: str
    quiz: str
    handed_in: str
    before: float
    after: float
    items: Mapping[str, tuple[float, float]]


@dataclass
class MarkedAgain:
    """What marking again came to, so far.

    Attributes
    ----------
    quizzes
        How many quizzes of hand-ins were looked at.
    changes
        The scores that changed.
    unknown
        Quiz and item to the number of answers that stay as they were, since the course has no such item and does not
        say that it was retired; the item is empty where there is no such quiz.
    """

    quizzes: int = 0
    changes: list[Change] = field(default_factory=list)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)


def count_quizzes(gradebook: Gradebook) -> int:
    """How many quizzes of hand-ins the gradebook holds.

    Raises
    ------
    CourseError
        If the database refuses.
    """
    count: int = gradebook.rows(sa.select(sa.func.count().label("count")).select_from(quiz_results))[0]["count"]
    return count


def mark_again(gradebook: Gradebook, course: Course) -> Iterator[MarkedAgain]:
    """Work out every score of the gradebook anew from the responses that it keeps.

    Parameters
    ----------
    gradebook
        The gradebook; what changes is written as it is found.
    course
        The teacher's content, with the keys that count now.

    Yields
    ------
    MarkedAgain
        The same account after each batch, for a progress bar.

    Raises
    ------
    CourseError
        If the database refuses.
    """
    account = MarkedAgain()
    quizzes = {name: _Quiz(course, quiz) for name, quiz in course.quizzes.items()}
    last = 0
    while rows := gradebook.rows(_after(last)):
        last = rows[-1]["id"]
        account.quizzes += len(rows)
        changed = []
        for row in rows:
            if row["quiz"] not in quizzes:
                account.unknown[row["quiz"], ""] += len(row["responses"])
                continue
            responses = quizzes[row["quiz"]].mark(row["responses"], account.unknown)
            if responses == row["responses"]:
                continue
            score = math.fsum(kept[1] for kept in responses.values())
            changed.append({"row": row["id"], "new_score": score, "new_responses": responses})
            items = {
                item: (row["responses"][item][1], kept[1])
                for item, kept in responses.items()
                if row["responses"][item][1] != kept[1]
            }
            # What the first of several tries was worth is for the report; no mark follows from it.
            if items:
                about = (row["name"], row["number"], row["quiz"], row["created"])
                account.changes.append(Change(*about, row["score"], score, items))
        if changed:
            with gradebook.writing() as connection:
                connection.execute(_UPDATE, changed)
        yield account
    yield account


def count_by_item(changes: Iterable[Change]) -> dict[tuple[str, str], tuple[int, int]]:
    """Quiz and item to how many answers are worth more than before, and how many less."""
    counted: dict[tuple[str, str], tuple[int, int]] = {}
    for change in changes:
        for item, (before, after) in change.items.items():
            up, down = counted.get((change.quiz, item), (0, 0))
            counted[change.quiz, item] = (up + (after > before), down + (after < before))
    return dict(sorted(counted.items()))


_UPDATE = (
    sa.update(quiz_results)
    .where(quiz_results.c.id == sa.bindparam("row"))
    .values(score=sa.bindparam("new_score"), responses=sa.bindparam("new_responses"))
)


def _after(last: int) -> sa.Select[Any]:
    q = quiz_results.c
    return (
        sa.select(q.id, q.quiz, q.score, q.responses, students.c.name, students.c.number, hand_ins.c.created)
        .join(students, students.c.key == q.student)
        .join(hand_ins, hand_ins.c.id == q.hand_in)
        .where(q.id > last)
        .order_by(q.id)
        .limit(_BATCH)
    )


class _Quiz:
    """Marks the kept responses of one quiz."""

    def __init__(self, course: Course, quiz: Quiz) -> None:
        self._id, self._retired = quiz.id, quiz.retired
        self._scorers: dict[str, tuple[int, Scorer]] = {
            item.id: (item.points, make_scorer(item, course))
            for item in quiz.items
            if not isinstance(item, ExtendedTextItem)
        }

    def mark(self, responses: Mapping[str, Kept], unknown: Counter[tuple[str, str]]) -> dict[str, Kept]:
        """The responses with the scores that they are worth now."""
        marked: dict[str, Kept] = {}
        for item, kept in responses.items():
            if item in self._scorers:
                marked[item] = _mark(kept, *self._scorers[item])
            elif item in self._retired:
                # The answer stays: who brings the item back and marks again has it.
                marked[item] = [kept[0], 0.0, *kept[2:4], *(0.0 for _ in kept[4:5]), *kept[5:]]
            else:
                unknown[self._id, item] += 1
                marked[item] = kept
        return marked


def _mark(kept: Kept, points: int, scorer: Scorer) -> Kept:
    value, _, count, *more = kept
    if not more:
        return [value, points * scorer(value), count]
    first, _, *tries = more
    first_score = points * scorer(first)
    if not tries:
        return [value, points * scorer(value), count, first, first_score]
    values, most, penalty = tries
    scores = [scorer(one) for one in values]
    score = points * score_tries(scores, most, penalty)
    return [values[which_counts(scores)], score, count, first, first_score, values, most, penalty]
