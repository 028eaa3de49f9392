"""Progress: what is done of one lesson or of all, where to go next, what to read again.

A checklist in HTML, with boxes to tick on paper; ``js/src/widgets/progress.ts`` keeps it up to date and says the same
in the same words. What is counted, and how, stands in :mod:`coldwar_lessons.grading.progress`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from coldwar_lessons.content.inventory import LessonInventory
from coldwar_lessons.grading.progress import (
    LessonProgress,
    TaskProgress,
    lesson_progress,
    said_of_lesson,
    said_of_task,
)
from coldwar_lessons.language import N_
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h, phrase, row

from .passage import short_name
from .spec import WidgetSpec, slug

BOXES = {"open": "☐", "begun": "◐", "done": "☑"}
_IN_WORDS = {
    "open": N_("Question {number}"),
    "done": N_("Question {number}, done"),
    "missed": N_("Question {number}, to look at again"),
}


def progress_spec(
    lessons: Sequence[LessonInventory], records: Mapping[str, Any], widget_id: str, *, alone: bool = True
) -> WidgetSpec:
    """Build the checklist.

    Parameters
    ----------
    lessons
        What there is to do: one lesson, or those of a book.
    records
        What is kept of each widget, with ``state`` and ``updated``, by widget id.
    widget_id
        See :class:`WidgetSpec`.
    alone
        Whether it stands in its lesson, whose name goes without saying. Else it stands on a page about lessons, and
        brings no inventory: the book has that in a file of its own.
    """
    counted = [lesson_progress(lesson, _states(records)) for lesson in lessons]
    tree = h(
        "section",
        h("p", _next(counted, records, alone=alone), class_="cwl-prog-next"),
        h(
            "p",
            _("On paper, or without scripts: tick what is done."),
            class_="cwl-small cwl-static",
        ),
        (_lesson(progress, alone=alone) for progress in counted),
        class_="cwl cwl-progress",
        aria_label=_("Your progress"),
    )
    inventory = {"lessons": [lesson.to_json() for lesson in lessons]} if alone else {}
    return WidgetSpec("progress", widget_id, tree, inventory, "\n".join(_summary(progress) for progress in counted))


def _states(records: Mapping[str, Any]) -> dict[str, Any]:
    return {name: record.get("state") for name, record in records.items() if isinstance(record, Mapping)}


def _summary(progress: LessonProgress) -> str:
    # i18n: progress is such as: 3 of 9 done.
    return _("Lesson {number}, {title}: {progress}").format(
        number=progress.lesson.number, title=progress.lesson.title, progress=said_of_lesson(progress)
    )


def _next(counted: Sequence[LessonProgress], records: Mapping[str, Any], *, alone: bool) -> list[Element | str]:
    """The one place to go on: the lesson that was worked in last, or else the first, of those that are not done."""
    unfinished = [progress for progress in counted if progress.done < progress.all]
    if not unfinished:
        return [_("Every step is done.")]
    left = max(unfinished, key=lambda progress: _last_touched(progress, records))
    task = next(one for one in left.tasks if one.done < one.all)
    item = next((one for one in task.task.items if one.id not in task.answered), None)
    what = task.task.title
    anchor = slug(task.task.id)
    if item:
        # i18n: such as: Quiz: Gestures, question 3.
        what = _("{task}, question {number}").format(task=what, number=task.task.items.index(item) + 1)
        anchor = f"{anchor}-{item.id}"
    if not alone:
        where = _("lesson {number}, {title}: {task}")
        what = where.format(number=left.lesson.number, title=left.lesson.title, task=what)
    lead = _("Go on with {task}") if left.begun else _("Begin with {task}")
    return phrase(lead, task=h("a", what, href=f"{_page(left.lesson)}#{anchor}"))


def _last_touched(progress: LessonProgress, records: Mapping[str, Any]) -> float:
    """When a lesson that was begun was last worked in; 0 for one that was not begun."""
    if not progress.begun:
        return 0
    moments = [1.0]
    for task in progress.lesson.tasks:
        record = records.get(task.id)
        with suppress(ValueError, TypeError, LookupError, OverflowError):
            moments.append(datetime.fromisoformat(record["updated"]).timestamp())  # type: ignore[index]
    return max(moments)


def _lesson(progress: LessonProgress, *, alone: bool) -> Element:
    lesson = progress.lesson
    steps = h(
        "details",
        h(
            "summary",
            _("What there is to do"),
            # i18n: after: What there is to do.
            h("span", " ", _("in lesson {number}").format(number=lesson.number), class_="cwl-hidden"),
        ),
        h("ul", (_task(task, lesson) for task in progress.tasks)),
        class_="cwl-on-paper",
        open=alone,
    )
    number = h("span", f"{lesson.number} ", class_="cwl-prog-number")
    return h(
        "section",
        None if alone else h("h3", number, h("a", lesson.title, href=_page(lesson))),
        h("p", said_of_lesson(progress), class_="cwl-prog-said"),
        # The words beside it say the same. Not a styled width: a strict policy forbids styles in attributes.
        h("progress", max=max(progress.all, 1), value=progress.done, class_="cwl-prog-bar", aria_hidden="true"),
        h("p", _read_again(progress), class_="cwl-prog-again", hidden=not progress.read_again),
        steps,
        data_lesson=lesson.id,
        class_="cwl-prog-lesson",
    )


def _read_again(progress: LessonProgress) -> list[Element | str]:
    if not progress.read_again:
        return []
    links = (h("a", short_name(one), href=f"../book/the-paper.html#{one}") for one in progress.read_again)
    return phrase(_("Read again what you missed: {sentences}"), sentences=row(links, "commas"))


def _task(progress: TaskProgress, lesson: LessonInventory) -> Element:
    task = progress.task
    standing = "done" if progress.done == progress.all else "begun" if progress.begun else "open"
    address = f"{_page(lesson)}#{slug(task.id)}"
    return h(
        "li",
        h("span", BOXES[standing], class_="cwl-prog-box", aria_hidden="true"),
        " ",
        h("a", task.title, href=address),
        " ",
        h("span", said_of_task(progress), class_="cwl-prog-said"),
        h(
            "ol",
            (
                _item(number, item.id, _standing(progress, item.id), f"{address}-{item.id}")
                for number, item in enumerate(task.items, 1)
            ),
        )
        if task.items
        else None,
        data_task=task.id,
        data_standing=standing,
    )


def _item(number: int, item_id: str, standing: str, address: str) -> Element:
    # The number alone is seen.
    before, _number, after = _(_IN_WORDS[standing]).partition("{number}")
    return h(
        "li",
        h(
            "a",
            h("span", before, class_="cwl-hidden"),
            str(number),
            h("span", after, class_="cwl-hidden"),
            href=address,
        ),
        data_step=item_id,
        data_standing=standing,
    )


def _standing(progress: TaskProgress, item_id: str) -> str:
    return "missed" if item_id in progress.missed else "done" if item_id in progress.answered else "open"


def _page(lesson: LessonInventory) -> str:
    return f"../notebooks/{lesson.id}.html"
