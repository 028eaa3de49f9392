"""From a sheet to a PDF, by Typst."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.language import gettext as _

PaperSize: TypeAlias = Literal["a4", "letter"]
TEMPLATE = Path(__file__).with_name("worksheet.typ")
#: Typst's names for the sizes.
_SIZES: dict[PaperSize, str] = {"a4": "a4", "letter": "us-letter"}


@dataclass(frozen=True)
class Printed:
    """A sheet as a PDF file.

    Attributes
    ----------
    pdf
        The file.
    universal
        Whether it is PDF/UA-1, which Typst checked while it wrote it. It is not when the content has characters that
        no font here can show, or a heading that is empty.
    """

    pdf: bytes
    universal: bool


def print_sheet(sheet: dict[str, Any], size: PaperSize = "a4") -> Printed:
    """Set a sheet as a tagged PDF with the language, a title and bookmarks.

    The same sheet gives the same bytes on a machine with the same fonts.

    Parameters
    ----------
    sheet
        What :func:`.sheet.worksheet` and :func:`.sheet.answer_key` give.
    size
        The paper.

    Raises
    ------
    CourseError
        If Typst is not installed.
    """
    try:
        import typst  # noqa: PLC0415 - an extra
    except ImportError:
        message = _("worksheets need Typst, which is not installed here: {command}")
        raise CourseError(message.format(command="pip install 'coldwar-lessons[paper]'")) from None
    inputs = {"sheet": json.dumps(_showable(sheet)), "size": _SIZES[size]}

    def compiled(standard: Literal["ua-1"] | None) -> bytes:
        template = TEMPLATE.read_bytes()
        return typst.compile(template, format="pdf", sys_inputs=inputs, pdf_standards=standard, timestamp=0)

    try:
        return Printed(compiled("ua-1"), universal=True)
    except typst.TypstError as error:
        if "PDF/UA-1 error" not in str(error):
            raise
    return Printed(compiled(None), universal=False)


def _showable(value: Any) -> Any:
    """The same without characters that no font shows: controls, and halves of pairs."""
    if isinstance(value, str):
        return "".join(one for one in value if one in "\n\t" or unicodedata.category(one) not in {"Cc", "Cs", "Cn"})
    if isinstance(value, dict):
        return {name: _showable(one) for name, one in value.items()}
    return [_showable(one) for one in value] if isinstance(value, list) else value
