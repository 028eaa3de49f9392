"""Small helpers for trees of HTML elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from lxml.html import HtmlElement, builder

_PLACE = re.compile(r"\{(\w+)\}")
Content: TypeAlias = HtmlElement | str | None


def find(root: HtmlElement, *names: str) -> Iterator[HtmlElement]:
    """Every element below ``root`` that has one of some classes, in document order; safe to change while walking."""
    tests = " or ".join(f'contains(concat(" ", normalize-space(@class), " "), " {name} ")' for name in names)
    return iter(root.xpath(f".//*[{tests}]"))


def has(element: HtmlElement, name: str) -> bool:
    """Whether an element has a class."""
    return name in (element.get("class") or "").split()


def words(element: HtmlElement) -> str:
    """The text of an element, in one line."""
    return " ".join(element.text_content().split())


def make(tag: str, *content: Content | Iterable[Content], **attributes: str | None) -> HtmlElement:
    """Build an element; ``class_`` loses its underscore, other underscores become hyphens, ``None`` is left out."""
    element: HtmlElement = getattr(builder, tag.upper())()
    for name, value in attributes.items():
        if value is not None:
            element.set(name.rstrip("_").replace("_", "-"), value)
    for one in content:
        for part in [one] if isinstance(one, str | HtmlElement) or one is None else one:
            put(element, part)
    return element


def filled(sentence: str, **parts: Content) -> list[Content]:
    """A translated sentence in pieces, with elements at its places in braces."""
    pieces = enumerate(_PLACE.split(sentence))
    return [parts[piece] if odd % 2 else piece for odd, piece in pieces]


def put(element: HtmlElement, part: Content) -> None:
    """Put a text or an element at the end of another."""
    if isinstance(part, HtmlElement):
        element.append(part)
    elif part:
        if len(element):
            element[-1].tail = (element[-1].tail or "") + part
        else:
            element.text = (element.text or "") + part


def drop(element: HtmlElement) -> None:
    """Take an element out; the text after it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def turn_into(element: HtmlElement, tag: str, **attributes: str) -> None:
    """Give an element another tag; of its attributes only class and id stay, and those that are given."""
    for name in element.attrib:
        if name not in {"class", "id"}:
            del element.attrib[name]
    element.tag = tag
    for name, value in attributes.items():
        element.set(name.rstrip("_").replace("_", "-"), value)


def add_class(element: HtmlElement, name: str) -> None:
    """Give an element one more class."""
    element.set("class", f"{element.get('class', '')} {name}".strip())
