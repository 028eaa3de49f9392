"""Evidence matrix and positions in a real browser, by mouse, touch and keyboard."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.activities import MATRIX, PHONE, POSITIONS, done, widget
from tests.browser.harness import Desk
from tests.browser.hosts import kept_state, render_in_notebook

pytestmark = pytest.mark.browser


def kept(page: Any, name: str) -> Any:
    return kept_state(page, widget(name).widget_id)


# --- evidence matrix -----------------------------------------------------------------------------


def cell(page: Any, row: int, column: str) -> Any:
    return page.get_by_role("radiogroup", name=f"Evidence {row}, {column}", exact=True)


def judge(page: Any, row: int, *verdicts: str) -> None:
    for column, verdict in zip(("(i)", "(ii)", "(iii)"), verdicts, strict=True):
        cell(page, row, column).get_by_role("radio", name=verdict, exact=True).check()


def test_a_row_says_whether_it_tells_the_explanations_apart(desk: Desk) -> None:
    page = desk.open(widget(MATRIX))
    weights = page.locator(".cwl-em-weight")
    judge(page, 1, "consistent", "consistent", "consistent")
    judge(page, 2, "consistent", "neutral", "inconsistent")
    assert "cannot decide between them" in weights.nth(0).inner_text()
    assert "tells the explanations apart" in weights.nth(1).inner_text()
    assert page.get_by_role("status").inner_text() == weights.nth(1).inner_text()
    summary = page.locator(".cwl-em-summary dd").all_inner_texts()
    assert summary == ["2", "1", "(i): 0 · (ii): 0 · (iii): 1"]


def test_a_verdict_asks_for_its_reason(desk: Desk) -> None:
    page = desk.open(widget(MATRIX))
    reasons = page.locator(".cwl-em-reasons").first
    assert reasons.is_hidden()
    cell(page, 1, "(i)").get_by_role("radio", name="neutral").check()
    assert reasons.is_visible()
    reasons.get_by_label("(i)", exact=False).first.fill("They need calm")
    page.keyboard.press("Tab")
    assert kept(page, MATRIX)["cells"]["korea"]["i"] == {"verdict": "neutral", "reason": "They need calm"}
    page.get_by_role("button", name="Your reasons").first.click()
    assert reasons.is_hidden()


def test_an_explanation_of_one_s_own_is_weighed_with_the_others(desk: Desk) -> None:
    page = desk.open(widget(MATRIX))
    judge(page, 1, "consistent", "consistent", "consistent")
    page.get_by_label("Mine: your own explanation").fill("They wanted trade")
    cell(page, 1, "mine").get_by_role("radio", name="inconsistent").check()
    assert "tells the explanations apart" in page.locator(".cwl-em-weight").first.inner_text()
    assert page.locator(".cwl-em-summary dd").last.inner_text().endswith("mine: 1")


def test_keyboard_alone_fills_a_row(desk: Desk) -> None:
    page = desk.open(widget(MATRIX))
    cell(page, 1, "(i)").get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    cells = kept(page, MATRIX)["cells"]["korea"]
    assert {name: one["verdict"] for name, one in cells.items()} == {
        "i": "consistent",
        "ii": "neutral",
        "iii": "inconsistent",
    }


def test_the_edition_speaks_only_after_half_of_the_evidence_was_read(desk: Desk) -> None:
    page = desk.open(widget(MATRIX))
    page.get_by_role("button", name="Compare").click()
    assert page.locator(".cwl-score").inner_text().startswith("Read at least half")
    assert page.locator(".cwl-reveal:visible, .cwl-em-edition:visible").count() == 0
    for row in range(1, 6):
        judge(page, row, "consistent", "consistent", "consistent")
    page.get_by_role("button", name="Compare").click()
    edition = [verdict for row in widget(MATRIX).payload["rows"].values() for verdict in row.values()]
    agreed = edition[:15].count("consistent")
    assert page.locator(".cwl-score").inner_text().startswith(f"You and this edition agree on {agreed} of 27 readings.")
    assert page.locator(".cwl-em-edition:visible").count() == 27
    reading = page.locator("tbody").nth(2).locator(".cwl-reveal li")
    assert reading.nth(0).inner_text().endswith("As you.")
    assert reading.nth(1).inner_text().endswith("You: + consistent.")
    assert page.get_by_text("Elizabeth Stanley").is_visible()
    assert page.get_by_role("button", name="Compare").is_hidden()


def test_columns_keep_their_names_on_a_phone(desk: Desk) -> None:
    page = desk.open(widget(MATRIX), viewport=PHONE)
    first = page.locator("tbody").first
    assert first.get_by_text("They fear America").is_visible()
    assert first.get_by_text("your own explanation").is_visible()


def test_paper_has_signs_to_ring_and_lines_for_reasons(desk: Desk) -> None:
    page = desk.open(widget(MATRIX))
    page.emulate_media(media="print")
    assert page.locator(".cwl-em-reasons:visible").count() == 9
    assert page.locator(".cwl-em-verdicts:visible").count() == 36


# --- positions -----------------------------------------------------------------------------------


def token(page: Any, name: str) -> Any:
    return page.locator(".cwl-ps-token", has_text=name)


def middle(one: Any) -> tuple[float, float]:
    box = one.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def spot(page: Any, across: float, up: float) -> tuple[float, float]:
    box = page.locator(".cwl-ps-plot").bounding_box()
    return box["x"] + box["width"] * across / 100, box["y"] + box["height"] * (1 - up / 100)


def drag(page: Any, name: str, across: float, up: float) -> None:
    token(page, name).scroll_into_view_if_needed()
    page.locator(".cwl-ps-board").scroll_into_view_if_needed()
    page.mouse.move(*middle(token(page, name)))
    page.mouse.down()
    page.mouse.move(*spot(page, across, up), steps=12)
    page.mouse.up()


def test_everybody_waits_in_the_tray_at_first(desk: Desk) -> None:
    page = desk.open(widget(POSITIONS))
    assert page.locator(".cwl-ps-tray .cwl-ps-token").count() == 6
    assert page.locator(".cwl-ps-plot .cwl-ps-token").count() == 0
    assert token(page, "Dulles").get_attribute("aria-label") == "Dulles: not placed yet"


def test_a_name_is_dragged_onto_the_field_and_back(desk: Desk) -> None:
    page = desk.open(widget(POSITIONS), viewport={"width": 900, "height": 1100})
    drag(page, "Churchill", 90, 20)
    assert kept(page, POSITIONS)["at"] == {"churchill": [90, 20]}
    assert page.locator(".cwl-ps-plot .cwl-ps-token").all_inner_texts() == ["Churchill"]
    assert token(page, "Churchill").get_attribute("aria-label") == (
        "Churchill: 90 % of the way from wait to talk to talk now; 20 % of the way from restraint to liberation"
    )
    page.mouse.move(*middle(token(page, "Churchill")))
    page.mouse.down()
    page.mouse.move(*middle(page.locator(".cwl-ps-tray")), steps=8)
    page.mouse.up()
    page.wait_for_function(f"!localStorage.getItem('coldwar-lessons/2/{widget(POSITIONS).widget_id}').includes('90')")
    assert kept(page, POSITIONS)["at"] == {}


def test_a_name_dropped_elsewhere_stays_where_it_was(desk: Desk) -> None:
    page = desk.open(widget(POSITIONS), viewport={"width": 900, "height": 1100})
    page.mouse.move(*middle(token(page, "Dulles")))
    page.mouse.down()
    page.mouse.move(5, 5, steps=5)
    page.mouse.up()
    assert page.locator(".cwl-ps-tray .cwl-ps-token").count() == 6
    assert not kept(page, POSITIONS)


def test_dragging_saves_once_and_keys_when_they_rest(desk: Desk) -> None:
    page = desk.open(widget(POSITIONS), viewport={"width": 900, "height": 1100})
    render_in_notebook(page, widget(POSITIONS), {}, views=1)
    drag(page, "Dulles", 10, 80)
    assert page.evaluate("window.saves") == 1
    token(page, "Dulles").focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("window.saves === 2")
    assert page.evaluate("window.model.get('state').at") == {"dulles": [40, 80]}


def test_press_and_press_places_a_name_without_dragging(desk: Desk) -> None:
    page = desk.open(widget(POSITIONS), viewport={"width": 390, "height": 1100}, has_touch=True)
    token(page, "Bidault").tap()
    page.touchscreen.tap(*spot(page, 25, 25))
    assert page.get_by_role("status").inner_text().startswith("Bidault: 25 % of the way")
    page.wait_for_function("document.querySelector('.cwl-saved').textContent !== ''")
    assert kept(page, POSITIONS)["at"] == {"bidault": [25, 25]}


def test_arrow_keys_place_and_move_and_delete_takes_off(desk: Desk) -> None:
    page = desk.open(widget(POSITIONS))
    token(page, "Adenauer").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Adenauer"
    assert "half way between wait to talk and talk now" in page.get_by_role("status").inner_text()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowUp")
    assert token(page, "Adenauer").get_attribute("aria-label").startswith("Adenauer: 45 %")
    assert "56 % of the way from restraint" in token(page, "Adenauer").get_attribute("aria-label")
    page.reload()
    assert "56 %" in token(page, "Adenauer").get_attribute("aria-label")
    token(page, "Adenauer").focus()
    page.keyboard.press("Delete")
    assert page.get_by_role("status").inner_text() == "Adenauer taken off the field."
    assert page.locator(".cwl-ps-tray .cwl-ps-token").count() == 6
    assert page.evaluate("document.activeElement.textContent") == "Adenauer"


def test_selects_place_a_name_as_well(desk: Desk) -> None:
    page = desk.open(widget(POSITIONS))
    box = page.locator("fieldset").first
    box.get_by_label("Talks with Moscow at the top").select_option("talk now")
    box.get_by_label("The satellite countries").select_option("restraint")
    page.wait_for_function("document.querySelector('.cwl-saved').textContent !== ''")
    assert kept(page, POSITIONS)["at"] == {"churchill": [100, 0]}


def test_each_place_needs_evidence_before_the_regions_show(desk: Desk) -> None:
    state = done(POSITIONS) | {"compared": False, "evidence": {}}
    page = desk.open(widget(POSITIONS), state=state)
    compare = page.get_by_role("button", name="Compare")
    compare.click()
    assert page.locator(".cwl-score").inner_text().startswith("Place everybody first")
    assert page.locator(".cwl-ps-region:visible").count() == 0
    for box in page.locator("fieldset").all():
        box.get_by_role("radio").first.check()
    compare.click()
    assert page.locator(".cwl-ps-region:visible").count() == 6
    assert page.locator(".cwl-score").inner_text().startswith("5 of 6 stand inside this edition’s regions.")
    verdicts = page.locator("fieldset .cwl-comment").all_inner_texts()
    assert verdicts[0].startswith("Outside this edition’s region.")
    assert set(verdicts[1:]) == {"Inside this edition’s region."}
    assert page.get_by_text("The widest region.").is_visible()


def test_paper_has_the_empty_axes_and_the_names(desk: Desk) -> None:
    page = desk.open(widget(POSITIONS))
    page.emulate_media(media="print")
    assert page.locator(".cwl-ps-plot").is_visible()
    assert page.locator(".cwl-ps-tray .cwl-ps-token").count() == 6
    assert page.get_by_text("Write each name into the field.").is_visible()
    assert page.locator("select:visible").count() == 0
