"""What a student types: start, load work from the book, and hand in."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coldwar_lessons.cli.options import UsageError
from coldwar_lessons.language import N_, commas, ngettext, semicolons
from coldwar_lessons.language import gettext as _

if TYPE_CHECKING:
    from coldwar_lessons.content.load import Course
    from coldwar_lessons.grading.merging import Outcome
    from coldwar_lessons.grading.records import HandIn
    from coldwar_lessons.work_file import LoadedLesson

# Imports stand inside the verbs, so that the other verbs need not wait for them.
# ruff: noqa: PLC0415


#: Folder that lessons are copied to when none is named.
LESSONS = "coldwar-lessons"


def start(
    folder: Annotated[
        Path | None,
        typer.Argument(help=N_("Where your lessons are, or shall be. Default: coldwar-lessons."), metavar="DIR"),
    ] = None,
    lab: Annotated[bool, typer.Option("--lab/--no-lab", help=N_("Whether to open JupyterLab."))] = True,
    update: Annotated[
        bool, typer.Option("--update", help=N_("Bring newer versions too; what you changed stays."))
    ] = False,
) -> None:
    """Copy the lessons into a folder of yours, never over your work, and open them in JupyterLab."""
    from coldwar_lessons.content.load import content_root
    from coldwar_lessons.lessons_folder import GIVEN, bring_lessons

    if folder is None:
        folder = Path() if Path(GIVEN).is_dir() else Path(LESSONS)
    if folder.exists() and not folder.is_dir():
        raise UsageError(_("{file} is a file: name a folder").format(file=folder))
    brought = list(bring_lessons(content_root() / "notebooks", folder, update=update))
    told = [one for one in brought if one.what not in {"new", "same"}]
    for one in told:
        typer.echo(one)
    new = sum(one.what == "new" for one in brought)
    if new:
        words = ngettext("{count} new lesson in {folder}.", "{count} new lessons in {folder}.", new)
    else:
        words = _("No new lessons in {folder}.")
    typer.echo(words.format(count=new, folder=folder.resolve()))
    if not lab:
        typer.echo(_("Open them with: {command}").format(command=f"jupyter lab {folder}"))
        return
    typer.echo(_("JupyterLab opens in your browser. Ctrl+C here ends it; your answers are kept in the folder."))
    # The first time, the first lesson; later, what was open when JupyterLab was closed.
    first = [brought[0].name] if new == len(brought) else []
    command = [sys.executable, "-m", "jupyterlab", *first]
    sys.stdout.flush()
    os.chdir(folder)
    if os.name == "posix":
        os.execv(sys.executable, command)  # noqa: S606 - a fixed command
    raise typer.Exit(subprocess.call(command))


def load(
    file: Annotated[Path, typer.Argument(help=N_("What the book saved, or a hand-in."), metavar="FILE")],
    folder: Annotated[
        Path | None,
        typer.Argument(help=N_("Where your notebooks are. Default: here, else coldwar-lessons."), metavar="DIR"),
    ] = None,
) -> None:
    """Take work that you did in the book, and saved there as a file, over into your notebooks.

    What is newer stays, and no answer is lost; load the same file twice, and nothing changes.
    """
    from coldwar_lessons.content.bundle import find_bundle, load_bundle
    from coldwar_lessons.content.load import content_root, load_course
    from coldwar_lessons.work_file import load_work, read_work_file

    if file.is_dir():
        message = _("{folder} is a folder: name the file that the book saved, then the folder of your notebooks")
        raise UsageError(message.format(folder=file))
    if not file.is_file():
        message = _("no file {file}: name the one that the book saved, such as {example}")
        raise UsageError(message.format(file=file, example="coldwar-lessons-my-work.json"))
    if folder is None:
        folder = Path() if any(Path().glob("*.ipynb")) or not Path(LESSONS).is_dir() else Path(LESSONS)
    if not any(folder.glob("*.ipynb")):
        message = _("no notebooks in {folder}: name the folder of your lessons, or make one with start")
        raise UsageError(message.format(folder=folder.resolve()))
    bundle = find_bundle(folder)
    course = load_bundle(bundle) if bundle else load_course(content_root(folder))
    work = read_work_file(file, course)
    changed = False
    for one in load_work(work, course, folder):
        changed |= one.changed
        for line in _said_of_loaded(course, one, folder):
            typer.echo(line)
    if work.strangers:
        typer.echo(_("Left out: {pieces}, of no lesson of this course.").format(pieces=_pieces(work.strangers)))
    if work.sealed:
        said = _("Left out: {pieces} of a graded quiz: it is answered in this folder alone.")
        typer.echo(said.format(pieces=_pieces(work.sealed)))
    if changed:
        typer.echo(_("A lesson that is open shows it when you run its cells again."))
    else:
        typer.echo(_("There is no work in this file that is not here already; nothing was changed."))


def _said_of_loaded(course: Course, one: LoadedLesson, folder: Path) -> Iterator[str]:
    about = course.lessons.get(one.lesson)
    name = _("Lesson {number}, {title}").format(number=about.number, title=about.title) if about else _("Flashcards")
    ways: dict[Outcome, str] = {
        "file": _("{pieces} taken from the file"),
        "both": _("{pieces} put together from the file and what was here"),
        "same": _("{pieces} the same in both"),
    }
    counted = ((said, one.pieces[outcome]) for outcome, said in ways.items())
    parts = [said.format(pieces=_pieces(count)) for said, count in counted if count]
    if one.newer_here:
        parts.append(_("left as it is here, because it is newer: {names}").format(names=semicolons(one.newer_here)))
    if parts:
        yield _("{lesson}: {what}.").format(lesson=name, what=commas(parts))
    if one.before:
        yield _("What was here before is kept in {file}.").format(file=one.before.relative_to(folder))


def _pieces(count: int) -> str:
    return ngettext("{count} piece of work", "{count} pieces of work", count).format(count=count)


def hand_in(
    folder: Annotated[Path, typer.Argument(help=N_("Where your notebooks are."))] = Path(),
    name: Annotated[str, typer.Option(help=N_("Your name."))] = "",
    number: Annotated[str | None, typer.Option(help=N_("Your student number."))] = None,
    class_name: Annotated[str | None, typer.Option("--class", help=N_("Your class."))] = None,
    out: Annotated[
        Path | None, typer.Option(help=N_("The file to write; ending in .zip: with your notebooks."))
    ] = None,
) -> None:
    """Put your workbooks into one file for your teacher."""
    from coldwar_lessons import __version__
    from coldwar_lessons.content.bundle import find_bundle, load_bundle
    from coldwar_lessons.content.load import content_root, load_course
    from coldwar_lessons.grading.assignment import missing_lessons, read_assignment
    from coldwar_lessons.grading.handin import file_name, find_workbooks, make_hand_in, write_hand_in

    if not folder.is_dir():
        raise UsageError(_("{folder} is not a folder").format(folder=folder))
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
    for line in _summary(load_bundle(bundle) if bundle else load_course(content_root(folder)), made):
        typer.echo(line)
    path = out or folder / file_name(made)
    notebooks = [one for one in sorted(folder.glob("*.ipynb")) if one.stem in made.workbooks]
    write_hand_in(made, path, notebooks)
    who = commas(part for part in (made.student.name, made.student.number) if part)
    typer.echo(_("Wrote {file}: the work of {student}. Give this file to your teacher.").format(file=path, student=who))
    if assignment:
        if missing := missing_lessons(assignment, made.workbooks):
            typer.echo(_("Not in it, for you have not begun: {lessons}.").format(lessons=commas(missing)))
        if assignment.is_late(made.created):
            words = _("It was due {moment}; your teacher will see that it is late.")
            typer.echo(words.format(moment=assignment.due))


def _summary(course: Course, hand_in: HandIn) -> Iterator[str]:
    """What is in a hand-in, and what is still open, a line a lesson."""
    from coldwar_lessons.content.inventory import lesson_inventory
    from coldwar_lessons.grading.progress import lesson_progress, said_of_lesson, still_open

    for lesson, workbook in hand_in.workbooks.items():
        if lesson not in course.lessons:
            yield _("{lesson}: no lesson of this course").format(lesson=lesson)
            continue
        states = {name: record.state for name, record in workbook.widgets.items()}
        progress = lesson_progress(lesson_inventory(course, course.lessons[lesson]), states)
        left = semicolons(still_open(progress))
        # i18n: done is such as: 3 of 9 done.
        said = (
            _("Lesson {number}, {title}: {done}; still open: {left}") if left else _("Lesson {number}, {title}: {done}")
        )
        about = progress.lesson
        yield said.format(number=about.number, title=about.title, done=said_of_lesson(progress), left=left)
