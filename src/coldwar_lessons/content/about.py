"""What the course is about: the one file, ``data/course.yml``, that says which document is taught, and how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from coldwar_lessons.language import direction

from .base import ContentModel, Identifier, SentenceId, Text, WebAddress
from .dates import DateError, date_range, describe_date


def _edtf(text: str) -> str:
    try:
        date_range(text)
    except DateError as error:
        raise PydanticCustomError("edtf", "{problem}", {"problem": str(error)}) from None
    return text


LanguageTag: TypeAlias = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Edtf: TypeAlias = Annotated[Text, AfterValidator(_edtf)]


#: What the interface calls a document unless it is told otherwise.
DOCUMENT = "the paper"


class Document(ContentModel):
    """The document that the course teaches; its words are in ``data/paper.yml``."""

    name: Text = Field(description="What running text calls it, with its article: the paper, the telegram.")
    kind: Text = Field(description="What kind of document it is, to follow ‘one’: British Cabinet paper.")
    date: Edtf = Field(description="When it was written (EDTF).")
    language: LanguageTag | None = Field(
        default=None, description="Its language as a BCP 47 tag, if it is not the lessons'."
    )
    rights: Text = Field(description="Who has rights in it, to follow ‘is’: Crown copyright, in the public domain.")
    footnote: Text | None = Field(
        default=None, description="What stands above a footnote, to say that it is not the author's: who wrote it."
    )
    digests: Mapping[str, Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]] = Field(
        default={},
        description="For each line and sentence, in reading order, the first twelve hex digits of its SHA-256, as "
        "coldwar-lessons paper --digests prints them. Once they stand here, no letter of the document can change "
        "without check saying so.",
    )

    @property
    def heading(self) -> str:
        """Its name with a capital letter, as at the beginning of a line: ``The paper``."""
        return self.name[:1].upper() + self.name[1:]

    @property
    def noun(self) -> str:
        """Its name without the article, as after a possessive: ``paper``."""
        return self.name.removeprefix("the ").removeprefix("a ").removeprefix("an ")

    @property
    def when(self) -> str:
        """Its date in words."""
        return describe_date(self.date)


class Horizon(ContentModel):
    """The knowledge horizon: when the document was written. What began later, its author could not know."""

    date: Edtf = Field(description="A day or a span (EDTF), as far as it can be inferred.")
    label: Text = Field(description="What a timeline writes at it: the date, a colon, who writes.")

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """Its first and its last day."""
        return date_range(self.date)


class Licence(ContentModel):
    """Under which licence the lessons may be used."""

    name: Text = Field(description="Short name: CC BY 4.0.")
    url: WebAddress


class About(ContentModel):
    """What the course is about."""

    id: Identifier = Field(description="Names the course in students' files; work of another course is not marked.")
    title: Text = Field(description="The course's title; the same as in _config.yml.")
    subtitle: Text = Field(description="One line below the title on a cover.")
    author: Text = Field(description="Who made it; the same as in _config.yml.")
    licence: Licence
    language: LanguageTag = Field(description="Language of the lessons as a BCP 47 tag: en-GB, en-US.")
    about: Text = Field(description="What catalogues are told that it is about (schema.org: about).")
    educational_level: Text = Field(description="For whom it is (schema.org: educationalLevel).")
    lessons: int = Field(ge=1, description="How many lessons it is to have; once there, they read every sentence.")
    epigraph: SentenceId = Field(description="The sentence that stands on a cover.")
    document: Document
    horizon: Horizon

    @property
    def words_of_document(self) -> dict[str, str]:
        """Attributes of an element that holds words of the document, where these are in another language."""
        return _attributes(self.document.language) if self._is_foreign else {}

    @property
    def words_beside_document(self) -> dict[str, str]:
        """Attributes of an element within such a one that is in the lessons' language again."""
        return _attributes(self.language) if self._is_foreign else {}

    @property
    def _is_foreign(self) -> bool:
        return self.document.language not in {None, self.language}


def _attributes(language: str | None) -> dict[str, str]:
    return {"lang": language, "dir": direction(language)} if language else {}
