"""What students picked, item by item: the rows of a distractor table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

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
from coldwar_lessons.grading.scoring import normalise, right_slots, slots
from coldwar_lessons.language import gettext as _

#: Of typed answers only the most frequent are shown.
TYPED = 6


@dataclass(frozen=True)
class Pick:
    """One thing that could be picked, and how often it was.

    Attributes
    ----------
    text
        What it says; a student's own words where the answer was typed.
    right
        Whether it belongs to the key.
    everybody, top, bottom
        How many of all, of the best and of the weakest students picked it.
    feedback
        What the edition says to who picked it; empty where there is no such text.
    """

    text: str
    right: bool
    everybody: int
    top: int
    bottom: int
    feedback: str = ""


def count_picks(item: Item, course: Course, everybody: list[Any], top: list[Any], bottom: list[Any]) -> list[Pick]:
    """Count what was picked.

    Parameters
    ----------
    item
        The item.
    course
        The content, for the texts of sentences and events.
    everybody, top, bottom
        The responses of all students, of the best and of the weakest, in any form that JSON can hold.

    Returns
    -------
    list
        In the item's own sequence; typed answers by frequency.
    """
    known = _known(item, course)
    counted = [_count(item, group) for group in (everybody, top, bottom)]
    if isinstance(item, ShortTextItem):
        accepted = {normalise(text) for text in item.key}
        near = {normalise(text): miss.feedback for miss in item.near for text in miss.answers}
        known = {
            key: (key[:80], key in accepted, near.get(key, "" if key in accepted else item.feedback.incorrect))
            for key, _ in counted[0].most_common(TYPED)
        }
    return [
        Pick(text, right, counted[0][key], counted[1][key], counted[2][key], feedback)
        for key, (text, right, feedback) in known.items()
    ]


#: A class types the same few answers again and again.
_normal = lru_cache(maxsize=4096)(normalise)


def _known(item: Item, course: Course) -> dict[str, tuple[str, bool, str]]:
    """Every pick that the item offers: its text, whether it is right, and its feedback."""
    if isinstance(item, ChoiceItem | MultipleChoiceItem):
        key = {item.key} if isinstance(item, ChoiceItem) else set(item.key)
        return {one.id: (one.text, one.id in key, one.feedback) for one in item.options}
    if isinstance(item, SelectPassageItem):
        return {
            one.id: (f"{one.id}: {course.sentence(one.id).text}", one.id in item.key, one.feedback)
            for one in item.options
        }
    if isinstance(item, OrderItem):
        texts = {one.id: one.text for one in item.options}
        notes = {one.id: one.feedback for one in item.options}
        # i18n: what a student put into the wrong sequence.
        words = _("{one} – before – {other}")
        return {
            f"{later}<{earlier}": (words.format(one=texts[later], other=texts[earlier]), False, notes[later])
            for earlier, later in zip(item.key, item.key[1:], strict=False)
        }
    if isinstance(item, MatchItem):
        texts = {one.id: one.text for one in item.options}
        return {
            f"{premise.id}={option}": (
                f"{premise.text} → {texts[option]}",
                item.key[premise.id] == option,
                "" if item.key[premise.id] == option else premise.feedback,
            )
            for premise in item.premises
            for option in texts
        }
    if isinstance(item, PlaceEventItem):
        right = right_slots(item, course)
        places = {slot: _slot_text(course, slot) for slot in slots(item)}
        return {
            f"{one.id}={slot}": (
                f"{course.events[one.id].title} → {place}",
                slot in right[one.id],
                "" if slot in right[one.id] else one.feedback,
            )
            for one in item.options
            for slot, place in places.items()
        }
    return {}


def _count(item: Item, responses: list[Any]) -> Counter[str]:
    """How often each pick was made; equal responses, of which a large class has many, are taken apart once."""
    same: dict[Any, list[Any]] = {}
    for value in responses:
        kind = type(value)
        try:
            key = value if kind is str else tuple(value if kind is list else value.items())
            same.setdefault(key, [value, 0])[1] += 1
        except (TypeError, AttributeError):
            # No response of ours: a number, or a list in a list.
            same.setdefault(id(value), [value, 0])[1] += 1
    found: Counter[str] = Counter()
    for value, times in same.values():
        for key in _keys(item, value):
            found[key] += times
    return found


def _slot_text(course: Course, slot: str) -> str:
    side, _colon, anchor = slot.partition(":")
    words = _("before {event}") if side == "before" else _("after {event}")
    return words.format(event=course.events[anchor].title)


def _keys(item: Item, value: Any) -> Iterable[str]:
    """Which picks a response is made of; nothing for a value of a wrong type."""
    if isinstance(item, ChoiceItem):
        return [value] if isinstance(value, str) else []
    if isinstance(item, MultipleChoiceItem | SelectPassageItem):
        return {one for one in value if isinstance(one, str)} if isinstance(value, list) else ()
    if isinstance(item, OrderItem):
        return _turned_round(item, value)
    if isinstance(item, MatchItem | PlaceEventItem):
        return [f"{part}={one}" for part, one in value.items()] if isinstance(value, dict) else ()
    if isinstance(item, ShortTextItem):
        return [_normal(value[:200])] if isinstance(value, str) else []
    return ()


def _turned_round(item: OrderItem, value: Any) -> list[str]:
    """Neighbours of the right sequence that stand the wrong way round."""
    if not isinstance(value, list):
        return []
    places = {one: place for place, one in enumerate(value) if isinstance(one, str)}
    return [
        f"{later}<{earlier}"
        for earlier, later in zip(item.key, item.key[1:], strict=False)
        if earlier in places and later in places and places[later] < places[earlier]
    ]
