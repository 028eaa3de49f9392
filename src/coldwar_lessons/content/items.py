"""Items and quizzes, in the terms of 1EdTech QTI 3.0.

Every text is plain text: nothing in it is markup, wherever it is shown.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from .base import Citation, ContentModel, Identifier, OptionId, SentenceId, Text

Skill: TypeAlias = Literal["sourcing", "contextualisation", "close-reading", "corroboration", "argument"]
Level: TypeAlias = Literal["recall", "comprehension", "analysis", "evaluation"]


class Option(ContentModel):
    """One thing a student can pick, with what is said to who picked it."""

    id: OptionId
    text: Text
    feedback: Text


class Premise(ContentModel):
    """The left side of a match: what an option is to be matched to."""

    id: OptionId
    text: Text
    feedback: Text = Field(description="Shown when this premise was matched wrongly: which words settle it.")


class PassageOption(ContentModel):
    """A sentence of the paper offered for selection; its text is the paper's."""

    id: SentenceId
    feedback: Text


class EventOption(ContentModel):
    """An event to be placed in time; its text and date are the event's."""

    id: Identifier
    feedback: Text


class NearMiss(ContentModel):
    """Wrong short answers worth an answer of their own."""

    answers: tuple[Text, ...] = Field(min_length=1)
    feedback: Text


class Outcome(ContentModel):
    """What is said of the response as a whole."""

    correct: Text
    incorrect: Text


class BaseItem(ContentModel):
    """What every item has, whatever its interaction."""

    id: Identifier
    prompt: Text
    skill: Skill
    level: Level
    sentences: tuple[SentenceId, ...] = Field(min_length=1, description="The words of the paper the item rests on.")
    sources: tuple[Citation, ...] = ()
    hint: Text | None = None
    points: int = Field(default=1, ge=1, le=20)
    waive: dict[str, Text] = Field(
        default_factory=dict, description="Lint rules waived on this item, each with a reason."
    )


class ChoiceItem(BaseItem):
    """Pick exactly one option."""

    interaction: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=2)
    key: OptionId


class MultipleChoiceItem(BaseItem):
    """Pick every option that fits."""

    interaction: Literal["multiple-choice"]
    options: tuple[Option, ...] = Field(min_length=3)
    key: tuple[OptionId, ...] = Field(min_length=1)


class OrderItem(BaseItem):
    """Put the options into sequence."""

    interaction: Literal["order"]
    options: tuple[Option, ...] = Field(min_length=3)
    key: tuple[OptionId, ...] = Field(min_length=3, description="Every option id, in the right sequence.")


class MatchOption(ContentModel):
    """The right side of a match."""

    id: OptionId
    text: Text


class MatchItem(BaseItem):
    """Give each premise one option; an option may serve more than once or not at all."""

    interaction: Literal["match"]
    premises: tuple[Premise, ...] = Field(min_length=2)
    options: tuple[MatchOption, ...] = Field(min_length=2)
    key: dict[OptionId, OptionId] = Field(description="Premise id to option id.")


class SelectPassageItem(BaseItem):
    """Select the sentence or sentences of the paper that show something."""

    interaction: Literal["select-passage"]
    options: tuple[PassageOption, ...] = Field(min_length=2)
    key: tuple[SentenceId, ...] = Field(min_length=1)


class PlaceEventItem(BaseItem):
    """Place undated events between dated ones; the key follows from the events' dates."""

    interaction: Literal["place-event"]
    options: tuple[EventOption, ...] = Field(min_length=1)
    anchors: tuple[Identifier, ...] = Field(min_length=1, description="Dated events, in time order.")


class ShortTextItem(BaseItem):
    """Type a word or a short phrase."""

    interaction: Literal["short-text"]
    key: tuple[Text, ...] = Field(
        min_length=1, description="Accepted answers; case, accents, spaces and end punctuation do not count."
    )
    near: tuple[NearMiss, ...] = ()
    feedback: Outcome
    max_length: int = Field(default=80, ge=1, le=400)


class ExtendedTextItem(BaseItem):
    """Write a paragraph or an essay; marked by a person with a rubric."""

    interaction: Literal["extended-text"]
    rubric: Identifier | None = None
    words: tuple[int, int] = (80, 150)
    starters: tuple[Text, ...] = ()


Item: TypeAlias = Annotated[
    ChoiceItem
    | MultipleChoiceItem
    | OrderItem
    | MatchItem
    | SelectPassageItem
    | PlaceEventItem
    | ShortTextItem
    | ExtendedTextItem,
    Field(discriminator="interaction"),
]


class Quiz(ContentModel):
    """An ordered list of items.

    *Practice* carries its key and answers at once; *graded* never ships its key to a student.
    """

    id: Identifier
    title: Text
    behaviour: Literal["practice", "graded"] = "practice"
    shuffle: bool = Field(default=True, description="Shuffle the options of choice-like items, seeded per student.")
    items: tuple[Item, ...] = Field(min_length=1)
