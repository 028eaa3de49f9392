"""What a student has done of a lesson, counted from the states of its widgets.

The rules, which ``js/src/student-work/count.ts`` follows too (``tests/progress_cases.json`` holds both to them):

A *step* is one item of a quiz, one activity, or one piece of writing. A lesson is done when each of its steps is.

Item of a quiz
    Done when it has an answer, and, where answers are checked at once, when it was checked. It was *missed* when the
    score that the widget kept with the checked answer is below 1; the sentences of missed items are to be read again.
    That score serves the student alone: marks are always worked out anew, see :mod:`coldwar_lessons.grading.mark`.
Activity
    Done when it was brought to its end: compared with the edition, revealed, or checked in each of its parts. Begun
    when the student put anything into it.
Writing
    Begun with the first word, done with as many as the task asks for. Words are what white space parts.

How a widget is shown (folded, zoomed, listed) is not work. States may be anything at all; nothing here raises an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coldwar_lessons.content.inventory import LessonInventory, Task, TaskItem
from coldwar_lessons.language import commas, ngettext
from coldwar_lessons.language import gettext as _

_SPACE = re.compile(r"[\s\x1c-\x1f\x85\ufeff]+")


@dataclass(frozen=True)
class TaskProgress:
    """What is done of one task.

    Attributes
    ----------
    task
        What there is to do.
    done, all
        Steps.
    begun
        Whether the student put anything into it.
    words
        Words written; 0 where nothing is to be written.
    answered, missed
        Ids of items.
    """

    task: Task
    done: int
    all: int
    begun: bool
    words: int = 0
    answered: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


@dataclass(frozen=True)
class LessonProgress:
    """What is done of one lesson."""

    lesson: LessonInventory
    tasks: tuple[TaskProgress, ...]

    @property
    def done(self) -> int:
        """Steps that are done."""
        return sum(task.done for task in self.tasks)

    @property
    def all(self) -> int:
        """Steps there are."""
        return sum(task.all for task in self.tasks)

    @property
    def begun(self) -> bool:
        """Whether the student put anything into the lesson."""
        return any(task.begun for task in self.tasks)

    @property
    def words(self) -> int:
        """Words written in all."""
        return sum(task.words for task in self.tasks)

    @property
    def read_again(self) -> tuple[str, ...]:
        """Ids of the sentences that missed items rest on, in the order of the items."""
        return tuple(
            dict.fromkeys(
                sentence
                for one in self.tasks
                for item in one.task.items
                if item.id in one.missed
                for sentence in item.sentences
            )
        )


def lesson_progress(lesson: LessonInventory, states: Mapping[str, Any]) -> LessonProgress:
    """Count what is done of a lesson.

    Parameters
    ----------
    lesson
        What there is to do.
    states
        States of widgets by their ids; what does not belong to the lesson is passed over.
    """
    return LessonProgress(lesson, tuple(task_progress(task, states.get(task.id)) for task in lesson.tasks))


def task_progress(task: Task, state: Any) -> TaskProgress:
    """Count what is done of one task, from its widget's state."""
    state = _mapping(state)
    if task.kind == "quiz":
        return _quiz_progress(task, _mapping(state.get("responses")))
    if task.kind == "writing":
        words = count_words(state.get("text"))
        return TaskProgress(task, int(words >= max(task.words, 1)), 1, words > 0, words)
    closing = state.get(task.done)
    done = all(holds(_mapping(closing).get(part)) for part in task.parts) if task.parts else holds(closing)
    return TaskProgress(task, int(done), 1, done or any(holds(state.get(name)) for name in task.work))


def count_words(text: Any) -> int:
    """How many words a text has."""
    return sum(1 for word in _SPACE.split(text) if word) if isinstance(text, str) else 0


def said_of_lesson(progress: LessonProgress) -> str:
    """How far a student is, in a few words."""
    if not progress.begun:
        return ngettext("{count} step, none begun", "{count} steps, none begun", progress.all).format(
            count=progress.all
        )
    if progress.done == progress.all:
        done = ngettext("all {count} step done", "all {count} steps done", progress.all).format(count=progress.all)
    else:
        # i18n: steps of a lesson.
        done = _("{done} of {all} done").format(done=progress.done, all=progress.all)
    if not progress.words:
        return done
    # i18n: progress is such as: 3 of 9 done.
    said = ngettext("{progress} · {count} word written", "{progress} · {count} words written", progress.words)
    return said.format(progress=done, count=progress.words)


def said_of_task(progress: TaskProgress) -> str:
    """How far a student is with one task, in a few words."""
    if progress.task.kind == "quiz":
        missed = len(progress.missed)
        if not missed:
            return _("{done} of {all} answered").format(done=progress.done, all=progress.all)
        said = ngettext(
            "{done} of {all} answered, {count} to look at again",
            "{done} of {all} answered, {count} to look at again",
            missed,
        )
        return said.format(done=progress.done, all=progress.all, count=missed)
    if progress.task.kind == "writing" and progress.begun and not progress.done:
        # i18n: words that were written, and how many are still to be written.
        said = ngettext("{count} word, {left} to go", "{count} words, {left} to go", progress.words)
        return said.format(count=progress.words, left=progress.task.words - progress.words)
    if progress.task.kind == "writing" and progress.done:
        return ngettext("{count} word", "{count} words", progress.words).format(count=progress.words)
    return _("done") if progress.done else _("begun") if progress.begun else _("not begun")


def still_open(progress: LessonProgress) -> tuple[str, ...]:
    """What is still to be done in a lesson, a phrase a task, as the student is told it."""
    return tuple(_open_in(task) for task in progress.tasks if task.done < task.all)


def _open_in(progress: TaskProgress) -> str:
    task = progress.task
    if task.kind == "writing":
        # i18n: words that are still to be written.
        return _("{task}: {left} to go").format(task=task.title, left=max(task.words, 1) - progress.words)
    if task.kind == "quiz" and progress.done:
        numbers = [str(n) for n, item in enumerate(task.items, 1) if item.id not in progress.answered]
        said = ngettext("{task}: question {numbers}", "{task}: questions {numbers}", len(numbers))
        return said.format(task=task.title, numbers=commas(numbers))
    return task.title


def _quiz_progress(task: Task, responses: Mapping[str, Any]) -> TaskProgress:
    given = {item.id: _mapping(responses.get(item.id)) for item in task.items}
    answered = tuple(item.id for item in task.items if _is_answered(item, given[item.id]))
    missed = tuple(item.id for item in task.items if item.check and item.id in answered and _is_low(given[item.id]))
    begun = any(holds(response.get("value")) for response in given.values())
    return TaskProgress(task, len(answered), len(task.items), begun, 0, answered, missed)


def _is_answered(item: TaskItem, response: Mapping[str, Any]) -> bool:
    return holds(response.get("value")) and (not item.check or response.get("checked") is True)


def _is_low(response: Mapping[str, Any]) -> bool:
    score = response.get("score")
    return isinstance(score, int | float) and not isinstance(score, bool) and score < 1


def holds(value: Any) -> bool:
    """Whether there is anything in a value: not nothing, not an empty text, not empty through and through."""
    if isinstance(value, str):
        return bool(_SPACE.sub("", value))
    if isinstance(value, Mapping):
        return any(holds(inner) for inner in value.values())
    if isinstance(value, list | tuple):
        return any(holds(inner) for inner in value)
    return isinstance(value, int | float) and value is not False


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
