"""The passage in a real browser: folded and unfolded, terms opened in place, printed whole."""

from __future__ import annotations

from typing import Any

import pytest

from coldwar_lessons.widgets.passage import passage_spec
from tests.browser.activities import PASSAGE, widget
from tests.browser.harness import Desk
from tests.browser.hosts import kept_state
from tests.widgets.activity_trees import real_course

pytestmark = pytest.mark.browser


def shown(page: Any) -> list[str]:
    found: list[str] = page.locator(".cwl-sentence:visible").evaluate_all(
        "all => all.map((one) => one.dataset.sentence)"
    )
    return found


def test_chosen_sentences_and_their_neighbours_show_and_marks_say_what_is_left_out(desk: Desk) -> None:
    page = desk.open(widget(PASSAGE))
    assert shown(page) == ["p3.s5", "p3.s6", "p3.s7", "p3.s8"]
    marks = page.locator(".cwl-left-out:visible")
    assert [one.strip() for one in marks.all_inner_texts()] == ["· · ·", "· · ·"]
    assert {one.get_attribute("aria-hidden") for one in marks.all()} == {"true"}


def test_the_whole_paragraph_unfolds_and_stays_so(desk: Desk) -> None:
    page = desk.open(widget(PASSAGE))
    button = page.get_by_role("button", name="Show the whole paragraph")
    assert button.get_attribute("aria-expanded") == "false"
    button.focus()
    page.keyboard.press("Enter")
    assert len(shown(page)) == 10
    assert page.locator(".cwl-left-out:visible").count() == 0
    page.reload()
    assert len(shown(page)) == 10
    page.get_by_role("button", name="Show the chosen sentences only").click()
    assert len(shown(page)) == 4
    assert kept_state(page, widget(PASSAGE).widget_id) == {"open": False}


def test_where_all_is_chosen_or_near_there_is_nothing_to_unfold(desk: Desk) -> None:
    page = desk.open(passage_spec(real_course(), "l/passage/fn", ["fn1.s1", "fn1.s2"]))
    assert page.locator(".cwl-fold").count() == 0


def test_a_term_opens_below_its_sentence_and_is_read_out(desk: Desk) -> None:
    page = desk.open(widget(PASSAGE))
    term = page.locator("[data-sentence='p3.s7'] a.cwl-term").first
    body = page.locator(f"[id='{term.get_attribute('aria-controls')}']")
    assert (term.get_attribute("role"), term.get_attribute("aria-expanded")) == ("button", "false")
    assert body.is_hidden()
    term.click()
    assert term.get_attribute("aria-expanded") == "true"
    assert body.is_visible()
    assert body.evaluate("one => one.closest('.cwl-sentence').dataset.sentence") == "p3.s7"
    assert page.get_by_role("status").inner_text().strip() == body.text_content().strip()
    term.click()
    assert body.is_hidden()


@pytest.mark.parametrize("key", ["Enter", " "])
def test_keys_open_and_escape_closes_a_term(desk: Desk, key: str) -> None:
    page = desk.open(widget(PASSAGE))
    term = page.locator("[data-sentence='p3.s7'] a.cwl-term").first
    term.focus()
    page.keyboard.press(key)
    assert page.locator(".cwl-gloss:visible").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".cwl-gloss:visible").count() == 0
    assert term.evaluate("one => one === document.activeElement")


def test_paper_prints_every_word_and_the_notes_on_what_was_chosen(desk: Desk) -> None:
    for state in ({}, {"open": True}):
        page = desk.open(widget(PASSAGE), state=state)
        page.locator("[data-sentence='p3.s7'] a.cwl-term").first.click()
        page.emulate_media(media="print")
        words = page.locator(".cwl-text").evaluate(
            "one => { const gone = one.querySelectorAll('.cwl-sid, .cwl-gloss, .cwl-left-out');"
            " for (const part of gone) part.remove(); return one.innerText }"
        )
        paragraph = next(part for part in real_course().paper.parts if part.id == "p3")
        assert " ".join(words.split()) == " ".join(sentence.text for sentence in paragraph.sentences)
    page = desk.open(widget(PASSAGE))
    page.emulate_media(media="print")
    notes = page.locator(".cwl-gloss:visible").all_inner_texts()
    assert any("They do not claim that the motives have been proved" in note for note in notes)
    assert all(note.startswith(("3.6", "3.7")) for note in notes)


def test_without_scripts_a_term_leads_to_what_is_said_of_it(desk: Desk) -> None:
    page = desk.open(widget(PASSAGE), java_script_enabled=False)
    assert len(shown(page)) == 10
    page.locator("a.cwl-term", has_text="can be explained by").click()
    assert page.get_by_text("The words claim that three motives fit the facts.").is_visible()


def test_a_link_to_a_sentence_that_is_folded_away_unfolds_it(desk: Desk) -> None:
    page = desk.open(widget(PASSAGE))
    anchor = page.locator(".cwl-sentence").first.get_attribute("id")
    page.goto(f"{page.url.split('#')[0]}#{anchor}")
    page.reload()
    assert shown(page)[0] == "p3.s1"
