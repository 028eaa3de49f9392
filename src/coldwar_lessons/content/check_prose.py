"""Checking prose, in the book's pages and the notebooks' Markdown cells: quotations, links, directives and roles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from coldwar_lessons.language import gettext as _

from .check_quotations import quotable
from .check_walk import walk_data
from .faults import Fault, did_you_mean, unknown
from .load import Reading, singular
from .markdown import Call, Link, Prose, read_markdown
from .quotations import Quotable, find_faults, find_words

#: Directives and roles of the book to the kind of what they name.
_NAMES_MANY: Mapping[str, str] = {"passage": "sentences"}
_NAMES_ONE: Mapping[str, str] = {"quiz": "quizzes", "sentence": "sentences", "where": "sentences", "source": "sources"}
_TIMELINE: Mapping[str, str] = {"lanes": "lanes", "events": "events", "place": "events"}
_TARGET = re.compile(r"<([^<>]+)>\s*$")


def check_pages(root: Path, reading: Reading) -> Iterator[Fault]:
    """Every false quotation, dead link and unknown name in ``book/*.md``."""
    allowed = quotable(reading)
    for path in sorted((root / "book").rglob("*.md")):
        shown = path.relative_to(root)
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            yield Fault(shown, 0, _("not UTF-8 text: save the file as UTF-8"))
            continue
        prose = read_markdown(text)
        yield from check_prose(root, shown, prose, allowed, lambda line: line, None)
        for call in prose.calls:
            yield from (Fault(shown, call.line, message) for message in _wrong_with_call(call, reading))


def _wrong_with_call(call: Call, reading: Reading) -> Iterator[str]:
    """What a directive or role names that does not exist."""
    if call.name in _NAMES_MANY:
        wanted = [(_NAMES_MANY[call.name], name) for name in _names(call.argument)]
    elif call.name in _NAMES_ONE:
        target = _TARGET.search(call.argument)
        wanted = [(_NAMES_ONE[call.name], target[1].strip() if target else call.argument)]
    elif call.name == "timeline":
        wanted = [
            (_TIMELINE[option], name) for option, text in call.options if option in _TIMELINE for name in _names(text)
        ]
    else:
        return
    for kind, name in wanted:
        known = reading.declared.get(kind)
        if known is not None and name not in known:
            yield f"{{{call.name}}}: {unknown(singular(kind), name, sorted(known))}"
    if call.name == "sentence" and reading.course is not None:
        name = wanted[0][1]
        words = " ".join(_TARGET.sub("", call.argument).split()) if _TARGET.search(call.argument) else ""
        if words and name in reading.declared["sentences"]:
            text = reading.course.sentence(name).text
            if find_words(words, text) < 0:
                yield _(
                    "{{sentence}}: “{words}” does not stand in {name} to the letter: copy the words from there"
                ).format(words=words, name=name)


def _names(text: str) -> list[str]:
    return text.replace(",", " ").split()


def cited_addresses(reading: Reading) -> frozenset[str] | None:
    """Every address of a source or citation; ``None`` when a file that may have more could not be read."""
    if not reading.complete:
        return None
    return frozenset(
        unquote(value)
        for document in reading.documents
        for location, value in walk_data(document.data)
        if location[-1:] == ("url",) and isinstance(value, str)
    )


def check_prose(
    root: Path,
    shown: Path,
    prose: Prose,
    allowed: Quotable | None,
    line_of: Callable[[int], int],
    cited: frozenset[str] | None,
) -> Iterator[Fault]:
    """Check one piece of prose.

    Parameters
    ----------
    root
        Root of the course.
    shown
        The file, relative to the root.
    prose
        Its words and links.
    allowed
        What may stand in curly double quotes; ``None`` leaves quotations unchecked.
    line_of
        Gives the file's line for a line of the prose.
    cited
        Addresses that may be linked to; ``None`` allows all.
    """
    for run in prose.runs if allowed else ():
        assert allowed is not None
        for offset, message in find_faults(run.text, allowed.allows):
            yield Fault(shown, line_of(run.line_of(offset)), message)
    for link in prose.links:
        problem = _wrong_with_link(root, shown, link, cited)
        if problem:
            yield Fault(shown, line_of(link.line), problem)


def _wrong_with_link(root: Path, shown: Path, link: Link, cited: frozenset[str] | None) -> str | None:
    parts = urlsplit(link.target)
    if parts.scheme in {"http", "https"}:
        if cited is None or unquote(link.target) in cited:
            return None
        return _(
            "{target} is the address of no source or citation: cite it in data/ first, or mend the address"
        ).format(target=link.target)
    if parts.scheme or not parts.path:
        return None
    path = unquote(parts.path)
    target = (root / path.lstrip("/")) if path.startswith("/") else (root / shown).parent / path
    if target.exists() or _left_out(root, target):
        return None
    near = sorted(p.name for p in target.parent.iterdir() if p.is_file()) if target.parent.is_dir() else []
    return _("link to a missing file, {path}: {hint}").format(path=path, hint=did_you_mean(target.name, near))


def _left_out(root: Path, target: Path) -> bool:
    """Whether the link leads into the book's pages where these are not installed."""
    book = (root / "book").resolve()
    return not book.is_dir() and book in target.resolve().parents
