"""What students read in an assignment: the notebooks, the page that says what to do, the list of links."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from coldwar_lessons.content.dates import describe_date
from coldwar_lessons.content.models import Lesson
from coldwar_lessons.content.settings import AssignmentSettings, Links
from coldwar_lessons.language import gettext as _
from coldwar_lessons.language import listed, ngettext

from .assignment import Assignment

_LINK = re.compile(r"\[([^\]]*)\]\((?!https?:|mailto:|#)([^)\s]+)\)")


def bundle_notebook(
    text: str,
    lesson: Lesson,
    *,
    quizzes: Mapping[str, str],
    added: Sequence[str],
    only_quizzes: bool,
    beside: Collection[str],
    book: str | None,
) -> str:
    """A lesson's notebook as students get it.

    Parameters
    ----------
    text
        The notebook of the course.
    lesson
        Its lesson.
    quizzes
        The quizzes that are set with it, by id, with their titles.
    added
        Those of them that the notebook of the course does not show: they come at its end.
    only_quizzes
        Whether everything but the quizzes is left out.
    beside
        The notebooks in the folder: a link to any other leads to the book, or becomes plain text.
    book
        Address of the published book, if it is known.
    """
    notebook = json.loads(text)
    cells: list[dict[str, Any]] = notebook["cells"]
    if only_quizzes:
        cells = [
            _markdown("title", f"# {lesson.title}"),
            *(cell for cell in cells if cell["cell_type"] == "code" and _is_start(_source(cell))),
        ]
        added = list(quizzes)
    for cell in cells:
        if cell["cell_type"] == "markdown":
            source = _LINK.sub(lambda found: _relink(found, beside, book), _source(cell))
            cell["source"] = source.splitlines(keepends=True)
    for name in added:
        cells += [_markdown(f"quiz-{name}-heading", f"## {quizzes[name]}"), _code(f"quiz-{name}", name)]
    notebook["cells"] = cells
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def student_page(lessons: Sequence[Lesson], assignment: Assignment, links: Links) -> str:
    """What students are to do, in Markdown."""
    return "\n".join(_student_lines(lessons, assignment, links)) + "\n"


def links_page(lessons: Sequence[Lesson], settings: AssignmentSettings) -> str:
    """The links, for the teacher to paste where the class looks, in Markdown."""
    lines = list(link_lines(lessons, settings.links, graded=settings.graded))
    return "\n".join(["# " + _("Links"), "", *(lines or [no_links()])]) + "\n"


def no_links() -> str:
    """Why there are no links."""
    return _("No links: the settings give no address, under `links`, and `_config.yml` has no `baseurl`.")


def link_lines(lessons: Sequence[Lesson], links: Links, *, graded: bool) -> Iterator[str]:
    """One line of Markdown for each place at which each lesson can be opened."""
    only_practice = " " + _("(for reading; its quizzes are practice)") if graded else ""
    for lesson in lessons:
        name = f"{lesson.id}.ipynb"
        if links.jupyterhub and links.repository:
            text = _("{lesson} on our JupyterHub").format(lesson=lesson.title)
            yield f"- [{text}]({_hub_link(links, name)})"
        if links.jupyterlite:
            address = f"{links.jupyterlite.rstrip('/')}/lab/index.html?path={quote(name)}"
            text = _("{lesson} in the browser, with JupyterLite").format(lesson=lesson.title)
            yield f"- [{text}]({address}){only_practice}"
        if links.book:
            address = f"{links.book.rstrip('/')}/notebooks/{lesson.id}.html"
            text = _("{lesson} in the book").format(lesson=lesson.title)
            yield f"- [{text}]({address}){only_practice}"


def say_due(due: datetime) -> str:
    """A moment in words: ``Tuesday 1 December 2026, 23:59 UTC``."""
    # i18n: such as: Tuesday 1 December 2026, 23:59 UTC.
    return _("{weekday} {date}, {time} {zone}").format(
        weekday=_weekday(due),
        date=describe_date(f"{due:%Y-%m-%d}"),
        time=f"{due:%H:%M}",
        zone=due.strftime("%Z") or "UTC",
    )


def _weekday(day: datetime) -> str:
    return (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )[day.weekday()]  # fmt: skip


def _student_lines(lessons: Sequence[Lesson], assignment: Assignment, links: Links) -> Iterator[str]:
    graded = [quiz for quiz in assignment.quizzes.values() if quiz.behaviour == "graded"]
    yield f"# {listed(lesson.title for lesson in lessons)}"
    yield ""
    if assignment.class_:
        # i18n: class_name is such as: 12A. Asterisks make it bold.
        yield "- " + _("**Class:** {class_name}").format(class_name=_escape(assignment.class_))
    due = assignment.due_time()
    yield "- " + _("**Due:** {moment}").format(moment=say_due(due) if due else _("your teacher says when"))
    for lesson in lessons:
        about = ngettext(
            "**Lesson {number}, {title}:** {question} About {count} minute.",
            "**Lesson {number}, {title}:** {question} About {count} minutes.",
            lesson.minutes,
        )
        yield "- " + about.format(
            number=lesson.number, title=lesson.title, question=lesson.question, count=lesson.minutes
        )
    yield ""
    yield "## " + _("How to open it")
    yield ""
    yield from link_lines(lessons, links, graded=bool(graded))
    # i18n: Markdown, whose lines may be broken anywhere; install and start are commands.
    how = _(
        "On your own computer: keep this folder together. In a terminal in it, once\n"
        "{install}, then {start}. Open a notebook and\n"
        "choose *Run*, *Run All Cells*."
    ).replace("\n", "\n  ")
    install = f'`pip install "coldwar-lessons=={assignment.version}"`'
    yield "- " + how.format(install=install, start="`jupyter lab`")
    yield ""
    yield _("Your answers are kept beside the notebooks, in files that end in `.workbook.json`. Leave them there.")
    if graded:
        yield ""
        yield _(
            "The graded questions show no result. Where it says that an answer is saved, it is: you may change it\n"
            "until you hand in."
        )
    yield ""
    yield "## " + _("How to hand in")
    yield ""
    yield _("In a terminal in this folder (in JupyterLab: *File*, *New*, *Terminal*):")
    yield ""
    # i18n: an example of a student's name.
    name = _("Your Name")
    yield "```sh"
    yield f'coldwar-lessons hand-in --name "{name}"'
    yield "```"
    yield ""
    file = re.sub(r"[^\w-]+", "-", name).strip("-")
    yield _("It makes one file, {file}. Give that file to your teacher.").format(file=f"`coldwar-lessons-{file}.json`")


def _hub_link(links: Links, name: str) -> str:
    """A link by which nbgitpuller fetches the repository and opens a notebook of it."""
    repository = (links.repository or "").rstrip("/")
    checkout = repository.rpartition("/")[2].removesuffix(".git")
    path = "/".join(part for part in ("lab/tree", checkout, links.folder.strip("/"), name) if part)
    asked = f"repo={quote(repository, safe='')}&branch={quote(links.branch, safe='')}&urlpath={quote(path, safe='')}"
    return f"{(links.jupyterhub or '').rstrip('/')}/hub/user-redirect/git-pull?{asked}"


def _relink(found: re.Match[str], beside: Collection[str], book: str | None) -> str:
    text, target = found.groups()
    path, _hash, anchor = target.partition("#")
    if path in beside:
        return found[0]
    if book is None:
        return text
    page = path.removeprefix("../") if path.startswith("../") else f"notebooks/{path}"
    return f"[{text}]({book.rstrip('/')}/{re.sub(r'[.](?:ipynb|md)$', '.html', page)}{'#' if anchor else ''}{anchor})"


def _source(cell: Mapping[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _is_start(source: str) -> bool:
    return source.startswith(("from coldwar_lessons", "lesson = "))


def _markdown(cell_id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": cell_id[:64], "metadata": {}, "source": [source]}


def _code(cell_id: str, quiz: str) -> dict[str, Any]:
    source = [f'lesson.quiz("{quiz}")']
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": cell_id[:64],
        "metadata": {},
        "outputs": [],
        "source": source,
    }


def _escape(text: str) -> str:
    """Text of a teacher's own, as Markdown shows it."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)
