"""Full references, as a bibliography prints them: author and date first, after the Chicago Manual of Style.

One description serves every place that prints a source: the lessons, a student's file, the bibliography.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from coldwar_lessons.language import N_, listed, ngettext
from coldwar_lessons.language import gettext as _

from .models import Source

PartStyle: TypeAlias = Literal["plain", "whole", "part", "around", "note"]

#: Headings of the bibliography, in the order in which a historian would list them.
KINDS: Mapping[str, str] = {
    "document": N_("Documents of the time"),
    "archive": N_("Archives"),
    "debate": N_("Debates in Parliament"),
    "press": N_("Newspapers, magazines and broadcasts"),
    "scholarship": N_("Books and articles by historians"),
    "data": N_("Figures"),
    "reference": N_("Reference works, guides and collections"),
}
_WEAK = N_("Weak: a mirror or a tertiary text.")


@dataclass(frozen=True)
class Part:
    """A piece of a reference.

    Attributes
    ----------
    text
        The words.
    style
        ``whole``: title of a work that stands by itself; ``part``: title of a part of one, such as an article;
        ``around``: title of the work around it; ``note``: what was seen of it, and doubts.
    url
        Where the words lead.
    """

    text: str
    style: PartStyle = "plain"
    url: str | None = None


def reference_parts(source: Source, *, notes: bool = True) -> list[Part]:
    """Describe a source in full; without ``notes``, only what identifies it."""
    names = _names(source)
    year = f"{source.year}. " if source.year else ""
    parts = [Part(f"{names}{_stop(names)} {year}")] if names else []
    part = source.form in {"article", "chapter", "thesis", "paper"}
    address = source.url or (f"https://doi.org/{source.doi}" if source.doi else None)
    if part:
        parts += [Part("‘"), Part(source.title, "part", address), Part(f"’{_stop(source.title)}")]
    else:
        parts += [Part(source.title, "whole", address), Part(_stop(source.title))]
    parts += _imprint(source, None if names else source.year)
    if source.doi:
        parts += [Part(" "), Part(f"doi:{source.doi}", url=f"https://doi.org/{source.doi}"), Part(".")]
    if notes and source.note:
        parts += [Part(" "), Part(source.note, "note")]
    if notes and source.weak:
        parts += [Part(" "), Part(_(_WEAK), "note")]
    return parts


def reference_text(source: Source, *, notes: bool = True) -> str:
    """Write a source in full as plain text."""
    return "".join(part.text for part in reference_parts(source, notes=notes))


def reference_order(source: Source) -> tuple[bool, str, str, str]:
    """Sort by the first name, then by year and title; the paper of the course comes first.

    What has no author is sorted by its title; volumes of one series, which are counted in Roman figures, by their ids.
    """
    people = source.authors or (source.editors if source.form != "chapter" else ())
    if people:
        return (source.id != "paper", people[0].split()[-1].casefold(), source.year or "", source.title.casefold())
    return (source.id != "paper", source.title.partition(", Volume ")[0].casefold().removeprefix("the "), "", source.id)


def _names(source: Source) -> str:
    if source.authors:
        return _listed(source.authors)
    # The editors of a book take the place of its author; those of a chapter's book stand with the book.
    if source.editors and source.form != "chapter":
        # i18n: editors of a book, before a full stop.
        return ngettext("{names}, ed", "{names}, eds", len(source.editors)).format(names=_listed(source.editors))
    return ""


def _listed(people: Sequence[str]) -> str:
    given, _space, family = people[0].rpartition(" ")
    return _joined([f"{family}, {given}" if given else family, *people[1:]])


def _joined(people: Sequence[str]) -> str:
    return listed(people)


def _imprint(source: Source, year: str | None) -> Iterator[Part]:
    published = ": ".join(part for part in (source.place, source.publisher) if part)
    if source.form == "chapter" and source.container:
        # i18n: the book that a chapter stands in.
        before, _place, after = _("In {book}").partition("{book}")
        yield Part(f" {before}")
        yield Part(source.container, "around")
        editors = _(", edited by {names}").format(names=_joined(source.editors)) if source.editors else ""
        pages = f", {_pages(source)}" if source.pages else ""
        yield Part(f"{after}{editors}{pages}.")
        yield from _sentence(published, year)
    elif source.form == "article" and source.container:
        yield Part(" ")
        yield Part(source.container, "around")
        number = source.volume or source.issue
        issue = f" ({source.issue})" if source.volume and source.issue else ""
        place = f" {number}{issue}" if number else ""
        pages = (": " if number else ", ") + _pages(source) if source.pages else ""
        date = f", {year}" if year and year not in (source.issue or "") else ""
        yield Part(f"{place}{pages}{date}.")
        yield from _sentence(published, None)
    elif source.form == "paper" and source.container:
        yield from _sentence(" ".join(part for part in (source.container, source.issue) if part), None)
        yield from _sentence(published, year)
    elif source.form == "thesis":
        yield from _sentence(", ".join(part for part in (_("PhD thesis"), published) if part), year)
    elif source.form == "book":
        yield from _sentence(source.series or "", None)
        yield from _sentence(published, year)
    else:
        # Documents of one day often bear their year in the title.
        around = ", ".join(part for part in (source.container, published) if part)
        yield from _sentence(around, None if year and year in source.title else year)


def _sentence(text: str, year: str | None) -> Iterator[Part]:
    words = ", ".join(part for part in (text, year) if part)
    if words:
        yield Part(f" {words}{_stop(words)}")


def _pages(source: Source) -> str:
    return (source.pages or "").replace("-", "–")


def _stop(text: str) -> str:
    return "" if text.endswith((".", "?", "!")) else "."
