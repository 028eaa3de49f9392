"""What a teacher with nbgrader types."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

# Imports stand inside the verbs, so that the other verbs need not wait for them.
# ruff: noqa: PLC0415


def nbgrader(
    lessons: Annotated[list[str], typer.Argument(help="Ids of lessons, such as 03-gestures.")],
    course: Annotated[Path, typer.Option(help="The nbgrader course; made if there is none.", metavar="DIR")],
    assignment: Annotated[
        str | None, typer.Option(help="One assignment for all these lessons. Default: one each, named like it.")
    ] = None,
    course_id: Annotated[str, typer.Option(help="What nbgrader calls the course, if it is made now.")] = "c53-187",
    root: Annotated[Path | None, typer.Option(help="Folder with the teacher's data/.", metavar="DIR")] = None,
) -> None:
    """Write lessons as assignments into an nbgrader course."""
    from coldwar_lessons.cli import UsageError
    from coldwar_lessons.content.load import load_course
    from coldwar_lessons.grading.nbgrader_source import CONFIG, write_config, write_sources

    for name in filter(None, (assignment, course_id)):
        if not re.fullmatch(r"[\w-]+", name):
            raise UsageError(f"{name!r} cannot name a course or an assignment: use letters, digits, - and _")
    if root is not None:
        root = root.resolve()
    for path in write_sources(load_course(root, teaching=True), tuple(lessons), course, assignment):
        typer.echo(f"wrote {path}")
    if write_config(course, course_id, root):
        typer.echo(f"wrote {course / CONFIG}")
    elif "nbgrader_autograde" not in (course / CONFIG).read_text(encoding="utf-8"):
        typer.echo(f"{course / CONFIG} stays as it is: add these two lines, or nothing will be marked:")
        typer.echo("  from coldwar_lessons.grading.nbgrader_autograde import configure")
        typer.echo("  configure(c)" if root is None else f"  configure(c, content={str(root)!r})")
    name = assignment or lessons[0]
    typer.echo(f"Next, in {course}: nbgrader generate_assignment {name}")
