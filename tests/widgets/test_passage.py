"""Passage: the paper's words to the letter, with what is asked for at full strength, and notes in place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coldwar_lessons.content.base import Citation
from coldwar_lessons.content.faults import UnknownNameError
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.content.models import Note
from coldwar_lessons.markup import Element
from coldwar_lessons.widgets.passage import glosses_of, name_sentences, paper_spec, passage_spec, short_name
from coldwar_lessons.widgets.spec import static_html

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def course() -> Course:
    """The real course, without terms: they would gloss words too."""
    return replace(load_course(ROOT), terms={})


def elements(tree: Element) -> list[Element]:
    return [tree, *(found for child in tree.children if isinstance(child, Element) for found in elements(child))]


def with_class(tree: Element, name: str) -> list[Element]:
    return [one for one in elements(tree) if name in dict(one.attributes).get("class", "").split()]


def words(sentence: Element) -> str:
    """The paper's words within a sentence's element: no number, no footnote call, no gloss."""
    extra = {"cwl-sid", "cwl-call", "cwl-gloss", "cwl-hidden"}
    pieces = []
    for child in sentence.children:
        if isinstance(child, str):
            pieces.append(child)
        elif not extra & set(dict(child.attributes).get("class", "").split()):
            pieces.append(words(child))
    return "".join(pieces)


def test_whole_paper_is_there_to_the_letter(course: Course) -> None:
    tree = paper_spec(course, "book/the-paper").tree
    found = {dict(one.attributes)["data-sentence"]: words(one).strip() for one in with_class(tree, "cwl-sentence")}
    assert found == {sentence.id: sentence.text for sentence in course.paper.sentences()}
    text = tree.text()
    assert all(part.text in text for part in course.paper.parts if not hasattr(part, "sentences"))


def test_notes_change_no_letter_of_the_paper() -> None:
    course = load_course(ROOT)
    notes = [note for lesson in course.lessons.values() for note in lesson.notes]
    assert notes
    tree = paper_spec(course, "book/the-paper", notes).tree
    for one in with_class(tree, "cwl-sentence"):
        assert words(one).strip() == course.sentence(dict(one.attributes)["data-sentence"]).text


def test_chosen_sentences_stand_among_their_dimmed_neighbours(course: Course) -> None:
    spec = passage_spec(course, "03-gestures/passage/x", ["p3.s6", "p3.s8"])
    chosen = {dict(one.attributes)["data-sentence"] for one in with_class(spec.tree, "cwl-chosen")}
    dimmed = {dict(one.attributes)["data-sentence"] for one in with_class(spec.tree, "cwl-dimmed")}
    assert chosen == {"p3.s6", "p3.s8"}
    assert dimmed == {f"p3.s{n}" for n in range(1, 11)} - chosen
    assert spec.summary == "The paper, paragraph 3, sentences 6 and 8"
    assert dict(spec.tree.attributes)["aria-label"] == spec.summary


def test_only_paragraphs_with_a_chosen_sentence_are_shown(course: Course) -> None:
    tree = passage_spec(course, "x", ["fn1.s1"]).tree
    assert {dict(one.attributes)["data-sentence"] for one in with_class(tree, "cwl-sentence")} == {"fn1.s1", "fn1.s2"}
    assert "Footnote by the later editor, not part of the paper of 1953" in tree.text()


def test_footnote_is_called_where_it_belongs(course: Course) -> None:
    tree = paper_spec(course, "x").tree
    (call,) = with_class(tree, "cwl-call")
    (caller,) = [one for one in with_class(tree, "cwl-sentence") if call in elements(one)]
    assert dict(caller.attributes)["data-sentence"] == "p4.s8"


def test_unknown_sentence_names_the_nearest(course: Course) -> None:
    with pytest.raises(UnknownNameError, match=r"no sentence 'p3\.s66': did you mean p3\.s6"):
        passage_spec(course, "x", ["p3.s66"])


def test_ids_are_unique_and_links_lead_to_them() -> None:
    course = load_course(ROOT)
    notes = [note for lesson in course.lessons.values() for note in lesson.notes]
    for spec in (paper_spec(course, "x", notes), passage_spec(course, "l/passage/y", course.sentence_ids(), notes)):
        ids = [dict(one.attributes)["id"] for one in elements(spec.tree) if "id" in dict(one.attributes)]
        assert len(ids) == len(set(ids))
        targets = {dict(one.attributes).get("href", "") for one in elements(spec.tree)}
        assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)
        assert not any(" " in one for one in ids)


def test_two_passages_on_a_page_share_no_id(course: Course) -> None:
    found = [
        {dict(one.attributes)["id"] for one in elements(passage_spec(course, name, ["p3.s6"]).tree)
         if "id" in dict(one.attributes)}
        for name in ("l/passage/p3.s6", "l/passage/p3.s6+p3.s8")
    ]  # fmt: skip
    assert not found[0] & found[1]


def test_note_hangs_on_its_words_with_its_source(course: Course) -> None:
    source = next(iter(course.sources.values()))
    note = Note(
        sentence="p3.s8",
        quote="so far",
        text="It is about time.",
        sources=(Citation(source=source.id, locator="p. 1"),),
    )
    (gloss,) = glosses_of(course, course.sentence("p3.s8"), [note])
    assert (gloss.quote, gloss.label, gloss.text) == ("so far", "“so far”", "It is about time.")
    assert gloss.citation == f"{source.short}, p. 1"
    tree = passage_spec(course, "x", ["p3.s8"], [note]).tree
    (link,) = with_class(tree, "cwl-term")
    (body,) = with_class(tree, "cwl-gloss")
    assert link.text() == "so far"
    assert dict(link.attributes)["href"] == f"#{dict(body.attributes)['id']}"


def test_notes_that_overlap_give_way_to_the_first(course: Course) -> None:
    notes = [
        Note(sentence="p3.s8", quote="most important gesture", text="First."),
        Note(sentence="p3.s8", quote="important", text="Within the first."),
        Note(sentence="p3.s8", quote="Annex", text="Later."),
        Note(sentence="p3.s8", quote="for list", text="Earlier than the last."),
        Note(sentence="p3.s9", quote="not in p3.s8", text="Of another sentence."),
    ]
    found = glosses_of(course, course.sentence("p3.s8"), notes)
    assert [gloss.text for gloss in found] == ["First.", "Earlier than the last.", "Later."]


def test_terms_gloss_the_words_that_they_explain() -> None:
    course = load_course(ROOT)
    term = next(term for term in course.terms.values() if term.in_paper and "Iron Curtain" in term.in_paper)
    found = glosses_of(course, course.sentence("p4.s1"), [])
    assert (term.in_paper, term.term, term.definition) in {(gloss.quote, gloss.label, gloss.text) for gloss in found}


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\u202e😀&amp;", "x" * 10_000]
)
def test_hostile_note_is_shown_as_text(course: Course, text: str) -> None:
    note = Note(sentence="p3.s8", quote="so far", text=text)
    html = static_html(passage_spec(course, "x", ["p3.s8"], [note]))
    assert "<script>alert" not in html
    assert "<img" not in html
    (body,) = with_class(passage_spec(course, "x", ["p3.s8"], [note]).tree, "cwl-gloss")
    assert text in body.text()


@pytest.mark.parametrize(
    ("ids", "name"),
    [
        (["p3.s6"], "paragraph 3, sentence 6"),
        (["p3.s6", "p3.s8"], "paragraph 3, sentences 6 and 8"),
        (["p3.s1", "p3.s2", "p4.s3"], "paragraph 3, sentences 1 and 2; paragraph 4, sentence 3"),
        (["p3.s1", "p3.s2", "p3.s3", "fn1.s1"], "paragraph 3, sentences 1, 2 and 3; the footnote, sentence 1"),
    ],
)  # fmt: skip
def test_sentences_are_named_in_words(ids: list[str], name: str) -> None:
    assert name_sentences(ids) == name


def test_short_names() -> None:
    assert [short_name(one) for one in ("p3.s8", "p4.s10", "fn1.s2")] == ["3.8", "4.10", "note 1.2"]
