"""Old addresses that lead on: pages that were moved keep the links that others made to them.

``sphinx: config: cwl_redirects`` of ``_config.yml`` maps each old document to the new one. Not by
sphinx-reredirects, whose pages hold an inline script, which the book's policy forbids, and which writes over a page
that exists without a word.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging

from coldwar_lessons.language import gettext as _

from .builder import BookBuilder

_LOG = logging.getLogger(__name__)


def redirects_of(app: Sphinx) -> dict[str, str]:
    """Old document to new document, those alone that make sense; the others are warned of."""
    good: dict[str, str] = {}
    for old, new in app.config.cwl_redirects.items():
        if old in app.env.found_docs:
            _LOG.warning(
                _("cwl_redirects: {page} is a page of the book; take the redirect out or rename the page").format(
                    page=old
                )
            )
        elif new not in app.env.found_docs:
            _LOG.warning(
                _("cwl_redirects: {page} leads to {target}, which is no page of the book").format(page=old, target=new)
            )
        else:
            good[old] = new
    return good


def collect_redirects(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give Sphinx the pages that lead on."""
    if not isinstance(app.builder, BookBuilder):
        return
    for old, new in redirects_of(app).items():
        here = posixpath.dirname(app.builder.get_target_uri(old))
        there = posixpath.relpath(app.builder.get_target_uri(new), here or ".")
        yield old, {"target": there, "target_title": app.env.titles[new].astext()}, "redirect.html"
