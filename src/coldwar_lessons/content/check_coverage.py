"""Checking the course as a whole: what it covers, and how its items are spread.

Rules over all items count only from :data:`ENOUGH` items on: in a handful, chance looks like design.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from coldwar_lessons.language import gettext as _

from . import items as it
from .faults import Fault
from .load import Course, Reading

#: From how many items on a rule over all of them applies.
ENOUGH = 20
#: Largest share of items that may ask for recall alone.
RECALL = 0.25
#: By which share of all choice items the key may be the longest option more often than by chance.
MARGIN = 0.10

_QUIZZES = Path("data/quizzes")


def check_coverage(reading: Reading) -> Iterator[Fault]:
    """Every fault that only shows over the whole course."""
    course = reading.course
    if course is None:
        return
    # Until then, gaps in coverage are shown by ``check --stats`` only.
    if len(course.lessons) >= course.about.lessons:
        readers = sentence_readers(course)
        for name in course.sentence_ids():
            if not readers.get(name):
                message = _("no lesson reads {name}: add it to the sentences of one").format(name=name)
                yield Fault(Path("data/lessons"), 0, message)
    yield from _check_recall(course)
    yield from _check_positions(course)
    yield from _check_lengths(course)


def sentence_readers(course: Course) -> Mapping[str, list[int]]:
    """Sentence to the numbers of the lessons that read it."""
    readers: defaultdict[str, list[int]] = defaultdict(list)
    for lesson in course.lessons.values():
        for name in lesson.sentences:
            readers[name].append(lesson.number)
    return readers


def all_items(course: Course) -> list[it.Item]:
    """Every item of every quiz."""
    return [item for quiz in course.quizzes.values() for item in quiz.items]


def choice_items(course: Course) -> list[it.ChoiceItem]:
    """Every item with exactly one right option that has a valid key."""
    return [
        item
        for item in all_items(course)
        if isinstance(item, it.ChoiceItem) and item.key in {option.id for option in item.options}
    ]


def key_position(item: it.ChoiceItem) -> int:
    """Where the key stands in the file, counted from 1."""
    return [option.id for option in item.options].index(item.key) + 1


def is_key_longest(item: it.ChoiceItem) -> bool:
    """Whether the key is longer than every other option."""
    lengths = {option.id: len(option.text) for option in item.options}
    key = lengths.pop(item.key)
    return bool(lengths) and key > max(lengths.values())


def _check_recall(course: Course) -> Iterator[Fault]:
    """At most a quarter of the items ask for recall: the course is about reading and reasoning."""
    items = all_items(course)
    recall = sum(item.level == "recall" for item in items)
    if len(items) >= ENOUGH and recall > RECALL * len(items):
        message = _(
            "{recall} of {count} items ask for recall, more than a quarter: ask for comprehension or more"
        ).format(recall=recall, count=len(items))
        yield Fault(_QUIZZES, 0, message)


def _check_positions(course: Course) -> Iterator[Fault]:
    """No position holds the key of far more or far fewer items than the others.

    HDR 2002 (see :mod:`.check_items`), guideline 20: vary the location of the right answer. Attali and Bar-Hillel,
    "Guess Where", *Journal of Educational Measurement* 40(2), 2003, 109-128, doi 10.1111/j.1745-3984.2003.tb01099.x:
    writers hide the key in the middle. Options are shuffled on the screen but not on paper. The rule: among items
    with the same number of options, no position has more than half as many again as an even share, rounded up,
    nor fewer than half an even share, rounded down.
    """
    by_size: defaultdict[int, list[int]] = defaultdict(list)
    for item in choice_items(course):
        by_size[len(item.options)].append(key_position(item))
    for size, positions in sorted(by_size.items()):
        if len(positions) < ENOUGH:
            continue
        counts, even = Counter(positions), len(positions) / size
        low, high = math.floor(even / 2), math.ceil(even * 1.5)
        for position in range(1, size + 1):
            if not low <= counts[position] <= high:
                if counts[position] > high:
                    words = _(
                        "among {count} choice items of {size} options the key stands too often in position {position} "
                        "({times} times): {low} to {high} is even"
                    )
                else:
                    words = _(
                        "among {count} choice items of {size} options the key stands too seldom in position {position} "
                        "({times} times): {low} to {high} is even"
                    )
                times = counts[position]
                message = words.format(
                    count=len(positions), size=size, position=position, times=times, low=low, high=high
                )
                yield Fault(_QUIZZES, 0, message)


def _check_lengths(course: Course) -> Iterator[Fault]:
    """The key is the longest option hardly more often than by chance.

    HDR 2002, guideline 24, over the course: by chance the key of an item with n options is the longest in one of
    n; it may be so in one more of ten items.
    """
    items = choice_items(course)
    longest = sum(is_key_longest(item) for item in items)
    chance = sum(1 / len(item.options) for item in items)
    most = math.floor(chance + MARGIN * len(items))
    if len(items) >= ENOUGH and longest > most:
        words = _(
            "the key is the longest option in {longest} of {count} choice items, by chance in {chance:.0f}: "
            "shorten keys until it is in {most} at most"
        )
        message = words.format(longest=longest, count=len(items), chance=chance, most=most)
        yield Fault(_QUIZZES, 0, message)
