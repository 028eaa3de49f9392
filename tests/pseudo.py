"""A pseudo-language: English with accents between brackets, made of the texts as they stand in the sources today.

What shows up without brackets is hard-coded, and what does not fit is too tight for a longer language. The tags are
those that Android and Chromium use: ``en-XA``, and ``ar-XB`` for one that is written from right to left.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
LEFT_TO_RIGHT = "en-XA"
RIGHT_TO_LEFT = "ar-XB"
OPENING, CLOSING = "⟦", "⟧"
_ACCENTED = str.maketrans("AaCcEeGgIiLlNnOoRrSsTtUuYyZz", "ÅåÇçÉéĜĝÎîĻļÑñÖöŘřŠšŢţÛûÝýŽž")


@cache
def messages() -> Catalog:
    """All texts of the interface, gathered from the sources as ``make messages`` does."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "messages.pot"
        command = ["babel.messages.frontend", "-q", "extract", "-F", "pyproject.toml", "-o", str(made), "."]
        subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, check=True)
        with made.open("rb") as file:
            return read_po(file)


def pseudo(message: str) -> str:
    """A text in the pseudo-language; what stands in braces, and white space at the ends, stay as they are.

    >>> pseudo("Saved {count} answers")
    '⟦Šåvéd {count} åñšwéřš ~~~~⟧'
    """
    body = message.strip()
    start = message.index(body)
    parts, inside = [], False
    for char in body:
        inside = (inside or char == "{") and char != "}"
        parts.append(char if inside or char == "}" else char.translate(_ACCENTED))
    longer = f"{''.join(parts)} {'~' * max(1, len(body) // 5)}"
    return f"{message[:start]}{OPENING}{longer}{CLOSING}{message[start + len(body) :]}"


def pseudo_locale(folder: Path, tag: str = LEFT_TO_RIGHT) -> Path:
    """Write the pseudo-language as a compiled catalogue.

    Parameters
    ----------
    folder
        A folder of translations, such as a course's ``locale``.
    tag
        The language tag it goes by.

    Returns
    -------
    Path
        ``folder``, for :func:`coldwar_lessons.language.use_language`.
    """
    # The plural rule of English, whatever the tag.
    catalogue = Catalog(locale="en", fuzzy=False)
    for message in messages():
        if not message.id:
            continue
        text = tuple(map(pseudo, message.id)) if message.pluralizable else pseudo(str(message.id))
        catalogue.add(message.id, text, context=message.context)
    target = folder / tag.replace("-", "_") / "LC_MESSAGES" / "coldwar_lessons.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)
    return folder
