"""A student's text: cut into paragraphs, its citations found, and nothing in it believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldwar_lessons.grading.roster import RosterEntry
from coldwar_lessons.marking_desk.text import citations_of, cited_list, hide_name, readable, text_elements
from tests.grading.essay_class import course
from tests.grading.hand_ins import LESSON

CITATIONS = citations_of(course(), LESSON)


def test_sentences_and_sources_are_found_the_longest_first() -> None:
    text = "See (p3.s8), (FRUS 1952–54, VIII,  doc. 587) and again p3.s8; FRUS VIII, doc. 584. p3.s80 is none."
    _, cited = text_elements(text, CITATIONS)
    assert cited == ["p3.s8", "FRUS 1952-54, VIII, doc. 587", "FRUS VIII, doc. 584"]


def test_what_is_cited_is_listed_with_its_words_and_its_source() -> None:
    listed = cited_list(["p3.s8", "FRUS VIII, doc. 587"], CITATIONS)
    assert listed is not None
    html = listed.to_html()
    assert course().sentence("p3.s8").text in listed.text()
    assert (
        'href="https://history.state.gov/historicaldocuments/frus1952-54v08/d587" target="_blank" rel="noopener' in html
    )
    assert cited_list([], CITATIONS) is None


def test_what_turns_a_text_round_is_shown_and_does_nothing() -> None:
    assert readable("a\u202eb\u2066c\0d\x1b[31m\r\ne") == "a\ufffdb\ufffdc\ufffdd\ufffd[31m\ne"


@given(st.text(max_size=300))
def test_any_text_becomes_text_alone(text: str) -> None:
    paragraphs, _ = text_elements(text, CITATIONS)
    assert all(one.tag == "p" and all(isinstance(c, str) or c.tag == "a" for c in one.children) for one in paragraphs)
    assert "".join("".join(one.text() for one in paragraphs).split()) == "".join(readable(text).split())


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("By Ann  Archer, no. 10042.", "By [name hidden], no. [name hidden]."),
        ("ANN ARCHER", "[name hidden]"),
        ("Ann says; Mr Archer; Joann Archery", "Ann says; Mr Archer; Joann Archery"),
    ],
)
def test_the_writers_own_name_is_hidden_and_no_other(text: str, hidden: str) -> None:
    assert hide_name(text, RosterEntry("10042", "Ann Archer", "10042")) == hidden
