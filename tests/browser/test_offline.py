"""The published book without a network, when its builder wants that."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from coldwar_lessons.book.offline import write_service_worker
from tests.browser.conftest import Visit, serving

pytestmark = [pytest.mark.browser, pytest.mark.book]


def test_a_book_that_was_visited_works_without_a_network(chromium: object, book: Path, tmp_path: Path) -> None:
    # The real book, with what `cwl_offline: true` adds to it.
    copy = tmp_path / "book"
    shutil.copytree(book, copy)
    for page in copy.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r"<html ([^>]*)>", r"<html \1 data-offline>", text, count=1), encoding="utf-8")
    write_service_worker(copy)

    with serving(copy) as url:
        visit = Visit(chromium, url)
        context = visit.context()
        page = visit.watched(context)
        page.goto(url)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    # The server is gone now.
    page.goto(f"{url}notebooks/03-gestures.html")
    assert page.locator(".cwl-quiz.cwl-live").count() == 1
    page.locator(".cwl-quiz .cwl-q-option input").first.check()
    page.goto(f"{url}book/timeline.html")
    assert page.locator(".cwl-timeline.cwl-live").count() == 1
    page.goto(f"{url}nowhere/at/all.html")
    assert page.get_by_role("heading", level=1).inner_text() != ""
    page.goto(url)
    assert page.get_by_role("main").is_visible()
    visit.close()
    assert visit.faults == []
