"""What a teacher with nbgrader types."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from coldwar_lessons.cli.options import TeacherRoot, UsageError
from coldwar_lessons.language import N_
from coldwar_lessons.language import gettext as _

# Imports stand inside the verbs, so that the other verbs need not wait for them.
# ruff: noqa: PLC0415


def nbgrader(
    course: Annotated[Path, typer.Option(help=N_("The nbgrader course; made if there is none."), metavar="DIR")],
    lessons: Annotated[
        list[str] | None, typer.Argument(help=N_("Ids or numbers of lessons, such as 03-gestures."))
    ] = None,
    assignment: Annotated[
        Path | None, typer.Option(help=N_("Instead of lessons: what 'assign' made, for example graded."), metavar="DIR")
    ] = None,
    name: Annotated[
        str | None, typer.Option(help=N_("Name of the assignment, with all these lessons. Default: one for each."))
    ] = None,
    course_id: Annotated[
        str | None,
        typer.Option(help=N_("What nbgrader calls the course, if it is made now. Default: the course's id.")),
    ] = None,
    root: TeacherRoot = None,
) -> None:
    """Write lessons, or what 'assign' made, as assignments into an nbgrader course.

    For example: coldwar-lessons nbgrader 3 --course history; or, with what 'assign' made:
    coldwar-lessons nbgrader --assignment week-5 --course history
    """
    from coldwar_lessons.content.load import load_course, speaking
    from coldwar_lessons.grading.assign import find_lessons
    from coldwar_lessons.grading.nbgrader_source import assigned_files, lesson_files, write_files

    if course.exists() and not course.is_dir():
        raise UsageError(_("{file} is a file: name a folder").format(file=course))
    if bool(lessons) == bool(assignment):
        raise UsageError(_("name lessons, or the folder that 'assign' made with --assignment"))
    content = load_course(root, teaching=True)
    course_id = course_id or content.about.id
    files: dict[str, dict[str, bytes]] = {}
    if assignment:
        with speaking(content):
            files[name or assignment.resolve().name] = assigned_files(content, assignment)
    chosen = find_lessons(content, lessons or ())
    with speaking(content):
        for lesson in chosen:
            files.setdefault(name or lesson.id, {}).update(lesson_files(content, [lesson.id]))
    for one in (*files, course_id):
        if not re.fullmatch(r"[\w-]+", one):
            message = _("{name!r} cannot name a course or an assignment: use letters, digits, - and _")
            raise UsageError(message.format(name=one))
    for one, of_assignment in files.items():
        write_files(of_assignment, course / "source" / one)
        typer.echo(_("wrote {file}").format(file=course / "source" / one))
    _configure(course, course_id, root)
    # i18n: command is what to type.
    words = _("Next, in {folder}: {command}")
    typer.echo(words.format(folder=course, command=f"nbgrader generate_assignment {next(iter(files))}"))


def _configure(course: Path, course_id: str, root: Path | None) -> None:
    """Write the course's settings, or say what to add to those that are there."""
    from coldwar_lessons.grading.nbgrader_source import CONFIG, write_config

    content = root
    if write_config(course, course_id, content):
        typer.echo(_("wrote {file}").format(file=course / CONFIG))
    elif "nbgrader_autograde" not in (course / CONFIG).read_text(encoding="utf-8"):
        words = _("{file} stays as it is: add these two lines, or nothing will be marked:")
        typer.echo(words.format(file=course / CONFIG))
        typer.echo("  from coldwar_lessons.grading.nbgrader_autograde import configure")
        typer.echo(f"  configure(c, content={str(content)!r})" if content else "  configure(c)")
