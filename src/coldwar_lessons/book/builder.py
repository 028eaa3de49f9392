"""Sphinx's HTML builder, with the root page where readers look for it."""

from __future__ import annotations

from typing import Any

from sphinx.builders.html import StandaloneHTMLBuilder

ROOT_PAGE = "index"


class BookBuilder(StandaloneHTMLBuilder):
    """Writes the root document (``book/index``) as ``index.html``, at the address where readers arrive.

    Jupyter Book alone would put a page there that sends the reader on.
    """

    # The book has its own (search.py).
    search = False

    def init(self) -> None:
        """Begin with nothing searched; see :mod:`coldwar_lessons.book.search`."""
        super().init()
        self.searched: dict[str, Any] = {}

    def page_name(self, docname: str) -> str:
        """Name of the page that a document is written to."""
        return ROOT_PAGE if docname == self.config.root_doc else docname

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Address of a document's page, relative to the book's root."""
        return super().get_target_uri(self.page_name(docname), typ)

    def get_outfilename(self, pagename: str) -> str:
        """File that a page is written to."""
        return super().get_outfilename(self.page_name(pagename))
