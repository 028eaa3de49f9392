"""A class that answers the real course: right or wrong by ability, difficulty and chance, always the same for a seed.

Wrong answers are real options, essays are the edition's sample answers. Used by tests, benchmarks and pictures.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from coldwar_lessons import __version__
from coldwar_lessons.content.activities import (
    Activity,
    ClaimAgainstSource,
    EvidenceMatrix,
    Forecast,
    Positions,
    WhiteOut,
    WordsOfDoubt,
)
from coldwar_lessons.content.items import (
    ChoiceItem,
    Item,
    MatchItem,
    MultipleChoiceItem,
    OrderItem,
    PlaceEventItem,
    SelectPassageItem,
    ShortTextItem,
)
from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.essays import read_essays, writing_tasks
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.markings import change
from coldwar_lessons.grading.records import COURSE_ID, HAND_IN_V1, WORKBOOK_V2
from coldwar_lessons.grading.roster import Roster, RosterEntry
from coldwar_lessons.grading.scoring import right_slots, slots

GIVEN = "Aisha Ben Chloé Dmitri Esra Fergus Grace Hana Idris Jun Kasia Leo Maya Niamh Omar Priya Quinn Rhys Sofia Tomás"
FAMILY = "Adeyemi Brown Çelik Davies Evans Fraser Górska Hughes Iqbal Jones Khan Lewis MacLeod Nowak O’Neill Patel"
REASON = "Moscow gave up only what it could not keep, so the step cost little (p3.s8)."


@dataclass(frozen=True)
class Pupil:
    """One student: how able, and since when this student answers."""

    entry: RosterEntry
    ability: float
    seed: int


def make_class(size: int, *, class_name: str = "12A", seed: int = 1953) -> list[Pupil]:
    """Students with names and numbers of their own, and abilities from a normal distribution."""
    given, family = GIVEN.split(), FAMILY.split()
    pupils = []
    for index in range(size):
        mix = random.Random(f"{seed}/{index}")
        name = f"{given[index % len(given)]} {family[(index * 7 + index // 20) % len(family)]}"
        number = f"{1000 + index}"
        pupils.append(Pupil(RosterEntry(number, name, number, class_name), mix.gauss(0.4, 1), mix.getrandbits(32)))
    return pupils


def roster_of(pupils: Iterable[Pupil]) -> Roster:
    """The roster of such a class."""
    return Roster(tuple(pupil.entry for pupil in pupils))


def hand_in_of(
    pupil: Pupil, course: Course, lessons: Iterable[str], *, created: str = "2026-11-20T10:00:00Z", essays: bool = True
) -> dict[str, Any]:
    """What one student hands in: quizzes, essays and forecasts of these lessons, as the widgets keep them."""
    mix = random.Random(pupil.seed)
    return {
        "schema": HAND_IN_V1,
        "course": COURSE_ID,
        "version": __version__,
        "class": pupil.entry.class_name,
        "student": {"name": pupil.entry.name, "number": pupil.entry.number},
        "created": created,
        "workbooks": {
            lesson: {
                "schema": WORKBOOK_V2,
                "course": COURSE_ID,
                "version": __version__,
                "lesson": lesson,
                "updated": created,
                "widgets": {
                    name: {"state": state, "updated": created}
                    for name, state in _widgets(mix, pupil, course, lesson, created, essays=essays)
                },
            }
            for lesson in lessons
        },
    }


def _widgets(
    mix: random.Random, pupil: Pupil, course: Course, lesson_id: str, created: str, *, essays: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    lesson = course.lessons[lesson_id]
    first = lesson.sentences[0]
    yield f"{lesson_id}/passage/passage", {"open": True}
    yield (
        f"{lesson_id}/annotate/{first}",
        {"notes": [{"from": f"{first}/2", "to": f"{first}/5", "tag": "doubt", "note": REASON}]},
    )
    yield f"{lesson_id}/timeline/events", {"list": True, "window": [-2490, 120], "off": [], "find": "", "horizon": True}
    for quiz in lesson.quizzes:
        answers = {}
        for item in course.quizzes[quiz].items:
            tries = [answer(mix, item, course, pupil.ability)]
            if mix.random() < 0.3:
                # Who tries again has read the feedback.
                tries.append(answer(mix, item, course, pupil.ability + 2))
            answers[item.id] = {
                "value": tries[-1],
                "checked": True,
                "attempts": len(tries),
                "score": 1,
                "tries": [{"value": one, "at": created} for one in tries],
            }
        state = {"seed": mix.getrandbits(32), "mode": "one", "responses": answers}
        yield f"{lesson_id}/quiz/{quiz}", state
    for name in lesson.activities:
        if state := _activity(mix, course.activities[name]):
            yield f"{lesson_id}/{course.activities[name].kind}/{name}", state
    for task in lesson.writing if essays else ():
        samples = [one for notes in course.teacher[lesson_id].tasks if notes.task == task.id for one in notes.samples]
        level = min(len(samples) - 1, max(0, round(pupil.ability + 1)))
        state = {"text": samples[level].text, "plan": "", "checks": ["0", "1"], "levels": {}}
        yield f"{lesson_id}/writing/{task.id}", state


def _activity(mix: random.Random, activity: Activity) -> dict[str, Any]:
    """What the widget of an activity keeps when a student has done it."""
    if isinstance(activity, Forecast):
        return {"values": {one.id: 5 * mix.randint(0, 20) for one in activity.questions}, "revealed": True}
    if isinstance(activity, EvidenceMatrix):
        verdicts = ["consistent", "neutral", "inconsistent"]
        cells = {
            row.id: {one.id: {"verdict": mix.choice(verdicts), "reason": REASON} for one in activity.explanations}
            for row in activity.rows
        }
        return {"cells": cells, "mine": REASON, "compared": True}
    if isinstance(activity, Positions):
        people = [one.person for one in activity.people]
        spots = {one: [mix.randint(0, 100), mix.randint(0, 100)] for one in people}
        return {"at": spots, "evidence": dict.fromkeys(people, "a"), "compared": True}
    if isinstance(activity, ClaimAgainstSource):
        heaps = {one.id: mix.choice(activity.categories).id for one in activity.statements}
        return {"sorted": heaps, "checked": heaps, "closing": REASON}
    if isinstance(activity, WhiteOut):
        blanks = [one.id for one in activity.blanks]
        return {"own": dict.fromkeys(blanks, "perhaps"), "choices": dict.fromkeys(blanks, "1"), "revealed": {}}
    if isinstance(activity, WordsOfDoubt):
        marks = {f"{one.sentence}/{place}": one.tag for place, one in enumerate(activity.words)}
        return {"marks": marks, "compared": True, "closing": REASON}
    return {}


def answer(mix: random.Random, item: Item, course: Course, ability: float) -> Any:
    """One student's answer to one item, by ids only; right with the probability of a Rasch model."""
    difficulty = random.Random(item.id).gauss(0, 1)
    right = mix.random() < 1 / (1 + math.exp(difficulty - ability))
    if isinstance(item, ChoiceItem):
        others = [option.id for option in item.options if option.id != item.key]
        return item.key if right else mix.choices(others, weights=range(len(others), 0, -1))[0]
    if isinstance(item, MultipleChoiceItem | SelectPassageItem):
        wrong = [option.id for option in item.options if option.id not in item.key]
        return [*item.key] if right else [*item.key[:-1], *mix.sample(wrong, min(1, len(wrong)))]
    if isinstance(item, OrderItem):
        order = [*item.key]
        if not right:
            at = mix.randrange(len(order) - 1)
            order[at], order[at + 1] = order[at + 1], order[at]
        return order
    if isinstance(item, MatchItem):
        pairs = dict(item.key)
        if not right:
            for premise in mix.sample(sorted(pairs), 2):
                pairs[premise] = mix.choice(item.options).id
        return pairs
    if isinstance(item, PlaceEventItem):
        spots = {event: min(allowed) for event, allowed in right_slots(item, course).items()}
        if not right:
            spots[mix.choice(sorted(spots))] = mix.choice(slots(item))
        return spots
    if isinstance(item, ShortTextItem):
        near = [text for miss in item.near for text in miss.answers]
        return item.key[0] if right else mix.choice(near or ["I do not know"])
    return "He asks for talks, since to refuse them would look bad (p4.s9)."


def mark_essays(gradebook: Gradebook, course: Course, *, every: int = 4) -> None:
    """Mark the essays of a class as their quality is; each ``every``-th waits."""
    for number, essay in enumerate(read_essays(gradebook, writing_tasks(course))):
        if number % every == every - 1:
            continue
        mix = random.Random(f"{essay.student.key}/{essay.task.id}")
        writing = essay.newest.writing
        for row in essay.task.rubric.rows:
            level = str(mix.randint(1, len(row.levels)))
            change(gradebook, writing, f"level.{row.id}", level, base=0, marker="Ms Hill")
        change(gradebook, writing, "comment", "Say which words of the paper carry this.", base=0, marker="Ms Hill")
