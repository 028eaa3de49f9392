"""The command ``coldwar-lessons``.

Exit codes: 0 all is well, 1 the content has faults or lacks what was asked for, 2 wrong usage.
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coldwar_lessons import cli_assign, cli_nbgrader, cli_new, cli_student, cli_teacher, cli_worksheet
from coldwar_lessons.cli_options import Root, UsageError

if TYPE_CHECKING:
    from coldwar_lessons.content.models import Paper

# Imports stand inside the verbs, so that `coldwar-lessons --help` answers at once.
# ruff: noqa: PLC0415

PROGRAM = "coldwar-lessons"
app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments
        What follows the program's name; by default what the shell gave.

    Returns
    -------
    int
        The exit code.
    """
    from coldwar_lessons.content.faults import CourseError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = app(
            args=list(sys.argv[1:] if arguments is None else arguments), prog_name=PROGRAM, standalone_mode=False
        )
    except CourseError as error:
        return _complain(str(error), 1)
    except (typer.TyperException, UsageError) as error:
        message = error.format_message() if isinstance(error, typer.TyperException) else str(error)
        return _complain(f"{message.rstrip('.')} (see {PROGRAM} --help)", 2)
    except (KeyboardInterrupt, typer.Abort):
        return _complain("interrupted", 130)
    except OSError as error:
        return _complain(f"{error.filename or 'the file'}: {error.strerror or error}", 1)
    except Exception as error:
        if os.environ.get("COLDWAR_LESSONS_TRACEBACK"):
            raise
        problem = f"{type(error).__name__}: {error}"
        return _complain(f"a fault of the program, {problem} (COLDWAR_LESSONS_TRACEBACK=1 shows where)", 70)
    return code if isinstance(code, int) else 0


def _complain(message: str, code: int) -> int:
    typer.echo(f"{PROGRAM}: {' '.join(message.split())}", err=True)
    return code


def _show_version(value: bool) -> None:
    if value:
        from coldwar_lessons import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback(invoke_without_command=True)
def coldwar_lessons(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version.", callback=_show_version)] = False,
) -> None:
    """Do the lessons and hand in; assign, mark and see what was understood; read the paper, check the content."""
    del version
    if context.invoked_subcommand is None:
        raise UsageError("say what to do: start opens the lessons")


@app.command(short_help="Print the paper, or sentences of it.")
def paper(
    sentences: Annotated[list[str] | None, typer.Argument(help="Ids, such as p3.s9; none: the whole paper.")] = None,
    digests: Annotated[
        bool, typer.Option("--digests", help="Print what fixes every letter, for digests: in data/course.yml.")
    ] = False,
    root: Root = None,
) -> None:
    """Print the paper, sentence by sentence with ids."""
    from coldwar_lessons.content.faults import unknown
    from coldwar_lessons.content.load import load_paper

    read = load_paper(root)
    known = {sentence.id: sentence.text for sentence in read.sentences()}
    for name in sentences or ():
        if name not in known:
            raise unknown("sentence", name, known)
    if digests:
        from coldwar_lessons.content.check_quotations import digest, paper_parts

        for name, fixed, _ in paper_parts(read):
            typer.echo(f'    {name}: "{digest(fixed)}"')
        return
    if not sentences:
        _print_paper(read)
    for name in sentences or ():
        _print_numbered(name, known[name])


def _print_paper(read: Paper) -> None:
    from coldwar_lessons.content.models import Block

    for part in read.parts:
        if isinstance(part, Block):
            typer.echo(f"{'':8}{part.text}\n")
            continue
        for index, sentence in enumerate(part.sentences):
            number = (
                ""
                if index
                else (f"[{part.number}] " if part.role == "footnote" else f"{part.number}. " if part.number else "")
            )
            call = " [1]" if sentence.footnote else ""
            _print_numbered(sentence.id, f"{number}{sentence.text}{call}")
        typer.echo()


def _print_numbered(name: str, text: str) -> None:
    """One sentence after its id; folded for a reader at a terminal, in one line for other programs."""
    if sys.stdout.isatty():
        width = max(40, min(100, shutil.get_terminal_size().columns)) - 8
        text = f"\n{'':8}".join(textwrap.wrap(text, width, break_on_hyphens=False))
    typer.echo(f"{name:<8}{text}")


@app.command(short_help="Check all content.")
def check(
    root: Root = None,
    stats: Annotated[bool, typer.Option("--stats", help="Also print tables of items, keys and coverage.")] = False,
) -> None:
    """Check all content: every fault in one run, as file:line: what is wrong, how to mend it."""
    from coldwar_lessons.content.check import check_content
    from coldwar_lessons.content.load import content_root

    started = time.perf_counter()
    report = check_content(root or content_root())
    for fault in report.faults:
        typer.echo(str(fault))
    if stats and report.reading.course is not None:
        from coldwar_lessons.content.check_stats import describe_course

        typer.echo(f"{describe_course(report.reading.course)}\n")
    if report.faults:
        files = len({fault.path for fault in report.faults})
        typer.echo(f"{_plural(len(report.faults), 'fault')} in {_plural(files, 'file')}.")
        raise typer.Exit(1)
    for unwritten in report.unwritten:
        typer.echo(str(unwritten))
    counts = ", ".join(_counted(count, kind) for kind, count in report.counts().items() if count)
    left = f"; {_plural(len(report.unwritten), 'text')} still to write" if report.unwritten else ""
    typer.echo(f"All clear: {counts}; checked in {time.perf_counter() - started:.1f} s{left}.")


@app.command(short_help="JSON Schemas of the content files.")
def schemas(
    write: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write them here, as data/schemas has them.")
    ] = None,
) -> None:
    """Name the JSON Schemas of the content files, or write them for editors to use."""
    from coldwar_lessons.content.schemas import build_schemas, write_schemas

    if write is None:
        for name, text in build_schemas().items():
            typer.echo(f"{name:<16}{len(text.encode()):>7} bytes")
        typer.echo(f"\n{PROGRAM} schemas --write data/schemas writes them.")
        return
    if write.exists() and not write.is_dir():
        raise UsageError(f"{write} is not a folder")
    changed = write_schemas(write)
    for path in changed:
        typer.echo(f"wrote {path}")
    typer.echo(f"{_plural(len(build_schemas()), 'schema')} in {write}, {len(changed) or 'none'} changed.")


app.add_typer(cli_new.new, name="new", short_help="Begin a lesson, a quiz or an event.")
app.command(short_help="Get the lessons, and open them.")(cli_student.start)
app.command(short_help="Put your work into one file for your teacher.")(cli_student.hand_in)
app.command(short_help="Go on with work that you did in the book.")(cli_student.load)
app.command(short_help="Make the folder that a class gets.")(cli_assign.assign)
app.command(short_help="Mark hand-ins.")(cli_teacher.mark)
app.command(short_help="Mark again after a key was mended.")(cli_teacher.mark_again)
app.command(short_help="Mark essays against their rubric.")(cli_teacher.rubric)
app.command(short_help="Export grades for a spreadsheet, Canvas, Moodle.")(cli_teacher.export)
app.command(short_help="See what the class understood.")(cli_teacher.report)
app.command(short_help="Make nbgrader assignments.")(cli_nbgrader.nbgrader)
app.command(short_help="Print a lesson as a worksheet, or its key.")(cli_worksheet.worksheet)


def _counted(count: int, kind: str) -> str:
    from coldwar_lessons.content.load import singular

    if kind == "teacher":
        return f"notes on {_plural(count, 'lesson')}"
    return f"{count} {kind if count > 1 else singular(kind)}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
