"""``coldwar-lessons rubric``: open the desk, and close it when the teacher stops it."""

from __future__ import annotations

import asyncio
import getpass
import os
import signal
import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress

from tornado.httpserver import HTTPServer

from coldwar_lessons.content.faults import CourseError, unknown
from coldwar_lessons.content.load import Course, speaking
from coldwar_lessons.grading.essays import Task, writing_tasks
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.markings import last_change
from coldwar_lessons.language import gettext as _

from .desk import Desk
from .door import LOOPBACK, Door
from .server import MAX_BODY, make_app


class PortTakenError(CourseError):
    """Another program listens on the port already."""


def choose_tasks(course: Course, lesson: str | None, task: str | None) -> dict[str, Task]:
    """The tasks of the course, or those of one lesson, or one.

    Raises
    ------
    CourseError
        If there is no such lesson or task.
    """
    tasks = writing_tasks(course)
    if lesson is not None and lesson not in course.lessons:
        raise unknown("lesson", lesson, course.lessons)
    if task is not None and task not in tasks:
        raise unknown("writing task", task, tasks)
    return {
        name: one for name, one in tasks.items() if (lesson is None or one.lesson == lesson) and task in {None, name}
    }


def open_desk(
    gradebook: Gradebook,
    course: Course,
    tasks: dict[str, Task],
    *,
    anonymous: bool,
    marker: str | None,
) -> Desk:
    """Lay out the desk.

    Parameters
    ----------
    gradebook, course, tasks
        What is marked.
    anonymous
        Whether names are hidden from the start.
    marker
        Who marks; by default the name of the account.

    Raises
    ------
    CourseError
        If nothing was handed in for these tasks.
    """
    # As long as the gradebook has room for.
    name = (marker or "").strip()[:200] or _account()
    desk = Desk(gradebook, course, tasks, name, anonymous, last_change(gradebook))
    if not desk.essays():
        if len(tasks) == 1:
            message = _("nothing to mark: the gradebook holds no writing for ‘{task}’; take hand-ins in with {command}")
        else:
            message = _("nothing to mark: the gradebook holds no writing for any task; take hand-ins in with {command}")
        command = "coldwar-lessons mark HAND-INS --roster roster.csv"
        raise CourseError(message.format(task=next(iter(tasks), ""), command=command))
    return desk


def serve(desk: Desk, port: int, say: Callable[[str], None], *, browser: bool) -> None:
    """Serve the desk until the teacher stops it with Ctrl+C.

    Parameters
    ----------
    desk
        The desk.
    port
        Where to listen; 0 takes any free port.
    say
        Prints a line.
    browser
        Whether to open the page.

    Raises
    ------
    PortTakenError
        If something else listens there.
    """
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(desk, port, say, browser=browser))
    essays = desk.essays()
    words = _("The desk is closed. {marked} of {count} essays are marked.")
    say(words.format(marked=sum(essay.marked for essay in essays), count=len(essays)))


async def _serve(desk: Desk, port: int, say: Callable[[str], None], *, browser: bool) -> None:
    try:
        listening = socket.create_server((LOOPBACK, port))
    except OSError as error:
        message = _("port {port} cannot be had ({reason}): leave --port out to take a free one")
        raise PortTakenError(message.format(port=port, reason=os.strerror(error.errno or 0))) from None
    listening.setblocking(False)
    door = Door(listening.getsockname()[1])
    server = HTTPServer(make_app(desk, door), max_body_size=MAX_BODY, max_buffer_size=2 * MAX_BODY)
    server.add_sockets([listening])
    say(_("The marking desk is open at {address}").format(address=door.address()))
    say(_("Every mark is saved at once. Ctrl+C closes the desk."))
    if browser:
        webbrowser.open(door.address(next(iter(door.once))))
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers; there Ctrl+C ends the loop by itself.
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    with speaking(desk.course):
        await stopped.wait()
    server.stop()
    await server.close_all_connections()


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "teacher"
