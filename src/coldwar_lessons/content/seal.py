"""Sealing: from a quiz with keys to the questions that students get, and back from what they answer.

A sealed item has the fields of its question and nothing else. Its options are shuffled by their texts, and then
get plain letters for ids: neither the key, nor the author's ids (such as the name of an event), nor the author's
sequence has any part in what students see.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from string import ascii_lowercase
from typing import Any

from pydantic import TypeAdapter

from .items import ExtendedTextItem, Item, MatchItem, PlaceEventItem, Quiz, SelectPassageItem, ShortTextItem
from .load import Course
from .questions import BaseQuestion, Choice, EventChoice, Question, SealedQuiz, SentenceChoice

#: A bound on a short text may not tell how short the answer is.
ROOM = 80

_QUESTION: TypeAdapter[Question] = TypeAdapter(Question)


def seal_quiz(course: Course, quiz: Quiz, seed: str = "") -> SealedQuiz:
    """Take from a quiz what students may have of it while it is graded.

    Parameters
    ----------
    course
        The content, for the titles of events.
    quiz
        The quiz, with keys.
    seed
        Shuffles the options of each item. :func:`unseal` must be given the same.
    """
    items = tuple(seal_item(course, item, seed) for item in quiz.items)
    return SealedQuiz(id=quiz.id, title=quiz.title, items=items)


def seal_item(course: Course, item: Item, seed: str = "") -> Question:
    """Take the question out of an item: the fields of its question model, and nothing else."""
    model = _question_model(item)
    fields = {name: getattr(item, name) for name in model.model_fields}
    texts, letters = _texts(course, item), _letters(course, item, seed)
    if isinstance(item, SelectPassageItem):
        fields["options"] = tuple(SentenceChoice(id=one) for one in sorted(texts))
    elif isinstance(item, PlaceEventItem):
        fields["options"] = tuple(EventChoice(id=letter, title=texts[one]) for letter, one in letters.items())
    elif texts:
        fields["options"] = tuple(Choice(id=letter, text=texts[one]) for letter, one in letters.items())
    if isinstance(item, MatchItem):
        fields["premises"] = tuple(Choice(id=f"p{n}", text=one.text) for n, one in enumerate(item.premises, 1))
    if isinstance(item, ShortTextItem):
        fields["max_length"] = max(ROOM, item.max_length)
    return _QUESTION.validate_python(fields)


def unseal(course: Course, item: Item, value: Any, seed: str = "") -> Any:
    """Bring a response to a sealed item into the ids of the item itself.

    Parameters
    ----------
    course
        The content.
    item
        The item, with its own ids.
    value
        The response, by the ids of the sealed item; anything that JSON can hold. What the sealed item does not
        have comes back as something that no item has.
    seed
        The seed that the quiz was sealed with.
    """
    if isinstance(item, SelectPassageItem | ShortTextItem | ExtendedTextItem):
        return value
    letters = _letters(course, item, seed)

    def own(one: Any) -> Any:
        return letters.get(one, "") if isinstance(one, str) else one

    if isinstance(value, list):
        return [own(one) for one in value]
    if not isinstance(value, Mapping):
        return own(value)
    if isinstance(item, MatchItem):
        premises = {f"p{number}": one.id for number, one in enumerate(item.premises, 1)}
        return {premises.get(part, ""): own(one) for part, one in value.items()}
    return {own(part): one for part, one in value.items()}


def _texts(course: Course, item: Item) -> dict[str, str]:
    """What each option says, by its id."""
    if isinstance(item, ShortTextItem | ExtendedTextItem):
        return {}
    if isinstance(item, SelectPassageItem):
        return {one.id: one.id for one in item.options}
    if isinstance(item, PlaceEventItem):
        return {one.id: str(course.named("events", one.id).title) for one in item.options}
    return {one.id: one.text for one in item.options}


def _letters(course: Course, item: Item, seed: str) -> dict[str, str]:
    """The letter of each option in the sealed item, in their sequence there, to its id in the item."""
    texts = _texts(course, item)
    mixed = sorted(texts, key=lambda one: hashlib.sha256(f"{seed}/{item.id}/{texts[one]}".encode()).digest())
    return {ascii_lowercase[n] if n < 26 else f"a{n}": one for n, one in enumerate(mixed)}


def _question_model(item: Item) -> type[BaseQuestion]:
    return next(
        base for base in type(item).__mro__ if issubclass(base, BaseQuestion) and base.__module__ == Choice.__module__
    )
