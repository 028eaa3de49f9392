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
            tops = [page.get_rect(number)[3] for number in range(page.count_rects())]
            for top, title in headings:
                # A heading of two lines is 60 points high at most.
                if not any(foot < other < top - 60 for other in tops) and top < 200:
                    alone.append(f"page {index + 1}: {title}")
    finally:
        document.close()
    return alone
