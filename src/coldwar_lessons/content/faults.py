"""What is wrong with a piece of content, said so that its author can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from coldwar_lessons.language import N_, commas
from coldwar_lessons.language import gettext as _

#: What can be asked for by a name, as an error calls it.
_THINGS = (
    N_("activity"),
    N_("claim"),
    N_("event"),
    N_("event to place on this timeline"),
    N_("lane"),
    N_("lesson"),
    N_("lesson or graded quiz"),
    N_("person"),
    N_("quiz"),
    N_("rubric"),
    N_("sentence"),
    N_("source"),
    N_("term"),
    N_("thing to do with work"),
    N_("writing task"),
    N_("evidence matrix"),
    N_("positions"),
    N_("claim against source"),
    N_("white out"),
    N_("words of doubt"),
    N_("forecast"),
    N_("argument map"),
    N_("figure"),
)


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of the content.

    Attributes
    ----------
    path
        The file, relative to the content's root.
    line
        The line, counted from 1; 0 when the whole file is meant.
    message
        What is wrong and how to mend it, in one line.
    """

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        """``file:line: message``, the form that editors make clickable."""
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.message}"


class CourseError(Exception):
    """An error whose message is meant for the reader, not the programmer.

    In a notebook it shows as one line, without a traceback.
    """

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class ContentError(CourseError):
    """The content could not be loaded; ``faults`` says why."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0] if self.faults else _("no content")
        more = (
            _(" (and {count} more: run coldwar-lessons check)").format(count=len(self.faults) - 1)
            if len(self.faults) > 1
            else ""
        )
        super().__init__(f"{first}{more}")


class UnknownNameError(CourseError):
    """Something was asked for by a name that does not exist."""


class UnknownAttributeError(UnknownNameError, AttributeError):
    """A method was called that does not exist."""


def did_you_mean(name: str, known: Iterable[str], most: int = 3) -> str:
    """Name the nearest known names, for the end of an error message.

    Returns
    -------
    str
        For example ``did you mean p3.s8, p3.s9?``; else a list of the first known names.
    """
    names = list(known)
    likeness = {other: difflib.SequenceMatcher(None, other, name).ratio() for other in names}
    best = max(likeness.values(), default=0)
    near = sorted((n for n in likeness if likeness[n] >= max(0.5, best - 0.2)), key=lambda n: -likeness[n])[:most]
    if near:
        return _("did you mean {names}?").format(names=commas(near))
    if not names:
        return _("there is none")
    return _("there is {names}").format(names=commas([*names[:12], *(["…"] if len(names) > 12 else [])]))


def unknown(what: str, name: str, known: Iterable[str]) -> UnknownNameError:
    """Build the one-line error for a name that does not exist."""
    # i18n: thing is such as: quiz; hint is such as: did you mean gestures?
    words = _("no {thing} {name}: {hint}")
    return UnknownNameError(words.format(thing=_(what), name=repr(name), hint=did_you_mean(str(name), known)))
