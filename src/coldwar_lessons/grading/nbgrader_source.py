"""Make nbgrader source notebooks of lessons.

The lessons themselves stay free of nbgrader's marks: which cells count, and for how much, follows from the content
(the points of a quiz's items, the rows of a rubric), so it is worked out when a teacher sets an assignment.

After each quiz stands an *autograded test* cell, after each piece of writing a *manually graded* one. Their
``grade_id`` says what they are for; ``nbgrader_autograde`` finds them by it and fills them from the student's
workbook. nbgrader itself would give full points to a test that says nothing, so the hidden test fails by default.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.items import Item, Quiz
from coldwar_lessons.content.load import Course
from coldwar_lessons.language import gettext as _

from .assignment import Assignment, as_assigned, read_assignment
from .essays import writing_tasks
from .scoring import is_scored

QUIZ = "quiz-"
WRITING = "writing-"
CONFIG = "nbgrader_config.py"

HIDDEN = "### BEGIN HIDDEN TESTS"
_WRITING = """\
{how}

### BEGIN SOLUTION
### END SOLUTION"""
_CONFIG = '''\
"""Settings of nbgrader for this course; `nbgrader --help-all` says what else there is."""

from pathlib import Path

from coldwar_lessons.grading.nbgrader_autograde import configure

c = get_config()
c.CourseDirectory.course_id = {course_id!r}
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
# Marks lessons from the students' workbooks, and runs none of their code.
configure(c{content})
'''


def lesson_files(course: Course, lesson_ids: Iterable[str]) -> dict[str, bytes]:
    """What an nbgrader assignment of these lessons consists of: source notebooks, by their names.

    Raises
    ------
    UnknownNameError
        If there is no such lesson.
    CourseError
        If a lesson has no notebook, or nothing to mark.
    """
    files = {}
    for lesson_id in lesson_ids:
        course.named("lessons", lesson_id)
        path = course.root / "notebooks" / f"{lesson_id}.ipynb"
        if not path.is_file():
            message = _("lesson {name!r} has no notebook {file}")
            raise CourseError(message.format(name=lesson_id, file=path))
        files[path.name] = source_notebook(course, path.read_text(encoding="utf-8"))
    return files


def assigned_files(course: Course, folder: Path) -> dict[str, bytes]:
    """What an nbgrader assignment of a folder that ``assign`` made consists of: its files, by their paths in it.

    The content in it comes along, so that a graded quiz is shown without its key.

    Parameters
    ----------
    course
        The teacher's content.
    folder
        What ``coldwar-lessons assign`` made.

    Raises
    ------
    CourseError
        If it is no such folder, or holds a workbook.
    """
    assignment = read_assignment(folder)
    files = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if ".workbook.json" in path.name:
            raise CourseError(own_answers(path))
        name, data = path.relative_to(folder).as_posix(), path.read_bytes()
        if path.suffix == ".ipynb" and path.stem in assignment.lessons:
            data = source_notebook(course, data.decode("utf-8"), assignment)
        files[name] = data
    return files


def own_answers(path: Path) -> str:
    """Why an assignment is not made of a folder that a teacher has tried."""
    return _("{file} holds your own answers, and students would get it: delete it, or move it").format(file=path)


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write an assignment's files."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def write_config(folder: Path, course_id: str, content: Path | None) -> bool:
    """Write ``nbgrader_config.py`` into a course that has none, and say whether it was written."""
    path = folder / CONFIG
    if path.exists():
        return False
    folder.mkdir(parents=True, exist_ok=True)
    argument = f", content={str(content)!r}" if content else ""
    path.write_text(_CONFIG.format(course_id=course_id, content=argument), encoding="utf-8")
    return True


def source_notebook(course: Course, text: str, assignment: Assignment | None = None) -> bytes:
    """A lesson's notebook with the cells that nbgrader grades.

    Parameters
    ----------
    course
        The teacher's content.
    text
        The notebook.
    assignment
        How its quizzes are set; by default as the content has them.

    Raises
    ------
    CourseError
        If there is nothing to mark in it.
    """
    notebook = json.loads(text)
    cells = []
    for cell in notebook["cells"]:
        cells.append(_guarded(cell))
        cells += _graded_cells(course, cell, assignment)
    if len(cells) == len(notebook["cells"]):
        raise CourseError(_("a notebook shows no quiz and no writing task: there is nothing to mark in it"))
    return (json.dumps({**notebook, "cells": cells}, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def set_items(quiz: Quiz, assignment: Assignment | None) -> tuple[Item, ...]:
    """The items of a quiz that were set, in their sequence."""
    items = {item.id: item for item in quiz.items}
    return tuple(items[name] for name in as_assigned(quiz, assignment)[1] if name in items)


def _guarded(cell: Mapping[str, Any]) -> dict[str, Any]:
    """A cell of the lesson; one with code cannot be deleted or changed by mistake, since it shows the widgets."""
    if cell["cell_type"] != "code":
        return dict(cell)
    return {**cell, "metadata": {**cell["metadata"], "deletable": False, "editable": False}}


def _graded_cells(course: Course, cell: Mapping[str, Any], assignment: Assignment | None) -> Iterator[dict[str, Any]]:
    """What nbgrader grades of what a cell shows."""
    method, argument = _shown(cell)
    if method == "quiz":
        items = set_items(course.named("quizzes", argument), assignment)
        points = sum(item.points for item in items if is_scored(item))
        if points:
            yield _cell("code", f"{QUIZ}{argument}", _test(), points, solution=False)
        yield from (_writing_cell(course, item.id) for item in items if not is_scored(item))
    elif method == "write":
        yield _writing_cell(course, argument)


def _writing_cell(course: Course, task_id: str) -> dict[str, Any]:
    points = round(writing_tasks(course)[task_id].most)
    how = _(
        "**Marked by your teacher, up to {points} points.** Your text is taken from the writing desk above. Write here "
        "only if the desk does not work."
    )
    source = _WRITING.format(how=how.format(points=points))
    return _cell("markdown", f"{WRITING}{task_id}", source, points, solution=True)


def _test() -> str:
    """What an autograded test says: to students that there is nothing to do, to a teacher why nothing was marked."""
    how = _("Marked from the answers that you gave in the quiz above. There is nothing to do here.")
    fault = _("not marked: add the line {line} to {file}, as the teachers' page says")
    fault = fault.format(line="configure(c)", file=CONFIG)
    return f"# {how}\n{HIDDEN}\nraise RuntimeError({fault!r})\n### END HIDDEN TESTS"


def _cell(kind: str, grade_id: str, source: str, points: int, *, solution: bool) -> dict[str, Any]:
    nbgrader = {
        "grade": True,
        "grade_id": grade_id,
        "locked": not solution,
        "points": points,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    cell = {
        "cell_type": kind,
        "id": f"{grade_id}-graded"[:64],
        "metadata": {"deletable": False, "editable": solution, "nbgrader": nbgrader},
        "source": source,
    }
    return {**cell, "execution_count": None, "outputs": []} if kind == "code" else cell


def _shown(cell: Mapping[str, Any]) -> tuple[str, str]:
    """Method of ``lesson`` that a cell calls with one text, and the text; empty for any other cell."""
    if cell["cell_type"] == "code":
        match ast.parse("".join(cell["source"])).body:
            case [ast.Expr(ast.Call(ast.Attribute(ast.Name("lesson"), method), [ast.Constant(str(argument))]))]:
                return method, argument
    return "", ""
