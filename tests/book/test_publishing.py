"""What a published book tells the web: addresses, descriptions, redirects and headers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from lxml import html as lxml_html

from coldwar_lessons.book.verify import toc_pages
from coldwar_lessons.content.check_walk import walk_data
from coldwar_lessons.content.load import content_root
from tests.book.conftest import Built
from tests.static_site import FOLDER, POLICY, headers_for

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
    text = (FOLDER / name).read_text(encoding="utf-8").replace('"', "")
    headers = headers_for("/book/the-paper.html")
    assert len(headers) == 5
    for field, value in headers.items():
        assert value in text, field
        assert field in text
    assert headers_for("/lite/lab/index.html")[POLICY] in text


@pytest.mark.parametrize("page", ["/", "/index.html", "/search.html", "/404.html", "/book/x.html", "/notebooks/x.html"])
def test_the_policy_of_the_book_needs_no_exception(page: str) -> None:
    policy = headers_for(page)[POLICY]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy


def test_the_policy_of_jupyterlite_lets_nothing_in_from_elsewhere() -> None:
    directives = [part.split() for part in headers_for("/lite/notebooks/index.html")[POLICY].split("; ")]
    sources = {source for _, *named in directives for source in named}
    assert sources == {"'self'", "'unsafe-inline'", "'unsafe-eval'", "blob:", "data:"}


@pytest.mark.parametrize(
    ("name", "publishes"), [(".github/workflows/pages.yml", "_build/html"), (".gitlab-ci.yml", "public")]
)
def test_each_workflow_publishes_all_that_there_is_and_nothing_for_teachers(name: str, publishes: str) -> None:
    jobs = yaml.safe_load((FOLDER.parents[1] / name).read_text(encoding="utf-8"))
    values = [value for _, value in walk_data(jobs) if isinstance(value, str)]
    assert "make site" in values
    assert publishes in values
    assert not any("teacher" in value for value in values)


#: Words of a link that tell nothing of where it leads, as Lighthouse has them.
TELLS_NOTHING = frozenset(
    [
        "click here",
        "click this",
        "go",
        "here",
        "information",
        "learn more",
        "more",
        "more info",
        "right here",
        "start",
        "this",
        "link",
    ]
)


@pytest.mark.book
def test_every_page_is_told_apart_in_a_list_of_search_results(book: Path) -> None:
    pages = {path: lxml_html.parse(str(book / path)).getroot() for _, path in toc_pages(content_root())}
    titles = {path: page.xpath("string(//title)").strip() for path, page in pages.items()}
    described = {
        path: page.xpath("string(//meta[@name='description']/@content)").strip() for path, page in pages.items()
    }
    for said in (titles, described):
        assert [path for path, text in said.items() if not text] == []
        assert len(set(said.values())) == len(pages)
    assert {path: len(text) for path, text in described.items() if not 50 <= len(text) <= 300} == {}


@pytest.mark.book
def test_every_link_leads_somewhere_and_says_where(book: Path) -> None:
    for _, path in toc_pages(content_root()):
        for link in lxml_html.parse(str(book / path)).getroot().xpath("//a"):
            where = f"{path}: {lxml_html.tostring(link, encoding='unicode')[:200]}"
            name = link.get("aria-label") or link.text_content()
            assert link.get("href"), where
            assert name.strip().casefold() not in {*TELLS_NOTHING, ""}, where
