"""A browser, the built book on a loopback server with a strict policy, and a guard that no page asks anybody else."""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from coldwar_lessons.content.items import Quiz
from coldwar_lessons.content.load import Course, read_course
from coldwar_lessons.widgets.quiz import quiz_spec
from tests.book.building import built_book
from tests.browser.harness import Desk, browser
from tests.browser.quizzes import WIDGET_ID, every_interaction
from tests.static_site import headers_for


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder with the policy, and the book's own page for missing addresses."""

    def end_headers(self) -> None:
        # Whatever is served, no page of it does with less than the first page's.
        for name, value in {**headers_for("/"), **headers_for(urlsplit(self.path).path)}.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    """Does not complain when a browser goes away in the middle of an answer."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Visit:
    """Pages of one book in contexts of their own; notes every fault that a page shows.

    Attributes
    ----------
    faults
        Errors of scripts, messages of the console, breaches of the policy, requests to other hosts or for what is
        missing. The fixture asserts that it stays empty.
    """

    def __init__(self, chromium: Any, url: str) -> None:
        self.chromium, self.url = chromium, url
        self.faults: list[str] = []
        self._contexts: list[Any] = []

    def context(self, **options: Any) -> Any:
        """A browser context that cannot reach any other host; ``options`` go to Playwright."""
        context = self.chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(30_000)
        context.route("**/*", self._guard)
        self._contexts.append(context)
        return context

    def page(self, path: str = "", **options: Any) -> Any:
        """Open a page of the book in a context of its own."""
        page = self.watched(self.context(**options))
        page.goto(self.url + path)
        return page

    def watched(self, context: Any) -> Any:
        """A page whose complaints are noted."""
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._note_console(page, message))
        page.on("response", self._note_response)
        return page

    def close(self) -> None:
        """Close every context."""
        for context in self._contexts:
            context.close()

    def _guard(self, route: Any) -> None:
        url = route.request.url
        if url.startswith((self.url, "blob:", "data:", "file:")):
            route.continue_()
        else:
            self.faults.append(f"asks another host: {url}")
            route.abort()

    def _note_console(self, page: Any, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"{page.url}: {message.text}")

    def _note_response(self, response: Any) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status} {response.url}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A headless Chromium."""
    with browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def course() -> Course:
    """The content of the course."""
    course, _ = read_course(Path(__file__).resolve().parents[2])
    assert course is not None
    return course


@pytest.fixture
def desk(chromium: Any, tmp_path: Path) -> Iterator[Desk]:
    """Opens widgets from disk; fails when a page complained or asked anybody for anything."""
    desk = Desk(chromium, tmp_path)
    yield desk
    desk.close()
    assert desk.faults == []


@pytest.fixture
def quiz_page(desk: Desk, course: Course) -> Callable[..., Any]:
    """Open a quiz, by default the one with every interaction."""

    def open_page(quiz: Quiz | None = None, *, course: Course = course, **options: Any) -> Any:
        return desk.open(quiz_spec(course, quiz or every_interaction(), WIDGET_ID), **options)

    return open_page


@pytest.fixture(scope="session")
def book() -> Path:
    """Folder of the built book."""
    return built_book()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on the loopback; gives its address, with a slash at its end."""
    server = _Server(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve folders on the loopback until the last test."""
    with ExitStack() as stack:
        yield lambda folder: stack.enter_context(serving(folder))


@pytest.fixture(scope="session")
def book_url(book: Path, serve: Callable[[Path], str]) -> str:
    """Address of the built book on a loopback server."""
    return serve(book)


@pytest.fixture
def visit(chromium: Any, book_url: str) -> Iterator[Visit]:
    """Visit the built book; fails when a page complained or asked another host."""
    visit = Visit(chromium, book_url)
    yield visit
    visit.close()
    assert visit.faults == []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a browser test again when it fails: a browser on a busy machine can be late. Each rerun is reported."""
    for item in items:
        if item.get_closest_marker("browser") or item.get_closest_marker("lab"):
            item.add_marker(pytest.mark.flaky(reruns=2))
