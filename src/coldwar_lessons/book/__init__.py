"""The Sphinx extension that makes the book: directives, links, theme and scripts.

Loaded by ``_config.yml`` (``sphinx: config: extensions``).
"""

from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path
from typing import Any

from sphinx import package_dir
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import init as init_translations
from sphinx.locale import translators

from coldwar_lessons import __version__
from coldwar_lessons.content.load import load_course, speak
from coldwar_lessons.language import N_, gettext

from .bibliography import setup_bibliography
from .builder import BookBuilder
from .directives import DIRECTIVES
from .downloads import take_in_downloads
from .freshness import note_content, note_documents
from .launch import read_launch
from .links import LinkSentences, LinkWidgets, PlainAddresses
from .lite_site import find_lite, take_in
from .metadata import write_sitemap
from .offline import note_service_worker
from .pages import complete_page, copy_assets, remove_stale_files
from .redirects import collect_redirects
from .roles import ROLES
from .search import note_page, write_search_data
from .work import write_work_files

THEME = Path(__file__).resolve().parent / "theme"


def note_language(app: Sphinx, config: Config) -> None:
    """Build in the language of the course; Sphinx's own texts, and those of docutils, follow it."""
    course = load_course()
    speak(course)
    if not course.about.language.startswith("en"):
        config["language"] = course.about.language.replace("-", "_")
    # Sphinx has set up its own by now, from the file of the configuration and what an earlier book was in.
    translators.pop(("general", "sphinx"), None)
    app.translator, _found = init_translations([str(Path(package_dir, "locale"))], config.language)
    app.translator.add_fallback(_Ours())


class _Ours(NullTranslations):
    """Our catalogue, where Sphinx's own has no translation of what a page shows of Sphinx."""

    SHOWN = (N_("Link to this heading"),)

    def gettext(self, message: str) -> str:
        """A message in the language in use."""
        return gettext(message) if message in self.SHOWN else message


def note_doors(app: Sphinx, config: Config) -> None:
    """Note where lessons can be opened, so that pages are written anew when that changes."""
    config["cwl_lite"] = str(find_lite(Path(app.srcdir)) or "")
    config["cwl_launch"] = repr(read_launch(Path(app.confdir or app.srcdir) / "_config.yml"))


def take_in_lite(app: Sphinx, exception: Exception | None) -> None:
    """Put the lessons for browsers into the book, if they were built."""
    if exception is None and app.builder.name == "html":
        take_in(Path(app.config.cwl_lite) if app.config.cwl_lite else None, Path(app.outdir))


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
    app.add_config_value("cwl_lite", "", "html", str)
    app.add_config_value("cwl_launch", "", "html", str)
    # Jupyter Book sets this one whether or not its extension is loaded.
    app.add_config_value("comments_config", {}, "", dict)
    app.connect("config-inited", note_language, priority=100)
    app.connect("config-inited", note_content)
    app.connect("config-inited", note_doors)
    app.connect("env-before-read-docs", note_documents)
    app.connect("builder-inited", copy_assets)
    app.connect("html-page-context", complete_page, priority=900)
    app.connect("html-page-context", note_page)
    app.connect("html-collect-pages", collect_redirects)
    app.connect("build-finished", remove_stale_files)
    app.connect("build-finished", take_in_lite)
    app.connect("build-finished", write_work_files)
    app.connect("build-finished", write_search_data)
    app.connect("build-finished", write_sitemap)
    # Last, as they look at what was built.
    app.connect("build-finished", take_in_downloads, priority=800)
    app.connect("build-finished", note_service_worker, priority=900)
    return {"version": __version__, "env_version": 2, "parallel_read_safe": True, "parallel_write_safe": True}
