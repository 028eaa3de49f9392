"""What every content model shares: strictness, ids and citations."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifier: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
OptionId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]
SentenceId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^(p|fn)\d{1,2}\.s\d{1,2}$")]
Text: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
WebAddress: TypeAlias = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class ContentModel(BaseModel):
    """Frozen, and strict about keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(ContentModel):
    """Where in a source a fact stands."""

    source: Identifier
    locator: Text | None = Field(default=None, description="Volume, document or page within the source.")
    url: WebAddress | None = Field(default=None, description="Address of that very place, when it has one of its own.")
