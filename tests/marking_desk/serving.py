"""A desk served from within the test, and a client that speaks plain HTTP to it."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from coldwar_lessons.marking_desk.desk import Desk
from coldwar_lessons.marking_desk.door import LOOPBACK, Door
from coldwar_lessons.marking_desk.server import MAX_BODY, make_app


@dataclass(frozen=True)
class Answer:
    """What the desk answered."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def words(self) -> str:
        """The page as somebody reads it."""
        return " ".join(
            unescape(re.sub(r"<[^>]*>", " ", re.sub(r"<head>.*?</head>", "", self.text, flags=re.DOTALL))).split()
        )

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text)
        return found


@dataclass
class Client:
    """Asks the desk as a browser does, or as somebody does who should not."""

    door: Door
    cookie: str | None = None
    forms: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, form: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """One request; underscores in the names of headers are hyphens, and an empty value leaves the header out."""
        sent = {"Host": f"{LOOPBACK}:{self.door.port}"}
        if self.cookie:
            sent["Cookie"] = self.cookie
        if form is not None:
            sent |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection(LOOPBACK, self.door.port, timeout=20)
        try:
            connection.putrequest("GET" if form is None else "POST", path, skip_host=True)
            body = urlencode(form).encode() if form is not None else b""
            for name, value in {**sent, "Content-Length": str(len(body))}.items():
                if value:
                    connection.putheader(name, value)
            connection.endheaders(body)
            response = connection.getresponse()
            return Answer(response.status, dict(response.headers), response.read().decode())
        finally:
            connection.close()

    def enter(self) -> Client:
        """Exchange the token for the cookie."""
        answer = self.ask(f"/open/{self.door.token}")
        assert answer.status == 200
        self.cookie = answer.headers["Set-Cookie"].partition(";")[0]
        return self

    def post(self, path: str, **form: str) -> Answer:
        """Send a form of the desk's own, with its token; ``__`` in a name is a full stop."""
        fields = {name.replace("__", "."): value for name, value in form.items()}
        return self.ask(path, {"form_token": self.door.form, **fields})

    def save(self, path: str, **form: str) -> Answer:
        """Save single fields as the page's script does."""
        fields = {name.replace("__", "."): value for name, value in form.items()}
        return self.ask(path, {"form_token": self.door.form, **fields}, Accept="application/json")


@contextmanager
def served(desk: Desk) -> Iterator[Client]:
    """Serve a desk in a thread."""
    sockets = bind_sockets(0, LOOPBACK)
    door = Door(sockets[0].getsockname()[1])
    loop = asyncio.new_event_loop()
    ready, stopped = threading.Event(), asyncio.Event()

    async def run() -> None:
        server = HTTPServer(make_app(desk, door), max_body_size=MAX_BODY)
        server.add_sockets(sockets)
        ready.set()
        await stopped.wait()
        server.stop()
        await server.close_all_connections()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    ready.wait(20)
    try:
        yield Client(door)
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join(20)
        loop.close()
