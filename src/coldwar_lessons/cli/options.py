"""What the commands have in common: options, and what is wrong usage."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from coldwar_lessons.language import N_
from coldwar_lessons.language import gettext as _


class UsageError(Exception):
    """The command was given something that it cannot work with."""


def existing_course(root: Path | None) -> Path | None:
    """The absolute path of a folder with a course.

    Raises
    ------
    UsageError
        If it has none.
    """
    for needed in ("paper.yml", "course.yml"):
        if root is not None and not (root / "data" / needed).is_file():
            message = _("no course in {folder}: it has no {file}")
            raise UsageError(message.format(folder=root, file=f"data/{needed}"))
    return root.resolve() if root else None


#: Where the content is.
Root: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        help=N_(
            "Folder that holds data/. Default: the course you are in, else this checkout, else the installed content."
        ),
        metavar="DIR",
        callback=existing_course,
    ),
]
#: Where the content with the teacher's part is.
TeacherRoot: TypeAlias = Annotated[
    Path | None, typer.Option(help=N_("Folder with the teacher's data/."), metavar="DIR", callback=existing_course)
]


def refuse_missing_folder(file: Path) -> None:
    """Refuse to write a file into a folder that is not there, before any work is done.

    Raises
    ------
    UsageError
        If there is no such folder, or the file's own name is one.
    """
    if file.is_dir():
        raise UsageError(_("{folder} is a folder: name the file to write").format(folder=file))
    if not file.parent.is_dir():
        raise UsageError(_("no folder {folder}").format(folder=file.parent))
