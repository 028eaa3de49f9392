"""Panels: what a lesson is about, its terms, its sources; and citations as text and links."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coldwar_lessons.content.base import Citation
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.content.models import Lesson, Source
from coldwar_lessons.markup import Element
from coldwar_lessons.widgets.citing import cite_links, cite_text, full_reference
from coldwar_lessons.widgets.panels import lesson_citations, overview_spec, sources_spec, terms_spec, used_places

ROOT = Path(__file__).resolve().parents[2]
COURSE = load_course(ROOT)
LESSONS = list(COURSE.lessons.values())


def elements(tree: Element) -> list[Element]:
    return [tree, *(found for child in tree.children if isinstance(child, Element) for found in elements(child))]


def of_tag(tree: Element, tag: str) -> list[Element]:
    return [one for one in elements(tree) if one.tag == tag]


@pytest.fixture
def course() -> Course:
    return COURSE


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_overview_says_what_the_lesson_is_about(course: Course, lesson: Lesson) -> None:
    spec = overview_spec(course, lesson)
    text = spec.tree.text()
    assert lesson.question in text
    time = f"about {lesson.minutes} minutes in class and {lesson.home_minutes} at home"
    assert f"Lesson {lesson.number} of {len(course.lessons)} · {time}" in text
    assert all(objective.text in text for objective in lesson.objectives)
    assert spec.widget_id == f"{lesson.id}/overview"


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_strip_marks_the_sentences_of_the_lesson(course: Course, lesson: Lesson) -> None:
    (strip,) = [one for one in of_tag(overview_spec(course, lesson).tree, "ol") if "strip" in str(one.attributes)]
    cells = of_tag(strip, "li")
    assert len(cells) == len(course.sentence_ids())
    mine = {
        dict(of_tag(cell, "a")[0].attributes)["href"].partition("#")[2] for cell in cells if "(read in" in cell.text()
    }
    assert mine == set(lesson.sentences)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_terms_are_defined_and_cited(course: Course, lesson: Lesson) -> None:
    tree = terms_spec(course, lesson).tree
    assert [one.text() for one in of_tag(tree, "dt")] == [course.terms[name].term for name in lesson.terms]
    for name, entry in zip(lesson.terms, of_tag(tree, "dd"), strict=True):
        assert course.terms[name].definition in entry.text()
        assert cite_text(course, course.terms[name].sources) in entry.text()


def test_term_that_is_not_verified_says_so(course: Course) -> None:
    lesson = next(lesson for lesson in LESSONS if lesson.terms)
    term = course.terms[lesson.terms[0]].model_copy(update={"verified": False})
    doubted = replace(course, terms={**course.terms, term.id: term})
    assert "Not verified." in of_tag(terms_spec(doubted, lesson).tree, "dd")[0].text()


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_sources_are_those_that_the_lesson_cites_once_each(course: Course, lesson: Lesson) -> None:
    tree = sources_spec(course, lesson).tree
    cited = {citation.source for citation in lesson_citations(course, lesson)}
    titles = [one.text() for one in of_tag(tree, "cite")]
    assert sorted(titles) == sorted(course.sources[name].title for name in cited)
    text, links = tree.text(), {dict(one.attributes)["href"] for one in of_tag(tree, "a")}
    for citation in lesson_citations(course, lesson):
        if citation.locator and citation.url:
            assert citation.url in links
        else:
            # Of two places of which one says more the shorter is named.
            assert (citation.locator or "").rpartition(", ")[0] in text
    (details,) = of_tag(tree, "details")
    assert dict(details.attributes) == {"class": "cwl-on-paper"}


def test_a_place_is_named_once() -> None:
    def place(locator: str | None, url: str | None = None) -> Citation:
        return Citation(source="one", locator=locator, url=url)

    places = [
        place("doc. 1, note 2, on the stroke", "https://one.example/1"),
        place("doc. 1, note 2", "https://one.example/1"),
        place("p. 4"),
        place("p. 4, for 1 July"),
        place("p. 40"),
        place(None),
        place("p. 4"),
    ]
    assert [one.locator for one in used_places(places)] == ["doc. 1, note 2", "p. 4", "p. 40"]


def test_every_panel_link_is_an_address(course: Course) -> None:
    for lesson in LESSONS:
        for spec in (overview_spec(course, lesson), terms_spec(course, lesson), sources_spec(course, lesson)):
            for link in of_tag(spec.tree, "a"):
                assert dict(link.attributes)["href"].startswith(("https://", "http://", "../book/the-paper.html#"))


def test_citations_as_text_and_as_links(course: Course) -> None:
    one = Source(id="one", title="One", kind="document", short="O", url="https://one.example/")
    two = Source(id="two", title="Two", kind="document", short="T")
    course = replace(course, sources={"one": one, "two": two})
    citations = [
        Citation(source="one", locator="doc. 1"),
        Citation(source="one", url="https://one.example/2"),
        Citation(source="two", locator="p. 3"),
    ]
    assert cite_text(course, citations) == "O, doc. 1; O; T, p. 3"
    links = cite_links(course, citations)
    assert [one if isinstance(one, str) else (one.text(), dict(one.attributes)["href"]) for one in links] == [
        ("O, doc. 1", "https://one.example/"),
        "; ",
        ("O", "https://one.example/2"),
        "; ",
        "T, p. 3",
    ]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "A Book."),
        ({"title": "What Next?"}, "What Next?"),
        ({"authors": ["Ann A. B."], "year": "1999", "form": "book"}, "B., Ann A. 1999. A Book."),
        (
            {"authors": ["Ann Ash", "Ben Beech", "Cy Cedar"], "form": "book", "place": "York", "publisher": "Press"},
            "Ash, Ann, Ben Beech and Cy Cedar. A Book. York: Press.",
        ),
        ({"editors": ["Ed E"], "publisher": "Press", "form": "book"}, "E, Ed, ed. A Book. Press."),
        ({"editors": ["Ed E", "Flo F"], "year": "2001"}, "E, Ed and Flo F, eds. 2001. A Book."),
        ({"container": "Archive", "publisher": "Press", "year": "2001"}, "A Book. Archive, Press, 2001."),
        ({"title": "Letter, 1 July 1953", "container": "Archive", "year": "1953"}, "Letter, 1 July 1953. Archive."),
        (
            {"authors": ["Ann Ash"], "year": "1999", "form": "article", "container": "Journal", "volume": "1"}
            | {"issue": "2", "pages": "3-38", "doi": "10.1234/x"},
            "Ash, Ann. 1999. ‘A Book’. Journal 1 (2): 3–38. doi:10.1234/x.",
        ),
        ({"form": "article", "container": "Journal", "issue": "6-7", "year": "1995"}, "‘A Book’. Journal 6-7, 1995."),
        (
            {"authors": ["Ann Ash"], "editors": ["Ed E"], "form": "chapter", "container": "The Whole", "pages": "1-9"}
            | {"place": "York", "publisher": "Press"},
            "Ash, Ann. ‘A Book’. In The Whole, edited by Ed E, 1–9. York: Press.",
        ),
        (
            {"authors": ["Ann Ash"], "form": "thesis", "publisher": "York"},
            "Ash, Ann. ‘A Book’. PhD thesis, York.",
        ),
        ({"form": "paper", "container": "Working Paper", "issue": "3"}, "‘A Book’. Working Paper 3."),
        ({"note": "A mirror.", "weak": True}, "A Book. A mirror. Weak: a mirror or a tertiary text."),
    ],
)
def test_full_reference(fields: dict[str, object], text: str) -> None:
    source = Source.model_validate({"id": "x", "title": "A Book", "kind": "scholarship", "short": "A", **fields})
    assert full_reference(source).text() == text
