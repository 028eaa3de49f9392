"""The book to take along, beside the book: PDF, EPUB and zip are put into it, and it links to them.

They are made from the built book, so the book cannot know of them while it is built. It leaves a place for the links,
which is filled in what was built already, and emptied as soon as they are made from another book than this one. So
nothing is built twice, and nothing stale is published.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sphinx.application import Sphinx

from coldwar_lessons.grading.files import write_atomically
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import h

from .offline import WORKER

#: Where they are made, and the file in it that says from what.
PAPER = Path("_build", "paper")
MADE_FROM = "made-from.json"
#: Where in the book they stand.
FOLDER = "downloads"
#: What only the next build, or a server, has a use for.
_LEFT_OUT = (FOLDER, "lite", "reports")
#: The place for the links; a page that has none is left alone.
PLACE = '<div class="downloads" hidden></div>'
_PLACE = re.compile(r'<div class="downloads"[^>]*>.*?</div>', re.DOTALL)


@dataclass(frozen=True)
class Kind:
    """A form of the book: what it is called, and what it is good for."""

    name: str
    use: str


def kinds() -> dict[str, Kind]:
    """The forms of the book by the ends of their names, in the sequence in which they are offered."""
    return {
        ".pdf": Kind(_("PDF"), _("to print, and to work in with a pen")),
        ".epub": Kind(_("EPUB"), _("for phones and e-readers")),
        ".zip": Kind(_("Zip"), _("for a USB stick, with all that works on a screen: unpack it and open index.html")),
    }


def files_to_keep(html: Path) -> Iterator[tuple[str, bytes]]:
    """Everything of a built book that a reader without a server has a use for, in order.

    Parameters
    ----------
    html
        Folder of the built book.

    Yields
    ------
    tuple
        The file's path within the book, and its content; pages without links to downloads.
    """
    for file in sorted(html.rglob("*")):
        path = file.relative_to(html)
        if path.parts[0] in _LEFT_OUT or any(part.startswith(".") for part in path.parts) or not file.is_file():
            continue
        content = file.read_bytes()
        yield path.as_posix(), _PLACE.sub(PLACE, content.decode()).encode() if _may_link(path) else content


def book_digest(html: Path) -> str:
    """Digest of a built book, whether or not it links to downloads."""
    digest = hashlib.sha256()
    for path, content in files_to_keep(html):
        if path == WORKER:
            # It lists the others, with their links.
            continue
        digest.update(path.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()


def note_made(file: Path, html: Path) -> None:
    """Note from which built book a file was made."""
    digests = {**_made_from(file.parent), file.name: book_digest(html)}
    write_atomically(file.parent / MADE_FROM, json.dumps(digests, indent=1).encode())


def find_downloads(paper: Path, html: Path) -> list[Path]:
    """The files that were made from this built book as it is now, in the sequence in which they are offered."""
    digests = _made_from(paper)
    made = [paper / name for name in digests if (paper / name).is_file()]
    if not made:
        return []
    now, order = book_digest(html), list(kinds())
    fresh = [file for file in made if digests[file.name] == now and file.suffix in order]
    return sorted(fresh, key=lambda file: order.index(file.suffix))


def take_in(paper: Path, html: Path) -> list[Path]:
    """Put downloads into a built book and link to them, or take old ones out.

    Parameters
    ----------
    paper
        Folder in which they were made.
    html
        Folder of the built book.

    Returns
    -------
    list
        The files that the book has now.
    """
    found = find_downloads(paper, html)
    shutil.rmtree(html / FOLDER, ignore_errors=True)
    if found:
        (html / FOLDER).mkdir()
        for file in found:
            shutil.copy(file, html / FOLDER)
    for page in sorted(html.glob("*.html")) + sorted(html.glob("book/*.html")):
        before = page.read_text(encoding="utf-8")
        if place := _PLACE.search(before):
            up = "../" * (len(page.relative_to(html).parts) - 1)
            after = f"{before[: place.start()]}{_links(found, f'{up}{FOLDER}/')}{before[place.end() :]}"
            if after != before:
                page.write_text(after, encoding="utf-8")
    return found


def take_in_downloads(app: Sphinx, exception: Exception | None) -> None:
    """Keep what Sphinx has built and its downloads together."""
    if exception is None and app.builder.name == "html":
        take_in(Path(app.srcdir) / PAPER, Path(app.outdir))


def _links(files: Iterable[Path], folder: str) -> str:
    known = kinds()
    entries = [
        h(
            "li",
            h("a", known[file.suffix].name, href=f"{folder}{file.name}", download=True),
            f" {known[file.suffix].use} ({_size(file)})",
        )
        for file in files
    ]
    if not entries:
        return PLACE
    return h(
        "div", h("p", h("strong", _("The whole book to take along"))), h("ul", entries), class_="downloads"
    ).to_html()


def _size(file: Path) -> str:
    return _("{size} MB").format(size=f"{max(file.stat().st_size / 1e6, 0.1):.1f}")


def _may_link(path: Path) -> bool:
    return path.suffix == ".html" and (len(path.parts) == 1 or path.parts[0] == "book")


def _made_from(paper: Path) -> dict[str, str]:
    try:
        found = json.loads((paper / MADE_FROM).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
