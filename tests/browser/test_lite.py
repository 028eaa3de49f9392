"""A lesson in a browser with nothing installed: from the site alone, with work that stays and can be handed in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from coldwar_lessons.book.lite import build_lite
from coldwar_lessons.book.lite_site import address_in_lite
from coldwar_lessons.grading.records import read_hand_in
from tests.book.building import built_book
from tests.browser.conftest import serving
from tests.browser.harness import browser

pytestmark = [pytest.mark.browser, pytest.mark.lite]

ROOT = Path(__file__).resolve().parents[2]
LESSON = "03-gestures"
PATIENCE = 120_000
#: No name of a host leads anywhere, so that whatever is not on this machine fails.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the book with the lessons for browsers in it, served with the policy for them."""
    book = tmp_path_factory.mktemp("site")
    shutil.copytree(build_lite(ROOT), book / "lite")
    with serving(book) as address:
        yield address


@pytest.fixture
def page() -> Iterator[Page]:
    """A page with an empty cache, in a browser that can reach nothing but this machine."""
    with browser(ALONE) as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(PATIENCE)
        yield page


def open_lesson(page: Page, site: str) -> None:
    """Open the lesson as the book's link does, and wait until it has come to life by itself."""
    page.goto(site + address_in_lite(LESSON))
    expect(page.get_by_text("Ready. Your answers are kept in this browser.")).to_be_visible(timeout=PATIENCE)


def first_choice(page: Page) -> Any:
    choice = page.locator(".cwl-quiz.cwl-live input[type=radio]").first
    choice.scroll_into_view_if_needed()
    return choice


def test_a_lesson_answered_is_still_answered_after_a_reload_and_can_be_handed_in(page: Page, site: str) -> None:
    elsewhere: list[str] = []
    problems: list[str] = []
    page.on("request", lambda one: elsewhere.append(one.url) if not one.url.startswith((site, "data:", "blob:")) else 0)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(site + address_in_lite(LESSON))
    # Not a blank page for a moment, and something that moves on until the lesson is there.
    expect(page.get_by_text("Opening the lesson")).to_be_visible()
    expect(page.get_by_text("Starting Python in this browser")).to_be_visible()
    expect(page.locator(".cwl-overview.cwl-live")).to_be_attached(timeout=PATIENCE)
    expect(page.get_by_text("Ready. Your answers are kept in this browser.")).to_be_visible(timeout=PATIENCE)
    assert page.locator("[data-mime-type$=error], [data-mime-type$=stderr]").count() == 0

    first_choice(page).check()
    expect(page.get_by_text("Saved in 03-gestures.workbook.json.").first).to_be_attached(timeout=PATIENCE)
    open_lesson(page, site)
    expect(first_choice(page)).to_be_checked()

    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("textbox", name="Name", exact=True).fill('Ada "\\ Λ')
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the file").click()
    document = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert read_hand_in(document).student.name == 'Ada "\\ Λ'
    (kept,) = document["workbooks"][LESSON]["widgets"][f"{LESSON}/quiz/gestures"]["state"]["responses"].values()
    assert kept["value"]
    assert elsewhere == []
    assert problems == []


def test_a_figure_is_shown_without_matplotlib(page: Page, site: str) -> None:
    page.goto(site + address_in_lite("06-liberation-or-restraint"))
    expect(page.get_by_text("Ready. Your answers are kept in this browser.")).to_be_visible(timeout=PATIENCE)
    figure = page.locator(".cwl-data-figure figure img").first
    figure.scroll_into_view_if_needed()
    assert figure.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


@pytest.mark.book
def test_each_lesson_in_the_book_has_the_way_in() -> None:
    book = built_book()
    if not (book / "lite").is_dir():
        pytest.skip("this book was built without the lessons for browsers: make site")
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        page = (book / "notebooks" / f"{notebook.stem}.html").read_text(encoding="utf-8")
        assert f'href="../{address_in_lite(notebook.stem)}"' in page
        assert (book / "lite" / "files" / notebook.name).is_file()


@pytest.mark.book
def test_a_book_on_a_disk_does_not_offer_what_only_a_server_can_give(page: Page) -> None:
    page.goto((built_book() / "notebooks" / f"{LESSON}.html").as_uri())
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    expect(page.get_by_role("link", name="Open in this browser")).to_have_count(0)
