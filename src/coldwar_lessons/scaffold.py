"""The first draft of a lesson, a quiz or an event: valid from the start, some texts still to be written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from coldwar_lessons.content.check_notebooks import read_notebook, source_of
from coldwar_lessons.content.dates import date_range
from coldwar_lessons.content.faults import ContentError, CourseError
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.unwritten import MARK
from coldwar_lessons.grading.files import write_atomically
from coldwar_lessons.language import gettext as _
from coldwar_lessons.scaffold_texts import EVENT, LESSON, QUIZ

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_NUMBERED = re.compile(r"(\d{2})-(.+)")
_LESSON_IN_TOC = re.compile(r"^(\s*)- file: notebooks/\S+[^\n]*\n", re.MULTILINE)
#: A quiz or a list of events comes before what a lesson ends with.
_ENDING = re.compile(r"lesson\.(?:write|flashcards|progress|terms|sources)\(")


class BadNameError(CourseError):
    """Nothing can have this name."""


@dataclass
class Draft:
    """Files to be written, all or none.

    Attributes
    ----------
    new
        Files that do not exist yet, with what they hold.
    changed
        Files that get something added, with all that they hold then.
    """

    root: Path
    new: dict[Path, str] = field(default_factory=dict)
    changed: dict[Path, str] = field(default_factory=dict)

    def text(self, path: Path) -> str:
        """What a file holds, with what this draft adds to it."""
        return self.changed[path] if path in self.changed else path.read_text(encoding="utf-8")

    def write(self) -> list[str]:
        """Write the files.

        Returns
        -------
        list
            A line on each file.

        Raises
        ------
        CourseError
            If a file that should be new exists; then nothing was written.
        """
        for path in self.new:
            if path.exists():
                message = _("{file} exists already: nothing was written; take another name")
                raise CourseError(message.format(file=self._shown(path)))
        for path, text in {**self.new, **self.changed}.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, text.encode("utf-8"))
        wrote, added = _("wrote {file}"), _("added to {file}")
        return [
            *(wrote.format(file=self._shown(path)) for path in self.new),
            *(added.format(file=self._shown(path)) for path in self.changed),
        ]

    def _shown(self, path: Path) -> Path:
        return path.relative_to(self.root)


def new_quiz(course: Course, name: str, lesson_id: str | None = None) -> Draft:
    """Draft a quiz of two questions, and show it in a lesson.

    Parameters
    ----------
    course
        The course.
    name
        The quiz's id.
    lesson_id
        The lesson that is to show it: it is listed there, and its notebook gets the cell.

    Raises
    ------
    BadNameError
        If nothing can have this name.
    CourseError
        If the name is taken, or there is no such lesson.
    """
    _check_name(course, "quizzes", name)
    lesson = course.named("lessons", lesson_id) if lesson_id else None
    sentences = [*(lesson.sentences if lesson else ()), *course.sentence_ids()]
    first = sentences[0]
    other = next((one for one in sentences if one != first), first)
    draft = Draft(course.root)
    draft.new[course.root / "data" / "quizzes" / f"{name}.yml"] = _filled(
        QUIZ, name=name, first=first, other=other, schema=_schema(course, "quiz")
    )
    if lesson:
        _list_in_lesson(draft, lesson.id, "quizzes", name)
        _show_in_notebook(draft, lesson.id, f'lesson.quiz("{name}")', "Check your reading", "quiz")
    return draft


def new_event(course: Course, name: str, date: str | None = None, lesson_id: str | None = None) -> Draft:
    """Draft an event, and put it on a lesson's timeline.

    Parameters
    ----------
    course
        The course.
    name
        The event's id.
    date
        When it happened (EDTF); by default the document's own date.
    lesson_id
        The lesson that is to show it.

    Raises
    ------
    CourseError
        If the name or the date cannot be used, or there is no such lesson.
    """
    _check_name(course, "events", name)
    lesson = course.named("lessons", lesson_id) if lesson_id else None
    date = date or course.about.document.date
    known = date_range(date)[0] <= course.about.horizon.span[1]
    text = _filled(
        EVENT,
        name=name,
        date=date,
        known=str(known).lower(),
        lane=next(iter(course.lanes)),
        first=course.sentence_ids()[0],
        source=next(one.id for one in course.sources.values() if not one.weak),
    )
    draft = Draft(course.root)
    single, own = (course.root / "data" / path for path in ("events.yml", "events/added.yml"))
    path = single if single.is_file() else own
    if path.is_file():
        draft.changed[path] = f"{path.read_text(encoding='utf-8').rstrip()}\n\n{text}"
    else:
        draft.new[path] = f"# yaml-language-server: $schema={_schema(course, 'events')}\n{text}"
    if lesson:
        _list_in_lesson(draft, lesson.id, "events", name)
        if not any(cell.startswith("lesson.timeline(") for cell in _code_in(_opened(draft.root, lesson.id))):
            _show_in_notebook(draft, lesson.id, "lesson.timeline()", "In time", "timeline")
    return draft


def new_lesson(course: Course, name: str) -> Draft:
    """Draft a lesson: its file, its notebook and its line in the book's table of contents.

    Parameters
    ----------
    course
        The course.
    name
        The lesson's id, with or without its number in front: ``10-the-reply`` or ``the-reply``.

    Raises
    ------
    CourseError
        If the name or its number cannot be used.
    """
    taken = {lesson.number: lesson.id for lesson in course.lessons.values()}
    numbered = _NUMBERED.fullmatch(name)
    number = int(numbered[1]) if numbered else max(taken, default=0) + 1
    lesson_id = name if numbered else f"{number:02}-{name}"
    _check_name(course, "lessons", lesson_id)
    if number in taken:
        message = _("lesson number {number} is taken by {lesson}: the next free one is {next}")
        raise CourseError(message.format(number=number, lesson=taken[number], next=max(taken) + 1))
    read = {sentence for lesson in course.lessons.values() for sentence in lesson.sentences}
    unread = [sentence for sentence in course.sentence_ids() if sentence not in read]
    chosen = unread or list(course.sentence_ids()[:1])
    source = next(one.id for one in course.sources.values() if not one.weak)
    draft = Draft(course.root)
    draft.new[course.root / "data" / "lessons" / f"{lesson_id}.yml"] = _filled(
        LESSON,
        name=lesson_id,
        number=str(number),
        sentences=", ".join(chosen),
        first=chosen[0],
        quote=" ".join(course.sentence(chosen[0]).text.split()[:2]),
        source=source,
        schema=_schema(course, "lesson"),
    )
    draft.new[_notebook(course.root, lesson_id)] = _first_notebook(lesson_id)
    toc = course.root / "_toc.yml"
    if toc.is_file():
        text = toc.read_text(encoding="utf-8")
        lessons = [*_LESSON_IN_TOC.finditer(text)]
        if not lessons:
            raise CourseError(_("_toc.yml names no lesson yet: write the first there, as '- file: notebooks/…'"))
        last = lessons[-1]
        draft.changed[toc] = f"{text[: last.end()]}{last[1]}- file: notebooks/{lesson_id}\n{text[last.end() :]}"
    return draft


def _check_name(course: Course, kind: str, name: str) -> None:
    if not _NAME.fullmatch(name):
        message = _("{name!r} is no name: use small letters a to z, figures and hyphens, such as what-he-knew")
        raise BadNameError(message.format(name=name))
    table: Mapping[str, Any] = getattr(course, kind)
    if name in table:
        place = course.places.get((kind, name))
        if place:
            message = _("{name!r} is taken, in {file}: nothing was written; take another name")
        else:
            message = _("{name!r} is taken: nothing was written; take another name")
        raise CourseError(message.format(name=name, file=place.path if place else ""))


def _filled(template: str, **values: str) -> str:
    for name, value in values.items():
        template = template.replace(f"<{name}>", value)
    return template.replace("<write>", MARK)


def _schema(course: Course, name: str) -> str:
    """Where an editor finds the schema, from a file one folder below ``data/``.

    It stands beside the content, else in the course that this one is an example of.
    """
    inside = f"../schemas/{name}.json"
    for up, place in enumerate((course.root, *course.root.parents)):
        if (place / "data" / "schemas" / f"{name}.json").is_file():
            return inside if up == 0 else f"../../{'../' * up}data/schemas/{name}.json"
    return inside


def _notebook(root: Path, lesson_id: str) -> Path:
    return root / "notebooks" / f"{lesson_id}.ipynb"


def _list_in_lesson(draft: Draft, lesson_id: str, key: str, name: str) -> None:
    """Add a name to a list of a lesson's file; all else in the file stays as it stands."""
    path = draft.root / "data" / "lessons" / f"{lesson_id}.yml"
    text = draft.text(path)
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode):
        raise CourseError(_("{file} is no lesson: mend it first").format(file=f"data/lessons/{lesson_id}.yml"))
    found = next((value for one, value in node.value if one.value == key), None)
    if not isinstance(found, yaml.SequenceNode):
        # It stands nowhere yet: at the end it is found soonest.
        draft.changed[path] = f"{text.rstrip()}\n{key}: [{name}]\n"
        return
    if found.flow_style:
        at = found.end_mark.index - 1
        added = f", {name}" if found.value else name
        before = text[:at].rstrip() if found.value else text[:at]
        # A list that is written over several lines may end with a comma.
        draft.changed[path] = f"{before.rstrip(',')}{added}{text[at:]}"
        return
    last = found.value[-1]
    indent = " " * found.start_mark.column
    end = text.find("\n", last.end_mark.index)
    end = len(text) if end < 0 else end
    draft.changed[path] = f"{text[:end]}\n{indent}- {name}{text[end:]}"


def _show_in_notebook(draft: Draft, lesson_id: str, call: str, heading: str, cell_id: str) -> None:
    """Add a cell to a lesson's notebook: after the last of its kind, else before what a lesson ends with."""
    notebook = _opened(draft.root, lesson_id)
    cells: list[dict[str, Any]] = notebook["cells"]
    sources = _code_in(notebook)
    like = call.partition("(")[0] + "("
    same = [index for index, source in enumerate(sources) if source.startswith(like)]
    ends = [index for index, source in enumerate(sources) if _ENDING.match(source)]
    at = same[-1] + 1 if same else ends[0] if ends else len(cells)
    if not same and ends and at > 0 and cells[at - 1].get("cell_type") == "markdown":
        at -= 1
    used = {cell.get("id") for cell in cells}
    added = [_code(_free(cell_id, used), call)]
    if not same:
        added.insert(0, _markdown(_free(f"{cell_id}-heading", used), f"## {heading}"))
    cells[at:at] = added
    draft.changed[_notebook(draft.root, lesson_id)] = _notebook_text(notebook)


def _opened(root: Path, lesson_id: str) -> dict[str, Any]:
    """The notebook of a lesson; one line says what is wrong with it."""
    path = _notebook(root, lesson_id)
    if not path.is_file():
        message = _("lesson {name!r} has no notebook: write {file}")
        raise CourseError(message.format(name=lesson_id, file=f"notebooks/{lesson_id}.ipynb"))
    notebook, _lines, faults = read_notebook(path, path.relative_to(root))
    if notebook is None:
        raise ContentError(faults)
    return notebook


def _code_in(notebook: Mapping[str, Any]) -> list[str]:
    """What each cell runs; nothing where it is text."""
    return [source_of(cell) if cell.get("cell_type") == "code" else "" for cell in notebook["cells"]]


def _first_notebook(lesson_id: str) -> str:
    cells = [
        _markdown("title", f"# {MARK} the lesson's title\n\n{MARK} two or three sentences that open the lesson."),
        _code("import", "from coldwar_lessons import Lesson"),
        _code("lesson", f'lesson = Lesson("{lesson_id}")'),
        _code("overview", "lesson.overview()"),
        _markdown("passage-heading", "## The passage"),
        _code("passage", "lesson.passage()"),
        _markdown("looking-back", f"## Looking back\n\n{MARK} one question that the lesson leaves with its readers."),
        _code("progress", "lesson.progress()"),
        _markdown("sources-heading", "## Sources"),
        _code("sources", "lesson.sources()"),
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return _notebook_text({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def _markdown(cell_id: str, text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(cell_id: str, line: str) -> dict[str, Any]:
    # A reader sees what the line shows, and not the line.
    metadata = {"jupyter": {"source_hidden": True}, "tags": ["remove-input"]}
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": cell_id,
        "metadata": metadata,
        "outputs": [],
        "source": [line],
    }


def _notebook_text(notebook: Mapping[str, Any]) -> str:
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _free(wanted: str, used: set[Any]) -> str:
    found, number = wanted, 2
    while found in used:
        found, number = f"{wanted}-{number}", number + 1
    used.add(found)
    return found
