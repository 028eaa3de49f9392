"""What students keep and hand in: workbooks and hand-ins, read without trusting a byte of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from math import isfinite
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from coldwar_lessons.language import N_
from coldwar_lessons.language import gettext as _

#: The course for which this was first made; a workbook that names none is of it.
COURSE_ID = "c53-187"
WORKBOOK_V1 = "coldwar-lessons/workbook/1"
WORKBOOK_V2 = "coldwar-lessons/workbook/2"
HAND_IN_V1 = "coldwar-lessons/hand-in/1"

#: Bounds of a file that somebody else made. A term's work of one student is far below each of them.
MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 64
MAX_TEXT = 100_000
MAX_WIDGETS = 2_000

Json: TypeAlias = Any
R = TypeVar("R", bound="Record")


class RecordError(Exception):
    """A file cannot be taken as a workbook or hand-in; the message says why in one line."""


class Record(BaseModel):
    """Frozen, and strict about keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def _utc(value: str) -> str:
    """An ISO 8601 time in UTC, as it stands; anything else is refused."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(
            _("a time in UTC is wanted, for example {example}").format(example="2026-11-24T17:00:00Z")
        ) from None
    if moment.tzinfo is not UTC and (moment.tzinfo is None or moment.utcoffset() != UTC.utcoffset(None)):
        raise ValueError(_("a time in UTC is wanted, for example {example}").format(example="2026-11-24T17:00:00Z"))
    return value


#: A moment as it stands in a file.
UtcTime: TypeAlias = Annotated[
    str,
    AfterValidator(_utc),
    Field(json_schema_extra={"format": "date-time", "examples": ["2026-11-24T17:00:00Z"]}),
]


class WidgetRecord(Record):
    """What a student did in one widget."""

    state: dict[str, Json] = Field(description="What the widget keeps; its form is the widget's own affair.")
    updated: UtcTime = Field(description="When the student last changed it, in UTC.")


class Workbook(Record):
    """Everything one student did in one lesson."""

    schema_: Literal["coldwar-lessons/workbook/2"] = Field(alias="schema")
    course: str = Field(max_length=80, description="The course's id, such as c53-187.")
    version: str = Field(max_length=40, description="The version of the course that wrote it.")
    lesson: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)
    updated: UtcTime
    widgets: dict[str, WidgetRecord] = Field(
        max_length=MAX_WIDGETS, description="By widget id, <lesson>/<kind>/<name>, such as 03-gestures/quiz/gestures."
    )


class Student(Record):
    """Who hands in: a name, a number, or both; neither in a saved copy."""

    name: str = Field(default="", max_length=200)
    number: str | None = Field(default=None, max_length=80)


class HandIn(Record):
    """What a student gives to a teacher."""

    schema_: Literal["coldwar-lessons/hand-in/1"] = Field(alias="schema")
    course: str = Field(max_length=80)
    version: str = Field(max_length=40)
    class_: str | None = Field(default=None, alias="class", max_length=120)
    assignment: str | None = Field(default=None, pattern=r"^[0-9a-f]{16}$")
    student: Student
    created: UtcTime
    workbooks: dict[str, Workbook] = Field(max_length=60, description="By lesson.")


def now() -> str:
    """The present moment in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_json(data: bytes) -> Json:
    """Parse bytes that somebody else wrote.

    Raises
    ------
    RecordError
        If they are too many, not UTF-8, not JSON, hold NaN or Infinity or a key twice, or are nested too deeply.
    """
    if len(data) > MAX_BYTES:
        raise RecordError(_("larger than {count} MiB").format(count=MAX_BYTES // 1024 // 1024))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordError(_("not UTF-8 text (byte {number})").format(number=error.start)) from None
    try:
        value = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_refuse_twins)
    except RecursionError:
        raise RecordError(_("nested too deeply")) from None
    except ValueError as error:
        raise RecordError(_("not JSON: {fault}").format(fault=error)) from None
    refuse_excess(value)
    if "\\ud" in text.lower():
        _refuse_half_characters(value)
    return value


def read_workbook(value: Json) -> Workbook:
    """Take parsed JSON as a workbook, of this version or an older one.

    Raises
    ------
    RecordError
        If it is no workbook; the message names the place.
    """
    return _validate(Workbook, migrate_workbook(value), N_("not a workbook: {place}: {fault}"), "workbook")


def read_hand_in(value: Json) -> HandIn:
    """Take parsed JSON as a hand-in; workbooks of an older version in it are brought up to date.

    Raises
    ------
    RecordError
        If it is no hand-in, or a workbook in it stands under another lesson's name.
    """
    books = value.get("workbooks") if isinstance(value, dict) else None
    if isinstance(books, dict) and any(_is_old(one) for one in books.values()):
        value = {**value, "workbooks": {name: migrate_workbook(one) for name, one in books.items()}}
    hand_in = _validate(HandIn, value, N_("not a hand-in: {place}: {fault}"), "hand-in")
    for name, workbook in hand_in.workbooks.items():
        if name != workbook.lesson:
            message = _("it is the workbook of {lesson!r}").format(lesson=workbook.lesson)
            raise RecordError(f"workbooks.{name}: {message}")
    return hand_in


def migrate_workbook(value: Json) -> Json:
    """Bring an older workbook to the newest form; anything else comes back as it is."""
    if not _is_old(value):
        return value
    widgets = value.get("widgets")
    moment = now()
    return {
        "schema": WORKBOOK_V2,
        "course": COURSE_ID,
        "version": "0",
        "lesson": value.get("lesson"),
        "updated": moment,
        "widgets": {name: {"state": state, "updated": moment} for name, state in widgets.items()}
        if isinstance(widgets, dict)
        else widgets,
    }


def _is_old(workbook: Json) -> bool:
    return isinstance(workbook, dict) and workbook.get("schema") == WORKBOOK_V1


def _validate(model: type[R], value: Json, message: str, whole: str) -> R:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])[:120] or whole
        fault = f"{first['msg'][0].lower()}{first['msg'][1:]}"
        raise RecordError(_(message).format(place=place, fault=fault)) from None


def _refuse_constant(name: str) -> float:
    raise ValueError(_("{name} is not a number").format(name=name))


def _refuse_twins(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise ValueError(_("a key stands twice"))
    return mapping


def _refuse_half_characters(value: Json) -> None:
    """Refuse half of a surrogate pair, which no database and no file in UTF-8 can hold."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise RecordError(_("half a character (a lone surrogate)")) from None


def refuse_excess(value: Json, *, texts: bool = True) -> None:
    """Refuse what is too deep, too long or not finite.

    Parameters
    ----------
    value
        Parsed JSON.
    texts
        Whether to look at the length of texts too; a caller whose whole file is short need not.

    Raises
    ------
    RecordError
        If it is nested deeper than ``MAX_DEPTH``, or holds a number that is not finite or a text longer than
        ``MAX_TEXT`` characters.
    """
    _refuse_excess(value, _WITH_TEXTS if texts else _WITHOUT_TEXTS, MAX_DEPTH)


_WITHOUT_TEXTS: frozenset[type] = frozenset({dict, list, float})
_WITH_TEXTS = _WITHOUT_TEXTS | {str}


def _refuse_excess(value: Json, kinds: frozenset[type], levels: int) -> None:
    """Look at values of these kinds, down to so many levels more."""
    kind = type(value)
    if kind is dict:
        if kinds is _WITH_TEXTS and any(len(key) > MAX_TEXT for key in value):
            raise RecordError(_("a key is too long"))
        children = value.values()
    elif kind is list:
        children = value
    elif kind is float and not isfinite(value):
        raise RecordError(_("a number is not finite"))
    elif kind is str and len(value) > MAX_TEXT:
        raise RecordError(_("a text is longer than {count:,} characters").format(count=MAX_TEXT))
    else:
        return
    if not levels:
        raise RecordError(_("nested deeper than {count} levels").format(count=MAX_DEPTH))
    for child in children:
        if type(child) in kinds:
            _refuse_excess(child, kinds, levels - 1)
