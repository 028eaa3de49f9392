"""The book links to what was made from it, is not built twice for that, and never offers what is older than itself."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from coldwar_lessons.book.bound.archive import pack_folder
from coldwar_lessons.book.downloads import FOLDER, PAPER, PLACE, book_digest, find_downloads, note_made, take_in
from tests.book.conftest import Built

SmallBook = Callable[..., Built]
WELCOME = "# Welcome\n\nHere it begins.\n\n```{downloads}\n```\n"


def make(html: Path, *names: str) -> Path:
    """Make downloads of a built book as ``make pdf``, ``epub`` and ``zip`` do; gives their folder."""
    paper = html.parents[1] / "source" / PAPER
    paper.mkdir(parents=True, exist_ok=True)
    for name in names:
        (paper / name).write_bytes(b"x" * 1_500_000)
        note_made(paper / name, html)
    return paper


def test_a_book_of_which_nothing_was_made_offers_nothing(small_book: SmallBook) -> None:
    built = small_book(**{"book/index": WELCOME})
    assert built.warnings == ""
    assert PLACE in built.page("index")
    assert not (built.output / FOLDER).exists()


def test_what_was_made_is_linked_where_the_book_has_a_place_for_it(small_book: SmallBook) -> None:
    built = small_book("# Try\n\n```{downloads}\n```\n", **{"book/index": WELCOME})
    before = built.page("book/the-paper")
    paper = make(built.output, "b.zip", "b.pdf", "notes.txt")
    assert [file.name for file in take_in(paper, built.output)] == ["b.pdf", "b.zip"]
    assert '<li><a href="downloads/b.pdf" download>PDF</a> to print' in built.page("index")
    assert '<a href="../downloads/b.zip" download>Zip</a>' in built.page("book/try")
    assert "(1.5 MB)" in built.page("index")
    assert PLACE not in built.page("index")
    assert built.page("book/the-paper") == before
    assert sorted(file.name for file in (built.output / FOLDER).iterdir()) == ["b.pdf", "b.zip"]


def test_links_to_downloads_make_no_other_book_of_it(small_book: SmallBook) -> None:
    built = small_book(**{"book/index": WELCOME})
    digest = book_digest(built.output)
    paper = make(built.output, "b.pdf")
    take_in(paper, built.output)
    assert book_digest(built.output) == digest
    assert small_book(**{"book/index": WELCOME}).output == built.output
    assert 'href="downloads/b.pdf"' in built.page("index"), "built again, unchanged: they stay"
    # What is made once more, from the book with its links, is made from the same book.
    make(built.output, "b.epub")
    assert [file.name for file in find_downloads(paper, built.output)] == ["b.pdf", "b.epub"]


def test_what_was_made_of_an_older_book_goes(small_book: SmallBook) -> None:
    built = small_book(**{"book/index": WELCOME})
    take_in(make(built.output, "b.pdf"), built.output)
    small_book("# Try\n\nA sentence more.\n", **{"book/index": WELCOME})
    assert PLACE in built.page("index")
    assert not (built.output / FOLDER).exists()


def test_the_zip_of_a_book_with_downloads_holds_and_offers_none(small_book: SmallBook, tmp_path: Path) -> None:
    built = small_book(**{"book/index": WELCOME})
    take_in(make(built.output, "b.pdf"), built.output)
    pack_folder(built.output, tmp_path / "book.zip", "b")
    with zipfile.ZipFile(tmp_path / "book.zip") as archive:
        assert not any(f"/{FOLDER}/" in name for name in archive.namelist())
        assert PLACE in archive.read("b/index.html").decode()


def test_a_damaged_note_of_what_was_made_offers_nothing(small_book: SmallBook) -> None:
    built = small_book(**{"book/index": WELCOME})
    paper = make(built.output, "b.pdf")
    (paper / "made-from.json").write_text("{", encoding="utf-8")
    assert take_in(paper, built.output) == []
