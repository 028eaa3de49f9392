"""The roster: who belongs to a class, a CSV file with a column ``number`` or ``name``, or both."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from coldwar_lessons.content.faults import ContentError, Fault
from coldwar_lessons.language import gettext as _

_COLUMNS = {
    "number": {"number", "id", "student number", "student id", "sis user id", "id number"},
    "name": {"name", "student", "full name"},
    "class": {"class", "section", "group"},
}
#: The gradebook's columns hold no more.
_LONGEST = {"number": 80, "name": 200, "class": 120}


@dataclass(frozen=True)
class RosterEntry:
    """One student of the class.

    Attributes
    ----------
    key
        What names the student in the gradebook: the number, else the name.
    name
        As the roster has it.
    number
        Student number; empty when the roster has none.
    class_name
        Empty when the roster has no such column.
    """

    key: str
    name: str
    number: str
    class_name: str = ""


@dataclass(frozen=True)
class Roster:
    """All students of a class, found by number or by name."""

    entries: tuple[RosterEntry, ...]

    def find(self, name: str, number: str | None) -> RosterEntry | str:
        """The student of this number, else of this name; or one line that says why nobody is found."""
        if number:
            found = self._by_number.get(fold(number), ())
            return found[0] if len(found) == 1 else _("number {number!r} is not on the roster").format(number=number)
        if not name.strip():
            return _("it names no student")
        found = self._by_name.get(fold(name), ())
        if len(found) == 1:
            return found[0]
        if found:
            return _("{name!r} is on the roster more than once").format(name=name)
        return _("{name!r} is not on the roster").format(name=name)

    @cached_property
    def _by_number(self) -> dict[str, list[RosterEntry]]:
        return _grouped(self.entries, lambda entry: entry.number)

    @cached_property
    def _by_name(self) -> dict[str, list[RosterEntry]]:
        return _grouped(self.entries, lambda entry: entry.name)


def _grouped(entries: Iterable[RosterEntry], name: Callable[[RosterEntry], str]) -> dict[str, list[RosterEntry]]:
    groups: dict[str, list[RosterEntry]] = {}
    for entry in entries:
        if name(entry):
            groups.setdefault(fold(name(entry)), []).append(entry)
    return groups


def fold(text: str) -> str:
    """A name or number as it is compared: case, accents' encoding and spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def read_roster(path: Path) -> Roster:
    """Read a roster.

    Raises
    ------
    ContentError
        If the file cannot be read, lacks its columns, or names a student twice; with every line at fault.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ContentError([Fault(path, 0, _("not UTF-8 text: save the roster as CSV in UTF-8"))]) from None
    except OSError as error:
        raise ContentError([Fault(path, 0, _("cannot be read: {reason}").format(reason=error.strerror))]) from None
    reader = csv.DictReader(text.splitlines(), strict=True)
    try:
        header = reader.fieldnames or []
        columns = {kind: next((one for one in header if fold(one) in names), None) for kind, names in _COLUMNS.items()}
        rows = list(reader)
    except csv.Error as error:
        raise ContentError([Fault(path, reader.line_num, _("not CSV: {fault}").format(fault=error))]) from None
    if not columns["number"] and not columns["name"]:
        message = _("no column 'number' or 'name': the first line must name the columns")
        raise ContentError([Fault(path, 1, message)])
    entries: dict[str, RosterEntry] = {}
    faults: list[Fault] = []
    for line, row in enumerate(rows, 2):
        number, name, class_name = (
            (row.get(columns[kind] or "") or "").strip() for kind in ("number", "name", "class")
        )
        if not number and not name:
            continue
        given = {"number": number, "name": name, "class": class_name}
        if wrong := [kind for kind, text in given.items() if len(text) > _LONGEST[kind] or "\0" in text]:
            faults.append(
                Fault(
                    path,
                    line,
                    _("the {column} is too long or no text: shorten or type it again").format(column=wrong[0]),
                )
            )
            continue
        key = fold(number or name)
        if key in entries:
            message = _("{name!r} stands twice: give each student a number of their own")
            faults.append(Fault(path, line, message.format(name=number or name)))
            continue
        entries[key] = RosterEntry(number or name, name or number, number, class_name)
    if faults:
        raise ContentError(faults)
    return Roster(tuple(entries.values()))
