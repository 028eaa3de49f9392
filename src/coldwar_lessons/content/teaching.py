"""What only the teacher edition shows, and the rubrics, which students see too."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .base import Citation, ContentModel, Identifier, OptionId, SentenceId, Text
from .items import Skill

# --- rubrics (data/rubrics/<id>.yml): shown to students before they write --------------------------


class RubricRow(ContentModel):
    """One thing a piece of writing is judged by, with a descriptor for each level, the lowest first."""

    id: OptionId
    label: Text
    skill: Skill
    levels: tuple[Text, ...] = Field(min_length=3, max_length=5)


class Rubric(ContentModel):
    """How a piece of writing is judged."""

    id: Identifier
    title: Text
    level_names: tuple[Text, ...] = Field(
        min_length=3, max_length=5, description="Names of the levels, the lowest first."
    )
    rows: tuple[RubricRow, ...] = Field(min_length=2)


# --- teacher notes (data/teacher/<lesson-id>.yml): never in a student edition ----------------------


class Timing(ContentModel):
    """One stretch of a lesson."""

    minutes: int = Field(ge=1, le=90)
    what: Text
    teacher: Text = Field(description="What the teacher does meanwhile.")


class Misconception(ContentModel):
    """A misreading to expect."""

    error: Text
    why: Text = Field(description="Why students think so.")
    mend: Text = Field(description="The words, source or question that mends it.")
    sentences: tuple[SentenceId, ...] = ()
    sources: tuple[Citation, ...] = ()


class Discussion(ContentModel):
    """A question to talk about."""

    question: Text
    listen_for: Text


class SampleAnswer(ContentModel):
    """An answer at one level, with a marker's comment."""

    level: Literal["basic", "emergent", "proficient"]
    text: Text
    comment: Text


class TaskNotes(ContentModel):
    """What a teacher needs to mark one writing task."""

    task: Identifier
    rubric: Identifier
    samples: tuple[SampleAnswer, ...] = Field(min_length=3)
    comment_bank: tuple[Text, ...] = ()


class LevelDescriptor(ContentModel):
    """What an answer at one band of marks does, in our own words."""

    marks: Text
    descriptor: Text


class ExamQuestion(ContentModel):
    """A question of the type one examination board sets, adapted by us."""

    board: Literal["OCR", "AQA", "Edexcel", "AP", "IB"]
    type: Text = Field(description="The type of question it is adapted from.")
    question: Text
    marks: int = Field(ge=1)
    levels: tuple[LevelDescriptor, ...] = Field(min_length=3)
    note: Text | None = None


class Differentiation(ContentModel):
    """How to make the lesson fit."""

    support: Text
    extension: Text
    language: Text = Field(description="For students who learn in a second language.")
    screen_reader: Text
    no_computer: Text


class TeacherNotes(ContentModel):
    """Notes for one lesson."""

    id: Identifier = Field(description="The lesson's id.")
    aims: tuple[Text, ...] = Field(min_length=1)
    before: tuple[Text, ...] = Field(description="What to read, print or set up before the lesson.")
    timings: tuple[Timing, ...] = Field(min_length=3)
    misconceptions: tuple[Misconception, ...] = Field(min_length=2)
    discussion: tuple[Discussion, ...] = Field(min_length=3)
    tasks: tuple[TaskNotes, ...] = Field(min_length=1)
    differentiation: Differentiation
    exam: tuple[ExamQuestion, ...] = ()
    activities: dict[Identifier, Text] = Field(default_factory=dict, description="Activity id to advice on running it.")
    sensitivities: Text | None = None
    sources: tuple[Citation, ...] = ()
