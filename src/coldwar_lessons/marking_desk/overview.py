"""The first page: every task with how far it is marked, and the essays of one of them."""

from __future__ import annotations

from collections.abc import Sequence

from coldwar_lessons.grading.essays import Essay, Task
from coldwar_lessons.language import N_, commas
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h, phrase

from .desk import SHOWS, Desk, Place, Show, shown
from .shell import (
    day,
    document,
    essay_address,
    list_address,
    marked_words,
    names_switch,
    number,
    progress,
    rows_words,
    who,
)

_SHOWN = {"unmarked": N_("Unmarked ({count})"), "all": N_("All ({count})"), "later": N_("Marked later ({count})")}


def overview_page(desk: Desk, token: str, task_id: str | None, show: Show, *, done: bool = False) -> str:
    """Write the page.

    Parameters
    ----------
    desk
        The desk.
    token
        For its forms.
    task_id
        The task to list; by default the first that has anything to mark.
    show
        Which essays to list.
    done
        Whether the marker has just come to the end of the task.
    """
    essays = desk.essays()
    by_task: dict[str, list[Essay]] = {}
    for essay in essays:
        by_task.setdefault(essay.task.id, []).append(essay)
    unmarked = [name for name, of_task in by_task.items() if shown(of_task, "unmarked")]
    chosen = task_id if task_id in by_task else next(iter([*unmarked, *by_task]), None)
    if chosen is None:
        nothing = h("p", _("No writing has been handed in yet."))
        return document("", h("h1", _("Nothing to mark")), nothing, class_="message")
    task, of_task = desk.tasks[chosen], by_task[chosen]
    others = [name for name in unmarked if name != chosen]
    return document(
        "",
        h("h1", _("Essays to mark")),
        h(
            "nav",
            h("ul", (_task(desk.tasks[name], list_, chosen, show) for name, list_ in by_task.items()), class_="tasks"),
            aria_label=_("Writing tasks"),
        )
        if len(by_task) > 1
        else None,
        h(
            "section",
            h("h2", task.rubric.title),
            h("p", _("Lesson ‘{title}’").format(title=task.lesson_title), class_="facts"),
            h("p", task.prompt, class_="prompt"),
            progress(sum(one.marked for one in of_task), len(of_task)),
            _onward(of_task, desk.tasks[others[0]] if others else None, done=done),
            _filter(task, show, of_task),
            _table(desk, of_task, show),
            aria_label=task.rubric.title,
        ),
        masthead=names_switch(desk, token, h("input", type="hidden", name="task", value=chosen)),
        class_="overview",
    )


def _task(task: Task, essays: Sequence[Essay], chosen: str, show: Show) -> Element:
    marked = sum(essay.marked for essay in essays)
    return h(
        "li",
        h(
            "a",
            h("span", task.rubric.title, class_="task-name"),
            h("span", f"{task.lesson_title} · {marked_words(marked, len(essays))}", class_="facts"),
            href=list_address(task, show),
            aria_current="page" if task.id == chosen else None,
        ),
    )


def _onward(essays: Sequence[Essay], other: Task | None, *, done: bool) -> Element:
    """What to do next: the one button of the page."""
    open_ones = shown(essays, "unmarked")
    if open_ones:
        first = next((essay for essay in open_ones if not essay.newest.later), open_ones[0])
        begun = any(essay.marked for essay in essays)
        words = _("Go on marking") if begun else _("Begin marking")
        return h(
            "p",
            h("a", words, href=essay_address(first.task, first.newest, "unmarked"), class_="primary go-on"),
            class_="onward",
        )
    words = (
        _("That was the last: every essay of this task is marked.")
        if done
        else _("Every essay of this task is marked.")
    )
    go_on = _("Go on with ‘{task}’")
    # i18n: command is what to type.
    stop = _("Stop the desk with Ctrl+C in its terminal. {command} writes the grades, with these points among them.")
    return h(
        "div",
        h("p", words, class_="all-done"),
        h("p", h("a", go_on.format(task=other.rubric.title), href=f"/?task={other.id}", class_="primary go-on"))
        if other
        else h("p", phrase(stop, command=h("code", "coldwar-lessons export grades.csv"))),
        class_="onward",
        role="status" if done else None,
    )


def _filter(task: Task, show: Show, essays: Sequence[Essay]) -> Element:
    return h(
        "nav",
        h(
            "ul",
            (
                h(
                    "li",
                    h(
                        "a",
                        _(_SHOWN[one]).format(count=len(shown(essays, one))),
                        href=list_address(task, one),
                        aria_current="true" if one == show else None,
                    ),
                )
                for one in SHOWS
            ),
            class_="filter",
        ),
        aria_label=_("Which essays"),
    )


def _table(desk: Desk, essays: Sequence[Essay], show: Show) -> Element:
    listed = set(map(id, shown(essays, show)))
    rows = [
        _row(desk, Place(essay, essay.newest, number_, essays), show)
        for number_, essay in enumerate(essays, 1)
        if id(essay) in listed
    ]
    if not rows:
        return h("p", _("None here."), class_="facts")
    heads = (_("Essay") if desk.names_hidden else _("Student"), _("Handed in"), _("Standing"), _("Points"))
    return h(
        "div",
        h(
            "table",
            h("caption", _("Essays"), class_="cwl-hidden"),
            h("thead", h("tr", (h("th", head, scope="col") for head in heads))),
            h("tbody", rows),
        ),
        class_="scroll",
        role="region",
        aria_label=_("Essays"),
        tabindex="0",
    )


def _row(desk: Desk, place: Place, show: Show) -> Element:
    essay, attempt, task = place.essay, place.attempt, place.essay.task
    points, handed_in = task.points(attempt.levels(task)), day(attempt.created)
    of_most = _("{points} of {most}")
    return h(
        "tr",
        h("th", h("a", who(desk, place), href=essay_address(task, attempt, show)), scope="row"),
        h("td", _("{day}, late").format(day=handed_in) if attempt.late and not desk.names_hidden else handed_in),
        h("td", standing(essay)),
        h(
            "td",
            of_most.format(points=number(points), most=number(task.most)) if points is not None else "",
            class_="points",
        ),
    )


def standing(essay: Essay) -> str:
    """How far an essay is, in words."""
    task, attempt = essay.task, essay.newest
    levels = len(attempt.levels(task))
    words = [_("marked") if essay.marked else rows_words(levels, task) if levels else _("not marked yet")]
    if not essay.marked and essay.marked_before():
        words.append(_("handed in again since it was marked"))
    if attempt.later:
        words.append(_("flagged for later"))
    return commas(words)
