"""How a response becomes a score between 0 and 1.

The rules, which ``js/src/quiz/score.ts`` follows too (``tests/scoring_cases.json`` holds both to them):

``choice``
    1 for the key, else 0.
``multiple-choice`` and ``select-passage``
    (hits − wrong picks) / number of keys, never below 0: to tick everything earns nothing by itself.
``order``
    Kendall's rank correlation with the key, never below 0: of all pairs of options, those in the right
    relative order less those in the wrong one, over all pairs. An option out of place costs as much as the
    options it has passed; a sequence at random earns about nothing. (M. G. Kendall, 'A New Measure of Rank
    Correlation', Biometrika 30, 1938; without the deduction, Moodle's ordering question calls the rule
    'relative to all the previous and next items'.) A pair with a missing option counts neither way.
``match``
    The share of premises that were given the right option.
``place-event``
    The share of events that were placed where their dates allow. Where a date leaves it open on which side
    of an anchor the event lies (a month, or the anchor's own day), either side is right.
``short-text``
    1 if the response is one of the accepted answers after :func:`normalise`, else 0.
``extended-text``
    0: a person marks it, see :func:`is_scored`.

Ids that the item does not have are passed over, since an item may have lost an option since it was answered;
a value of the wrong type scores 0. Nothing that JSON can hold raises an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial
from itertools import combinations
from typing import Any, TypeAlias

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
from coldwar_lessons.content.questions import ExtendedTextQuestion, PlaceEventQuestion, Question

Scorer: TypeAlias = Callable[[Any], float]

_AS_TYPED = str.maketrans({**dict.fromkeys("‘’‚‛ʼ′`´", "'"), **dict.fromkeys("‐‑‒–—―−", "-")})
_SPACE = re.compile(r"[\s\x1c-\x1f\x85\ufeff]+")


def score_response(item: Item, value: Any, course: Course) -> float:
    """Score one response.

    Parameters
    ----------
    item
        The item, with its key.
    value
        What the student answered: a string, a list of strings or a mapping of strings, by ids only; anything
        else is answered with 0.
    course
        The content, for the dates of events.

    Returns
    -------
    float
        From 0 (nothing right) to 1 (all right), by the rules at the head of this module.
    """
    return make_scorer(item, course)(value)


def make_scorer(item: Item, course: Course) -> Scorer:
    """Prepare the scoring of one item, for who scores many responses to it.

    Parameters
    ----------
    item
        The item, with its key.
    course
        The content, for the dates of events.

    Returns
    -------
    callable
        Takes a response and gives its score from 0 to 1, as :func:`score_response` does.
    """
    if isinstance(item, ChoiceItem):
        key = item.key
        return lambda value: float(isinstance(value, str) and value == key)
    if isinstance(item, MultipleChoiceItem | SelectPassageItem):
        return partial(_picks, frozenset(item.key), frozenset(item.key) | {option.id for option in item.options})
    if isinstance(item, OrderItem):
        return partial(_order, frozenset(item.key), tuple(combinations(dict.fromkeys(item.key), 2)))
    if isinstance(item, MatchItem):
        return partial(_share, {premise: frozenset({option}) for premise, option in item.key.items()})
    if isinstance(item, PlaceEventItem):
        return partial(_share, right_slots(item, course))
    if isinstance(item, ShortTextItem):
        return partial(_text, frozenset(normalise(accepted) for accepted in item.key))
    return lambda _: 0.0


def is_scored(item: Question) -> bool:
    """Whether a machine can score this item; an extended text is marked by a person."""
    return not isinstance(item, ExtendedTextQuestion)


def slots(item: PlaceEventQuestion) -> tuple[str, ...]:
    """Where an event can be placed: before the first anchor, then after each, up to the next."""
    return (f"before:{item.anchors[0]}", *(f"after:{anchor}" for anchor in item.anchors))


def right_slots(item: PlaceEventItem, course: Course) -> dict[str, frozenset[str]]:
    """The slots in which each event's date allows it to stand.

    Parameters
    ----------
    item
        The item.
    course
        The content that holds the events and anchors.

    Raises
    ------
    UnknownNameError
        If an event or anchor does not exist.
    DateError
        If a date is not EDTF.
    """
    from coldwar_lessons.content.dates import date_range  # noqa: PLC0415 - only this interaction needs it

    anchors = [date_range(course.named("events", anchor).date) for anchor in item.anchors]
    names = slots(item)
    right: dict[str, frozenset[str]] = {}
    for option in item.options:
        first, last = date_range(course.named("events", option.id).date)
        right[option.id] = frozenset(
            name
            for index, name in enumerate(names)
            if (index == 0 or last >= anchors[index - 1][0]) and (index == len(anchors) or first <= anchors[index][1])
        )
    return right


def normalise(text: str) -> str:
    """Bring a short text into the form in which answers are compared.

    What does not count: how the characters are encoded (NFKC, here NFKD with all accents and marks taken
    off), capital letters, invisible characters, the shape of apostrophes and dashes, the amount of white
    space, and punctuation and symbols such as quotation marks at either end. Case is removed by capitals
    first, small letters second, and one form of sigma, because browsers have no ``casefold``.
    """
    for fold in (str, str.upper, str.lower):
        text = unicodedata.normalize("NFKD", fold(text.translate(_AS_TYPED)))
        text = "".join(character for character in text if unicodedata.category(character) not in _UNSEEN)
    text = text.replace("ς", "σ")
    text = _SPACE.sub(" ", text).strip(" ")
    start, end = 0, len(text)
    while start < end and _at_the_edge(text[start]):
        start += 1
    while end > start and _at_the_edge(text[end - 1]):
        end -= 1
    # An answer that is nothing but punctuation is compared as it stands.
    return text[start:end] or text


_UNSEEN = frozenset({"Mn", "Mc", "Me", "Cf"})


def _at_the_edge(character: str) -> bool:
    return character == " " or unicodedata.category(character).startswith("P")


def _picks(wanted: frozenset[str], known: frozenset[str], value: Any) -> float:
    if not isinstance(value, list | tuple):
        return 0.0
    picked = {one for one in value if isinstance(one, str)} & known
    hits = len(picked & wanted)
    return max(0, hits - (len(picked) - hits)) / len(wanted)


def _order(key: frozenset[str], pairs: tuple[tuple[str, str], ...], value: Any) -> float:
    if not isinstance(value, list | tuple):
        return 0.0
    places: dict[str, int] = {}
    for one in value:
        if isinstance(one, str) and one in key:
            places.setdefault(one, len(places))
    balance = sum(
        1 if places[earlier] < places[later] else -1
        for earlier, later in pairs
        if earlier in places and later in places
    )
    return max(0, balance) / len(pairs) if pairs else float(len(places))


def _share(right: dict[str, frozenset[str]], value: Any) -> float:
    if not isinstance(value, dict) or not right:
        return 0.0
    hits = sum(1 for part, allowed in right.items() if isinstance(value.get(part), str) and value[part] in allowed)
    return hits / len(right)


def _text(key: frozenset[str], value: Any) -> float:
    if not isinstance(value, str):
        return 0.0
    # A class types the same few answers again and again; what is longer than any key is seldom typed twice.
    given = _remembered(value) if len(value) <= _SHORT else normalise(value)
    return float(bool(given) and given in key)


_SHORT = 100
_remembered = lru_cache(maxsize=4096)(normalise)
