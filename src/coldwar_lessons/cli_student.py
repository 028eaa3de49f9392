"""What a student types: hand in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

# Imports stand inside the verbs, so that the other verbs need not wait for them.
# ruff: noqa: PLC0415


def hand_in(
    folder: Annotated[Path, typer.Argument(help="Where your notebooks are.")] = Path(),
    name: Annotated[str, typer.Option(help="Your name.")] = "",
    number: Annotated[str | None, typer.Option(help="Your student number.")] = None,
    class_name: Annotated[str | None, typer.Option("--class", help="Your class.")] = None,
    out: Annotated[Path | None, typer.Option(help="The file to write; ending in .zip: with your notebooks.")] = None,
) -> None:
    """Put your workbooks into one file for your teacher."""
    from coldwar_lessons import __version__
    from coldwar_lessons.cli import UsageError
    from coldwar_lessons.content.bundle import find_bundle
    from coldwar_lessons.grading.assignment import missing_lessons, read_assignment
    from coldwar_lessons.grading.handin import find_workbooks, make_hand_in, write_hand_in

    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder")
    bundle = find_bundle(folder)
    assignment = read_assignment(bundle) if bundle else None
    made = make_hand_in(
        find_workbooks(folder),
        name=name,
        number=number,
        class_name=class_name or (assignment.class_ if assignment else None),
        version=__version__,
        assignment=assignment.id if assignment else None,
    )
    who = re.sub(r"[^\w-]+", "-", made.student.name or made.student.number or "").strip("-") or "student"
    path = out or folder / f"{who}.hand-in.json"
    notebooks = [one for one in sorted(folder.glob("*.ipynb")) if one.stem in made.workbooks]
    write_hand_in(made, path, notebooks)
    lessons = ", ".join(made.workbooks)
    typer.echo(f"Wrote {path}: {lessons}. Give this file to your teacher.")
    if assignment:
        if missing := missing_lessons(assignment, made.workbooks):
            typer.echo(f"Not in it, for you have not begun: {', '.join(missing)}.")
        if assignment.is_late(made.created):
            typer.echo(f"It was due {assignment.due}; your teacher will see that it is late.")
