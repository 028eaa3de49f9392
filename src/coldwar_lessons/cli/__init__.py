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

from coldwar_lessons.cli import assign, nbgrader, new, student, teacher, worksheet
from coldwar_lessons.cli.help import translated
from coldwar_lessons.cli.options import Root, UsageError
from coldwar_lessons.language import N_, commas, in_language, ngettext, terminal_language
from coldwar_lessons.language import gettext as _

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
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    with in_language(terminal_language(os.environ, translations()), translations()):
        return _run(given)


def translations() -> tuple[Path, ...]:
    """Where the terminal's language is looked for besides the package's own: in the course that one is in."""
    return (Path("locale").absolute(),)


def _run(arguments: list[str]) -> int:
    from coldwar_lessons.content.faults import CourseError

    try:
        code = translated(app)(args=arguments, prog_name=PROGRAM, standalone_mode=False)
    except CourseError as error:
        return _complain(str(error), 1)
    except (typer.TyperException, UsageError) as error:
        message = error.format_message() if isinstance(error, typer.TyperException) else str(error)
        return _complain(
            _("{message} (see {command})").format(message=message.rstrip("."), command=f"{PROGRAM} --help"), 2
        )
    except (KeyboardInterrupt, typer.Abort):
        return _complain(_("interrupted"), 130)
    except OSError as error:
        file = error.filename or _("the file")
        return _complain(f"{file}: {error.strerror or error}", 1)
    except Exception as error:
        if os.environ.get("COLDWAR_LESSONS_TRACEBACK"):
            raise
        problem = f"{type(error).__name__}: {error}"
        words = _("a fault of the program, {problem} ({setting} shows where)")
        return _complain(words.format(problem=problem, setting="COLDWAR_LESSONS_TRACEBACK=1"), 70)
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
    version: Annotated[bool, typer.Option("--version", help=N_("Show the version."), callback=_show_version)] = False,
) -> None:
    """Do the lessons and hand in; assign, mark and see what was understood; read the paper, check the content."""
    del version
    if context.invoked_subcommand is None:
        raise UsageError(_("say what to do: start opens the lessons"))


@app.command(short_help=N_("Print the paper, or sentences of it."))
def paper(
    sentences: Annotated[
        list[str] | None, typer.Argument(help=N_("Ids, such as p3.s9; none: the whole paper."))
    ] = None,
    digests: Annotated[
        bool, typer.Option("--digests", help=N_("Print what fixes every letter, for digests: in data/course.yml."))
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


@app.command(short_help=N_("Check all content."))
def check(
    root: Root = None,
    stats: Annotated[bool, typer.Option("--stats", help=N_("Also print tables of items, keys and coverage."))] = False,
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
        found = ngettext("{count} fault", "{count} faults", len(report.faults)).format(count=len(report.faults))
        where = ngettext("{count} file", "{count} files", files).format(count=files)
        # i18n: such as: 3 faults in 2 files.
        typer.echo(_("{faults} in {files}.").format(faults=found, files=where))
        raise typer.Exit(1)
    for text in report.unwritten:
        typer.echo(str(text))
    counts = commas(_counted(count, kind) for kind, count in report.counts().items() if count)
    unwritten = len(report.unwritten)
    if unwritten:
        words = ngettext(
            "All clear: {counts}; checked in {seconds} s; {count} text still to write.",
            "All clear: {counts}; checked in {seconds} s; {count} texts still to write.",
            unwritten,
        )
    else:
        words = _("All clear: {counts}; checked in {seconds} s.")
    typer.echo(words.format(counts=counts, seconds=f"{time.perf_counter() - started:.1f}", count=unwritten))


@app.command(short_help=N_("JSON Schemas of the content files."))
def schemas(
    write: Annotated[
        Path | None, typer.Option(metavar="DIR", help=N_("Write them here, as data/schemas has them."))
    ] = None,
) -> None:
    """Name the JSON Schemas of the content files, or write them for editors to use."""
    from coldwar_lessons.content.schemas import build_schemas, write_schemas

    if write is None:
        for name, text in build_schemas().items():
            size = _("{count:>7} bytes").format(count=len(text.encode()))
            typer.echo(f"{name:<16}{size}")
        typer.echo()
        typer.echo(_("{command} writes them.").format(command=f"{PROGRAM} schemas --write data/schemas"))
        return
    if write.exists() and not write.is_dir():
        raise UsageError(_("{folder} is not a folder").format(folder=write))
    changed = write_schemas(write)
    for path in changed:
        typer.echo(_("wrote {file}").format(file=path))
    count = len(build_schemas())
    words = ngettext(
        "{count} schema in {folder}, {changed} changed.", "{count} schemas in {folder}, {changed} changed.", count
    )
    typer.echo(words.format(count=count, folder=write, changed=len(changed) or _("none")))


app.add_typer(new.new, name="new", short_help=N_("Begin a lesson, a quiz or an event."))
app.command(short_help=N_("Get the lessons, and open them."))(student.start)
app.command(short_help=N_("Put your work into one file for your teacher."))(student.hand_in)
app.command(short_help=N_("Go on with work that you did in the book."))(student.load)
app.command(short_help=N_("Make the folder that a class gets."))(assign.assign)
app.command(short_help=N_("Mark hand-ins."))(teacher.mark)
app.command(short_help=N_("Mark again after a key was mended."))(teacher.mark_again)
app.command(short_help=N_("Mark essays against their rubric."))(teacher.rubric)
app.command(short_help=N_("Export grades for a spreadsheet, Canvas, Moodle."))(teacher.export)
app.command(short_help=N_("See what the class understood."))(teacher.report)
app.command(short_help=N_("Make nbgrader assignments."))(nbgrader.nbgrader)
app.command(short_help=N_("Print a lesson as a worksheet, or its key."))(worksheet.worksheet)


def _counted(count: int, kind: str) -> str:
    words = {
        "lanes": ngettext("{count} lane", "{count} lanes", count),
        "sources": ngettext("{count} source", "{count} sources", count),
        "events": ngettext("{count} event", "{count} events", count),
        "people": ngettext("{count} person", "{count} people", count),
        "terms": ngettext("{count} term", "{count} terms", count),
        "claims": ngettext("{count} claim", "{count} claims", count),
        "quizzes": ngettext("{count} quiz", "{count} quizzes", count),
        "activities": ngettext("{count} activity", "{count} activities", count),
        "lessons": ngettext("{count} lesson", "{count} lessons", count),
        "rubrics": ngettext("{count} rubric", "{count} rubrics", count),
        "teacher": ngettext("notes on {count} lesson", "notes on {count} lessons", count),
        "items": ngettext("{count} item", "{count} items", count),
    }
    return words.get(kind, f"{{count}} {kind}").format(count=count)
