"""Items and quizzes, in the terms of 1EdTech QTI 3.0.

Every text is plain text: nothing in it is markup, wherever it is shown. What students see of an item stands in
:mod:`.questions`; here it gets its key, its feedback and its hints.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from .base import Citation, ContentModel, Identifier, OptionId, SentenceId, Text
from .questions import (
    BaseQuestion,
    Choice,
    ChoiceQuestion,
    EventChoice,
    ExtendedTextQuestion,
    Level,
    MatchQuestion,
    MultipleChoiceQuestion,
    OrderQuestion,
    PlaceEventQuestion,
    SelectPassageQuestion,
    SentenceChoice,
    ShortTextQuestion,
    Skill,
)

__all__ = ["Level", "Skill"]

Behaviour: TypeAlias = Literal["practice", "tries", "graded"]


class Option(Choice):
    """One thing a student can pick, with what is said to who picked it."""

    feedback: Text


class Premise(Choice):
    """The left side of a match: what an option is to be matched to."""

    feedback: Text = Field(description="Shown when this premise was matched wrongly: which words settle it.")


class MatchOption(Choice):
    """The right side of a match."""


class PassageOption(SentenceChoice):
    """A sentence of the paper offered for selection; its text is the paper's."""

    feedback: Text


class EventOption(EventChoice):
    """An event to be placed in time; its text and date are the event's."""

    title: None = None
    feedback: Text


class NearMiss(ContentModel):
    """Wrong short answers worth an answer of their own."""

    answers: tuple[Text, ...] = Field(min_length=1)
    feedback: Text


class Outcome(ContentModel):
    """What is said of the response as a whole."""

    correct: Text
    incorrect: Text


class BaseItem(BaseQuestion):
    """What every item has, whatever its interaction."""

    sentences: tuple[SentenceId, ...] = Field(min_length=1, description="The words of the paper the item rests on.")
    sources: tuple[Citation, ...] = ()
    hint: Text | None = None
    more_hints: tuple[Text, ...] = Field(
        default=(), description="Further hints, opened one by one after it; each helps a little more."
    )
    waive: dict[str, Text] = Field(
        default_factory=dict, description="Lint rules waived on this item, each with a reason."
    )

    @property
    def hints(self) -> tuple[str, ...]:
        """All hints, in the sequence in which they are opened."""
        return (*((self.hint,) if self.hint else ()), *self.more_hints)


class ChoiceItem(ChoiceQuestion, BaseItem):
    """Pick exactly one option."""

    options: tuple[Option, ...] = Field(min_length=2)
    key: OptionId


class MultipleChoiceItem(MultipleChoiceQuestion, BaseItem):
    """Pick every option that fits."""

    options: tuple[Option, ...] = Field(min_length=3)
    key: tuple[OptionId, ...] = Field(min_length=1)


class OrderItem(OrderQuestion, BaseItem):
    """Put the options into sequence."""

    options: tuple[Option, ...] = Field(min_length=3)
    key: tuple[OptionId, ...] = Field(min_length=3, description="Every option id, in the right sequence.")


class MatchItem(MatchQuestion, BaseItem):
    """Give each premise one option; an option may serve more than once or not at all."""

    premises: tuple[Premise, ...] = Field(min_length=2)
    options: tuple[MatchOption, ...] = Field(min_length=2)
    key: dict[OptionId, OptionId] = Field(description="Premise id to option id.")


class SelectPassageItem(SelectPassageQuestion, BaseItem):
    """Select the sentence or sentences of the paper that show something."""

    options: tuple[PassageOption, ...] = Field(min_length=2)
    key: tuple[SentenceId, ...] = Field(min_length=1)


class PlaceEventItem(PlaceEventQuestion, BaseItem):
    """Place undated events between dated ones; the key follows from the events' dates."""

    options: tuple[EventOption, ...] = Field(min_length=1)


class ShortTextItem(ShortTextQuestion, BaseItem):
    """Type a word or a short phrase."""

    key: tuple[Text, ...] = Field(
        min_length=1, description="Accepted answers; case, accents, spaces and end punctuation do not count."
    )
    near: tuple[NearMiss, ...] = ()
    feedback: Outcome


class ExtendedTextItem(ExtendedTextQuestion, BaseItem):
    """Write a paragraph or an essay; marked by a person with a rubric."""


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

    How a quiz *behaves* is set apart from what its items are, as in Moodle: the same items serve each behaviour.
    """

    id: Identifier
    title: Text
    behaviour: Behaviour = Field(
        default="practice",
        description=(
            "practice: as many tries as one likes, with hints, feedback and the answer after each. "
            "tries: so many tries, each wrong one opens a hint and costs a share of the points; then the answer. "
            "graded: no verdict, and no key in what students get."
        ),
    )
    tries: int = Field(default=3, ge=1, le=10, description="How many tries, with behaviour: tries.")
    penalty: float = Field(
        default=1 / 3,
        ge=0,
        le=1,
        description="With behaviour: tries, the share of the points that each further try costs.",
    )
    shuffle: bool = Field(default=True, description="Shuffle the options of choice-like items, seeded per student.")
    lesson: Identifier | None = Field(
        default=None, description="For a graded quiz kept with the teacher's notes: the lesson at whose end it stands."
    )
    items: tuple[Item, ...] = Field(min_length=1)
    retired: dict[Identifier, Text] = Field(
        default_factory=dict,
        description="Items that were taken out, each with the reason: work with answers to them is still marked.",
    )
