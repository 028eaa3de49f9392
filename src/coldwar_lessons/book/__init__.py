"""The Sphinx extension that makes the book: directives, links, theme and scripts.

Loaded by ``_config.yml`` (``sphinx: config: extensions``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from coldwar_lessons import __version__

from .bibliography import setup_bibliography
from .builder import BookBuilder
from .directives import DIRECTIVES
from .freshness import note_content, note_documents
from .links import LinkSentences, LinkWidgets, PlainAddresses
from .metadata import write_sitemap
from .offline import note_service_worker
from .pages import complete_page, copy_assets, remove_stale_files
from .redirects import collect_redirects
from .roles import ROLES
from .search import note_page, write_search_data
from .work import write_work_files

THEME = Path(__file__).resolve().parent / "theme"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx."""
    app.add_html_theme("coldwar_lessons", str(THEME))
    app.add_builder(BookBuilder, override=True)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    for name, role in ROLES.items():
        app.add_role(name, role)
    setup_bibliography(app)
    app.add_transform(PlainAddresses)
    app.add_transform(LinkSentences)
    app.add_post_transform(LinkWidgets)
    # A change of the content makes Sphinx read every page anew, a change of the assets makes it write every page anew.
    app.add_config_value("cwl_content", "", "env", str)
    app.add_config_value("cwl_assets", "", "html", str)
    app.add_config_value("cwl_redirects", {}, "html", dict)
    app.add_config_value("cwl_offline", False, "html", bool)
    # Jupyter Book sets this one whether or not its extension is loaded.
    app.add_config_value("comments_config", {}, "", dict)
    app.connect("config-inited", note_content)
    app.connect("env-before-read-docs", note_documents)
    app.connect("builder-inited", copy_assets)
    app.connect("html-page-context", complete_page, priority=900)
    app.connect("html-page-context", note_page)
    app.connect("html-collect-pages", collect_redirects)
    app.connect("build-finished", remove_stale_files)
    app.connect("build-finished", write_work_files)
    app.connect("build-finished", write_search_data)
    app.connect("build-finished", write_sitemap)
    # Last, as it lists what was built.
    app.connect("build-finished", note_service_worker, priority=900)
    return {"version": __version__, "env_version": 2, "parallel_read_safe": True, "parallel_write_safe": True}
