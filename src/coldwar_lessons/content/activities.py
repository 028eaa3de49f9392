"""The activities that make students reason: matrix, positions, sorting, white-out, hedges, forecast, figures.

All texts are plain text. What the edition thinks (``edition``, ``key``, ``region``, ``outcome``) is
shown only after the student has answered.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from .base import Citation, ContentModel, Identifier, OptionId, SentenceId, Text

Verdict: TypeAlias = Literal["consistent", "neutral", "inconsistent"]
Fraction: TypeAlias = Annotated[float, Field(ge=0, le=1)]


class BaseActivity(ContentModel):
    """What every activity has."""

    id: Identifier
    title: Text
    prompt: Text
    minutes: int = Field(default=10, ge=1, le=60)
    sentences: tuple[SentenceId, ...] = Field(min_length=1)


# --- evidence matrix -----------------------------------------------------------------------------


class Explanation(ContentModel):
    """One column of the matrix: a rival explanation."""

    id: OptionId
    label: Text
    quote: Text | None = Field(default=None, description="The paper's words for it, to the letter.")


class Reading(ContentModel):
    """How the edition reads one piece of evidence under one explanation."""

    verdict: Verdict
    reason: Text


class EvidenceRow(ContentModel):
    """One piece of evidence."""

    id: OptionId
    text: Text
    event: Identifier | None = None
    sources: tuple[Citation, ...] = ()
    edition: dict[OptionId, Reading] = Field(description="Explanation id to the edition's reading.")


class HistorianReading(ContentModel):
    """What a named historian argues, in our own words."""

    historian: Text
    argument: Text
    sources: tuple[Citation, ...] = Field(min_length=1)


class EvidenceMatrix(BaseActivity):
    """Weigh evidence against rival explanations (analysis of competing hypotheses)."""

    kind: Literal["evidence-matrix"]
    explanations: tuple[Explanation, ...] = Field(min_length=2)
    rows: tuple[EvidenceRow, ...] = Field(min_length=4)
    conclusion: Text = Field(description="Which evidence tells the explanations apart, and which fits them all.")
    historians: tuple[HistorianReading, ...] = ()


# --- positions -----------------------------------------------------------------------------------


class Axis(ContentModel):
    """One axis with a word at each end; 0 is low, 1 is high."""

    label: Text
    low: Text
    high: Text


class PositionEvidence(ContentModel):
    """A dated piece of evidence for where somebody stood."""

    id: OptionId
    text: Text
    date: Text = Field(description="EDTF")
    sources: tuple[Citation, ...] = Field(min_length=1)


class Region(ContentModel):
    """Where the edition places somebody: a region, since the evidence leaves doubt."""

    x: tuple[Fraction, Fraction]
    y: tuple[Fraction, Fraction]
    reason: Text


class PlacedPerson(ContentModel):
    """Somebody to be placed."""

    person: Identifier
    evidence: tuple[PositionEvidence, ...] = Field(min_length=1)
    region: Region


class Positions(BaseActivity):
    """Place people on two axes, each with one piece of evidence."""

    kind: Literal["positions"]
    x: Axis
    y: Axis
    people: tuple[PlacedPerson, ...] = Field(min_length=2)


# --- claim against source ------------------------------------------------------------------------


class Column(ContentModel):
    """One text to compare: sentences of the paper, or a paraphrase with its source."""

    heading: Text
    sentences: tuple[SentenceId, ...] = ()
    paraphrase: tuple[Text, ...] = ()
    sources: tuple[Citation, ...] = ()


class Category(ContentModel):
    """One heap to sort statements into."""

    id: OptionId
    label: Text
    description: Text


class SortStatement(ContentModel):
    """A statement to be sorted."""

    id: OptionId
    text: Text
    key: OptionId
    feedback: Text


class ClaimAgainstSource(BaseActivity):
    """Sort statements into said, inferred and hoped; then write one fair sentence."""

    kind: Literal["claim-against-source"]
    columns: tuple[Column, ...] = Field(min_length=2, max_length=4)
    categories: tuple[Category, ...] = Field(min_length=2)
    statements: tuple[SortStatement, ...] = Field(min_length=4)
    closing: Text = Field(description="Prompt for the one sentence that is fair to the evidence.")


# --- white-out -----------------------------------------------------------------------------------


class Alternative(ContentModel):
    """A word the author might have chosen, and what it would have done."""

    text: Text
    effect: Text


class Blank(ContentModel):
    """A hidden word or phrase of the paper."""

    id: OptionId
    sentence: SentenceId
    quote: Text = Field(description="The words to hide, to the letter; they stand once in the sentence.")
    question: Text
    alternatives: tuple[Alternative, ...] = Field(min_length=2)
    reveal: Text = Field(description="What the author's own choice does.")


class WhiteOut(BaseActivity):
    """Predict a hidden word, reveal it, compare what the choice does."""

    kind: Literal["white-out"]
    blanks: tuple[Blank, ...] = Field(min_length=2)


# --- words of doubt ------------------------------------------------------------------------------


class HedgeTag(ContentModel):
    """One kind of certainty or doubt."""

    id: OptionId
    label: Text
    description: Text


class HedgeWord(ContentModel):
    """Words of the paper with the edition's tag."""

    sentence: SentenceId
    quote: Text = Field(description="To the letter; the first place in the sentence where they stand is meant.")
    tag: OptionId
    reason: Text


class WordsOfDoubt(BaseActivity):
    """Tag certainty and hedging, then compare the two paragraphs."""

    kind: Literal["words-of-doubt"]
    tags: tuple[HedgeTag, ...] = Field(min_length=2)
    words: tuple[HedgeWord, ...] = Field(min_length=6)
    conclusion: Text


# --- forecast ------------------------------------------------------------------------------------


class ForecastQuestion(ContentModel):
    """Something the paper leaves open that was settled later."""

    id: OptionId
    question: Text
    known: Text = Field(description="What a reader at the paper's date could weigh.")
    outcome: bool
    answer: Text = Field(description="What happened, in our own words.")
    sources: tuple[Citation, ...] = Field(min_length=1)
    event: Identifier | None = None


class Forecast(BaseActivity):
    """State probabilities before the reveal; then score them (Brier)."""

    kind: Literal["forecast"]
    questions: tuple[ForecastQuestion, ...] = Field(min_length=3)


# --- argument map --------------------------------------------------------------------------------


class ArgumentMap(BaseActivity):
    """Classify and link claims, then compare with the edition's map (``data/claims``)."""

    kind: Literal["argument-map"]
    claims: tuple[Identifier, ...] = Field(min_length=4, description="Claim ids on this map.")


# --- figures -------------------------------------------------------------------------------------


class Series(ContentModel):
    """One line or set of bars; ``None`` is a number that was not seen."""

    label: Text
    values: tuple[float | None, ...]


class Figure(BaseActivity):
    """A small sourced data set with a question to ask of it."""

    kind: Literal["figure"]
    form: Literal["line", "bar"]
    x_label: Text
    x: tuple[Text, ...]
    y_label: Text
    series: tuple[Series, ...] = Field(min_length=1)
    alt: Text = Field(description="Text alternative: what the figure shows.")
    doubt: Text = Field(description="How far the numbers can be trusted.")
    sources: tuple[Citation, ...] = Field(min_length=1)


Activity: TypeAlias = Annotated[
    EvidenceMatrix | Positions | ClaimAgainstSource | WhiteOut | WordsOfDoubt | Forecast | ArgumentMap | Figure,
    Field(discriminator="kind"),
]
