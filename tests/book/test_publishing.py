"""What a published book tells the web: addresses, descriptions, redirects and headers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.book.conftest import Built

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "https://example.org/c53/"
SmallBook = Callable[..., Built]


def described(page: str) -> dict[str, object] | None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1]) if found else None


def test_the_first_page_is_described_as_a_course_with_its_lessons(small_book: SmallBook) -> None:
    built = small_book(config={"html_baseurl": ADDRESS})
    course = described(built.page("index"))
    assert course is not None
    assert (course["@type"], course["url"], course["inLanguage"]) == ("Course", ADDRESS, "en-GB")
    lessons = course["hasPart"]
    assert isinstance(lessons, list)
    assert len(lessons) == 9
    assert [lesson["position"] for lesson in lessons] == list(range(1, 10))
    assert all(lesson["url"].startswith(f"{ADDRESS}notebooks/0") and lesson["teaches"] for lesson in lessons)
    instance = course["hasCourseInstance"]
    assert isinstance(instance, dict)
    minutes = sum(int(lesson["timeRequired"][2:-1]) for lesson in lessons)
    assert instance["courseWorkload"] == f"PT{minutes}M"


def test_a_lesson_is_described_as_a_part_and_other_pages_are_not(small_book: SmallBook) -> None:
    built = small_book()
    lesson = described(built.page("notebooks/01-a-paper-marked-secret"))
    assert lesson is not None
    assert lesson["@type"] == "LearningResource"
    assert lesson["isPartOf"] == {"@type": "Course", "name": "A small book"}
    assert "url" not in lesson, "an address that is not known is not made up"
    assert described(built.page("book/try")) is None


def test_the_sitemap_lists_every_page_once_when_the_address_is_known(small_book: SmallBook) -> None:
    built = small_book(config={"html_baseurl": ADDRESS})
    sitemap = ET.parse(built.output / "sitemap.xml")
    places = [place.text for place in sitemap.iterfind(".//{*}loc")]
    assert places == sorted(
        [
            ADDRESS,
            *(f"{ADDRESS}book/{name}.html" for name in ("the-paper", "sources", "try")),
            f"{ADDRESS}notebooks/01-a-paper-marked-secret.html",
        ]
    )
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (built.output / "robots.txt").read_text(encoding="utf-8")


def test_without_an_address_there_is_no_sitemap(small_book: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOK_BASE_URL", ADDRESS.rstrip("/"))
    output = small_book().output
    assert (output / "sitemap.xml").is_file()
    monkeypatch.delenv("BOOK_BASE_URL")
    assert small_book().output == output
    assert not (output / "sitemap.xml").exists()
    assert not (output / "robots.txt").exists()


def test_a_page_that_moved_leads_on(small_book: SmallBook) -> None:
    built = small_book(config={"cwl_redirects": {"book/before": "notebooks/01-a-paper-marked-secret"}})
    assert built.warnings == ""
    page = built.page("book/before")
    assert 'content="0; url=../notebooks/01-a-paper-marked-secret.html"' in page
    assert "<script" not in page


def test_redirects_that_make_no_sense_are_warned_of(small_book: SmallBook) -> None:
    built = small_book(config={"cwl_redirects": {"book/try": "book/sources", "book/before": "book/nowhere"}})
    assert "book/try is a page of the book" in built.warnings
    assert "book/before leads to book/nowhere, which is no page" in built.warnings
    assert "http-equiv" not in built.page("book/try")


def test_a_book_keeps_nothing_in_browsers_unless_its_builder_wants_it(small_book: SmallBook) -> None:
    built = small_book()
    assert not (built.output / "service-worker.js").exists()
    assert "data-offline" not in built.page()


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile", "htaccess"])
def test_every_example_for_a_server_sends_the_same_headers(name: str) -> None:
    folder = ROOT / "deploy" / "static-site"
    headers = [line.strip() for line in (folder / "_headers").read_text("utf-8").splitlines() if line.startswith("  ")]
    assert len(headers) == 5
    text = (folder / name).read_text(encoding="utf-8").replace('"', "")
    for header in headers:
        field, value = header.split(": ", 1)
        assert f"{field} {value}" in text, field


def test_the_policy_needs_no_exception() -> None:
    policy = (ROOT / "deploy" / "static-site" / "_headers").read_text(encoding="utf-8")
    assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
    assert "unsafe" not in policy
