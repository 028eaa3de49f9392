"""Print the bound book: ``python -m coldwar_lessons.book.bound.pdf``.

Chromium sets the pages, with tags and bookmarks. It is asked twice, since only a printed book knows its page numbers:
the first printing tells on which page each place stands, and the second has the numbers in the table of contents and
in all references.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path
from typing import Any

import pikepdf

from coldwar_lessons.book.chromium import FLAGS, find_chromium
from coldwar_lessons.book.downloads import note_made
from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.load import content_root, load_course
from coldwar_lessons.language import gettext as _
from coldwar_lessons.language import ngettext

from .binding import Bound, bind, file_name, rights
from .whole import whole_page

#: Room for three digits is kept at first, so that the second printing mostly has the pages of the first.
#: The npm packages of the checkout, for typefaces; without them the book is set in what the machine has.
PACKAGES = Path(__file__).resolve().parents[4] / "node_modules"
_MOST_PRINTINGS = 5
_FILL_IN = """pages => {
  for (const place of document.querySelectorAll(".page-number"))
    place.textContent = pages[place.dataset.to] ?? "";
}"""


def print_book(root: Path, folder: Path, out: Path, packages: Path) -> int:
    """Print the built book as one PDF.

    Parameters
    ----------
    root
        Folder of the built book.
    folder
        Where the page to be printed is put, with its pictures.
    out
        The PDF.
    packages
        Folder of the npm packages, for typefaces.

    Returns
    -------
    int
        The number of pages.

    Raises
    ------
    CourseError
        If there is no built book or no Chromium, or the page numbers do not settle.
    """
    folder.mkdir(parents=True, exist_ok=True)
    bound = bind(root, folder)
    page = folder / "book.html"
    page.write_text(whole_page(bound, packages), encoding="utf-8")
    printed = _print(page)
    with pikepdf.open(io.BytesIO(printed)) as document:
        _describe(document, bound)
        for one in document.pages:
            one.Contents = document.make_stream(mark_artifacts(one.Contents.read_bytes()))
        count = len(document.pages)
        out.parent.mkdir(parents=True, exist_ok=True)
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return count


def _print(page: Path) -> bytes:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - an extra

    chromium = find_chromium()
    if chromium is None:
        raise CourseError(_("the book is printed by Chromium, and there is none here: make browser gets one"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        try:
            tab = browser.new_page()
            tab.goto(page.as_uri())
            tab.evaluate("document.fonts.ready.then(() => undefined)")
            known: dict[str, int] = {}
            for _printing in range(_MOST_PRINTINGS):
                printed = tab.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
                pages = page_numbers(printed)
                if pages == known:
                    return printed
                known = pages
                tab.evaluate(_FILL_IN, known)
        finally:
            browser.close()
    raise CourseError(_("the page numbers do not settle: a reference must not change the length of its line"))


def page_numbers(printed: bytes) -> dict[str, int]:
    """On which page, counted from 1, each place stands to which a link leads."""
    with pikepdf.open(io.BytesIO(printed)) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        places: Any = document.Root.get("/Dests", {})
        return {str(name)[1:]: numbers[place[0].objgen] for name, place in places.items()}


_PAINT = frozenset({b"f", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*"})
_PATH = frozenset({b"m", b"l", b"c", b"v", b"y", b"h", b"re"})


def mark_artifacts(content: bytes) -> bytes:
    """Mark as artifacts what a page shows outside all tags, which are its running head and number.

    Chromium leaves them bare, and PDF/UA wants all of a page to be either tagged or an artifact (ISO 14289-1, 7.1).

    Parameters
    ----------
    content
        A page's content as Skia writes it: one operator a line.
    """
    lines: list[bytes] = []
    path: list[bytes] = []
    depth = 0
    for line in content.split(b"\n"):
        operator = line.rpartition(b" ")[2]
        if line.endswith((b"BDC", b"BMC")):
            depth += 1
        elif operator == b"EMC":
            depth -= 1
        elif depth == 0 and operator in _PATH:
            path.append(line)
            continue
        elif path:
            marked = operator in _PAINT
            lines += [b"/Artifact BMC", *path, line, b"EMC"] if marked else [*path, line]
            path = []
            continue
        elif depth == 0 and operator == b"BT":
            lines.append(b"/Artifact BMC")
        elif depth == 0 and operator == b"ET":
            lines += [line, b"EMC"]
            continue
        elif depth == 0 and operator in {b"Do", b"sh"}:
            lines += [b"/Artifact BMC", line, b"EMC"]
            continue
        lines.append(line)
    return b"\n".join([*lines, *path])


def _describe(document: pikepdf.Pdf, bound: Bound) -> None:
    """What readers and catalogues ask of a file, without the time at which it was made."""
    title = f"{bound.built.title}: {bound.reference}. {bound.about.subtitle}"
    document.Root.Lang = pikepdf.String(bound.about.language)
    document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    document.Root.PageMode = pikepdf.Name.UseOutlines
    del document.docinfo
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:creator"] = [bound.about.author]
        metadata["dc:language"] = [bound.about.language]
        metadata["dc:description"] = bound.built.description
        metadata["dc:rights"] = rights(bound.about)
    document.docinfo["/Title"] = title
    document.docinfo["/Author"] = bound.about.author


def main() -> int:
    """Print the built book of this checkout into ``_build/paper``."""
    started = time.monotonic()
    root = content_root()
    built, folder = root / "_build" / "html", root / "_build" / "paper"
    try:
        out = folder / f"{file_name(load_course(root).about.title)}.pdf"
        count = print_book(built, folder, out, PACKAGES)
    except CourseError as error:
        print(error)
        return 1
    note_made(out, built)
    size = out.stat().st_size / 1e6
    words = ngettext(
        "Printed {count} page in {seconds} s ({size} MB): {file}",
        "Printed {count} pages in {seconds} s ({size} MB): {file}",
        count,
    )
    print(words.format(count=count, seconds=f"{time.monotonic() - started:.0f}", size=f"{size:.1f}", file=out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
