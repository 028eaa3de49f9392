"""Sphinx's HTML builder, with the root page where readers look for it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder

ROOT_PAGE = "index"


class BookBuilder(StandaloneHTMLBuilder):
    """Writes the root document (``book/index``) as ``index.html``, at the address where readers arrive.

    Jupyter Book alone would put a page there that sends the reader on.
    """

    def page_name(self, docname: str) -> str:
        """Name of the page that a document is written to."""
        return ROOT_PAGE if docname == self.config.root_doc else docname

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Address of a document's page, relative to the book's root."""
        return super().get_target_uri(self.page_name(docname), typ)

    def get_outfilename(self, pagename: str) -> str:
        """File that a page is written to."""
        return super().get_outfilename(self.page_name(pagename))

    def index_page(self, pagename: str, doctree: nodes.document, title: str) -> None:
        """Feed a page to the search, under the name of its address."""
        if pagename != self.config.root_doc:
            super().index_page(pagename, doctree, title)
        elif self.indexer is not None:
            filename = str(Path(self.env.doc2path(pagename, base=False)))
            self.indexer.feed(ROOT_PAGE, filename, title, doctree)

    def load_indexer(self, docnames: Iterable[str]) -> None:
        """Load what earlier builds knew for the search, minus what is built anew."""
        names = set(docnames)
        super().load_indexer(names)
        if self.indexer is not None and self.config.root_doc not in names:
            self._keep_root_page()

    def _keep_root_page(self) -> None:
        # The base class keeps documents by name and so drops the root page: feed it from its stored tree.
        doctree = self.env.get_doctree(self.config.root_doc)
        self.index_page(self.config.root_doc, doctree, self.env.titles[self.config.root_doc].astext())
