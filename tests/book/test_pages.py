"""What the templates are given, and what the search knows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from coldwar_lessons.book import freshness
from coldwar_lessons.book.links import relink
from coldwar_lessons.book.pages import kinds_in, sections_in
from coldwar_lessons.book.search import entries_of
from coldwar_lessons.content.load import content_root
from tests.book.conftest import Built

PAPER = "book/the-paper"


def test_links_of_widgets_are_made_right_for_their_page() -> None:
    widget = '<a href="../book/the-paper.html#p3.s8">3.8</a><script>{"to":"../book/the-paper.html#p4.s1"}</script>'
    assert relink(widget, {PAPER: "book/the-paper.html"}.get) == (
        '<a href="book/the-paper.html#p3.s8">3.8</a><script>{"to":"book/the-paper.html#p4.s1"}</script>',
        [],
    )
    assert relink(widget, {PAPER: "#document-the-paper"}.get)[0].count('"#p3.s8"') == 1
    assert relink('<a href="../book/the-paper.html">Paper</a>', {PAPER: ""}.get)[0] == '<a href="#">Paper</a>'
    assert relink(widget, {}.get) == (widget, [PAPER, PAPER])


def test_only_addresses_of_pages_are_rewritten() -> None:
    text = '<p>../book/the-paper.html and <a href="https://example.org/../book/the-paper.html">there</a></p>'
    assert relink(text, {PAPER: "elsewhere"}.get) == (text, [])


def test_kinds_are_found_once_each() -> None:
    assert kinds_in('<div data-cwl-kind="quiz"></div><div data-cwl-kind="panel">') == ["panel", "quiz"]
    assert kinds_in('<div data-cwl-kind="quiz"></div><div data-cwl-kind="quiz">') == ["quiz"]
    assert kinds_in("<p>nothing</p>") == []


def test_sections_are_those_of_the_second_level() -> None:
    body = (
        '<section id="top"><h1>Top</h1><section id="one">\n<h2>One &amp; <em>two</em>'
        '<a class="headerlink" href="#one" title="Link">§</a></h2>'
        '<section id="deeper"><h3>Deeper</h3></section></section>'
        '<section class="tex2jax_ignore" id="three">\n<span id="old"></span><h2>Three</h2></section></section>'
    )
    assert sections_in(body) == [("one", "One & two"), ("three", "Three")]


SEARCHED = """
<section id="top"><h1>After Stalin<a class="headerlink" href="#top">§</a></h1><p>First  words.</p>
<section id="gifts"><h2>Gifts</h2><p>An amnesty &amp; cheaper bread<br>came, <button>Hide</button>.</p>
<script type="application/json">{"key": "secret"}</script><p class="cwl-hidden">unseen</p>
<div class="cwl-host" data-cwl-kind="panel"><dl><dt>Term</dt></dl><script type="application/json">{}</script></div>
</section><ol><li class="cwl-event" id="e-1"><p>5 March</p><p class="cwl-title">Stalin dies</p>Why.</li></ol>
<p><span data-sentence="p3.s1" id="p3.s1"><a class="cwl-sid">3.1</a> There is agreement.</span> After.</p></section>
"""


def test_the_search_knows_every_place_by_its_heading() -> None:
    assert list(entries_of(SEARCHED, lesson=True)) == [
        ("top", "After Stalin", "First words. After."),
        ("gifts", "Gifts", "An amnesty & cheaper bread came,."),
        ("e-1", "Stalin dies", "5 March Why."),
        ("p3.s1", "3.1", "There is agreement."),
    ]


def test_a_page_that_is_no_lesson_keeps_its_panels_in_the_search() -> None:
    assert any("Term" in heading for _, heading, _ in entries_of(SEARCHED, lesson=False))


def test_search_data_is_a_script_that_no_text_can_break(small_book: object) -> None:
    built = small_book("# Try\n\nA closing `</script>` and \u2028 and “quotes”.\n")  # type: ignore[operator]
    data = (built.output / "_static" / "search-data.js").read_text(encoding="utf-8")
    assert "</script" not in data
    pages = json.loads(data.removeprefix("globalThis.coldwarSearch=").removesuffix(";\n"))
    assert sorted(pages) == sorted(
        [
            "index.html",
            "book/try.html",
            "book/the-paper.html",
            "book/sources.html",
            "notebooks/01-a-paper-marked-secret.html",
        ]
    )
    assert pages["book/try.html"][1] == [["try", "Try", "A closing </script> and and “quotes”."]]


def test_a_change_of_any_file_changes_the_digest(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    file = tmp_path / "folder" / "a.yml"
    file.write_text("one")
    first = freshness.digest_of([tmp_path / "folder"])
    assert freshness.digest_of([tmp_path / "folder"]) == first
    file.write_text("two")
    second = freshness.digest_of([tmp_path / "folder"])
    file.rename(tmp_path / "folder" / "b.yml")
    third = freshness.digest_of([tmp_path / "folder"])
    (tmp_path / "folder" / "__pycache__").mkdir()
    (tmp_path / "folder" / "__pycache__" / "a.pyc").write_text("x")
    assert len({first, second, third}) == 3
    assert freshness.digest_of([tmp_path / "folder"]) == third


def test_notes_for_teachers_execute_no_lesson_again(tmp_path: Path) -> None:
    def digest() -> str:
        return freshness.digest_of(freshness.shown_in_lessons(tmp_path / "data", tmp_path / "package"))

    for name in ("data/teacher/01.yml", "data/events.yml", "package/lesson.py", "package/cli/teacher.py"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("one")
    first = digest()
    (tmp_path / "data" / "teacher" / "01.yml").write_text("two")
    (tmp_path / "package" / "cli" / "teacher.py").write_text("two")
    assert digest() == first
    (tmp_path / "data" / "events.yml").write_text("two")
    second = digest()
    (tmp_path / "package" / "lesson.py").write_text("two")
    assert len({first, second, digest()}) == 3


def test_a_new_translation_executes_the_lessons_again_and_a_text_without_one_does_not(tmp_path: Path) -> None:
    def digest() -> str:
        return freshness.digest_of(freshness.shown_in_lessons(tmp_path / "data", tmp_path / "package"))

    places = [tmp_path / "locale", tmp_path / "package" / "locale"]
    for folder in (tmp_path / "data", *(place / "fr" / "LC_MESSAGES" for place in places)):
        folder.mkdir(parents=True)
    digests = [digest()]
    for place in places:
        (place / "coldwar_lessons.pot").write_text("one")
        (place / "fr" / "LC_MESSAGES" / "coldwar_lessons.po").write_text("one")
        assert digest() == digests[-1]
        (place / "fr" / "LC_MESSAGES" / "coldwar_lessons.mo").write_text("one")
        digests.append(digest())
    assert len(set(digests)) == 3


@pytest.mark.parametrize(
    ("address", "base", "canonical"),
    [
        ("", "/", None),
        ("https://example.org/course/", "/course/", "https://example.org/course/book/try.html"),
        ("https://example.org", "/", "https://example.org/book/try.html"),
    ],
)
def test_the_page_for_missing_addresses_starts_from_the_books_address(
    small_book: object, monkeypatch: pytest.MonkeyPatch, address: str, base: str, canonical: str | None
) -> None:
    monkeypatch.setenv("BOOK_BASE_URL", address)
    built = small_book()  # type: ignore[operator]
    assert f'<base href="{base}">' in built.page("404")
    assert (f'<link rel="canonical" href="{canonical}">' in built.page()) is bool(canonical)
    assert ("og:image" in built.page()) is bool(address)
    if address:
        assert f'<link rel="canonical" href="{address.rstrip("/")}/">' in built.page("index")


def test_a_picture_says_how_large_it_is_before_it_arrives(small_book: Callable[..., Built], tmp_path: Path) -> None:
    picture = tmp_path / "source" / "book" / "picture.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes((content_root() / "book" / "screens" / "report.png").read_bytes())
    built = small_book("![Somebody](picture.png)")
    assert built.warnings == ""
    assert re.search(
        r'<img alt="Somebody" src="../_images/[^"]*" width="1280" height="900" loading="lazy">', built.page()
    )
