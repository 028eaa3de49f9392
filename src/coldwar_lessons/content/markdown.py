"""Markdown as the checks need it: runs of prose and links, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

_DIRECTIVE = re.compile(r"\{([\w:-]+)\}")
_COLON_FENCE = re.compile(r"^\s*:{3,}(\{[\w:-]+\})?")
_OPTION = re.compile(r"^\s*:[\w-]+:(\s|$)")
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
class Prose:
    """What a Markdown text says and where it points."""

    runs: tuple[Run, ...]
    links: tuple[Link, ...]


def read_markdown(text: str) -> Prose:
    """Take a Markdown text apart; directives' bodies are read too, code is not."""
    runs: list[Run] = []
    links: list[Link] = []
    for found in _read(_without_front_matter(text), 1):
        if isinstance(found, Run):
            runs.append(found)
        else:
            links.append(found)
    return Prose(tuple(runs), tuple(links))


def _without_front_matter(text: str) -> str:
    lines = text.split("\n")
    if lines[0].rstrip() == "---":
        for index, line in enumerate(lines[1:], 1):
            if line.rstrip() in {"---", "..."}:
                return "\n".join([""] * (index + 1) + lines[index + 1 :])
    return text


def _read(text: str, first_line: int) -> Iterator[Run | Link]:
    text = "\n".join("" if _COLON_FENCE.match(line) or _OPTION.match(line) else line for line in text.split("\n"))
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for token in parser.parse(text):
        line = first_line + (token.map[0] if token.map else 0)
        if token.type == "inline":
            yield from _read_inline(token, line)
        elif token.type == "fence":
            directive = _DIRECTIVE.match(token.info.strip())
            if directive and directive[1] not in _NO_PROSE:
                yield from _read(token.content, line + 1)


def _read_inline(token: Token, line: int) -> Iterator[Run | Link]:
    pieces: list[str] = []
    at = line
    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            pieces.append("\n")
            at += 1
        elif child.type == "text":
            pieces.append(child.content)
        elif child.type == "code_inline":
            pieces.append(" ")
        elif child.type == "image":
            pieces.append(child.content)
            yield Link(str(child.attrs.get("src", "")), at)
        elif child.type == "link_open":
            yield Link(str(child.attrs.get("href", "")), at)
    yield Run("".join(pieces), line)
