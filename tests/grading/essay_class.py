"""Classes that have handed in essays: the edition's sample answers, each student one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.mark import Tally, mark_hand_ins
from coldwar_lessons.grading.roster import Roster, RosterEntry
from tests.grading.hand_ins import LESSON, RIGHT, as_bytes, hand_in, workbook

ROOT = Path(__file__).resolve().parents[2]
TASK = "worth-of-gestures"
NAMES = ("Ann Archer", "Bob Baker", "Çelik Demir", "Dora Dunn", "Emil Eck", "Fay Ford")
ROSTER = Roster(tuple(RosterEntry(str(index), name, str(index)) for index, name in enumerate(NAMES, 1)))


def course() -> Course:
    """The real course, with what only teachers see."""
    return load_course(ROOT, teaching=True)


def samples() -> list[str]:
    """The edition's sample answers to the task, the weakest first."""
    return [sample.text for sample in course().teacher[LESSON].tasks[0].samples]


def hand_in_essay(
    gradebook: Gradebook,
    folder: Path,
    number: int,
    text: str,
    created: str = "2026-11-20T10:00:00Z",
    **state: Any,
) -> Tally:
    """Let a student (1 to 6) hand in a text, with whatever else the desk kept; and mark the hand-in."""
    book = workbook(RIGHT, text=text, updated=created)
    book["widgets"][f"{LESSON}/writing/{TASK}"]["state"] |= state
    path = folder / f"{number}-{created[:19].replace(':', '')}-{len(text)}.json"
    path.write_bytes(as_bytes(hand_in(NAMES[number - 1], str(number), created=created, workbooks={LESSON: book})))
    tally = Tally()
    for tally in mark_hand_ins([path], course(), ROSTER, gradebook):  # noqa: B007
        pass
    assert tally.marked == 1, tally
    return tally
