"""Forecast, white-out and claim against source in a real browser, by mouse and by keyboard."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.activities import CLAIM, FORECAST, WHITE_OUT, done, widget
from tests.browser.harness import Desk
from tests.browser.hosts import kept_state, render_in_notebook

pytestmark = pytest.mark.browser


def kept(page: Any, name: str) -> Any:
    return kept_state(page, widget(name).widget_id)


def has_focus(one: Any) -> bool:
    found: bool = one.evaluate("one => one === document.activeElement || one.contains(document.activeElement)")
    return found


# --- forecast ------------------------------------------------------------------------------------


def test_a_forecast_is_stated_in_a_number_and_in_words(desk: Desk) -> None:
    page = desk.open(widget(FORECAST))
    box = page.locator("fieldset").first
    slider = box.get_by_role("slider")
    assert box.locator(".cwl-fc-said").inner_text() == "not yet said"
    assert slider.get_attribute("aria-valuetext") == "not yet said"
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert box.locator(".cwl-fc-said").inner_text() == "55 %: as likely as not"
    assert slider.get_attribute("aria-valuetext") == "55 %: as likely as not"
    page.keyboard.press("End")
    assert box.locator(".cwl-fc-said").inner_text() == "100 %: certain"
    assert kept(page, FORECAST)["values"] == {"armistice": 100}


def test_fifty_per_cent_can_be_said_although_the_slider_stands_there(desk: Desk) -> None:
    page = desk.open(widget(FORECAST))
    first, second = page.get_by_role("slider").all()[:2]
    first.focus()
    page.keyboard.press("Enter")
    second.click()
    assert kept(page, FORECAST)["values"] == {"armistice": 50, "beria": 50}


def test_a_slider_that_is_dragged_saves_when_it_rests(desk: Desk) -> None:
    page = desk.open(widget(FORECAST))
    render_in_notebook(page, widget(FORECAST), {}, views=1)
    slider = page.get_by_role("slider").first
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    for step in range(20):
        page.mouse.move(box["x"] + box["width"] * (0.5 + step / 50), middle)
    assert page.evaluate("window.saves") == 0
    assert page.locator(".cwl-fc-said").first.inner_text() != "not yet said"
    page.mouse.up()
    assert page.evaluate("window.saves") == 1


def test_nothing_is_revealed_before_every_question_has_a_number(desk: Desk) -> None:
    page = desk.open(widget(FORECAST))
    page.get_by_role("button", name="Reveal what happened").click()
    assert "6 of your forecasts are still missing" in page.locator(".cwl-score").inner_text()
    assert has_focus(page.get_by_role("slider").first)
    assert page.locator(".cwl-reveal:visible, .cwl-comment:visible").count() == 1
    assert not kept(page, FORECAST)


def test_keyboard_alone_leads_from_numbers_to_outcomes_and_score(desk: Desk) -> None:
    page = desk.open(widget(FORECAST))
    page.get_by_role("slider").first.focus()
    for key in ("End", "Home", "Enter", "Home", "End", "Home"):
        page.keyboard.press(key)
        page.keyboard.press("Tab")
        while not page.evaluate("document.activeElement.matches('[type=range], button')"):
            page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    # Right on five, and one half for the ministers' meeting, which happened.
    assert page.locator(".cwl-fc-total").inner_text() == "Your mean Brier score: 0.04"
    assert page.get_by_role("status").inner_text() == "Your mean Brier score: 0.04"
    assert has_focus(page.locator(".cwl-score"))
    verdicts = page.locator("fieldset .cwl-comment").all_inner_texts()
    assert verdicts[0].startswith("It happened. You said 100 %. Your Brier score here is 0.00")
    assert verdicts[1].startswith("It did not happen. You said 0 %.")
    assert "0.25, as good as a coin" in verdicts[2]
    assert page.get_by_text("It was signed at Panmunjom on 27 July").is_visible()
    assert page.get_by_role("slider").first.is_disabled()


def test_who_is_sure_and_wrong_is_told_so(desk: Desk) -> None:
    state = {"values": {one: 0 if happened else 100 for one, happened in widget(FORECAST).payload["outcomes"].items()}}
    page = desk.open(widget(FORECAST), state=state)
    page.get_by_role("button", name="Reveal what happened").click()
    assert "1.00" in page.locator(".cwl-fc-total").inner_text()
    assert "Where were you too sure" in page.locator(".cwl-score").inner_text()


def test_one_can_forecast_again(desk: Desk) -> None:
    page = desk.open(widget(FORECAST), state=done(FORECAST))
    page.get_by_role("button", name="Forecast again").click()
    assert kept(page, FORECAST) == {"values": {}, "revealed": False}
    assert page.locator(".cwl-reveal:visible, .cwl-comment:visible").count() == 0
    assert has_focus(page.get_by_role("slider").first)


# --- white-out -----------------------------------------------------------------------------------


def test_words_stay_covered_until_a_choice_was_made(desk: Desk) -> None:
    page = desk.open(widget(WHITE_OUT))
    first = page.locator("fieldset").first
    first.get_by_role("button", name="Reveal").click()
    assert first.locator(".cwl-comment").inner_text() == "Choose the words you expect first."
    assert has_focus(first.get_by_role("radio").first)
    assert "hitherto" not in first.locator(".cwl-words").inner_text()


def test_predict_choose_reveal_compare(desk: Desk) -> None:
    page = desk.open(widget(WHITE_OUT))
    first = page.locator("fieldset").first
    first.get_by_label("Your own word first").fill("so far")
    first.get_by_text("always", exact=True).first.click()
    first.get_by_role("button", name="Reveal").click()
    verdict = first.locator(".cwl-comment")
    assert verdict.inner_text() == (
        "You chose ‘always’; the author wrote “hitherto”. Your own word was ‘so far’: what would it have done?"
    )
    assert has_focus(verdict)
    assert page.get_by_role("status").inner_text() == verdict.inner_text()
    assert "have hitherto wanted" in first.locator(".cwl-words").inner_text()
    assert first.get_by_text("It would make waiting a settled habit").is_visible()
    assert first.locator("dt", has_text="always").inner_text() == "always your choice"
    assert page.locator(".cwl-score").inner_text() == "1 of 6 revealed."
    assert kept(page, WHITE_OUT) == {
        "own": {"hitherto": "so far"},
        "choices": {"hitherto": "always"},
        "revealed": {"hitherto": True},
    }


def test_keyboard_alone_uncovers_a_word(desk: Desk) -> None:
    page = desk.open(widget(WHITE_OUT))
    page.locator("fieldset").first.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    assert kept(page, WHITE_OUT)["choices"] == {"hitherto": "hitherto"}
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator(".cwl-comment:visible").inner_text() == "You and the author chose the same words: “hitherto”."


def test_a_word_that_was_uncovered_is_read_wherever_it_stood_covered(desk: Desk) -> None:
    page = desk.open(widget(WHITE_OUT))
    boxes = page.locator("fieldset:has([data-gap=dangerous])")
    assert boxes.count() == 2
    assert not any("more dangerous American" in text for text in boxes.locator(".cwl-words").all_inner_texts())
    boxes.first.get_by_text("foolish", exact=True).first.click()
    boxes.first.get_by_role("button", name="Reveal").click()
    assert all("more dangerous American" in text for text in boxes.locator(".cwl-words").all_inner_texts())
    assert page.locator("[data-gap=shaky]").first.get_attribute("aria-label") == "other hidden words"


def test_all_can_be_covered_again(desk: Desk) -> None:
    page = desk.open(widget(WHITE_OUT), state=done(WHITE_OUT))
    assert "All 6 revealed. In 6 of them" in page.locator(".cwl-score").inner_text()
    page.get_by_role("button", name="Cover them again").click()
    assert kept(page, WHITE_OUT) == {"own": {}, "choices": {}, "revealed": {}}
    assert page.locator("input:checked, .cwl-wo-filled, .cwl-reveal:visible").count() == 0


# --- claim against source ------------------------------------------------------------------------


def sort(page: Any, number: int, heap: str) -> None:
    page.locator("li[data-statement]").nth(number - 1).get_by_label(heap).check()


def test_checking_says_of_each_statement_why(desk: Desk) -> None:
    page = desk.open(widget(CLAIM))
    sort(page, 1, "Said")
    sort(page, 2, "Said")
    page.get_by_role("button", name="Check").click()
    first, second, third = page.locator("li[data-statement]").all()[:3]
    assert first.locator(".cwl-comment").inner_text().startswith("✓ As this edition sorts it.")
    assert second.locator(".cwl-comment").inner_text().startswith("✗ Look again. Two small words settle it")
    assert third.locator(".cwl-comment").is_hidden()
    score = "1 of 2 sorted as this edition sorts them. 7 still to be sorted."
    assert page.locator(".cwl-score").inner_text() == page.get_by_role("status").inner_text() == score


def test_feedback_never_speaks_of_another_choice(desk: Desk) -> None:
    page = desk.open(widget(CLAIM))
    sort(page, 1, "Said")
    sort(page, 2, "Said")
    page.get_by_role("button", name="Check").click()
    sort(page, 2, "Inferred")
    comments = page.locator("li[data-statement] .cwl-comment")
    assert comments.nth(1).inner_text() == "Changed since you checked."
    assert comments.nth(0).inner_text().startswith("✓")
    page.get_by_role("button", name="Check").click()
    assert comments.nth(1).inner_text().startswith("✓")


def test_keyboard_alone_sorts_and_checks(desk: Desk) -> None:
    page = desk.open(widget(CLAIM))
    page.locator("li[data-statement] input").first.focus()
    for _ in range(9):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".cwl-score").inner_text() == "3 of 9 sorted as this edition sorts them."
    assert set(kept(page, CLAIM)["checked"].values()) == {"inferred"}


def test_an_empty_check_asks_for_something_to_check(desk: Desk) -> None:
    page = desk.open(widget(CLAIM))
    page.get_by_role("button", name="Check").click()
    assert page.locator(".cwl-score").inner_text() == "Sort at least one statement first."


def test_the_fair_sentence_is_kept_while_it_is_written(desk: Desk) -> None:
    page = desk.open(widget(CLAIM))
    page.get_by_role("textbox").press_sequentially("It showed sympathy")
    page.wait_for_function("document.querySelector('.cwl-saved').textContent !== ''")
    assert kept(page, CLAIM)["closing"] == "It showed sympathy"
