"""What only the teacher edition shows, and the rubrics, which students see too."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from coldwar_lessons.language import N_
from coldwar_lessons.language import gettext as _

from .base import Citation, ContentModel, Identifier, OptionId, SentenceId, Text
from .items import Skill

SampleLevel: TypeAlias = Literal["basic", "emergent", "proficient"]
Board: TypeAlias = Literal["OCR", "AQA", "Edexcel", "AP", "IB"]
ReadingKind: TypeAlias = Literal["hedge", "loaded-word", "metaphor", "voice", "grammar", "borrowed-words", "silence"]
#: Assessment objectives of A level History in England; the page on assessment says what other courses call them.
ExamObjective: TypeAlias = Literal["AO1", "AO2", "AO3"]
LevelNumber: TypeAlias = Annotated[int, Field(ge=1, le=5)]
_SAMPLE_LEVELS: dict[SampleLevel, str] = {
    "basic": N_("basic"),
    "emergent": N_("emergent"),
    "proficient": N_("proficient"),
}


def sample_level_name(level: SampleLevel) -> str:
    """What the level of a sample answer is called."""
    return _(_SAMPLE_LEVELS[level])


# --- rubrics (data/rubrics/<writing task id>.yml): shown to students before they write -------------


class RubricRow(ContentModel):
    """One thing a piece of writing is judged by, with a descriptor for each level, the lowest first."""

    id: OptionId
    label: Text
    skill: Skill
    levels: tuple[Text, ...] = Field(min_length=3, max_length=5)


class Rubric(ContentModel):
    """How one piece of writing is judged: students see it beside the task."""

    id: Identifier = Field(description="Id of the writing task that it judges.")
    title: Text
    level_names: tuple[Text, ...] = Field(
        min_length=3, max_length=5, description="Names of the levels, the lowest first."
    )
    rows: tuple[RubricRow, ...] = Field(min_length=2)


# --- teacher notes (data/teacher/<lesson id>.yml): never in a student edition ----------------------


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


class CloseReading(ContentModel):
    """Words of the paper worth stopping at, with a question for the class and a model reading."""

    sentence: SentenceId
    quote: Text = Field(description="The exact words.")
    kind: ReadingKind
    question: Text
    reading: Text


class SampleAnswer(ContentModel):
    """An answer as a student might write it, with a marker's comment."""

    level: SampleLevel
    text: Text = Field(description="Plain text; a line break begins a paragraph.")
    rows: dict[OptionId, LevelNumber] = Field(
        description="Rubric row to the level that the answer reaches there, 1 being the lowest."
    )
    comment: Text


class TaskNotes(ContentModel):
    """What a teacher needs to mark one writing task; its rubric has the task's id."""

    task: Identifier
    samples: tuple[SampleAnswer, ...] = Field(min_length=3)
    comment_bank: dict[OptionId, tuple[Text, ...]] = Field(
        min_length=2, description="Rubric row to comments to reuse when marking it."
    )


class ExamSource(ContentModel):
    """A source printed with an exam-type question, in our own words."""

    label: Text
    text: Text
    sources: tuple[Citation, ...] = Field(min_length=1)


class LevelDescriptor(ContentModel):
    """What an answer at one band of marks does, in our own words."""

    marks: Text
    descriptor: Text


class ExamQuestion(ContentModel):
    """A question of the type one examination board sets, adapted by us; nothing in it is the board's wording."""

    board: Board
    type: Text = Field(description="The type of question it is adapted from.")
    question: Text
    marks: int = Field(ge=1)
    minutes: int = Field(ge=3, le=120)
    sentences: tuple[SentenceId, ...] = Field(min_length=1, description="Sentences of the paper to print with it.")
    with_sources: tuple[ExamSource, ...] = ()
    levels: tuple[LevelDescriptor, ...] = Field(min_length=3)
    note: Text | None = None


class Differentiation(ContentModel):
    """How to make the lesson fit."""

    support: Text
    extension: Text
    language: Text = Field(description="For students who learn in a second language.")
    screen_reader: Text
    no_computer: Text


class Retrieval(ContentModel):
    """A short question for the start of a later lesson, with its answer."""

    question: Text
    answer: Text


class TeacherNotes(ContentModel):
    """Notes for one lesson."""

    id: Identifier = Field(description="The lesson's id.")
    gist: Text = Field(description="The lesson in a breath.")
    aims: tuple[Text, ...] = Field(min_length=1)
    before: tuple[Text, ...] = Field(description="What to read, print or set up before the lesson.")
    timings: tuple[Timing, ...] = Field(min_length=3)
    shorter: Text = Field(description="What to leave out when there is less time.")
    misconceptions: tuple[Misconception, ...] = Field(min_length=2)
    discussion: tuple[Discussion, ...] = Field(min_length=3)
    close_reading: tuple[CloseReading, ...] = Field(min_length=2)
    activities: dict[Identifier, Text] = Field(default_factory=dict, description="Activity id to advice on running it.")
    model_sentences: dict[Identifier, Text] = Field(
        default_factory=dict, description="Activity id to a closing sentence that is fair to the evidence."
    )
    tasks: tuple[TaskNotes, ...] = Field(min_length=1)
    objectives: dict[Identifier, tuple[ExamObjective, ...]] = Field(
        default_factory=dict, description="Activity or writing task to the objectives of an examination that it trains."
    )
    terms: dict[Identifier, Text] = Field(
        default_factory=dict, description="Term to what a teacher should know of it beyond the students' definition."
    )
    differentiation: Differentiation
    exam: tuple[ExamQuestion, ...] = ()
    homework: Text
    retrieval: tuple[Retrieval, ...] = Field(min_length=2, description="For the start of the next lesson.")
    sensitivities: Text | None = None
    sources: tuple[Citation, ...] = ()
