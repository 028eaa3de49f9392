"""What anybody types who wants a lesson on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coldwar_lessons.cli.options import TeacherRoot, UsageError, refuse_missing_folder
from coldwar_lessons.language import N_, listed
from coldwar_lessons.language import gettext as _

# Imports stand inside the verbs, so that the other verbs need not wait for them.
# ruff: noqa: PLC0415


def worksheet(
    lesson: Annotated[str, typer.Argument(help=N_("A lesson, such as 03-gestures or 3; or a graded quiz."))],
    out: Annotated[Path | None, typer.Option(help=N_("The PDF to write. Default: LESSON.worksheet.pdf here."))] = None,
    key: Annotated[
        bool, typer.Option("--key", help=N_("The key for teachers, with a reason for every option."))
    ] = False,
    paper: Annotated[str, typer.Option(help=N_("The size of the paper: a4 or letter."))] = "a4",
    root: TeacherRoot = None,
) -> None:
    """Write a lesson as a worksheet to print, or its key, as an accessible PDF."""
    from coldwar_lessons.content.faults import unknown
    from coldwar_lessons.content.load import load_course, speaking
    from coldwar_lessons.worksheet import sheet as sheets
    from coldwar_lessons.worksheet.typeset import print_sheet

    if paper not in {"a4", "letter"}:
        raise UsageError(_("no paper {name!r}: there is {names}").format(name=paper, names=listed(("a4", "letter"))))
    course = load_course(root, teaching=True)
    name = course.lesson_id(lesson)
    graded = {one.id: one for one in course.quizzes.values() if one.behaviour == "graded"}
    if name not in graded and name not in course.lessons:
        raise unknown("lesson or graded quiz", name, [*course.lessons, *graded])
    path = out or Path(f"{name}.{'key' if key else 'worksheet'}.pdf")
    refuse_missing_folder(path)
    if path.suffix.lower() != ".pdf":
        raise UsageError(_("{file} is no PDF: let its name end in .pdf").format(file=path))
    with speaking(course):
        if name in graded:
            sheet = (sheets.graded_test_key if key else sheets.graded_test)(course, graded[name])
        else:
            sheet = (sheets.answer_key if key else sheets.worksheet)(course, course.lessons[name])
    printed = print_sheet(sheet, paper)  # type: ignore[arg-type]  # checked above
    path.write_bytes(printed.pdf)
    written = _("Wrote {file}. It holds answers: keep it from students.") if key else _("Wrote {file}.")
    typer.echo(written.format(file=path))
    if not printed.universal:
        typer.echo(_("It is no PDF/UA: it has characters that no font on this machine can show."))
