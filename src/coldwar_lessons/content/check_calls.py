"""Checking the one line of code in a notebook's cell: what it calls must exist."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from .dates import DateError, date_range
from .faults import did_you_mean
from .inventory import ACTIVITY_CALLS
from .load import Reading, singular

#: Methods of ``Lesson`` to the kind of thing that their arguments name; ``None``: they take none.
CALLS: Mapping[str, str | None] = {
    "overview": None,
    "terms": None,
    "sources": None,
    "flashcards": None,
    "progress": None,
    "passage": "sentences",
    "annotate": "sentences",
    "quiz": "quizzes",
    "write": "tasks",
    "timeline": "timeline",
    **ACTIVITY_CALLS,
}
_TIMELINE: Mapping[str, str] = {
    "lanes": "lanes",
    "events": "events",
    "place": "events",
    "since": "date",
    "until": "date",
}
_IMPORT = "from coldwar_lessons import Lesson"


def check_code(source: str, lesson_id: str, reading: Reading) -> Iterator[str]:
    """Check one code cell.

    Parameters
    ----------
    source
        The cell's code.
    lesson_id
        The lesson that the notebook belongs to.
    reading
        The content.

    Yields
    ------
    str
        What is wrong and how to mend it.
    """
    if len(source.strip().splitlines()) != 1:
        yield "a code cell holds exactly one line: split the cell or delete it"
        return
    try:
        statement, *more = ast.parse(source.strip()).body
    except (SyntaxError, ValueError) as error:
        yield f"not Python: {getattr(error, 'msg', error)}"
        return
    if more:
        yield "a code cell holds exactly one statement: split the cell"
    elif isinstance(statement, ast.ImportFrom | ast.Import):
        if ast.unparse(statement) != _IMPORT:
            yield f"a lesson imports nothing but 'Lesson': write {_IMPORT!r}"
    elif isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
        yield from _check_lesson_call(statement, lesson_id)
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        yield from _check_call(statement.value, lesson_id, reading)
    else:
        yield 'a code cell calls one method of the lesson, such as lesson.passage("p3.s6"): write it so'


def _check_lesson_call(statement: ast.Assign, lesson_id: str) -> Iterator[str]:
    wanted = f'lesson = Lesson("{lesson_id}")'
    if ast.unparse(statement) != ast.unparse(ast.parse(wanted)):
        yield f"the notebook's lesson is made by {wanted}: write it so"


def _check_call(call: ast.Call, lesson_id: str, reading: Reading) -> Iterator[str]:
    function = call.func
    if not (
        isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "lesson"
    ):
        known = [f"lesson.{name}" for name in CALLS]
        yield f"only methods of 'lesson' are called: {did_you_mean(ast.unparse(function), known)}"
        return
    if function.attr not in CALLS:
        yield f"a lesson has no {function.attr!r}: {did_you_mean(function.attr, CALLS)}"
        return
    try:
        given = [ast.literal_eval(argument) for argument in call.args]
        named = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
    except ValueError:
        yield f"lesson.{function.attr}: give plain texts and lists of texts, so that they can be checked"
        return
    kind = CALLS[function.attr]
    if kind == "timeline":
        yield from _check_timeline(given, named, reading)
        return
    if named or (kind is None and given):
        yield f"lesson.{function.attr} takes {'no arguments' if kind is None else 'only ids, without names'}"
    elif kind not in {None, "sentences"} and len(given) != 1:
        yield f"lesson.{function.attr} takes one id, as a text"
    else:
        for name in given:
            yield from _check_name(function.attr, kind or "", str(name), lesson_id, reading)


def _check_timeline(given: list[Any], named: Mapping[str | None, Any], reading: Reading) -> Iterator[str]:
    if given:
        yield f"lesson.timeline takes only named arguments: {', '.join(_TIMELINE)}"
    for argument, value in named.items():
        kind = _TIMELINE.get(argument or "")
        if kind is None:
            yield f"lesson.timeline has no argument {argument!r}: {did_you_mean(argument or '', _TIMELINE)}"
        elif kind == "date":
            try:
                date_range(str(value))
            except DateError as error:
                yield f"lesson.timeline, {argument}: {error}"
        elif not isinstance(value, list | tuple):
            yield f"lesson.timeline, {argument}: a list of ids is wanted"
        else:
            for name in value:
                yield from _check_known(kind, str(name), reading)


def _check_name(method: str, kind: str, name: str, lesson_id: str, reading: Reading) -> Iterator[str]:
    course = reading.course
    lesson = course.lessons.get(lesson_id) if course else None
    if kind == "tasks":
        tasks = [task.id for task in lesson.writing] if lesson else []
        if lesson and name not in tasks:
            yield f"the lesson has no writing task {name!r}: {did_you_mean(name, tasks)}"
        return
    table = kind if kind in {"sentences", "quizzes"} else "activities"
    yield from _check_known(table, name, reading)
    if name not in reading.declared.get(table, ()) or course is None:
        return
    activity = course.activities.get(name) if table == "activities" else None
    if activity and activity.kind != kind:
        right = next(call for call, wanted in CALLS.items() if wanted == activity.kind)
        yield f"activity {name!r} is of kind {activity.kind}: call lesson.{right}"
    if lesson and table != "sentences" and name not in getattr(lesson, table):
        yield f"data/lessons/{lesson_id}.yml does not list {name!r} that lesson.{method} shows: add it to {table} there"


def _check_known(kind: str, name: str, reading: Reading) -> Iterator[str]:
    known = reading.declared.get(kind)
    if known is not None and name not in known:
        yield f"no {singular(kind)} {name!r}: {did_you_mean(name, sorted(known))}"
