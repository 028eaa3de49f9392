"""Checking the one line of code in a notebook's cell: what it calls must exist."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from coldwar_lessons.language import gettext as _

from .dates import DateError, date_range
from .faults import did_you_mean, unknown
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
        yield _("a code cell holds exactly one line: split the cell or delete it")
        return
    try:
        statement, *more = ast.parse(source.strip()).body
    except (SyntaxError, ValueError) as error:
        yield _("not Python: {fault}").format(fault=getattr(error, "msg", error))
        return
    if more:
        yield _("a code cell holds exactly one statement: split the cell")
    elif isinstance(statement, ast.ImportFrom | ast.Import):
        if ast.unparse(statement) != _IMPORT:
            yield _("a lesson imports nothing but 'Lesson': write {line!r}").format(line=_IMPORT)
    elif isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
        yield from _check_lesson_call(statement, lesson_id)
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        yield from _check_call(statement.value, lesson_id, reading)
    else:
        yield _('a code cell calls one method of the lesson, such as lesson.passage("p3.s6"): write it so')


def _check_lesson_call(statement: ast.Assign, lesson_id: str) -> Iterator[str]:
    wanted = f'lesson = Lesson("{lesson_id}")'
    if ast.unparse(statement) != ast.unparse(ast.parse(wanted)):
        yield _("the notebook's lesson is made by {wanted}: write it so").format(wanted=wanted)


def _check_call(call: ast.Call, lesson_id: str, reading: Reading) -> Iterator[str]:
    function = call.func
    if not (
        isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "lesson"
    ):
        known = [f"lesson.{name}" for name in CALLS]
        yield _("only methods of 'lesson' are called: {hint}").format(hint=did_you_mean(ast.unparse(function), known))
        return
    if function.attr not in CALLS:
        yield _("a lesson has no {method!r}: {hint}").format(
            method=function.attr, hint=did_you_mean(function.attr, CALLS)
        )
        return
    try:
        given = [ast.literal_eval(argument) for argument in call.args]
        named = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
    except ValueError:
        yield _("lesson.{method}: give plain texts and lists of texts, so that they can be checked").format(
            method=function.attr
        )
        return
    kind = CALLS[function.attr]
    if kind == "timeline":
        yield from _check_timeline(given, named, reading)
        return
    if named or (kind is None and given):
        yield f"lesson.{function.attr} takes {'no arguments' if kind is None else 'only ids, without names'}"
    elif kind not in {None, "sentences"} and len(given) != 1:
        yield _("lesson.{method} takes one id, as a text").format(method=function.attr)
    else:
        for name in given:
            yield from _check_name(function.attr, kind or "", str(name), lesson_id, reading)


def _check_timeline(given: list[Any], named: Mapping[str | None, Any], reading: Reading) -> Iterator[str]:
    if given:
        yield _("lesson.timeline takes only named arguments: {names}").format(names=", ".join(_TIMELINE))
    for argument, value in named.items():
        kind = _TIMELINE.get(argument or "")
        if kind is None:
            yield _("lesson.timeline has no argument {argument!r}: {hint}").format(
                argument=argument, hint=did_you_mean(argument or "", _TIMELINE)
            )
        elif kind == "date":
            try:
                date_range(str(value))
            except DateError as error:
                yield f"lesson.timeline, {argument}: {error}"
        elif not isinstance(value, list | tuple):
            yield _("lesson.timeline, {argument}: a list of ids is wanted").format(argument=argument)
        else:
            for name in value:
                yield from _check_known(kind, str(name), reading)


def _check_name(method: str, kind: str, name: str, lesson_id: str, reading: Reading) -> Iterator[str]:
    course = reading.course
    lesson = course.lessons.get(lesson_id) if course else None
    if kind == "tasks":
        tasks = [task.id for task in lesson.writing] if lesson else []
        if lesson and name not in tasks:
            yield _("the lesson has no writing task {name!r}: {hint}").format(name=name, hint=did_you_mean(name, tasks))
        return
    table = kind if kind in {"sentences", "quizzes"} else "activities"
    yield from _check_known(table, name, reading)
    if name not in reading.declared.get(table, ()) or course is None:
        return
    activity = course.activities.get(name) if table == "activities" else None
    if activity and activity.kind != kind:
        right = next(call for call, wanted in CALLS.items() if wanted == activity.kind)
        yield _("activity {name!r} is of kind {kind}: call lesson.{right}").format(
            name=name, kind=activity.kind, right=right
        )
    if lesson and table != "sentences" and name not in getattr(lesson, table):
        yield _(
            "data/lessons/{lesson_id}.yml does not list {name!r} that lesson.{method} shows: add it to {table} there"
        ).format(lesson_id=lesson_id, name=name, method=method, table=table)


def _check_known(kind: str, name: str, reading: Reading) -> Iterator[str]:
    known = reading.declared.get(kind)
    if known is not None and name not in known:
        yield str(unknown(singular(kind), name, sorted(known)))
