"""A student's text as a marker reads it: paragraph by paragraph, with what it cites opened on a press.

The text is hostile until the last character is written: it only ever becomes text of elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.roster import RosterEntry
from coldwar_lessons.language import N_
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h
from coldwar_lessons.widgets.writing import Evidence, evidence_of

#: Controls that no text needs, and the marks with which a text can turn itself or its surroundings round.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufeff]")
_FRUS_YEARS = re.compile(r"^FRUS [\d-]+, ")
_NAME_HIDDEN = N_("[name hidden]")


@dataclass(frozen=True)
class Citations:
    """What can be cited in a lesson, by the name it is cited by; and how to find such names in a text."""

    evidence: Mapping[str, Evidence]
    pattern: re.Pattern[str]


def citations_of(course: Course, lesson: str) -> Citations:
    """Everything that the writing desk of a lesson lets a student cite, also where it is typed by hand."""
    found: dict[str, Evidence] = {}
    for one in evidence_of(course, course.named("lessons", lesson)):
        name = _plain(one.cite[1:-1])
        found.setdefault(name, one)
        # Volumes of FRUS are known by their number, and few who type it add the years.
        found.setdefault(_FRUS_YEARS.sub("FRUS ", name), one)
    # The longest first, or ‘FRUS VIII’ would hide ‘FRUS VIII, doc. 587’.
    names = "|".join(_typed(name) for name in sorted(found, key=len, reverse=True))
    return Citations(found, re.compile(rf"(?<!\w)(?:{names})(?!\w)"))


def _plain(name: str) -> str:
    """A name with the dashes, apostrophes and spaces of a typewriter."""
    return " ".join(re.sub("[‐-―]", "-", name.replace("’", "'")).split())


def _typed(name: str) -> str:
    """A pattern for a plain name, however its dashes, apostrophes and spaces were typed."""
    return re.escape(name).replace(r"\ ", r"\s+").replace(r"\-", "[-‐-―]").replace("'", "['’]")


def readable(text: str) -> str:
    """A text without what cannot be seen: a replacement character shows where it was."""
    return _INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def count_words(text: str) -> int:
    """Words as the writing desk counts them."""
    return len(text.split())


def hide_name(text: str, student: RosterEntry) -> str:
    """A text without the writer's own name in full, and without the student number.

    A first name alone may be a word or another person, so it stays.
    """
    names = [student.name] if len(student.name.split()) > 1 else []
    if len(student.number) > 3:
        names.append(student.number)
    hidden = _(_NAME_HIDDEN)
    for name in names:
        words = r"\s+".join(re.escape(word) for word in name.split())
        text = re.sub(rf"(?<!\w){words}(?!\w)", lambda _found: hidden, text, flags=re.IGNORECASE)
    return text


def text_elements(text: str, citations: Citations) -> tuple[list[Element], list[str]]:
    """Set a text.

    Parameters
    ----------
    text
        What the student wrote.
    citations
        What can be cited.

    Returns
    -------
    tuple
        The paragraphs, with a link at every citation, and the names of what is cited, in order.
    """
    cited: dict[str, int] = {}
    paragraphs: list[Element] = []
    for part in readable(text).split("\n"):
        if not part.strip():
            continue
        pieces: list[Element | str] = []
        at = 0
        for match in citations.pattern.finditer(part):
            number = cited.setdefault(_plain(match[0]), len(cited) + 1)
            pieces += [part[at : match.start()], h("a", match[0], href=f"#cited-{number}", class_="cite")]
            at = match.end()
        paragraphs.append(h("p", pieces, part[at:], dir="auto"))
    return paragraphs, list(cited)


def cited_list(names: Iterable[str], citations: Citations) -> Element | None:
    """What a text cites, to be read below it, or in place where scripts run."""
    entries = [_cited(number, citations.evidence[name]) for number, name in enumerate(names, 1)]
    if not entries:
        return None
    return h("section", h("h3", _("What it cites")), h("ol", entries), class_="cited")


def _cited(number: int, one: Evidence) -> Element:
    words = h("p", one.detail, class_="cited-words" if one.cite.startswith(("(p", "(fn")) else None)
    name = one.cite[1:-1]
    return h(
        "li",
        h(
            "p",
            h("b", name),
            " ",
            h("a", _("open the source"), href=one.url, target="_blank", rel="noopener noreferrer") if one.url else None,
            class_="cited-name",
        ),
        words,
        h("p", one.reference, class_="cited-reference") if not one.cite.startswith(("(p", "(fn")) else None,
        id=f"cited-{number}",
    )
