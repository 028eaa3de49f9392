"""Mark one hand-in: check it against the course and the roster, and score every response with the teacher's keys."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from pydantic_core import to_json

from coldwar_lessons.content.activities import Forecast
from coldwar_lessons.content.load import Course
from coldwar_lessons.language import gettext as _

from .assignment import Assignment, named_assignment, refuse_unassigned
from .collect import Found, shown
from .gradebook import ForecastResult, MarkedHandIn, QuizResult, Writing
from .parsing import parse_hand_in
from .quiz_reader import QuizReader
from .records import MAX_TEXT, HandIn, RecordError, WidgetRecord, read_hand_in, read_workbook
from .roster import Roster, RosterEntry


@dataclass(frozen=True)
class SetAside:
    """A file that was not marked, and why."""

    origin: str
    reason: str


class _Kept(NamedTuple):
    """What the widgets of one hand-in hold that somebody wants to know."""

    quizzes: list[QuizResult]
    writings: list[Writing]
    forecasts: list[ForecastResult]


_Reader: TypeAlias = Callable[[WidgetRecord, _Kept], None]
#: How many widgets are remembered that nobody marks, and the longest of their names.
_REMEMBERED, _SHORT = 1_000, 200


class Marker:
    """Marks hand-ins, one after the other; what can be prepared is prepared once.

    Parameters
    ----------
    course
        The teacher's content, with keys.
    roster
        Who may hand in.
    due
        A hand-in made after this is flagged as late; without an offset it means local time.
    class_name
        Refuse hand-ins that name another class.
    assignment
        What was assigned, if it was; hand-ins for anything else are refused.
    """

    def __init__(
        self,
        course: Course,
        roster: Roster,
        *,
        due: datetime | None = None,
        class_name: str | None = None,
        assignment: Assignment | None = None,
    ) -> None:
        from coldwar_lessons import __version__  # noqa: PLC0415  # the package imports this one

        self._course, self._roster, self._class, self._assignment = course, roster, class_name, assignment
        self._due = None if due is None else due.timestamp()
        self._version = __version__
        self._readers: dict[tuple[str, str], _Reader] = {}
        self._quizzes: list[tuple[str, QuizReader]] = []

    def mark(self, found: Found) -> MarkedHandIn | SetAside | None:
        """Mark one file, or say why not; ``None`` when it is a companion of a hand-in that is passed over."""
        if found.passed_over:
            return None
        if found.data is None:
            return SetAside(found.origin, found.fault)
        try:
            return self._mark(found, found.data)
        except RecordError as error:
            # The message may hold a key of the student's file: it stays one line that can be printed.
            return SetAside(found.origin, shown(str(error), 500))

    def left_out(self) -> dict[tuple[str, str], int]:
        """Quiz and item to the number of answers so far that do not count, since the item was taken out of the quiz."""
        return {(quiz, item): count for quiz, reader in self._quizzes for item, count in reader.left_out.items()}

    def _mark(self, found: Found, data: bytes) -> MarkedHandIn:
        hand_in = _read(found, data)
        student = self._find(hand_in)
        self._refuse_foreign(hand_in)
        digest = hashlib.sha256(student.key.encode() + b"\0")
        digest.update(data)
        kept = _Kept([], [], [])
        for lesson, workbook in hand_in.workbooks.items():
            for widget, record in workbook.widgets.items():
                reader = self._readers.get((lesson, widget))
                if reader is None:
                    reader = self._reader(lesson, widget)
                reader(record, kept)
        return MarkedHandIn(
            sha256=digest.hexdigest(),
            student=student,
            created=hand_in.created,
            version=hand_in.version,
            late=self._due is not None and datetime.fromisoformat(hand_in.created).timestamp() > self._due,
            quizzes=kept.quizzes,
            writings=kept.writings,
            forecasts=kept.forecasts,
        )

    def _find(self, hand_in: HandIn) -> RosterEntry:
        found = self._roster.find(hand_in.student.name, hand_in.student.number)
        if isinstance(found, str):
            # nbgrader names folders by number or by name: try the name as a number too.
            again = self._roster.find("", hand_in.student.name) if hand_in.student.number is None else found
            if isinstance(again, str):
                raise RecordError(found)
            return again
        return found

    def _refuse_foreign(self, hand_in: HandIn) -> None:
        if hand_in.course != self._course.about.id:
            raise RecordError(_("of another course, {name!r}").format(name=hand_in.course))
        if hand_in.version != self._version and not self._goes_with(hand_in.version):
            message = _("made with version {version} of the course; this is {other}")
            raise RecordError(message.format(version=hand_in.version, other=self._version))
        if self._class is not None and hand_in.class_ is not None and hand_in.class_ != self._class:
            raise RecordError(_("of another class, {name!r}").format(name=hand_in.class_))
        for lesson in hand_in.workbooks:
            if lesson not in self._course.lessons:
                raise RecordError(_("there is no lesson {name!r}").format(name=lesson))
        refuse_unassigned(hand_in.assignment, self._assignment)

    def _goes_with(self, version: str) -> bool:
        """Whether work that was made with this version of the course can be marked with ours."""
        return (version.split(".")[:2] == self._version.split(".")[:2] or version == "0") and "\0" not in version

    def _reader(self, lesson: str, widget: str) -> _Reader:
        """What to do with a widget of a lesson, remembered for the next student."""
        owner, _slash, rest = widget.partition("/")
        kind, _slash, name = rest.partition("/")
        if owner != lesson and widget != "flashcards":
            message = _("widget {name!r} is not of this lesson").format(name=widget[:80])
            raise RecordError(f"workbooks.{lesson}: {message}")
        reader = self._make_reader(lesson, kind, name)
        # However many widgets of their own invention students hand in, they fill no memory.
        if reader is not _pass_over or (len(self._readers) < _REMEMBERED and len(widget) < _SHORT):
            self._readers[lesson, widget] = reader
        return reader

    def _make_reader(self, lesson: str, kind: str, name: str) -> _Reader:
        if kind == "quiz":
            if name not in self._course.quizzes:
                message = _("there is no quiz {name!r}").format(name=name[:80])
                raise RecordError(f"workbooks.{lesson}: {message}")
            return self._quiz_reader(lesson, name)
        if kind == "writing":
            if all(name != task.id for task in self._course.lessons[lesson].writing):
                message = _("there is no writing task {name!r}").format(name=name[:80])
                raise RecordError(f"workbooks.{lesson}: {message}")
            return _writing_reader(lesson, name)
        activity = self._course.activities.get(name)
        if kind == "forecast" and isinstance(activity, Forecast):
            return _forecast_reader(lesson, activity)
        # A widget that nobody marks may be anything.
        return _pass_over

    def _quiz_reader(self, lesson: str, quiz: str) -> _Reader:
        reader = QuizReader(self._course, quiz, self._assignment)
        self._quizzes.append((quiz, reader))

        def read(record: WidgetRecord, kept: _Kept) -> None:
            score, responses, texts = reader.read(record.state)
            if responses:
                kept.quizzes.append(QuizResult(lesson, quiz, record.updated, score, responses))
            for item, text in texts:
                _keep_writing(kept, lesson, item, record.updated, text, {})

        return read


def _pass_over(_record: WidgetRecord, _kept: _Kept) -> None:
    """Nobody marks this."""


def _writing_reader(lesson: str, task: str) -> _Reader:
    def read(record: WidgetRecord, kept: _Kept) -> None:
        _keep_writing(kept, lesson, task, record.updated, record.state.get("text"), record.state)

    return read


def _keep_writing(kept: _Kept, lesson: str, task: str, at: str, text: Any, state: Mapping[str, Any]) -> None:
    if text is None:
        return
    if not isinstance(text, str) or len(text) > MAX_TEXT:
        raise RecordError(_("writing {name}: it is not a text").format(name=task))
    # A NUL cannot be stored by PostgreSQL, and no student means one.
    text = text.replace("\0", "")
    if not text.strip():
        return
    plan, levels, checks = state.get("plan"), state.get("levels"), state.get("checks")
    # The student's own view of it is shown to the marker and never counts, so what is amiss is left out.
    self_check = {
        "levels": {
            row[:80]: level
            for row, level in (levels.items() if isinstance(levels, dict) else ())
            if isinstance(level, int) and 0 <= level < 5
        },
        "checks": [one for one in (checks if isinstance(checks, list) else ()) if isinstance(one, str)],
    }
    kept.writings.append(
        Writing(
            lesson,
            task,
            at,
            text,
            hashlib.sha256(text.encode()).hexdigest(),
            plan.replace("\0", "") if isinstance(plan, str) else "",
            to_json(self_check).decode(),
        )
    )


def _forecast_reader(lesson: str, forecast: Forecast) -> _Reader:
    questions = frozenset(question.id for question in forecast.questions)

    def read(record: WidgetRecord, kept: _Kept) -> None:
        values = record.state.get("values")
        if values is None:
            return
        if not isinstance(values, dict):
            raise RecordError(_("forecast {name}: its values are not a mapping").format(name=forecast.id))
        said = {
            question: float(value)
            for question, value in values.items()
            if question in questions and type(value) in (int, float) and 0 <= value <= 100
        }
        if said:
            kept.forecasts.append(ForecastResult(lesson, forecast.id, record.updated, to_json(said).decode()))

    return read


def _read(found: Found, data: bytes) -> HandIn:
    value = parse_hand_in(data)
    if found.student and isinstance(value, dict) and str(value.get("schema")).startswith("coldwar-lessons/workbook/"):
        workbook = read_workbook(value)
        # In nbgrader's tree nobody wrote a hand-in: the folder names the student.
        student: Mapping[str, Any] = {"name": found.student, "number": None}
        return HandIn.model_validate(
            {
                "schema": "coldwar-lessons/hand-in/1",
                "course": workbook.course,
                "version": workbook.version,
                "class": None,
                "student": student,
                "created": workbook.updated,
                "assignment": named_assignment(found.folder) if found.folder else None,
                "workbooks": {workbook.lesson: workbook},
            }
        )
    return read_hand_in(value)
