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


def bookmarks_of(pdf: bytes) -> list[tuple[int, str]]:
    """Levels, counted from 0, and titles of all bookmarks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [(one.level, one.get_title()) for one in document.get_toc()]
    finally:
        document.close()


def headings_at_the_foot(pdf: bytes, foot: float = 60) -> list[str]:
    """Bookmarked headings below which their page shows no more text.

    Parameters
    ----------
    pdf
        The file.
    foot
        Height in points of what stands at the foot of every page, such as its number.
    """
    document = pypdfium2.PdfDocument(pdf)
    alone = []
    try:
        places: dict[int, list[tuple[float, str]]] = {}
        for bookmark in document.get_toc():
            target = bookmark.get_dest()
            _, view = target.get_view()
            places.setdefault(target.get_index(), []).append((view[1], bookmark.get_title()))
        for index, headings in places.items():
            page = document[index].get_textpage()
            for top, title in headings:
                below = " ".join(page.get_text_bounded(bottom=foot, top=top + 2).split())
                if top < 200 and len(below.removeprefix(title)) < 20:
                    alone.append(f"page {index + 1}: {title}")
    finally:
        document.close()
    return alone
