"""What every page of the desk shares: head, masthead and the forms in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from coldwar_lessons.grading.essays import Attempt, Task
from coldwar_lessons.markup import Child, Element, h

from .desk import Desk, Place, Show

TITLE = "Marking desk"


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
            h("title", f"{title} · {TITLE}" if title else TITLE),
            h("meta", name="color-scheme", content="light dark"),
            h("script", src="/static/early.js"),
            h("link", rel="stylesheet", href="/static/marking-desk.css"),
            h("script", src="/static/marking-desk.js", defer=True),
        ),
        h(
            "body",
            h("a", "Skip to the essay", href="#main", class_="skip"),
            h("header", h("a", TITLE, href="/", class_="wordmark"), masthead, class_="masthead"),
            h("main", *main, id="main", tabindex="-1"),
            class_=f"cwl-page desk {class_}".strip(),
        ),
        lang="en-GB",
    )
    return f"<!DOCTYPE html>\n{tree.to_html()}"


def message_page(title: str, text: str) -> str:
    """A page that says one thing."""
    return document(
        title,
        h("h1", title),
        h("p", text),
        h("p", h("a", "Back to the list of essays", href="/")),
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
            h("span", "Names hidden" if hidden else "Hide names"),
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
        h("span", f"{marked} of {total} marked", id="progress-words"),
        # Without any essay the bar is empty, not full.
        h("progress", value=marked, max=max(total, 1), aria_labelledby="progress-words"),
        class_="progress",
    )


def who(desk: Desk, place: Place) -> Element:
    """The student's name, or the number of the essay where names are hidden."""
    if desk.names_hidden:
        return h("span", f"Essay {place.number}")
    return h("bdi", place.essay.student.name or place.essay.student.key)


def day(moment: str) -> str:
    """A moment in UTC as a day: ``20 November 2026``."""
    parsed = datetime.fromisoformat(moment)
    return f"{parsed.day} {parsed:%B %Y}"


def points_words(task: Task, attempt: Attempt) -> str:
    """What an attempt has earned, or how far it is."""
    levels = attempt.levels(task)
    points = task.points(levels)
    if points is None:
        return f"{len(levels)} of {len(task.rubric.rows)} rows"
    return f"{number(points)} of {number(task.most)} points"


def number(points: float) -> str:
    """Points without needless decimals."""
    return f"{points:.2f}".rstrip("0").rstrip(".")
