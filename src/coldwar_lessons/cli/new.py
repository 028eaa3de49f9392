"""What somebody types who adds to a course: new lesson, new quiz, new event."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coldwar_lessons.cli.options import Root, UsageError
from coldwar_lessons.language import N_
from coldwar_lessons.language import gettext as _

if TYPE_CHECKING:
    from coldwar_lessons.content.load import Course
    from coldwar_lessons.scaffold import Draft

# Imports stand inside the verbs, so that the other verbs need not wait for them.
# ruff: noqa: PLC0415

Name = Annotated[
    str, typer.Argument(help=N_("Small letters, figures and hyphens, such as what-he-knew."), metavar="NAME")
]
InLesson = Annotated[
    str | None, typer.Option("--lesson", help=N_("The lesson that shows it: its number or its name."), metavar="LESSON")
]

new = typer.Typer(help=N_("Begin a lesson, a quiz or an event: a valid draft, never over anything that exists."))


@new.command()
def lesson(name: Name, root: Root = None) -> None:
    """Begin a lesson: its file, its notebook and its line in _toc.yml."""
    from coldwar_lessons.scaffold import new_lesson

    _write(root, lambda course: new_lesson(course, name))


@new.command()
def quiz(name: Name, lesson: InLesson = None, root: Root = None) -> None:
    """Begin a quiz; with --lesson it shows at once in that lesson, in the book and in JupyterLab."""
    from coldwar_lessons.scaffold import new_quiz

    _write(root, lambda course: new_quiz(course, name, course.lesson_id(lesson) if lesson else None))


@new.command()
def event(
    name: Name,
    date: Annotated[
        str | None, typer.Option(help=N_("When it happened (EDTF), such as 1953-06-17."), metavar="DATE")
    ] = None,
    lesson: InLesson = None,
    root: Root = None,
) -> None:
    """Begin an event; with --lesson it stands on that lesson's timeline."""
    from coldwar_lessons.scaffold import new_event

    _write(root, lambda course: new_event(course, name, date, course.lesson_id(lesson) if lesson else None))


def _course(root: Path | None) -> Course:
    from coldwar_lessons.content.faults import ContentError
    from coldwar_lessons.content.load import content_root, read_course

    found = root or content_root()
    if found.name == "_content":
        message = _("this is the installed course, which an update replaces: work in a clone, or name --root")
        raise UsageError(message)
    course, faults = read_course(found)
    if course is None or faults:
        raise ContentError(faults)
    return course


def _write(root: Path | None, drafted: Callable[[Course], Draft]) -> None:
    from coldwar_lessons.scaffold import BadNameError

    course = _course(root)
    try:
        draft = drafted(course)
    except BadNameError as error:
        raise UsageError(str(error)) from None
    for line in draft.write():
        typer.echo(line)
    where = "" if course.root == Path.cwd() else f" --root {course.root}"
    # i18n: TO WRITE stands in the files as it is; command is what to type.
    words = _("The texts marked TO WRITE are yours. {command} lists them.")
    typer.echo(words.format(command=f"coldwar-lessons check{where}"))
