"""The desk over HTTP, on Tornado, which every Jupyter installation has."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tornado.web import Application, HTTPError, RequestHandler

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.grading.essays import essay_text
from coldwar_lessons.grading.markings import NOTHING, StaleChangeError
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import messages_script

from .desk import SHOWS, Change, Desk, Outcome, Place, Show, fields_of, following, preceding, with_values
from .door import HEADERS, Door
from .essay_page import View, essay_page
from .overview import overview_page
from .shell import essay_address, message_page, points_words

_PACKAGE = Path(__file__).resolve().parents[1]
_STATIC: Mapping[str, tuple[Path, str]] = {
    "early.js": (_PACKAGE / "book" / "theme" / "static" / "early.js", "text/javascript"),
    "marking-desk.js": (_PACKAGE / "static" / "marking-desk.js", "text/javascript"),
    "marking-desk.css": (_PACKAGE / "static" / "marking-desk.css", "text/css"),
}
#: Far above the longest form: every row of a rubric with its longest comment.
MAX_BODY = 1024 * 1024


def make_app(desk: Desk, door: Door) -> Application:
    """Put the desk behind its door."""
    shared = {"desk": desk, "door": door}
    essay = r"/essay/([a-z0-9-]{1,80})/([0-9a-f]{16})"
    return Application(
        [
            (r"/open/([\w-]{1,100})", _Open, shared),
            (r"/", _Overview, shared),
            (r"/names", _Names, shared),
            (essay, _Essay, shared),
            (essay + r"/(next|previous)", _Walk, shared),
            (essay + r"/state", _State, shared),
            (r"/static/messages.js", _Messages, shared),
            (r"/static/([\w.-]{1,40})", _Static, shared),
        ],
        default_handler_class=_Missing,
        default_handler_args=shared,
        log_function=lambda _: None,
    )


class _Handler(RequestHandler):
    """Checks the host, the cookie and the form before anything else; answers every fault in one line."""

    desk: Desk
    door: Door

    def initialize(self, desk: Desk, door: Door) -> None:
        self.desk, self.door = desk, door

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        if not self.door.knows_host(self.request.host):
            raise HTTPError(403, _("This server answers to its own address alone."))
        self.check_entrance()
        if self.request.method not in {"GET", "HEAD"}:
            headers = self.request.headers
            token = self.get_body_argument("form_token", "")
            if not self.door.takes_form(token, headers.get("Origin"), headers.get("Sec-Fetch-Site")):
                raise HTTPError(403, _("This form does not come from a page of the desk: load the page again."))

    def check_entrance(self) -> None:
        if not self.door.knows_session(self.get_cookie(self.door.cookie)):
            raise HTTPError(403, _not_entered())

    @property
    def wants_json(self) -> bool:
        return "application/json" in self.request.headers.get("Accept", "")

    @property
    def show(self) -> Show:
        asked = self.get_query_argument("show", "unmarked")
        return next((one for one in SHOWS if one == asked), "unmarked")

    def place(self, task: str, slug: str) -> Place:
        found = self.desk.find(task, slug)
        if found is None:
            raise HTTPError(404, _("There is no such essay in the gradebook."))
        return found

    def page(self, html: str) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(html)

    def go(self, address: str) -> None:
        self.redirect(address, status=303)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        if isinstance(error, CourseError):
            self.set_status(503)
            text = _("Not saved: {reason}.").format(reason=error)
        elif isinstance(error, HTTPError):
            known = {404: _("There is no such page."), 405: _("That cannot be done here.")}
            unknown = _("The browser asked for something that the desk does not understand.")
            text = error.log_message or known.get(status_code, unknown)
        else:
            text = _("A fault of the program; nothing that was saved before is lost.")
        if self.wants_json:
            self.finish({"message": text})
        else:
            self.page(message_page(_("Not here") if status_code == 404 else _("That did not work"), text))

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        del typ, tb
        if not isinstance(value, HTTPError):
            print(f"coldwar-lessons: {type(value).__name__}: {' '.join(str(value).split())}", file=sys.stderr)


class _Missing(_Handler):
    def prepare(self) -> None:
        super().prepare()
        raise HTTPError(404)


class _Open(_Handler):
    """Exchanges the token in the address for the cookie."""

    def check_entrance(self) -> None:
        """Whoever has the token has no cookie yet."""

    def get(self, token: str) -> None:
        if not self.door.lets_in(token):
            raise HTTPError(403, _not_entered())
        self.set_cookie(self.door.cookie, self.door.session, httponly=True, samesite="Strict", path="/")
        # No redirect: whoever came by a link on another site's page would be sent on without the strict cookie.
        self.set_header("Refresh", "0; url=/")
        self.page(message_page(_("The desk is open"), _("The list of essays comes in a moment.")))


class _Static(_Handler):
    def get(self, name: str) -> None:
        if name not in _STATIC:
            raise HTTPError(404)
        path, kind = _STATIC[name]
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        # Kept by the browser, and asked for again each time by its digest.
        self.set_header("Cache-Control", "private, no-cache")
        self.finish(path.read_bytes())


class _Messages(_Handler):
    """What the page's script says in the language of the course."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.finish(messages_script())


class _Overview(_Handler):
    def get(self) -> None:
        task, done = self.get_query_argument("task", None), self.get_query_argument("done", "") == "yes"
        self.page(overview_page(self.desk, self.door.form, task, self.show, done=done))


class _Names(_Handler):
    def post(self) -> None:
        self.desk.names_hidden = self.get_body_argument("names", "") == "hidden"
        parts = self.get_body_argument("essay", "").split("/")
        if len(parts) == 3 and (place := self.desk.find(parts[0], parts[1])):
            self.go(essay_address(place.essay.task, place.attempt, next((s for s in SHOWS if s == parts[2]), "all")))
            return
        task = self.get_body_argument("task", "")
        self.go(f"/?task={task}" if task in self.desk.tasks else "/")


class _Walk(_Handler):
    """On to the next essay, or back to the one before."""

    def get(self, task: str, slug: str, to: str) -> None:
        self.go(self.address(self.place(task, slug), to))

    def address(self, place: Place, to: str) -> str:
        if to == "next":
            essay = following(place, self.show)
            if essay is None:
                return f"/?task={place.essay.task.id}&done=yes"
        else:
            essay = preceding(place)
            if essay is None:
                return f"/?task={place.essay.task.id}"
        return essay_address(essay.task, essay.newest, self.show)


class _State(_Handler):
    """The marks of an essay as they stand, for a page that was loaded before."""

    def get(self, task: str, slug: str) -> None:
        self.finish(state_of(self.place(task, slug)))


class _Essay(_Walk):
    def get(self, task: str, slug: str) -> None:  # type: ignore[override]  # the third part is the subject of _Walk
        undone = self.get_query_argument("undone", "")
        place = self.place(task, slug)
        self.show_page(place, notice=undone_words(place, undone) if undone else "")

    def post(self, task: str, slug: str) -> None:
        place = self.place(task, slug)
        go = self.get_body_argument("go", "stay")
        if go == "undo":
            self.undo(place)
            return
        changes, inserted = self.changes(place)
        outcome = self.desk.save(place, changes)
        place = self.place(task, slug)
        if self.wants_json:
            self.set_status(409 if outcome.conflicts else 200)
            conflicts = {name: _entry(place, name) for name in outcome.conflicts}
            self.finish({**state_of(place), "saved": list(outcome.saved), "conflicts": conflicts})
        elif outcome.conflicts:
            self.set_status(409)
            self.show_page(place, outcome=outcome, values={one.field: one.value for one in changes})
        elif go in {"next", "previous"} and not inserted:
            self.go(self.address(place, go))
        else:
            self.go(essay_address(place.essay.task, place.attempt, self.show))

    def changes(self, place: Place) -> tuple[list[Change], bool]:
        """What the form says of every field that it sends, and whether a comment was to be put in."""
        found: list[Change] = []
        inserted = False
        continued = set(self.get_body_arguments("continues"))
        for name in fields_of(place.essay.task):
            base = self.get_body_argument(f"base.{name}", "")
            if not (base.isdecimal() and base.isascii() and len(base) < 10):
                continue
            value = self.get_body_argument(name, "", strip=False)
            extra = self.get_body_argument(f"insert.{name}", "")
            if extra:
                inserted = True
                value = f"{value.rstrip()}\n{extra}".strip()
            found.append(Change(name, value, int(base), name in continued))
        return found, inserted

    def undo(self, place: Place) -> None:
        """Take the last change back, and show where it was made."""
        try:
            undone = self.desk.undo()
        except StaleChangeError as error:
            text = _("Not undone: {reason}.").format(reason=error)
            if self.wants_json:
                self.set_status(409)
                self.finish({"message": text})
            else:
                self.show_page(place, notice=text)
            return
        there = self.desk.place_of(undone.writing) if undone else None
        if undone is None or there is None:
            text = _("There is nothing to undo since the desk was opened.")
            if self.wants_json:
                self.finish({"message": text})
            else:
                self.show_page(place, notice=text)
            return
        address = essay_address(there.essay.task, there.attempt, self.show, undone=undone.field)
        if self.wants_json:
            here = there.attempt.slug == place.attempt.slug
            words = undone_words(there, undone.field)
            self.finish({"message": words, "field": undone.field, **(state_of(there) if here else {"go": address})})
        else:
            self.go(address)

    def show_page(
        self,
        place: Place,
        *,
        notice: str = "",
        outcome: Outcome | None = None,
        values: Mapping[str, str] | None = None,
    ) -> None:
        conflicts = outcome.conflicts if outcome else {}
        view = View(
            text=essay_text(self.desk.gradebook, place.attempt.writing),
            citations=self.desk.citations(place.essay.task.lesson),
            banks=self.desk.banks(place.essay.task),
            notes=self.desk.notes(place.essay.task),
            token=self.door.form,
            show=self.show,
            notice=_("Some of it was changed elsewhere meanwhile and is not saved: see below.")
            if conflicts and not notice
            else notice,
            conflicts=conflicts,
        )
        mine = {name: value for name, value in (values or {}).items() if name in conflicts}
        attempt = with_values(place.attempt, mine)
        self.page(essay_page(self.desk, Place(place.essay, attempt, place.number, place.essays), view))


def state_of(place: Place) -> dict[str, Any]:
    """The marks of an essay as the page's script takes them."""
    task, attempt = place.essay.task, place.attempt
    return {
        "fields": {name: _entry(place, name) for name in fields_of(task)},
        "points": points_words(task, attempt),
        "marked": place.marked,
        "total": len(place.essays),
        "newest": attempt.slug == place.essay.newest.slug,
    }


def undone_words(place: Place, name: str) -> str:
    """What was undone, in words, such as that a row of the rubric has its level again."""
    task = place.essay.task
    kind, _dot, row = name.partition(".")
    label = next((one.label for one in task.rubric.rows if one.id == row), _("the whole"))
    value = place.attempt.fields.get(name, NOTHING).value
    if kind == "level":
        level = place.attempt.levels(task).get(row)
        if not level:
            return _("Undone: {row} has no level again.").format(row=label)
        return _("Undone: {row} is {level} again.").format(row=label, level=task.rubric.level_names[level - 1])
    if kind == "later":
        return _("Undone: marked for later again.") if value else _("Undone: not marked for later again.")
    # i18n: row is the name of a row of the rubric, or: the whole.
    return _("Undone: the comment on {row} is as it was before.").format(row=label)


def _not_entered() -> str:
    return _("Open the address that coldwar-lessons rubric printed when it started.")


def _entry(place: Place, name: str) -> dict[str, Any]:
    entry = place.attempt.fields.get(name, NOTHING)
    return {"value": entry.value, "revision": entry.revision, "marker": entry.marker, "at": entry.at}
