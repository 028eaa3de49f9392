"""A student's folder of lessons: filled from the installed package, brought up to date, never overwritten."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coldwar_lessons.grading.files import unused, write_atomically
from coldwar_lessons.language import gettext as _
from coldwar_lessons.notebook_merge import Notebook, contents, merge_notebooks, read_notebook

#: Folder within the student's in which each lesson is kept as it was given, to tell the student's changes from ours.
GIVEN = ".coldwar-lessons"

What = Literal["new", "same", "kept", "newer", "updated", "merged", "beside"]


@dataclass(frozen=True)
class Brought:
    """What was done about one lesson.

    Attributes
    ----------
    what
        ``new``: copied. ``same``: there already. ``kept``: the student's own version, and none is newer.
        ``newer``: a newer version exists and was not asked for. ``updated``: replaced, since the student had changed
        nothing. ``merged``: new cells were put among the student's. ``beside``: the new version lies beside the
        student's.
    beside
        The file that was put beside the student's, or the copy of what was there before merging.
    """

    name: str
    what: What
    beside: Path | None = None

    def __str__(self) -> str:
        """One line for the student."""
        words = {
            "new": _("new"),
            "same": _("as it was"),
            "kept": _("yours, left alone"),
            "newer": _("there is a newer version: --update brings it, and keeps what you changed"),
            "updated": _("brought up to date; you had changed nothing in it"),
            "merged": _("brought up to date around your changes; your version is kept as {file}"),
            "beside": _("yours, left alone; the new version is {file}"),
        }
        return f"{self.name}: {words[self.what].format(file=self.beside)}"


def bring_lessons(lessons: Path, folder: Path, *, update: bool = False) -> Iterator[Brought]:
    """Bring lessons into a student's folder.

    Nothing that the student wrote is ever overwritten: not a notebook with a changed cell, and no workbook at all.

    Parameters
    ----------
    lessons
        Folder of the notebooks to bring.
    folder
        The student's folder; it is made when it is not there.
    update
        Whether to bring newer versions of lessons that are there already.

    Yields
    ------
    Brought
        What was done, lesson by lesson.

    Raises
    ------
    OSError
        If a file cannot be read or written.
    """
    (folder / GIVEN).mkdir(parents=True, exist_ok=True)
    for lesson in sorted(lessons.glob("*.ipynb")):
        yield _bring(lesson, folder, update=update)


def _bring(lesson: Path, folder: Path, *, update: bool) -> Brought:
    target, given = folder / lesson.name, folder / GIVEN / lesson.name
    name = lesson.name
    new, base, mine = read_notebook(lesson), read_notebook(given), read_notebook(target)
    assert new is not None
    if not target.exists():
        _copy(lesson, target)
        _copy(lesson, given)
        return Brought(name, "new")
    if mine is not None and contents(mine) == contents(new):
        _copy(lesson, given)
        return Brought(name, "same")
    if base is not None and contents(base) == contents(new):
        return Brought(name, "kept")
    if not update:
        return Brought(name, "newer" if base is not None else "kept")
    if mine is not None and base is not None:
        if contents(mine) == contents(base):
            _copy(lesson, target)
            _copy(lesson, given)
            return Brought(name, "updated")
        if merged := merge_notebooks(base, mine, new):
            kept = unused(folder / GIVEN / f"{lesson.stem}.before.ipynb")
            shutil.copyfile(target, kept)
            write_atomically(target, (json.dumps(merged, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
            _copy(lesson, given)
            return Brought(name, "merged", kept.relative_to(folder))
    beside = _put_beside(lesson, new, folder)
    _copy(lesson, given)
    return Brought(name, "beside", beside.relative_to(folder))


def _put_beside(lesson: Path, new: Notebook, folder: Path) -> Path:
    """Put a lesson beside the student's own, unless it lies there already."""
    wanted = folder / f"{lesson.stem}.new.ipynb"
    there = read_notebook(wanted)
    if there is not None and contents(there) == contents(new):
        return wanted
    beside = unused(wanted)
    _copy(lesson, beside)
    return beside


def _copy(source: Path, target: Path) -> None:
    write_atomically(target, source.read_bytes())
