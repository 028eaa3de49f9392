"""The zipped book, unpacked and opened from its folder, without a server."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from coldwar_lessons.book.bound.archive import pack_folder
from tests.browser.conftest import Visit

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
