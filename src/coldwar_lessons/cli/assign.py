"""What a teacher types to assign lessons."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coldwar_lessons.cli.options import TeacherRoot, UsageError
from coldwar_lessons.language import N_, commas, semicolons
from coldwar_lessons.language import gettext as _

if TYPE_CHECKING:
    from coldwar_lessons.content.load import Course
    from coldwar_lessons.content.models import Lesson
    from coldwar_lessons.content.settings import AssignmentSettings
    from coldwar_lessons.grading.assign import Plan

# Imports stand inside the verbs, so that the other verbs need not wait for them.
# ruff: noqa: PLC0415


def assign(
    lessons: Annotated[list[str], typer.Argument(help=N_("Ids or numbers of lessons, such as 03-gestures or 3."))],
    out: Annotated[Path, typer.Option(help=N_("The folder to make; it must be new or empty."), metavar="DIR")],
    graded: Annotated[
        bool,
        typer.Option("--graded", help=N_("It counts: quizzes give no verdict, and ship neither key nor feedback.")),
    ] = False,
    due: Annotated[str | None, typer.Option(help=N_("When it is due, e.g. 2026-12-01 or 2026-12-01T17:00Z."))] = None,
    class_name: Annotated[str | None, typer.Option("--class", help=N_("The class that it is for."))] = None,
    settings: Annotated[
        Path | None,
        typer.Option(
            help=N_("YAML: items, sequence, seed, behaviour and tries of each quiz, and links."), metavar="FILE"
        ),
    ] = None,
    root: TeacherRoot = None,
) -> None:
    """Make the folder that students get: notebooks, content, what to do, links.

    For example: coldwar-lessons assign 2 3 --out week-5 --class 10B --due 2026-12-01

    With --graded, a lesson's graded quizzes are added to it. A lesson that has none has its practice quizzes
    graded. Mark what comes back with: coldwar-lessons mark HAND-INS --roster roster.csv --assignment DIR
    """
    from coldwar_lessons.content.faults import ContentError
    from coldwar_lessons.content.load import load_course, speaking
    from coldwar_lessons.content.settings import read_due
    from coldwar_lessons.grading.assign import build_bundle, find_lessons, plan_assignment

    if out.exists() and not out.is_dir():
        raise UsageError(_("{file} is a file: name a folder").format(file=out))
    if out.exists() and any(out.iterdir()):
        message = _("{folder} holds something already, and nothing is overwritten: name a new folder, or empty it")
        raise UsageError(message.format(folder=out))
    if due is not None:
        try:
            read_due(due)
        except ValueError as error:
            raise UsageError(f"--due: {error}") from None
    course = load_course(root, teaching=True)
    chosen = find_lessons(course, lessons)
    try:
        wanted = _read_settings(settings, course, chosen, graded=graded)
    except ContentError as error:
        for fault in error.faults:
            typer.echo(str(fault))
        raise typer.Exit(1) from None
    given = {"due": due, "class_": class_name, "graded": graded or None}
    wanted = wanted.model_copy(update={name: value for name, value in given.items() if value is not None})
    plan = plan_assignment(course, chosen, wanted)
    with speaking(course):
        files = build_bundle(course, plan)
    _write(files, out)
    _report(plan, out)


def _read_settings(
    path: Path | None, course: Course, lessons: tuple[Lesson, ...], *, graded: bool
) -> AssignmentSettings:
    from coldwar_lessons.content.settings import AssignmentSettings, book_address, read_settings
    from coldwar_lessons.grading.assign import quizzes_of

    if path is not None and not path.is_file():
        raise UsageError(_("no settings file {file}").format(file=path))
    settings = AssignmentSettings()
    if path is not None:
        settings = read_settings(path, course, lambda counts: quizzes_of(course, lessons, graded=counts or graded))
    if settings.links.book is None and (book := book_address(course.root)):
        settings = settings.model_copy(update={"links": settings.links.model_copy(update={"book": book})})
    return settings


def _write(files: Mapping[str, bytes], out: Path) -> None:
    """Write the folder beside its place, see that it loads, and move it there: it is whole or not there."""
    from coldwar_lessons.content.load import load_course

    out.absolute().parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=out.absolute().parent, prefix=f".{out.name}."))
    try:
        for name, data in files.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        load_course(made)
        # A temporary folder is its maker's alone; this one is for others to read.
        made.chmod(0o777 & ~_umask())
        if out.is_dir():
            out.rmdir()
        made.replace(out.absolute())
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _report(plan: Plan, out: Path) -> None:
    from coldwar_lessons.grading.assign_pages import link_lines, no_links, say_due

    settings = plan.settings
    graded = [name for name, (quiz, _seed) in plan.quizzes.items() if quiz.behaviour == "graded"]
    parts = [
        commas(lesson.id for lesson in plan.lessons),
        _("graded: {quizzes}").format(quizzes=commas(graded)) if graded else _("nothing graded"),
        _("class {name}").format(name=settings.class_) if settings.class_ else "",
        _("due {moment}").format(moment=say_due(plan.due)) if plan.due else _("no due date"),
    ]
    # i18n: what is such as: 03-gestures; nothing graded; class 12A; no due date.
    written = _("Wrote {folder}: {what}.")
    typer.echo(written.format(folder=out, what=semicolons(part for part in parts if part)))
    if plan.public_keys:
        warning = _(
            "Warning: {quizzes}: this folder has no key, but the key of a practice quiz is public: in the book, and in "
            "every installed course. Where marks count, set a graded quiz of your own (data/teacher/quizzes)."
        )
        typer.echo(warning.format(quizzes=commas(plan.public_keys)), err=True)
    lines = list(link_lines(plan.lessons, settings.links, graded=bool(graded)))
    links = _("Links: {count}, in {file}.").format(count=len(lines), file=out / "links.md")
    typer.echo(links if lines else no_links())
    command = f"coldwar-lessons mark HAND-INS --roster roster.csv --assignment {out}"
    typer.echo(_("Mark it with: {command}").format(command=command))
