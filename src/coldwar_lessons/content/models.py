"""What the course's content is: the paper, events, people, terms, sources, claims, lessons."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from .base import Citation, ContentModel, Identifier, SentenceId, Text, WebAddress
from .items import Skill

# --- the paper ---------------------------------------------------------------------------------

ParagraphId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^p\d{1,2}$")]
FootnoteId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^fn\d{1,2}$")]


class Sentence(ContentModel):
    """One sentence of the paper, to the letter."""

    id: SentenceId
    text: Text
    footnote: FootnoteId | None = Field(default=None, description="The footnote called at the end of this sentence.")


class Block(ContentModel):
    """A line of the paper that is not a sentence: a mark, a title, a heading, an omission, a signature."""

    id: Identifier
    role: Literal["mark", "number", "body", "title", "omission", "heading", "signature"]
    text: Text


class Paragraph(ContentModel):
    """A paragraph."""

    id: ParagraphId
    role: Literal["paragraph"]
    number: int | None = Field(default=None, description="The author's own number, if he numbered his paragraphs.")
    sentences: tuple[Sentence, ...] = Field(min_length=1)


class Footnote(ContentModel):
    """A footnote, kept apart from the paper's own words."""

    id: FootnoteId
    role: Literal["footnote"]
    number: int
    sentences: tuple[Sentence, ...] = Field(min_length=1)


class Paper(ContentModel):
    """The paper as edited here, in reading order."""

    reference: Text = Field(description="Its mark or number in the archive; stands beside the title on every page.")
    title: Text
    parts: tuple[Block | Paragraph | Footnote, ...]

    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, the footnote's last."""
        return tuple(s for part in self.parts if not isinstance(part, Block) for s in part.sentences)

    def sentence(self, sentence_id: str) -> Sentence:
        """The sentence with this id.

        Raises
        ------
        KeyError
            If the paper has no such sentence.
        """
        for sentence in self.sentences():
            if sentence.id == sentence_id:
                return sentence
        raise KeyError(sentence_id)

    @property
    def example(self) -> str:
        """The id of a sentence to explain the numbers by: one with two different figures, where there is one."""
        return self.sentences()[:8][-1].id

    def plain_text(self) -> str:
        """All words of the paper in order, one space or line break between parts; used to check quotations."""
        return "\n".join(
            part.text if isinstance(part, Block) else " ".join(s.text for s in part.sentences) for part in self.parts
        )


# --- what surrounds it ---------------------------------------------------------------------------


def _fit_for_bibtex(text: str) -> str:
    if _NOT_BIBTEX.search(text):
        raise PydanticCustomError(
            "bibtex",
            "backslashes, braces, back quotes, doubled signs and doubled or odd spaces are lost in the BibTeX file "
            "that is made of the sources: write it otherwise",
        )
    return text


_NOT_BIBTEX = re.compile(r"[\\{}`]|--|''|,,|  |[^\S ]")
#: Text of a reference.
ReferenceText: TypeAlias = Annotated[Text, AfterValidator(_fit_for_bibtex)]


class Source(ContentModel):
    """A cited work."""

    id: Identifier
    title: ReferenceText
    kind: Literal["document", "debate", "scholarship", "press", "reference", "data", "archive"]
    form: Literal["book", "article", "chapter", "thesis", "paper"] | None = Field(
        default=None, description="How it was published; without it, it is cited by its title, container and publisher."
    )
    short: ReferenceText = Field(description="Short form for a citation in a line of text.")
    authors: tuple[ReferenceText, ...] = ()
    editors: tuple[ReferenceText, ...] = ()
    container: ReferenceText | None = Field(
        default=None, description="Journal, book, series of papers or site it stands in."
    )
    series: ReferenceText | None = Field(default=None, description="Series that a book belongs to.")
    volume: ReferenceText | None = None
    issue: ReferenceText | None = None
    pages: ReferenceText | None = Field(default=None, description="First and last page, for example 3-38.")
    publisher: ReferenceText | None = Field(default=None, description="Publisher; of a thesis, the university.")
    place: ReferenceText | None = Field(default=None, description="Place of publication.")
    year: ReferenceText | None = None
    doi: ReferenceText | None = Field(
        default=None, pattern=r"^10\.\d{4,9}/\S+$", description="Digital object identifier."
    )
    url: WebAddress | None = None
    note: ReferenceText | None = Field(default=None, description="What was seen of it, and how far it can be trusted.")
    weak: bool = Field(default=False, description="A mirror or tertiary text: no lesson may rest on it alone.")


class Lane(ContentModel):
    """One strand of a timeline."""

    id: Identifier
    label: Text
    description: Text


class Event(ContentModel):
    """A dated happening."""

    id: Identifier
    date: Text = Field(description="EDTF, for example 1953-03-05, 1953-06-16/1953-06-17 or 1953-07.")
    title: Text
    summary: Text
    lane: Identifier
    significance: Text = Field(description="Why it matters to the paper.")
    sentences: tuple[SentenceId, ...] = ()
    known_by_author: bool = Field(description="Whether the author could know of it when he wrote.")
    sources: tuple[Citation, ...] = Field(min_length=1)
    verified: bool = Field(default=True, description="False is shown to readers as: not verified.")
    note: Text | None = Field(default=None, description="A doubt that readers should know of.")


class Person(ContentModel):
    """Somebody in or around the paper; the office is that of its date."""

    id: Identifier
    name: Text
    sort_name: Text
    country: Text
    office: Text
    role: Text = Field(description="What this person has to do with the paper.")
    sentences: tuple[SentenceId, ...] = ()
    sources: tuple[Citation, ...] = Field(min_length=1)
    verified: bool = True
    note: Text | None = None


class Term(ContentModel):
    """A word that a reader of 16 may not know."""

    id: Identifier
    term: Text
    aliases: tuple[Text, ...] = ()
    definition: Text
    in_paper: Text | None = Field(default=None, description="The exact words of the paper that this explains.")
    sources: tuple[Citation, ...] = Field(min_length=1)
    verified: bool = True
    note: Text | None = None


ClaimKind: TypeAlias = Literal["claim", "evidence", "hedge", "inference", "concession", "attribution", "recommendation"]


class Claim(ContentModel):
    """One node of the paper's argument, tied to exact words."""

    id: Identifier
    kind: ClaimKind
    sentence: SentenceId
    quote: Text
    paraphrase: Text
    supports: tuple[Identifier, ...] = ()
    qualifies: tuple[Identifier, ...] = ()
    opposes: tuple[Identifier, ...] = ()
    note: Text | None = None


# --- lessons -------------------------------------------------------------------------------------


class Objective(ContentModel):
    """What a student can do after the lesson."""

    skill: Skill
    text: Text = Field(description="Completes: after this lesson you can …")


class Note(ContentModel):
    """A note on words of the paper, opened in place in a passage."""

    sentence: SentenceId
    quote: Text = Field(description="The exact words the note hangs on.")
    text: Text
    sources: tuple[Citation, ...] = ()


class WritingTask(ContentModel):
    """A short piece of writing."""

    id: Identifier
    prompt: Text
    words: tuple[int, int] = (80, 150)
    starters: tuple[Text, ...] = Field(default=(), description="Sentence starters for those who want them.")
    checklist: tuple[Text, ...] = Field(default=(), description="What a good answer does, for self-checking.")


class Lesson(ContentModel):
    """One lesson: its notebook has the same name as its id."""

    id: Identifier
    number: int = Field(ge=1)
    title: Text
    question: Text = Field(description="The lesson's supporting question.")
    minutes: int = Field(ge=5, le=180, description="Minutes in class.")
    home_minutes: int = Field(
        default=0, ge=0, le=180, description="Minutes at home, for the writing and whatever a class leaves over."
    )
    objectives: tuple[Objective, ...] = Field(min_length=1)
    sentences: tuple[SentenceId, ...] = Field(min_length=1, description="The sentences this lesson reads.")
    quizzes: tuple[Identifier, ...] = ()
    activities: tuple[Identifier, ...] = ()
    events: tuple[Identifier, ...] = Field(default=(), description="Events on the lesson's timeline.")
    terms: tuple[Identifier, ...] = ()
    people: tuple[Identifier, ...] = ()
    notes: tuple[Note, ...] = ()
    writing: tuple[WritingTask, ...] = ()
    sources: tuple[Citation, ...] = ()
