"""A tree of HTML elements that can be written as HTML text or as JSON for the browser.

One tree serves every host: written out, it is what a page without scripts, a printer and ``nbconvert``
show; as JSON it lets the browser build the same elements from text nodes, never from HTML strings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from string import Formatter
from typing import Any, Literal, TypeAlias

from coldwar_lessons.language import browser_messages, commas, pgettext, semicolons

Child: TypeAlias = "Element | str | None"
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})


@dataclass(frozen=True)
class Element:
    """One HTML element; text children are escaped when written."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Element | str, ...]

    def to_html(self) -> str:
        """Write the tree as HTML."""
        parts: list[str] = []
        self.write_to(parts)
        return "".join(parts)

    def write_to(self, parts: list[str]) -> None:
        """Append the tree as HTML to ``parts``."""
        attributes = "".join(f' {name}="{escape(value)}"' if value else f" {name}" for name, value in self.attributes)
        parts.append(f"<{self.tag}{attributes}>")
        if self.tag in _VOID:
            return
        for child in self.children:
            if isinstance(child, str):
                parts.append(escape(child, quote=False))
            else:
                child.write_to(parts)
        parts.append(f"</{self.tag}>")

    def to_json(self) -> list[Any]:
        """Write the tree as nested lists: ``[tag, {attributes}, child, …]``."""
        return [
            self.tag,
            dict(self.attributes),
            *(child if isinstance(child, str) else child.to_json() for child in self.children),
        ]

    def text(self) -> str:
        """All text of the tree, without elements."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


def h(tag: str, *children: Child | Iterable[Child], **attributes: str | bool | int | None) -> Element:
    """Build an element.

    Parameters
    ----------
    tag
        Element name.
    *children
        Elements and texts; ``None`` is left out, iterables are spread.
    **attributes
        ``class_`` and ``for_`` lose their underscore, other underscores become hyphens; ``None`` and
        ``False`` are left out, ``True`` gives an attribute without a value.
    """
    spread: list[Element | str] = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, Element | str):
            spread.append(child)
        else:
            spread.extend(one for one in child if one is not None)
    named = tuple(
        (name.rstrip("_").replace("_", "-"), "" if value is True else str(value))
        for name, value in attributes.items()
        if value is not None and value is not False
    )
    return Element(tag, named, tuple(spread))


def phrase(sentence: str, **parts: Child | Iterable[Child]) -> list[Element | str]:
    """Put elements into a sentence of the interface, where its translation has their names in braces.

    Parameters
    ----------
    sentence
        The translated sentence, such as ``Go to {next}, or stop.``
    **parts
        What stands for each name; ``None`` leaves it out, iterables are spread.

    Raises
    ------
    KeyError
        If the sentence has a name that nothing stands for.
    """
    pieces: list[Element | str] = []
    for text, name, *_format in Formatter().parse(sentence):
        part = parts[name] if name is not None else None
        for piece in (text, *([part] if part is None or isinstance(part, Element | str) else part)):
            if piece is None or piece == "":
                continue
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            else:
                pieces.append(piece)
    return pieces


def row(items: Iterable[Element | str], kind: Literal["and", "commas", "semicolons"]) -> list[Element | str]:
    """Elements in a row as a sentence has them, such as links: ``a, b and c``.

    Parameters
    ----------
    items
        The elements.
    kind
        What divides them; ``and`` stands before the last one only.
    """
    *before, last = [*items] or [""]
    if not before:
        return [last]
    if kind == "and":
        return phrase(pgettext("list", "{before} and {last}"), before=row(before, "commas"), last=last)
    between = commas(("", "")) if kind == "commas" else semicolons(("", ""))
    return [piece for one in before for piece in (one, between)] + [last]


def messages_script(declare: str = "var") -> str:
    """The declaration from which a script of the browser half takes its texts; empty for English, which needs none.

    Parameters
    ----------
    declare
        ``var`` for all scripts of a page, ``const`` for the module that it is put before.
    """
    messages = browser_messages()
    return f"{declare} COLDWAR_MESSAGES={script_json(messages)};\n" if messages else ""


def script_json(value: Any) -> str:
    r"""Write JSON for a ``<script>``: no text in it can close the element, since ``<`` is written as ``\u003c``."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
