"""What a teacher types: mark hand-ins and export grades."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from coldwar_lessons.cli.options import TeacherRoot, UsageError, refuse_missing_folder
from coldwar_lessons.language import N_, commas, listed, ngettext
from coldwar_lessons.language import gettext as _

# Imports stand inside the verbs, so that the other verbs need not wait for them.
# ruff: noqa: PLC0415

DEFAULT_GRADEBOOK = "gradebook.db"
MARK_FIRST = "coldwar-lessons mark HAND-INS --roster roster.csv"

Database = Annotated[
    str,
    typer.Option("--db", help=N_("The gradebook: a file, or an address such as postgresql://…"), metavar="FILE|URL"),
]


def mark(
    hand_ins: Annotated[
        list[Path], typer.Argument(help=N_("Files, folders, zips, an nbgrader submitted/ folder."), metavar="HAND-INS")
    ],
    roster: Annotated[Path, typer.Option(help=N_("CSV with the columns number and name."))],
    db: Database = DEFAULT_GRADEBOOK,
    due: Annotated[
        str | None, typer.Option(help=N_("Flag later hand-ins, e.g. 2026-12-01 or 2026-12-01T17:00Z."))
    ] = None,
    class_name: Annotated[str | None, typer.Option("--class", help=N_("Refuse hand-ins of another class."))] = None,
    assignment: Annotated[
        Path | None,
        typer.Option(help=N_("What 'assign' made: class, due date, items, behaviour."), metavar="DIR"),
    ] = None,
    root: TeacherRoot = None,
) -> None:
    """Mark hand-ins: recompute every score from the responses, add what is new to the gradebook."""
    from coldwar_lessons.content.load import load_course
    from coldwar_lessons.grading.assignment import changed_items, read_assignment
    from coldwar_lessons.grading.collect import count_files
    from coldwar_lessons.grading.gradebook import Gradebook
    from coldwar_lessons.grading.mark import Tally, mark_hand_ins, spare_collector
    from coldwar_lessons.grading.roster import read_roster

    assigned = read_assignment(assignment) if assignment else None
    course = load_course(root, teaching=True)
    if assigned and (changed := changed_items(course, assigned)):
        words = _("Changed since it was assigned, and marked as it is now: {items}.")
        typer.echo(words.format(items=commas(changed)), err=True)
    gradebook = Gradebook(db)
    tally = Tally()
    try:
        marking = mark_hand_ins(
            hand_ins,
            course,
            read_roster(roster),
            gradebook,
            due=read_due(due) or (assigned.due_time() if assigned else None),
            class_name=class_name or (assigned.class_ if assigned else None),
            assignment=assigned,
        )
        with spare_collector(), progress_bar(_("Marking"), lambda: count_files(hand_ins)) as advance:
            for tally in marking:
                count = len(tally.set_aside)
                advance(tally.found, _("{count} set aside").format(count=count) if count else "")
    finally:
        gradebook.close()
    for aside in tally.set_aside:
        typer.echo(_("set aside: {file}: {reason}").format(file=aside.origin, reason=aside.reason))
    typer.echo(
        _(
            "{found} found = {marked} marked + {known} known already + {aside} set aside + {passed_over} passed over "
            "(notebooks and the like)."
        ).format(
            found=tally.found,
            marked=tally.marked,
            known=tally.known,
            aside=len(tally.set_aside),
            passed_over=tally.passed_over,
        )
    )
    if tally.found == tally.passed_over:
        typer.echo(_("There is no hand-in among them: hand-ins are files that end in .json, or zips of such files."))
    if tally.late:
        typer.echo(_("{count} late.").format(count=tally.late))
    for (quiz, item), count in tally.left_out.items():
        reason = course.quizzes[quiz].retired[item]
        words = ngettext(
            "{item} was taken out of {quiz} ({reason}): {count} answer to it does not count.",
            "{item} was taken out of {quiz} ({reason}): {count} answers to it do not count.",
            count,
        )
        typer.echo(words.format(item=item, quiz=quiz, reason=reason, count=count))
    if tally.set_aside:
        raise typer.Exit(1)


def mark_again(
    db: Database = DEFAULT_GRADEBOOK,
    root: TeacherRoot = None,
) -> None:
    """Mark the quizzes in the gradebook again, after a key was mended: show whose score changes, and keep it."""
    from coldwar_lessons.content.load import load_course
    from coldwar_lessons.grading import mark_again as again
    from coldwar_lessons.grading.gradebook import Gradebook

    refuse_missing(db)
    course = load_course(root, teaching=True)
    gradebook = Gradebook(db)
    account = again.MarkedAgain()
    try:
        with progress_bar(_("Marking again"), lambda: again.count_quizzes(gradebook)) as advance:
            for account in again.mark_again(gradebook, course):
                count = len(account.changes)
                advance(account.quizzes, _("{count} changed").format(count=count) if count else "")
    finally:
        gradebook.close()
    for one in sorted(account.changes, key=lambda one: (one.quiz, one.name, one.handed_in)):
        items = commas(f"{item} {before:.4g} → {after:.4g}" for item, (before, after) in one.items.items())
        who = f"{one.name} ({one.number})" if one.number else one.name
        words = _("{quiz}: {student}, {day}: {before} → {after} points: {items}")
        before, after = f"{one.before:.4g}", f"{one.after:.4g}"
        day = one.handed_in[:10]
        typer.echo(words.format(quiz=one.quiz, student=who, day=day, before=before, after=after, items=items))
    for (quiz, item), (up, down) in again.count_by_item(account.changes).items():
        typer.echo(_("{quiz}, {item}: {up} up, {down} down.").format(quiz=quiz, item=item, up=up, down=down))
    for (quiz, item), count in account.unknown.items():
        what = _("{quiz} has no item {item}") if item else _("there is no quiz {quiz}")
        words = ngettext(
            "{what}: {count} answer stays as it was (what was taken out belongs under 'retired:').",
            "{what}: {count} answers stay as they were (what was taken out belongs under 'retired:').",
            count,
        )
        typer.echo(words.format(what=what.format(quiz=quiz, item=item), count=count))
    quizzes = ngettext("{count} quiz", "{count} quizzes", account.quizzes).format(count=account.quizzes)
    changed = len(account.changes)
    if changed:
        # i18n: quizzes is such as: 3 quizzes.
        words = ngettext(
            "Marked {quizzes} again: {count} score changed.", "Marked {quizzes} again: {count} scores changed.", changed
        )
    else:
        words = _("Marked {quizzes} again: no scores changed.")
    typer.echo(words.format(quizzes=quizzes, count=changed))


def refuse_missing(db: str) -> None:
    """Refuse to look into a gradebook that is not there; opening it would make an empty one.

    Raises
    ------
    UsageError
        If it is a file that does not exist.
    """
    if "://" not in db and not Path(db).is_file():
        raise UsageError(
            _("no gradebook {file}: take hand-ins in first, with {command}").format(file=db, command=MARK_FIRST)
        )


def export(
    out: Annotated[Path, typer.Argument(help=N_("The file to write."))],
    db: Database = DEFAULT_GRADEBOOK,
    layout: Annotated[str, typer.Option(help=N_("csv, canvas, moodle or xlsx (Excel)."))] = "csv",
    policy: Annotated[str, typer.Option(help=N_("Which hand-in counts: latest or best."))] = "latest",
    root: TeacherRoot = None,
) -> None:
    """Export grades for a spreadsheet, Canvas, Moodle or Excel."""
    from coldwar_lessons.content.load import load_course, speaking
    from coldwar_lessons.grading.export import grades_table, write_grades
    from coldwar_lessons.grading.gradebook import Gradebook
    from coldwar_lessons.grading.grades import collect_grades

    if layout not in {"csv", "canvas", "moodle", "xlsx"}:
        message = _("no layout {name!r}: there is {names}")
        raise UsageError(message.format(name=layout, names=listed(("csv", "canvas", "moodle", "xlsx"))))
    if policy not in {"latest", "best"}:
        message = _("no policy {name!r}: there is {names}")
        raise UsageError(message.format(name=policy, names=listed(("latest", "best"))))
    refuse_missing_folder(out)
    refuse_missing(db)
    gradebook = Gradebook(db)
    try:
        course = load_course(root)
        columns, grades = collect_grades(gradebook, policy, course)  # type: ignore[arg-type]  # checked above
    finally:
        gradebook.close()
    with speaking(course):
        write_grades(out, grades_table(grades, columns, layout), layout)  # type: ignore[arg-type]
    words = ngettext("Wrote {count} student to {file}.", "Wrote {count} students to {file}.", len(grades))
    typer.echo(words.format(count=len(grades), file=out))


def report(
    db: Database = DEFAULT_GRADEBOOK,
    class_name: Annotated[str, typer.Option("--class", help=N_("Only this class; default: everybody."))] = "",
    lesson: Annotated[str, typer.Option(help=N_("Only this lesson, e.g. 3 or 03-gestures; default: all."))] = "",
    anonymous: Annotated[bool, typer.Option("--anonymous", help=N_("Codes instead of names."))] = False,
    students: Annotated[
        bool | None, typer.Option("--students/--no-students", help=N_("A page for each student. Default: up to 400."))
    ] = None,
    out: Annotated[Path, typer.Option(help=N_("The page to write; figures go beside it."))] = Path("report.html"),
    root: TeacherRoot = None,
) -> None:
    """See what the class understood: one page that works anywhere, and its figures."""
    from coldwar_lessons.content.load import load_course, speaking
    from coldwar_lessons.grading.assign import find_lessons
    from coldwar_lessons.grading.gradebook import Gradebook
    from coldwar_lessons.report.write import REMARKS, write_report

    if out.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(_("{file} is no page: let its name end in .html").format(file=out))
    refuse_missing_folder(out)
    refuse_missing(db)
    course = load_course(root, teaching=True)
    chosen = find_lessons(course, [lesson])[0].id if lesson else ""
    gradebook = Gradebook(db)
    try:
        said = {remark: _(remark) for remark in REMARKS}
        with progress_bar(_("Report"), lambda: len(REMARKS)) as advance, speaking(course):
            written = write_report(
                gradebook,
                course,
                out,
                class_name=class_name,
                lesson=chosen,
                anonymous=anonymous,
                students=students,
                advance=lambda done, remark: advance(done, said.get(remark, "")),
            )
    finally:
        gradebook.close()
    count = len(written) - 1
    if count:
        words = ngettext(
            "Wrote {file}, and {count} figure in {folder}.", "Wrote {file}, and {count} figures in {folder}.", count
        )
    else:
        words = _("Wrote {file}.")
    typer.echo(words.format(file=out, count=count, folder=written[-1].parent))


def rubric(
    db: Database = DEFAULT_GRADEBOOK,
    lesson: Annotated[
        str | None, typer.Option(help=N_("Only the writing of this lesson, e.g. 3 or 03-gestures."))
    ] = None,
    task: Annotated[str | None, typer.Option(help=N_("Only this writing task, e.g. worth-of-gestures."))] = None,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help=N_("Hide students' names, shuffle the essays."))
    ] = False,
    marker: Annotated[
        str | None, typer.Option(help=N_("Your name, kept with your marks. Default: your account's."))
    ] = None,
    port: Annotated[
        int, typer.Option(help=N_("Where to serve the page; 0 takes any free port."), min=0, max=65535)
    ] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help=N_("Only print the address, open no browser."))] = False,
    root: TeacherRoot = None,
) -> None:
    """Mark essays against their rubric, on a page that only this machine can open."""
    from coldwar_lessons.content.load import load_course, speaking
    from coldwar_lessons.grading.assign import find_lessons
    from coldwar_lessons.grading.gradebook import Gradebook
    from coldwar_lessons.marking_desk.command import choose_tasks, open_desk, serve

    refuse_missing(db)
    course = load_course(root, teaching=True)
    gradebook = Gradebook(db)
    try:
        chosen = find_lessons(course, [lesson])[0].id if lesson else None
        with speaking(course):
            tasks = choose_tasks(course, chosen, task)
        desk = open_desk(gradebook, course, tasks, anonymous=anonymous, marker=marker)
        serve(desk, port, typer.echo, browser=not no_open)
    finally:
        gradebook.close()


@contextmanager
def progress_bar(what: str, count: Callable[[], int]) -> Iterator[Callable[[int, str], None]]:
    """Show how far the work has come, on a terminal; elsewhere stay silent.

    Parameters
    ----------
    what
        What is done, in a word.
    count
        How many steps there are; only asked where somebody watches.

    Yields
    ------
    callable
        Takes how many steps are done and a remark.
    """
    if not sys.stdout.isatty():
        yield lambda _done, _remark: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, TextColumn("[yellow]{task.fields[remark]}"), transient=True) as progress:
        task = progress.add_task(what, total=count(), remark="")
        yield lambda done, remark: progress.update(task, completed=done, remark=remark)


def read_due(text: str | None) -> datetime | None:
    """A date means the end of that day, in UTC; a time without an offset is in UTC too.

    Raises
    ------
    UsageError
        If it is neither a date nor a time.
    """
    from coldwar_lessons.content import settings

    if text is None:
        return None
    try:
        return settings.read_due(text)
    except ValueError as error:
        raise UsageError(str(error)) from None
