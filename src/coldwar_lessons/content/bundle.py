"""An assignment on the student's disk: a folder that a teacher made, with content of its own."""

from __future__ import annotations

import json
from pathlib import Path

from coldwar_lessons.language import gettext as _

from .faults import ContentError, CourseError
from .load import Course, load_course

#: The file that marks the folder of an assignment and says what was assigned.
MARKER = "assignment.json"


def find_bundle(folder: Path) -> Path | None:
    """The assignment that a folder lies in: the nearest of it and the folders above with the marker and content."""
    for place in (folder, *folder.absolute().parents):
        if (place / MARKER).is_file() and (place / "data" / "paper.yml").is_file():
            return place.absolute()
    return None


def load_bundle(bundle: Path) -> Course:
    """Load the content of an assignment.

    Raises
    ------
    CourseError
        If it cannot be read with this version of the course; the message says which version it was made with.
    ContentError
        If it has faults.
    """
    try:
        return load_course(bundle)
    except ContentError as error:
        from coldwar_lessons import __version__  # noqa: PLC0415  # the package imports this module

        made_with = _version(bundle)
        if made_with in {"", __version__}:
            raise
        words = _(
            "this assignment was made with version {made} of the course, and {installed} is installed: "
            "pip install coldwar-lessons=={made} ({reason})"
        )
        raise CourseError(words.format(made=made_with, installed=__version__, reason=error)) from None


def _version(bundle: Path) -> str:
    try:
        value = json.loads((bundle / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return ""
    found = value.get("version") if isinstance(value, dict) else None
    return found[:40] if isinstance(found, str) and found.isprintable() else ""
