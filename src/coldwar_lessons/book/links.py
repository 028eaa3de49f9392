"""Links, made right for the page that shows them.

Widgets do not know their page: they write addresses as from a page one folder deep, such as
``../book/the-paper.html#p3.s8``. That holds for lessons and most pages of the book, not for the root page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.builders import Builder
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

logger = logging.getLogger(__name__)

#: An address of one of our pages, between quotation marks: an attribute's value, or a string of the payload.
_ADDRESS = re.compile(r'(?<=")\.\./((?:book|notebooks)/[\w-]+)\.html(#[^"]*)?(?=")')


def relink(html: str, address_of: Callable[[str], str | None]) -> tuple[str, list[str]]:
    """Rewrite the addresses of pages in a widget's HTML.

    Parameters
    ----------
    html
        The widget.
    address_of
        Gives the address of a document from where the widget stands, or ``None`` when there is no such document.

    Returns
    -------
    tuple
        The HTML, and the names of documents that do not exist.
    """
    missing: list[str] = []

    def rewrite(found: re.Match[str]) -> str:
        address = address_of(found[1])
        if address is None:
            missing.append(found[1])
            return found[0]
        fragment = found[2] or ""
        # In one long page (singlehtml) an address is itself a fragment.
        return fragment if fragment and "#" in address else f"{address}{fragment}" or "#"

    return _ADDRESS.sub(rewrite, html), missing


def is_widget(node: Any) -> bool:
    """Whether a node is the HTML of a widget."""
    return isinstance(node, nodes.raw) and node.get("format") == "html" and "cwl" in node.astext()


def page_address(builder: Builder, from_document: str) -> Callable[[str], str | None]:
    """Give a function that knows the address of each document from one of them."""
    known = builder.env.found_docs

    def address_of(docname: str) -> str | None:
        return builder.get_relative_uri(from_document, docname) if docname in known else None

    return address_of


class LinkWidgets(SphinxPostTransform):
    """Makes links right: those in widgets, whether a directive or a notebook put them there, and those of roles."""

    # After myst-nb has chosen which of an output's forms is shown.
    default_priority = 900
    formats = ("html",)

    def run(self, **_options: Any) -> None:
        """Rewrite the links of one document."""
        address_of = page_address(self.app.builder, self.env.docname)
        missing: set[str] = set()
        for node in list(self.document.findall(is_widget)):
            html, unknown = relink(node.astext(), address_of)
            missing.update(unknown)
            if html != node.astext():
                node.replace_self(nodes.raw("", html, format="html"))
        for link in self.document.findall(nodes.reference):
            if "cwl_page" in link:
                docname, fragment = link["cwl_page"]
                address = address_of(docname)
                if address is None:
                    missing.add(docname)
                link["refuri"] = f"{address or ''}#{fragment}" if "#" not in (address or "") else f"#{fragment}"
        for docname in sorted(missing):
            logger.warning("links to %r, which is not in _toc.yml: add it there", docname, location=self.env.docname)
