"""What the tests read out of PDF files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2


def text_of(pdf: bytes) -> str:
    """All text of a file, in one line, with what was hyphenated at the end of lines put together."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).replace("\ufffe", "").split())


def tags_of(pdf: bytes) -> list[tuple[str, str]]:
    """The tags of a file in reading order, each with its alternative text."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [(str(one.S).lstrip("/"), str(one.get("/Alt", ""))) for one in _elements(document.Root.StructTreeRoot)]


def _elements(node: Any) -> Iterator[Any]:
    kids = node.get("/K")
    for kid in [] if kids is None else kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def bookmarks_of(pdf: bytes) -> list[str]:
    """Titles of all bookmarks, the nested ones after those that hold them."""
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:

        def walk(items: Any) -> Iterator[str]:
            for item in items:
                yield str(item.title)
                yield from walk(item.children)

        return list(walk(outline.root))
