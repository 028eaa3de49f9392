"""The lessons for browsers as the book takes them in: where they were built, and whether from what there is now."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from .freshness import PACKAGE, digest_of, shown_in_lessons

#: Where the site is built, and the file in it that says from what.
OUTPUT = Path("_build", "lite")
DIGEST = "digest.txt"
#: Where in the book it stands.
FOLDER = "lite"


def lite_digest(root: Path) -> str:
    """Digest of everything that the site is built from."""
    pins = [root / name for name in ("requirements-lite.txt", "package-lock.json", "js/lite", "js/src/lite")]
    lessons = sorted((root / "notebooks").glob("*.ipynb"))
    code = [PACKAGE / "static", *sorted((PACKAGE / "book").glob("lite*.py"))]
    return digest_of([*pins, *lessons, *shown_in_lessons(root / "data"), *code])


def find_lite(root: Path) -> Path | None:
    """The built site, if it was built from what there is now."""
    said = root / OUTPUT / DIGEST
    return root / OUTPUT if said.is_file() and said.read_text(encoding="utf-8") == lite_digest(root) else None


def address_in_lite(lesson: str) -> str:
    """Address of a lesson, from the book's root."""
    return f"{FOLDER}/notebooks/index.html?path={lesson}.ipynb"


def take_in(site: Path | None, book: Path) -> None:
    """Put the site into a built book, or take an old one out; files are linked where the disk can."""
    shutil.rmtree(book / FOLDER, ignore_errors=True)
    if site:
        shutil.copytree(site, book / FOLDER, copy_function=_link)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)
