"""The bibliography: every source survives the way through BibTeX, and is printed as the lessons print it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from pydantic import ValidationError

from coldwar_lessons.book.bibliography import bibtex_of, source_of
from coldwar_lessons.content.load import load_course
from coldwar_lessons.content.models import Source
from coldwar_lessons.content.references import KINDS, reference_order, reference_text

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
ROOT = Path(__file__).resolve().parents[2]
SOURCES = load_course().sources
PAGE = (ROOT / "book" / "sources.md").read_text(encoding="utf-8")


def through_bibtex(source: Source) -> Source:
    return source_of(parse_string(bibtex_of([source]), "bibtex").entries[source.id])


# --- the files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_of_the_course_survives(name: str) -> None:
    assert through_bibtex(SOURCES[name]) == SOURCES[name]


words = st.text(
    st.characters(categories=["L", "Nd"], include_characters=" .,:;!?%&#_^~$@<>|=()[]/*+-'\"’‘–…"),
    min_size=1,
    max_size=40,
).map(lambda text: " ".join(text.split()))
#: What a source may hold; the model refuses the rest.
texts = words.filter(lambda text: bool(text) and not re.search(r"--|''|,,", text))
names = st.lists(st.from_regex(r"[A-ZÀÖŽ][a-zéöž]{1,8}", fullmatch=True), min_size=1, max_size=3).map(" ".join)
addresses = st.from_regex(r"https?://[a-z]{3}\.example/[A-Za-z0-9_~%#&=?.:+-]{0,20}", fullmatch=True)


@given(
    st.fixed_dictionaries(
        {"title": texts, "short": texts, "kind": st.sampled_from(sorted(KINDS))},
        optional={
            "form": st.sampled_from(["book", "article", "chapter", "thesis", "paper"]),
            "authors": st.lists(names, min_size=1, max_size=3),
            "editors": st.lists(names, min_size=1, max_size=3),
            "weak": st.booleans(),
            "doi": st.from_regex(r"10\.[0-9]{4}/[a-z0-9_.()-]{1,12}", fullmatch=True),
            "url": addresses,
        }
        | dict.fromkeys(("container", "volume", "issue", "pages", "publisher", "place", "year", "note"), texts),
    )
)
def test_any_source_survives(fields: dict[str, Any]) -> None:
    source = Source.model_validate({"id": "x-1", **fields})
    assert through_bibtex(source) == source


@pytest.mark.parametrize("text", ["a {b}", "a \\b", "`a", "a--b", "a''", "a,,b", "a  b", "a\u00a0b"])
def test_what_bibtex_would_lose_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="lost in the BibTeX file"):
        Source.model_validate({"id": "x", "title": text, "short": "X", "kind": "data"})


def test_addresses_are_not_escaped() -> None:
    source = Source(id="x", title="X_1 & 2", short="X", kind="data", url="https://one.example/a_b?c=%20&d#e")
    written = bibtex_of([source])
    assert 'url = "https://one.example/a_b?c=%20&d#e"' in written
    assert r"X\_1 \& 2" in written


# --- the page --------------------------------------------------------------------------------------


def plain(html: str) -> str:
    import html as entities

    return " ".join(entities.unescape(re.sub(r"<[^>]*>", "", html)).split())


def test_the_page_has_every_kind_under_its_heading() -> None:
    assert re.findall(r"## (.+)\n\n```\{sources\} (\w+)\n```", PAGE) == [(text, kind) for kind, text in KINDS.items()]


def test_the_page_prints_every_source_as_the_lessons_do(small_book: Callable[..., Any]) -> None:
    built = small_book(**{"book/sources": PAGE})
    assert built.warnings == ""
    page = built.page("book/sources")
    entries = re.findall(r'<li id="source-([^"]+)">(.*?)</li>', page, re.DOTALL)
    assert {name: plain(text) for name, text in entries} == {
        name: " ".join(reference_text(source).split()) for name, source in SOURCES.items()
    }
    order = {kind: index for index, kind in enumerate(KINDS)}
    assert [name for name, _ in entries] == [
        source.id
        for source in sorted(SOURCES.values(), key=lambda source: (order[source.kind], reference_order(source)))
    ]
    assert 'href="../_static/sources.bib"' in page
    written = parse_string((built.output / "_static" / "sources.bib").read_text(encoding="utf-8"), "bibtex")
    assert list(written.entries) == list(SOURCES)
    search = (built.output / "_static" / "search-data.js").read_text(encoding="utf-8")
    found = json.loads(search.removeprefix("globalThis.coldwarSearch=").removesuffix(";\n"))["book/sources.html"][1]
    heading, text = next((heading, text) for anchor, heading, text in found if anchor == "source-foot-1988")
    assert heading == SOURCES["foot-1988"].title
    assert "Foot, Rosemary J." in text


def test_a_kind_that_does_not_exist_is_an_error_with_its_place(small_book: Callable[..., Any]) -> None:
    built = small_book("# Try\n\n```{sources} scholarships\n```\n")
    assert "try.md:3: ERROR: no kind of source 'scholarships': did you mean scholarship?" in built.warnings
