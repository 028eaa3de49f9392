"""Small books with a page or two, and the real one."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.book.building import built_book

PAGES = {
    "book/index": "# Welcome\n\nHere it begins.\n",
    "book/the-paper": "# The paper\n\n```{paper}\n```\n",
    "book/sources": "# Sources\n\n```{sources} scholarship\n```\n",
    "notebooks/01-a-paper-marked-secret": "# Lesson\n\nText.\n",
}


@dataclass
class Built:
    """A small book that was built."""

    output: Path
    warnings: str

    def page(self, name: str = "book/try") -> str:
        """HTML of a page."""
        return (self.output / f"{name}.html").read_text(encoding="utf-8")

    def text(self, name: str = "book/try") -> str:
        """The article's text, without tags."""
        article = self.page(name).partition('<article class="article">')[2].partition("</article>")[0]
        return " ".join(re.sub(r"<[^>]*>", "", article).split())


@pytest.fixture
def small_book(tmp_path: Path) -> Callable[..., Built]:
    """Build a small book with the page ``book/try``, and with others by name."""

    def build(text: str = "", *, config: dict[str, Any] | None = None, **others: str) -> Built:
        from sphinx.application import Sphinx
        from sphinx.util.docutils import docutils_namespace

        source = tmp_path / "source"
        pages = {**PAGES, "book/try": textwrap.dedent(text) or "# Try\n", **others}
        for name, content in pages.items():
            file = source / f"{name}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        listed = "".join(f"  - file: {name}\n" for name in pages if name != "book/index")
        (source / "_toc.yml").write_text(f"format: jb-book\nroot: book/index\nchapters:\n{listed}", encoding="utf-8")
        warnings = io.StringIO()
        with docutils_namespace():
            app = Sphinx(
                srcdir=source,
                confdir=None,
                outdir=tmp_path / "_build" / "html",
                doctreedir=tmp_path / "_build" / "doctrees",
                buildername="html",
                confoverrides={
                    "extensions": ["myst_nb", "sphinx_external_toc", "coldwar_lessons.book"],
                    "html_theme": "coldwar_lessons",
                    "html_title": "A small book",
                    "myst_enable_extensions": ["colon_fence", "attrs_inline"],
                    "nb_execution_mode": "off",
                    "html_use_index": False,
                    "html_domain_indices": False,
                    "external_toc_path": "_toc.yml",
                    "html_additional_pages": {"search": "search.html", "404": "404.html"},
                    **(config or {}),
                },
                status=None,
                warning=warnings,
            )
            app.build()
        plain = re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue())
        return Built(tmp_path / "_build" / "html", plain)

    return build


@pytest.fixture(scope="session")
def book() -> Path:
    """The real book, built."""
    return built_book()
