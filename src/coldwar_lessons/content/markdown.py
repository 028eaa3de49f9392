"""Markdown as the checks need it: runs of prose, links, directives and roles, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_DIRECTIVE_LINE = re.compile(r"\s*(?::{3,})?\s*\{([\w:-]+)\}\s*(.*?)\s*$")
_COLON_FENCE = re.compile(r"\s*:{3,}")
_OPTION = re.compile(r"\s*:([\w-]+):(?:\s+(.*?))?\s*$")
_ROLE = re.compile(r"\{([\w:-]+)\}$")
#: Directives whose body is not prose; every other directive's body is read as Markdown.
_NO_PROSE = frozenset(
    {"code", "code-block", "code-cell", "literalinclude", "math", "raw", "toctree", "mermaid", "bibliography"}
)


@dataclass(frozen=True)
class Run:
    """One block of prose, without markup: a paragraph, heading, table cell or list item.

    Attributes
    ----------
    text
        The words; a line of the file ends in a line break.
    line
        Line on which it begins, counted from 1.
    """

    text: str
    line: int

    def line_of(self, offset: int) -> int:
        """Line of one character of the text."""
        return self.line + self.text.count("\n", 0, offset)


@dataclass(frozen=True)
class Link:
    """A link or image, as it stands in the file."""

    target: str
    line: int


@dataclass(frozen=True)
class Call:
    """A directive or a role: its name, what it was given, and its options."""

    name: str
    argument: str
    line: int
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Prose:
    """What a Markdown text says, where it points and what it calls."""

    runs: tuple[Run, ...]
    links: tuple[Link, ...]
    calls: tuple[Call, ...]


def read_markdown(text: str) -> Prose:
    """Take a Markdown text apart; directives' bodies are read too, code is not."""
    found = list(_read(_without_front_matter(text).split("\n"), 1))
    return Prose(
        tuple(one for one in found if isinstance(one, Run)),
        tuple(one for one in found if isinstance(one, Link)),
        tuple(one for one in found if isinstance(one, Call)),
    )


def _without_front_matter(text: str) -> str:
    lines = text.split("\n")
    if lines[0].rstrip() == "---":
        for index, line in enumerate(lines[1:], 1):
            if line.rstrip() in {"---", "..."}:
                return "\n".join([""] * (index + 1) + lines[index + 1 :])
    return text


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _read(lines: list[str], first_line: int) -> Iterator[Run | Link | Call]:
    bare = list(lines)
    for index, line in enumerate(lines):
        if _COLON_FENCE.match(line):
            bare[index] = ""
            opened = _DIRECTIVE_LINE.match(line)
            if opened:
                count, options = _options(lines[index + 1 :])
                bare[index + 1 : index + 1 + count] = [""] * count
                yield Call(opened[1], opened[2], first_line + index, options)
    for token in _parser().parse("\n".join(bare)):
        at = first_line + (token.map[0] if token.map else 0)
        if token.type == "inline":
            yield from _read_inline(token, at)
        elif token.type == "fence":
            opened = _DIRECTIVE_LINE.match(token.info)
            if opened:
                body = token.content.split("\n")
                count, options = _options(body)
                yield Call(opened[1], opened[2], at, options)
                if opened[1] not in _NO_PROSE:
                    yield from _read([""] * count + body[count:], at + 1)


def _options(lines: list[str]) -> tuple[int, tuple[tuple[str, str], ...]]:
    """The ``:name: value`` lines at the head of a directive's body, and how many there are."""
    found = []
    for line in lines:
        option = _OPTION.match(line)
        if not option:
            break
        found.append((option[1], option[2] or ""))
    return len(found), tuple(found)


def _read_inline(token: Token, line: int) -> Iterator[Run | Link | Call]:
    pieces: list[str] = []
    at = line
    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            pieces.append("\n")
            at += 1
        elif child.type == "text":
            pieces.append(child.content)
        elif child.type == "code_inline":
            role = _ROLE.search(pieces[-1]) if pieces else None
            if role:
                yield Call(role[1], child.content.strip(), at)
            pieces.append(" ")
        elif child.type == "image":
            pieces.append(child.content)
            yield Link(str(child.attrs.get("src", "")), at)
        elif child.type == "link_open":
            yield Link(str(child.attrs.get("href", "")), at)
    yield Run("".join(pieces), line)
