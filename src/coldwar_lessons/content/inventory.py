"""What each lesson gives a student to do: the inventory that progress is counted by.

It comes from the notebooks, which are what a lesson shows, and from the quizzes, activities and writing tasks that
their calls name. ``grading/progress.py`` and ``js/src/student-work/count.ts`` count what is done of it.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from coldwar_lessons.language import gettext as _

from .activities import ClaimAgainstSource, WhiteOut
from .faults import CourseError
from .items import Quiz
from .load import Course
from .models import Lesson
from .questions import SealedQuiz

#: Methods of ``Lesson`` that show an activity, with the kind of activity that each shows.
ACTIVITY_CALLS: Mapping[str, str] = {
    "weigh": "evidence-matrix",
    "positions": "positions",
    "compare": "claim-against-source",
    "white_out": "white-out",
    "words_of_doubt": "words-of-doubt",
    "forecast": "forecast",
    "argument_map": "argument-map",
    "figure": "figure",
}
#: For each kind of activity the entries of its state that hold what a student did, and the entry that closes it.
_STATES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "evidence-matrix": (("cells", "mine"), "compared"),
    "positions": (("at", "evidence"), "compared"),
    "claim-against-source": (("sorted", "closing"), "checked"),
    "white-out": (("own", "choices"), "revealed"),
    "words-of-doubt": (("marks", "closing"), "compared"),
    "forecast": (("values",), "revealed"),
    "argument-map": (("kinds", "links"), "compared"),
    "figure": (("answer",), "answer"),
    "annotate": (("notes",), "notes"),
    "timeline": (("placed",), "checked"),
}


@dataclass(frozen=True)
class TaskItem:
    """One item of a quiz.

    Attributes
    ----------
    id
        The item.
    check
        Whether it is done only when the answer was checked; else an answer is enough.
    sentences
        Where to read again after a miss; empty in a graded quiz, where they could tell the answer.
    """

    id: str
    check: bool = False
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """One thing to do in a lesson: a widget that keeps what a student did.

    Attributes
    ----------
    id
        The widget's id.
    kind
        Decides how it is counted.
    title
        What to call it.
    items
        Of a quiz.
    words
        Of a piece of writing: how many are enough.
    work
        Of an activity: the entries of its state that hold what a student did.
    done
        Of an activity: the entry of its state that closes it.
    parts
        Of an activity: what must stand in that entry, if more than anything.
    """

    id: str
    kind: Literal["quiz", "activity", "writing"]
    title: str
    items: tuple[TaskItem, ...] = ()
    words: int = 0
    work: tuple[str, ...] = ()
    done: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class LessonInventory:
    """What one lesson gives to do, in the order of its page."""

    id: str
    number: int
    title: str
    tasks: tuple[Task, ...]

    def to_json(self) -> dict[str, Any]:
        """Write it for the browser; what is empty is left out."""
        return dict(_without_empty(asdict(self)))


def course_inventory(course: Course) -> tuple[LessonInventory, ...]:
    """The inventory of every lesson, in the course's order.

    Raises
    ------
    CourseError
        If a notebook cannot be read, or calls for what does not exist.
    """
    return tuple(lesson_inventory(course, lesson) for lesson in course.lessons.values())


def lesson_inventory(course: Course, lesson: Lesson) -> LessonInventory:
    """The inventory of one lesson; without its notebook, what the lesson lists.

    Raises
    ------
    CourseError
        If the notebook cannot be read, or calls for what does not exist.
    """
    # In an assignment the notebooks lie beside the content.
    paths = [course.root / folder / f"{lesson.id}.ipynb" for folder in ("notebooks", ".")]
    path = next((path for path in paths if path.is_file()), None)
    calls = _calls(path) if path else _listed(course, lesson)
    tasks = {task.id: task for call in calls if (task := _task(course, lesson, *call))}
    return LessonInventory(lesson.id, lesson.number, lesson.title, tuple(tasks.values()))


def _calls(path: Path) -> Iterator[tuple[str, list[str], dict[str, Any]]]:
    """Every call of a notebook: the method, its arguments, its named arguments."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for cell in cells:
            if cell["cell_type"] != "code":
                continue
            for node in ast.walk(ast.parse("".join(cell["source"]))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    named = {one.arg: ast.literal_eval(one.value) for one in node.keywords if one.arg}
                    yield node.func.attr, [ast.literal_eval(one) for one in node.args], named
    except (OSError, ValueError, LookupError, TypeError, SyntaxError) as error:
        words = _("{file}: cannot be read as a lesson ({reason}); coldwar-lessons check says more")
        raise CourseError(words.format(file=path, reason=error)) from None


def _listed(course: Course, lesson: Lesson) -> Iterator[tuple[str, list[str], dict[str, Any]]]:
    methods = {kind: method for method, kind in ACTIVITY_CALLS.items()}
    for name in lesson.activities:
        yield methods[course.named("activities", name).kind], [name], {}
    for name in lesson.quizzes:
        yield "quiz", [name], {}
    for task in lesson.writing:
        yield "write", [task.id], {}


def _task(course: Course, lesson: Lesson, method: str, given: list[str], named: Mapping[str, Any]) -> Task | None:
    """What a call gives to do; ``None`` for what only wants to be read."""
    if method == "quiz" and given:
        quiz = course.sealed.get(given[0]) or course.named("quizzes", given[0])
        return Task(
            f"{lesson.id}/quiz/{quiz.id}", "quiz", _("Quiz: {title}").format(title=quiz.title), items=_items(quiz)
        )
    if method == "write" and given:
        low, high = next((task.words for task in lesson.writing if task.id == given[0]), (0, 0))
        return Task(
            f"{lesson.id}/writing/{given[0]}",
            "writing",
            _("Write {low} to {high} words").format(low=low, high=high),
            words=low,
        )
    if method in ACTIVITY_CALLS and given:
        activity = course.named("activities", given[0])
        kind = ACTIVITY_CALLS[method]
        return _activity(f"{lesson.id}/{kind}/{activity.id}", kind, activity.title, _parts(activity))
    if method == "annotate":
        chosen = given or list(lesson.sentences)
        return _activity(f"{lesson.id}/annotate/{'+'.join(chosen)}", "annotate", _("Mark the passage and write notes"))
    if method == "timeline" and named.get("place"):
        events = tuple(named["place"])
        return _activity(f"{lesson.id}/timeline/{'+'.join(events)}", "timeline", _("Place the events in time"), events)
    return None


def _activity(widget_id: str, kind: str, title: str, parts: tuple[str, ...] = ()) -> Task:
    work, done = _STATES[kind]
    return Task(widget_id, "activity", title, work=work, done=done, parts=parts)


def _items(quiz: Quiz | SealedQuiz) -> tuple[TaskItem, ...]:
    if isinstance(quiz, SealedQuiz) or quiz.behaviour == "graded":
        return tuple(TaskItem(item.id) for item in quiz.items)
    return tuple(
        TaskItem(item.id, check=item.interaction != "extended-text", sentences=item.sentences) for item in quiz.items
    )


def _parts(activity: Any) -> tuple[str, ...]:
    if isinstance(activity, ClaimAgainstSource):
        return tuple(statement.id for statement in activity.statements)
    if isinstance(activity, WhiteOut):
        return tuple(blank.id for blank in activity.blanks)
    return ()


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_empty(inner) for key, inner in value.items() if inner not in (0, "", [], ())}
    if isinstance(value, list | tuple):
        return [_without_empty(inner) for inner in value]
    return value
