"""Questions: what a student sees of an item, and nothing that helps to its answer.

An item (:mod:`.items`) is a question with its key, feedback and hints. A graded quiz is shown, and handed out,
as a *sealed quiz*: questions only. What may reach a student is therefore a list of fields that is written down
here; a field that is added to the items later stays with the teacher until somebody adds it here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from coldwar_lessons.language import N_
from coldwar_lessons.language import gettext as _

from .base import ContentModel, Identifier, OptionId, SentenceId, Text

Skill: TypeAlias = Literal["sourcing", "contextualisation", "close-reading", "corroboration", "argument"]
Level: TypeAlias = Literal["recall", "comprehension", "analysis", "evaluation"]
_SKILLS: Mapping[Skill, str] = {
    "sourcing": N_("sourcing"),
    "contextualisation": N_("contextualisation"),
    "close-reading": N_("close reading"),
    "corroboration": N_("corroboration"),
    "argument": N_("argument"),
}
_LEVELS: Mapping[Level, str] = {
    "recall": N_("recall"),
    "comprehension": N_("comprehension"),
    "analysis": N_("analysis"),
    "evaluation": N_("evaluation"),
}


_INTERACTIONS: Mapping[str, str] = {
    "choice": N_("choice"),
    "multiple-choice": N_("multiple choice"),
    "order": N_("order"),
    "match": N_("match"),
    "select-passage": N_("select passage"),
    "place-event": N_("place event"),
    "short-text": N_("short text"),
    "extended-text": N_("extended text"),
}


def interaction_name(interaction: str) -> str:
    """What a kind of question is called."""
    return _(_INTERACTIONS[interaction])


def skill_name(skill: Skill) -> str:
    """What a skill is called."""
    return _(_SKILLS[skill])


def level_name(level: Level) -> str:
    """What a level of thinking is called."""
    return _(_LEVELS[level])


class Choice(ContentModel):
    """One thing a student can pick, or match something to."""

    id: OptionId
    text: Text


class SentenceChoice(ContentModel):
    """A sentence of the paper offered for selection; its text is the paper's."""

    id: SentenceId


class EventChoice(ContentModel):
    """An event to be placed in time; its text and date are the event's."""

    id: Identifier
    title: Text | None = Field(default=None, description="In a sealed quiz only, where the id is not the event's.")


class BaseQuestion(ContentModel):
    """What a student sees of every item, whatever its interaction."""

    id: Identifier
    prompt: Text
    skill: Skill
    level: Level
    points: int = Field(default=1, ge=1, le=20)


class ChoiceQuestion(BaseQuestion):
    """Pick exactly one option."""

    interaction: Literal["choice"]
    options: tuple[Choice, ...] = Field(min_length=2)


class MultipleChoiceQuestion(BaseQuestion):
    """Pick every option that fits."""

    interaction: Literal["multiple-choice"]
    options: tuple[Choice, ...] = Field(min_length=3)


class OrderQuestion(BaseQuestion):
    """Put the options into sequence."""

    interaction: Literal["order"]
    options: tuple[Choice, ...] = Field(min_length=3)


class MatchQuestion(BaseQuestion):
    """Give each premise one option; an option may serve more than once or not at all."""

    interaction: Literal["match"]
    premises: tuple[Choice, ...] = Field(min_length=2)
    options: tuple[Choice, ...] = Field(min_length=2)


class SelectPassageQuestion(BaseQuestion):
    """Select the sentence or sentences of the paper that show something."""

    interaction: Literal["select-passage"]
    options: tuple[SentenceChoice, ...] = Field(min_length=2)


class PlaceEventQuestion(BaseQuestion):
    """Place undated events between dated ones."""

    interaction: Literal["place-event"]
    options: tuple[EventChoice, ...] = Field(min_length=1)
    anchors: tuple[Identifier, ...] = Field(min_length=1, description="Dated events, in time order.")


class ShortTextQuestion(BaseQuestion):
    """Type a word or a short phrase."""

    interaction: Literal["short-text"]
    max_length: int = Field(default=80, ge=1, le=400)


class ExtendedTextQuestion(BaseQuestion):
    """Write a paragraph or an essay; marked by a person with a rubric."""

    interaction: Literal["extended-text"]
    rubric: Identifier | None = None
    words: tuple[int, int] = (80, 150)
    starters: tuple[Text, ...] = ()


Question: TypeAlias = Annotated[
    ChoiceQuestion
    | MultipleChoiceQuestion
    | OrderQuestion
    | MatchQuestion
    | SelectPassageQuestion
    | PlaceEventQuestion
    | ShortTextQuestion
    | ExtendedTextQuestion,
    Field(discriminator="interaction"),
]


class SealedQuiz(ContentModel):
    """A graded quiz as students get it: its questions, without keys, feedback and hints."""

    id: Identifier
    title: Text
    items: tuple[Question, ...] = Field(min_length=1)
