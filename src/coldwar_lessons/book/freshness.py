"""Nothing stale is shown: what the pages rest on is part of what Sphinx compares.

The notebook cache knows only the code in the notebooks, and Sphinx only the pages' own text. What both show also
comes from ``data/`` and from this package.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from coldwar_lessons.content.load import content_root

PACKAGE = Path(__file__).resolve().parents[1]


def digest_of(paths: Iterable[Path]) -> str:
    """Short digest of files and of everything in folders, bytecode aside."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(path.parent)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def shown_in_lessons(data: Path, package: Path = PACKAGE) -> list[Path]:
    """What a lesson shows rests on: content but notes for teachers, code but commands and the book, translations."""
    content = [path for path in sorted(data.iterdir()) if path.name not in {"teacher", "schemas"}]
    aside = {"book", "cli", "static", "locale", "__pycache__"}
    translations = [file for folder in (package, data.parent) for file in sorted(folder.glob("locale/*/*/*.mo"))]
    code = [path for path in sorted(package.iterdir()) if path.name not in aside]
    return [*content, *translations, *code]


def note_content(app: Sphinx, config: Config) -> None:
    """Put digests of content, package and assets into the configuration, and give each content its own cache."""
    lessons = digest_of(shown_in_lessons(content_root() / "data"))
    config["cwl_content"] = lessons + digest_of(sorted((PACKAGE / "book").glob("*.py")))
    config["cwl_assets"] = digest_of([PACKAGE / "static", PACKAGE / "book" / "theme"])
    caches = Path(app.outdir).parent / ".lesson_cache"
    if not config["nb_execution_cache_path"]:
        config["nb_execution_cache_path"] = str(caches / lessons)
    for old in caches.glob("*"):
        if old.name != lessons:
            shutil.rmtree(old, ignore_errors=True)


def note_documents(_app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Read pages that list lessons again when the set of lessons has changed."""
    lessons = sorted(name for name in env.found_docs if name.startswith("notebooks/"))
    if getattr(env, "cwl_lessons", lessons) != lessons:
        docnames += sorted(name for name in env.found_docs if name.startswith("book/") and name not in docnames)
    env.cwl_lessons = lessons  # type: ignore[attr-defined]
