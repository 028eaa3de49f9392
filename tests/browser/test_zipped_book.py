"""The book to take along: offered by the book itself; unpacked and opened from its folder, without a server."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from coldwar_lessons.book.bound.archive import pack_folder
from coldwar_lessons.book.downloads import note_made, take_in
from tests.browser.conftest import Visit, serving
from tests.browser.harness import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.book]


def test_book_opens_from_a_stick_and_its_quiz_answers(visit: Visit, book: Path, tmp_path: Path) -> None:
    pack_folder(book, tmp_path / "book.zip", "book")
    with zipfile.ZipFile(tmp_path / "book.zip") as archive:
        archive.extractall(tmp_path)
    page = visit.watched(visit.context())
    page.goto((tmp_path / "book" / "index.html").as_uri())
    page.get_by_role("link", name="Gestures").first.click()
    quiz = page.locator(".cwl-quiz")
    quiz.scroll_into_view_if_needed()
    quiz.get_by_text("Lending its support to a truce that is still to come").first.click()
    quiz.get_by_role("button", name="Check").first.click()
    page.wait_for_function("() => document.querySelector('.cwl-quiz').textContent.includes('Support is less than')")
    assert page.url.startswith("file:")


def test_the_first_page_offers_what_was_made_of_the_book(chromium: object, book: Path, tmp_path: Path) -> None:
    copy = tmp_path / "html"
    shutil.copytree(book, copy, ignore=shutil.ignore_patterns("lite"))
    (tmp_path / "paper").mkdir()
    for name in ("book.pdf", "book.epub", "book.zip"):
        (tmp_path / "paper" / name).write_bytes(name.encode() * 100_000)
        note_made(tmp_path / "paper" / name, copy)
    take_in(tmp_path / "paper", copy)
    with serving(copy) as url:
        visit = Visit(chromium, url)
        page = visit.page(bypass_csp=True, accept_downloads=True)
        links = page.locator(".downloads a")
        assert links.all_inner_texts() == ["PDF", "EPUB", "Zip"]
        with page.expect_download() as download:
            links.first.click()
        assert download.value.suggested_filename == "book.pdf"
        assert Path(download.value.path()).read_bytes() == (tmp_path / "paper" / "book.pdf").read_bytes()
        assert axe_violations(page) == []
        visit.close()
        assert visit.faults == []
