"""Links, made right for the page that shows them.

Widgets do not know their page: they write addresses as from a page one folder deep, such as
``../book/the-paper.html#p3.s8``. That holds for lessons and most pages of the book, not for the root page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.language import gettext as _

logger = logging.getLogger(__name__)

PAPER_PAGE = "book/the-paper"
SENTENCE_NAME = re.compile(r"\b(?:p|fn)\d{1,2}\.s\d{1,2}\b")

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


def page_link(text: str, docname: str, fragment: str, **attributes: Any) -> nodes.Node:
    """Link to a place on another page; :class:`LinkWidgets` finds the page's address."""
    link = nodes.reference(text, text, internal=True, refuri="", **attributes)
    link["cwl_page"] = (docname, fragment)
    return link


def is_widget(node: Any) -> bool:
    """Whether a node is the HTML of a widget."""
    return isinstance(node, nodes.raw) and node.get("format") == "html" and "cwl" in node.astext()


def page_address(builder: Builder, from_document: str) -> Callable[[str], str | None]:
    """Give a function that knows the address of each document from one of them."""
    known = builder.env.found_docs

    def address_of(docname: str) -> str | None:
        return builder.get_relative_uri(from_document, docname) if docname in known else None

    return address_of


class LinkSentences(SphinxTransform):
    """Links every sentence named in a text, such as p3.s8, to its place in the paper."""

    # Text inside these stays as it is.
    _LEFT_ALONE = (nodes.reference, nodes.literal, nodes.literal_block, nodes.raw, nodes.title, pending_xref)
    default_priority = 700

    def apply(self, **_options: Any) -> None:
        """Rewrite the texts of one document."""
        course = load_course()
        for text in list(self.document.findall(nodes.Text)):
            if SENTENCE_NAME.search(text) and not self._left_alone(text):
                text.parent.replace(text, list(self._linked(course, text)))

    def _left_alone(self, node: nodes.Node) -> bool:
        parent = node.parent
        while parent is not None:
            if isinstance(parent, self._LEFT_ALONE):
                return True
            parent = parent.parent
        return False

    def _linked(self, course: Course, node: nodes.Text) -> Iterator[nodes.Node]:
        text, at = str(node), 0
        for found in SENTENCE_NAME.finditer(text):
            try:
                course.sentence(found[0])
            except CourseError as error:
                logger.warning("%s", error, location=node.parent)
                continue
            yield nodes.Text(text[at : found.start()])
            yield page_link(found[0], PAPER_PAGE, found[0], classes=["sentence"])
            at = found.end()
        yield nodes.Text(text[at:])


class PlainAddresses(SphinxTransform):
    """Writes web addresses as they are: MyST hands them over escaped, and the HTML writer escapes them once more.

    An address such as ``…?id=1&pg=2`` would otherwise ask for ``amp;pg``.
    """

    default_priority = 690

    def apply(self, **_options: Any) -> None:
        """Mend the addresses of one document."""
        for link in self.document.findall(nodes.reference):
            if "&amp;" in link.get("refuri", ""):
                link["refuri"] = unescape(link["refuri"])


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
            words = _("links to {page!r}, which is not in _toc.yml: add it there")
            logger.warning("%s", words.format(page=docname), location=self.env.docname)
