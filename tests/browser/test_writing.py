"""The writing desk in a real browser: written, helped, checked, kept, taken away as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coldwar_lessons.widgets.writing import writing_spec
from tests.browser.activities import DESK, done, widget
from tests.browser.harness import Desk
from tests.browser.hosts import kept_state
from tests.widgets.activity_trees import real_course

pytestmark = pytest.mark.browser


def kept(page: Any) -> Any:
    return kept_state(page, widget(DESK).widget_id)


def text(page: Any) -> Any:
    return page.get_by_role("textbox", name="Your answer", exact=True)


def unfold(page: Any, title: str) -> None:
    page.locator("summary", has_text=title).click()


def test_words_are_counted_against_the_aim(desk: Desk) -> None:
    page = desk.open(widget(DESK))
    count = page.locator(".cwl-wd-count")
    assert count.inner_text() == "0 words; aim for 130 to 190"
    text(page).fill("One")
    assert count.inner_text() == "1 word, 129 to go"
    text(page).fill("word " * 150)
    assert count.inner_text() == "150 words, within the aim"
    text(page).fill("word " * 200)
    assert count.inner_text() == "200 words, 10 over"


def test_text_and_plan_are_kept_while_they_are_written(desk: Desk) -> None:
    page = desk.open(widget(DESK))
    unfold(page, "Plan")
    page.get_by_label("Your answer in one sentence").fill("(i) best")
    text(page).press_sequentially("The timing")
    page.wait_for_function("Object.values(localStorage).some((one) => one.includes('The timing'))")
    assert page.locator(".cwl-saved").inner_text() == "Saved in this browser."
    assert kept(page) == {"text": "The timing", "plan": "(i) best"}
    page.reload()
    assert text(page).input_value() == "The timing"
    assert page.get_by_label("Your answer in one sentence").is_visible()


def test_nothing_is_lost_when_the_page_is_left_at_once(desk: Desk) -> None:
    page = desk.open(widget(DESK))
    text(page).press_sequentially("Quick")
    page.reload()
    assert text(page).input_value() == "Quick"


def test_evidence_is_found_read_and_put_in_where_the_cursor_stands(desk: Desk) -> None:
    page = desk.open(widget(DESK))
    text(page).fill("The steps as well.")
    text(page).evaluate("one => one.setSelectionRange(9, 9)")
    unfold(page, "Evidence to cite")
    page.get_by_label("Find a sentence").fill("armistice korea gesture")
    options = page.get_by_role("listbox", name="Evidence").get_by_role("option")
    assert options.count() == 1
    options.first.evaluate(
        "one => { one.selected = true; one.parentElement.closest('select').dispatchEvent(new Event('change')) }"
    )
    assert page.locator(".cwl-wd-detail").inner_text().startswith("The most important gesture so far")
    page.get_by_role("button", name="Put it into the text").click()
    assert text(page).input_value() == "The steps (p3.s8) as well."
    assert text(page).evaluate("one => one === document.activeElement && one.selectionStart") == 17
    assert page.get_by_role("status").inner_text() == "(p3.s8) put into the text."
    assert page.locator(".cwl-wd-cited").inner_text() == "Cited so far: p3.s8."
    page.keyboard.press("Control+z")
    assert text(page).input_value() == "The steps as well."


def test_keyboard_alone_cites_an_event_s_source(desk: Desk) -> None:
    page = desk.open(widget(DESK))
    page.locator("summary", has_text="Evidence to cite").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("amnesty")
    assert "match" in page.get_by_role("status").inner_text()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.keyboard.press("Enter")
    cited = text(page).input_value()
    assert cited.startswith("(")
    assert cited in {one["cite"] for one in widget(DESK).payload["evidence"]}


def test_a_search_without_a_match_says_so(desk: Desk) -> None:
    page = desk.open(widget(DESK))
    unfold(page, "Evidence to cite")
    page.get_by_label("Find a sentence").fill("zzz")
    assert page.locator(".cwl-wd-detail").inner_text() == "Nothing matches. Try fewer letters."
    assert page.get_by_role("button", name="Put it into the text").is_disabled()
    page.keyboard.press("Enter")
    assert text(page).input_value() == ""


def test_a_way_to_begin_is_put_in_and_evidence_goes_into_the_plan_too(desk: Desk) -> None:
    page = desk.open(widget(DESK))
    unfold(page, "Ways to begin")
    page.get_by_role("button", name="The strongest point against my view is …").click()
    assert text(page).input_value() == "The strongest point against my view is "
    unfold(page, "Plan")
    page.get_by_label("Your answer in one sentence").focus()
    page.get_by_role("button", name="A reader of July 1953 could not know …").click()
    assert page.get_by_label("Your answer in one sentence").input_value() == "A reader of July 1953 could not know "


def test_one_s_own_check_against_the_rubric_is_kept(desk: Desk) -> None:
    page = desk.open(widget(DESK))
    first = page.locator("fieldset[data-row]").first
    first.get_by_role("radio").nth(1).check()
    unfold(page, "Check your answer")
    boxes = page.locator(".cwl-wd-checks input")
    boxes.nth(0).check()
    boxes.nth(2).check()
    boxes.nth(0).uncheck()
    row = first.get_attribute("data-row")
    assert kept(page) == {"levels": {row: 1}, "checks": [boxes.nth(2).get_attribute("value")]}
    page.reload()
    assert page.locator("input:checked").count() == 2


def save_file(page: Any) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    assert download.value.suggested_filename == "04-three-explanations-three-explanations-weigh.md"
    return Path(download.value.path()).read_text(encoding="utf-8")


def test_the_file_holds_prompt_text_plan_and_full_references(desk: Desk) -> None:
    source = next(one for one in widget(DESK).payload["evidence"] if one["group"].startswith("Sources") and one["url"])
    state = done(DESK) | {"text": f"It is the timing (p3.s7). So says a source {source['cite']}.", "checks": []}
    written = save_file(desk.open(widget(DESK), state=state))
    lesson = real_course().lessons["04-three-explanations"]
    assert written.startswith(f"# {lesson.title}\n\n> {lesson.writing[0].prompt}\n\nIt is the timing (p3.s7).")
    assert "(aim: 130 to 190)*" in written
    cited = written.split("## Evidence cited\n\n")[1].split("\n\n")[0].split("\n")
    assert len(cited) == 2
    assert cited[0].startswith("- (p3.s7) C.(53)187, paragraph 3, sentence 7: “These steps can be explained by")
    assert cited[1].endswith(f"<{source['url']}>")
    assert "## Plan\n\n(i) best" in written
    assert "Emergent" in written.split("## My own check")[1]


def test_the_file_of_an_empty_desk_is_the_prompt_and_nothing_more(desk: Desk) -> None:
    written = save_file(desk.open(widget(DESK)))
    assert "##" not in written
    assert "*0 words (aim: 130 to 190)*" in written


def test_p3_s1_is_not_cited_by_p3_s10(desk: Desk) -> None:
    page = desk.open(widget(DESK), state={"text": "So p3.s10 says."})
    assert page.locator(".cwl-wd-cited").inner_text() == "Cited so far: p3.s10."


def test_an_essay_of_800_words_is_no_burden(desk: Desk) -> None:
    lesson = real_course().lessons["09-hindsight"]
    spec = writing_spec(real_course(), lesson, lesson.writing[0], "09-hindsight/writing/capstone-essay")
    essay = "A sentence of the essay that cites the paper (p3.s9) and goes on.\n\n" * 60
    page = desk.open(spec, state={"text": essay})
    assert page.locator(".cwl-wd-count").inner_text() == "780 words, within the aim"
    area = page.get_by_role("textbox", name="Your answer", exact=True)
    assert area.evaluate("one => one.scrollHeight <= one.clientHeight + 1")
    page.emulate_media(media="print")
    assert area.is_hidden()
    assert page.locator(".cwl-wd-print:visible").inner_text().count("(p3.s9)") == 60


def test_paper_has_prompt_rubric_checks_and_lines(desk: Desk) -> None:
    page = desk.open(widget(DESK))
    page.emulate_media(media="print")
    assert page.get_by_text("A choice among the three").is_visible()
    assert page.get_by_text("I say how sure I am and what would change my mind.").is_visible()
    assert text(page).bounding_box()["height"] > 300
    assert page.locator(".cwl-wd-find:visible, button:visible").count() == 4  # the ways to begin
