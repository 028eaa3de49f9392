"""The sources of the teacher edition: those of the book, with another configuration and table of contents.

``_config.yml`` differs in three things: the title says which edition it is, the book has no address on the web, and
the extension :mod:`coldwar_lessons.book.teacher_extension` is loaded. ``_toc.yml`` differs in one: the parts for
teachers stand before all others. Both are made anew at each build, so that they cannot fall behind the student's.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from coldwar_lessons.language import gettext as _

EXTENSION = "coldwar_lessons.book.teacher_extension"
FOLDER = "book/teacher"
#: The pages about the course as a whole, in reading order; those on single lessons follow by themselves.
COURSE_PAGES = (
    "index",
    "tomorrow",
    "routes",
    "document",
    "context",
    "glossary",
    "close-reading",
    "misconceptions",
    "discussion",
    "assessment",
    "exam-questions",
    "sensitivities",
    "print-pack",
    "citing",
)


def prepare_source(root: Path, target: Path) -> Path:
    """Put the sources of the teacher edition into a folder of their own.

    Parameters
    ----------
    root
        The checkout.
    target
        The folder to fill; what it held before is removed.

    Returns
    -------
    Path
        The folder.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for folder in ("book", "notebooks"):
        # The dates of the files are kept: Sphinx reads anew only what has changed.
        shutil.copytree(root / folder, target / folder, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "_build"))
    config = teacher_config(_read(root / "_config.yml"))
    lessons = sorted(path.stem for path in (root / FOLDER).glob("[0-9]*.md"))
    toc = teacher_toc(_read(root / "_toc.yml"), lessons)
    for name, content in (("_config.yml", config), ("_toc.yml", toc)):
        (target / name).write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return target


def teacher_config(config: dict[str, Any]) -> dict[str, Any]:
    """Make the teacher edition's configuration from the student edition's."""
    sphinx = dict(config["sphinx"])
    settings = dict(sphinx["config"])
    settings["extensions"] = [*settings["extensions"], EXTENSION]
    sphinx["config"] = settings
    html = {**config.get("html", {}), "baseurl": ""}
    return {
        **config,
        "title": _("{title} · teacher edition").format(title=config["title"]),
        "html": html,
        "sphinx": sphinx,
    }


def teacher_toc(toc: dict[str, Any], lessons: Iterable[str]) -> dict[str, Any]:
    """Make the teacher edition's table of contents from the student edition's."""
    parts = [
        {"caption": _("Teaching the course"), "chapters": [{"file": f"{FOLDER}/{name}"} for name in COURSE_PAGES]},
        {"caption": _("Notes on the lessons"), "chapters": [{"file": f"{FOLDER}/{name}"} for name in lessons]},
    ]
    return {**toc, "parts": [*parts, *toc["parts"]]}


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content
