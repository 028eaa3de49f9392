"""Classes that have handed in, for the tests of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.mark import mark_hand_ins
from coldwar_lessons.grading.roster import Roster, RosterEntry
from tests.grading.hand_ins import LESSON, as_bytes, hand_in, workbook

#: Right answers to four items of lesson 3, and a wrong one to each.
ITEMS = ("gestures-most-important", "gestures-leaving-off", "gestures-annex", "gestures-whose-words")
KEYS = dict(zip(ITEMS, "cabd", strict=True))
WRONG = dict(zip(ITEMS, "abaa", strict=True))


def mark_class(
    gradebook: Gradebook,
    course: Course,
    folder: Path,
    answers: Mapping[str, Mapping[str, Any]],
    *,
    absent: Sequence[str] = (),
    text: str = "",
    class_name: str = "12A",
) -> None:
    """Let students hand in lesson 3: name to answers, item id to value."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [*answers, *absent]
    roster = Roster(tuple(RosterEntry(str(n), name, str(n), class_name) for n, name in enumerate(names, 1)))
    for number, given in enumerate(answers.values(), 1):
        document = hand_in("", str(number), workbooks={LESSON: workbook(dict(given), text=text)})
        (folder / f"{number}.json").write_bytes(as_bytes(document))
    *_, tally = mark_hand_ins([folder], course, roster, gradebook)
    assert tally.marked == len(answers), tally
