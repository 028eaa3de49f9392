"""What every page of the desk shares: head, masthead and the forms in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from coldwar_lessons.content.dates import describe_date
from coldwar_lessons.grading.essays import Attempt, Task
from coldwar_lessons.language import N_, browser_messages, current_language, direction
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Child, Element, h

from .desk import Desk, Place, Show

TITLE = N_("Marking desk")


def document(
    title: str, *main: Child | Iterable[Child], masthead: Child | Iterable[Child] = None, class_: str = ""
) -> str:
    """Write a whole page.

    Parameters
    ----------
    title
        Of the page; the desk's own name follows it.
    *main
        What the page is about.
    masthead
        What stands beside the desk's name at the head of the page.
    class_
        Class of the body.
    """
    tree = h(
        "html",
        h(
            "head",
            h("meta", charset="utf-8"),
            h("meta", name="viewport", content="width=device-width, initial-scale=1"),
            h("title", f"{title} · {_(TITLE)}" if title else _(TITLE)),
            h("meta", name="color-scheme", content="light dark"),
            h("script", src="/static/early.js"),
            h("link", rel="stylesheet", href="/static/marking-desk.css"),
            # What the scripts say, where that is not English.
            h("script", src="/static/messages.js", defer=True) if browser_messages() else None,
            h("script", src="/static/marking-desk.js", defer=True),
        ),
        h(
            "body",
            h("a", _("Skip to the essay"), href="#main", class_="skip"),
            h("header", h("a", _(TITLE), href="/", class_="wordmark"), masthead, class_="masthead"),
            h("main", *main, id="main", tabindex="-1"),
            class_=f"cwl-page desk {class_}".strip(),
        ),
        lang=current_language(),
        dir="rtl" if direction() == "rtl" else None,
    )
    return f"<!DOCTYPE html>\n{tree.to_html()}"


def message_page(title: str, text: str) -> str:
    """A page that says one thing."""
    return document(
        title,
        h("h1", title),
        h("p", text),
        h("p", h("a", _("Back to the list of essays"), href="/")),
        class_="message",
    )


def essay_address(task: Task, attempt: Attempt, show: Show, to: str = "", **more: str) -> str:
    """Address of an essay's page, or of what is beside it (``next``, ``previous``, ``state``)."""
    path = "/".join(part for part in ("/essay", task.id, attempt.slug, to) if part)
    return f"{path}?{urlencode({'show': show, **more})}"


def list_address(task: Task, show: Show) -> str:
    """Address of the list of a task's essays."""
    return f"/?{urlencode({'task': task.id, 'show': show})}"


def form_token_field(token: str) -> Element:
    """Shows that a form comes from a page of the desk itself."""
    return h("input", type="hidden", name="form_token", value=token)


def names_switch(desk: Desk, token: str, back: Element | None = None) -> Element:
    """The switch that hides students' names."""
    hidden = desk.names_hidden
    return h(
        "form",
        form_token_field(token),
        back,
        h(
            "button",
            h("span", _("Names hidden") if hidden else _("Hide names")),
            name="names",
            value="shown" if hidden else "hidden",
            aria_pressed="true" if hidden else "false",
            class_="tool",
        ),
        method="post",
        action="/names",
        class_="names",
    )


def progress(marked: int, total: int) -> Element:
    """How far a task is marked, in words and as a bar."""
    return h(
        "p",
        h("span", marked_words(marked, total), id="progress-words"),
        # Without any essay the bar is empty, not full.
        h("progress", value=marked, max=max(total, 1), aria_labelledby="progress-words"),
        class_="progress",
    )


def marked_words(marked: int, total: int) -> str:
    """How many essays are marked."""
    return _("{marked} of {total} marked").format(marked=marked, total=total)


def who(desk: Desk, place: Place) -> Element:
    """The student's name, or the number of the essay where names are hidden."""
    if desk.names_hidden:
        return h("span", _("Essay {number}").format(number=place.number))
    return h("bdi", place.essay.student.name or place.essay.student.key)


def day(moment: str) -> str:
    """A moment in UTC as a day: ``20 November 2026``."""
    parsed = datetime.fromisoformat(moment)
    return describe_date(f"{parsed:%Y-%m-%d}")


def points_words(task: Task, attempt: Attempt) -> str:
    """What an attempt has earned, or how far it is."""
    levels = attempt.levels(task)
    points = task.points(levels)
    if points is None:
        return rows_words(len(levels), task)
    return _("{points} of {most} points").format(points=number(points), most=number(task.most))


def rows_words(count: int, task: Task) -> str:
    """How many rows of a rubric have a level."""
    return _("{count} of {all} rows").format(count=count, all=len(task.rubric.rows))


def number(points: float) -> str:
    """Points without needless decimals."""
    return f"{points:.2f}".rstrip("0").rstrip(".")
