"""The argument map in a real browser: the list by keyboard, the graph by mouse, the edition's map over it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.activities import MAP, PHONE, done, widget
from tests.browser.harness import Desk
from tests.browser.hosts import kept_state

pytestmark = pytest.mark.browser


def kept(page: Any) -> Any:
    return kept_state(page, widget(MAP).widget_id)


def card(page: Any, number: int) -> Any:
    return page.locator("fieldset").nth(number - 1)


def node(page: Any, number: int) -> Any:
    return page.locator(".cwl-am-node").nth(number - 1)


def link(page: Any, number: int, relation: str, target: int) -> None:
    one = card(page, number)
    one.locator(".cwl-am-relation").select_option(relation)
    one.locator(".cwl-am-target").select_option(index=target if target < number else target - 1)
    one.get_by_role("button", name=f"Link piece {number}").click()


def ids(*numbers: int) -> list[str]:
    return [widget(MAP).payload["nodes"][number - 1]["id"] for number in numbers]


def test_kinds_and_links_are_made_in_the_list_and_drawn_in_the_graph(desk: Desk) -> None:
    page = desk.open(widget(MAP))
    card(page, 3).get_by_label("This is").select_option("inference")
    link(page, 3, "supports", 6)
    assert page.get_by_role("status").inner_text() == "3 supports 6"
    assert card(page, 3).locator(".cwl-am-links li").inner_text().split() == ["+", "supports", "6", "×"]
    assert node(page, 3).locator(".cwl-am-label").text_content() == "inference"
    assert page.locator(".cwl-am-arrow title").all_text_contents() == ["3 supports 6"]
    three, six = ids(3, 6)
    assert kept(page) == {"kinds": {three: "inference"}, "links": [[three, "supports", six]]}


def test_the_same_link_is_made_once_and_none_without_a_target(desk: Desk) -> None:
    page = desk.open(widget(MAP))
    link(page, 3, "supports", 6)
    link(page, 3, "supports", 6)
    assert page.locator(".cwl-am-arrow").count() == 1
    assert page.get_by_role("status").inner_text() == "That link is there already."
    card(page, 4).get_by_role("button", name="Link piece 4").click()
    assert page.get_by_role("status").inner_text() == "Choose a piece first."
    assert card(page, 4).locator(".cwl-am-target").evaluate("one => one === document.activeElement")


def test_a_link_is_taken_out_again_and_the_focus_is_not_lost(desk: Desk) -> None:
    page = desk.open(widget(MAP))
    link(page, 3, "opposes", 6)
    card(page, 3).get_by_role("button", name="Remove: 3 opposes 6").click()
    assert page.locator(".cwl-am-arrow").count() == 0
    assert kept(page)["links"] == []
    assert card(page, 3).get_by_role("button", name="Link piece 3").evaluate("one => one === document.activeElement")


def test_keyboard_alone_does_all_of_it(desk: Desk) -> None:
    page = desk.open(widget(MAP))
    card(page, 1).get_by_label("This is").focus()
    page.keyboard.press("c")
    page.keyboard.press("Tab")
    page.keyboard.press("q")
    page.keyboard.press("Tab")
    page.keyboard.press("2")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    one, two = ids(1, 2)
    assert kept(page) == {"kinds": {one: "claim"}, "links": [[one, "qualifies", two]]}


def test_two_presses_in_the_graph_draw_the_chosen_relation(desk: Desk) -> None:
    page = desk.open(widget(MAP))
    page.get_by_role("radio", name="opposes").check()
    node(page, 8).click()
    assert page.get_by_role("status").inner_text() == "Piece 8 picked. Press the piece it bears on."
    assert node(page, 8).evaluate("one => one.classList.contains('cwl-am-picked')")
    node(page, 9).click()
    eight, nine = ids(8, 9)
    assert kept(page)["links"] == [[eight, "opposes", nine]]
    assert card(page, 8).locator(".cwl-am-links li").count() == 1
    node(page, 8).click()
    node(page, 8).click()
    assert page.locator(".cwl-am-picked").count() == 0


def test_the_words_lead_to_their_card_and_light_their_piece(desk: Desk) -> None:
    page = desk.open(widget(MAP))
    page.locator("a.cwl-am-span").nth(0).click()
    assert card(page, 1).get_by_label("This is").evaluate("one => one === document.activeElement")
    assert node(page, 1).evaluate("one => one.classList.contains('cwl-am-lit')")
    assert page.locator("a.cwl-am-span").nth(0).evaluate("one => one.classList.contains('cwl-am-lit')")


def test_comparing_waits_for_half_of_the_kinds_and_three_links(desk: Desk) -> None:
    page = desk.open(widget(MAP))
    page.get_by_role("button", name="Compare").click()
    assert page.locator(".cwl-score").inner_text().startswith("Give at least half of the pieces a kind")
    assert page.locator(".cwl-reveal:visible").count() == 0
    assert not kept(page)


def test_comparing_tells_same_missing_and_only_mine_with_the_edition_s_reasons(desk: Desk) -> None:
    state = done(MAP) | {"compared": False}
    page = desk.open(widget(MAP), state=state)
    page.get_by_role("button", name="Compare").click()
    edition = widget(MAP).payload["links"]
    claims = sum(one["kind"] == "claim" for one in widget(MAP).payload["nodes"])
    score = round(100 * (claims / 12 + 4 / (len(edition) + 1)) / 2)
    assert (
        page.locator(".cwl-score")
        .inner_text()
        .startswith(
            f"Closeness to this edition’s map: {score} %. Kinds: {claims} of 12 the same. "
            f"Links: 4 the same, {len(edition) - 4} missing in yours, 1 only in yours."
        )
    )
    for standing, count in (("same", 4), ("missing", len(edition) - 4), ("extra", 1)):
        assert page.locator(f".cwl-am-arrow.cwl-am-{standing}").count() == count
    tags = page.locator(".cwl-reveal .cwl-am-tag").all_inner_texts()
    assert (tags.count("the same"), tags.count("missing in yours")) == (4, len(edition) - 4)
    assert card(page, 1).locator(".cwl-am-links .cwl-am-tag").all_inner_texts() == ["the same", "only in yours"]
    assert card(page, 1).get_by_text("Moscow has taken a good number of steps abroad").is_visible()
    assert card(page, 1).locator(".cwl-am-reading").inner_text().endswith("You: claim.")

    page.get_by_label("mine only").check()
    assert page.locator(".cwl-am-arrow").count() == 5
    page.get_by_label("this edition’s only").check()
    assert page.locator(".cwl-am-arrow").count() == len(edition)
    page.get_by_role("button", name="Hide this edition’s map").click()
    assert page.locator(".cwl-reveal:visible, .cwl-am-tag:visible").count() == 0
    assert kept(page)["compared"] is False


def test_words_stand_left_and_graph_right_where_there_is_room(desk: Desk) -> None:
    page = desk.open(widget(MAP))
    words, side = (page.locator(one).bounding_box() for one in (".cwl-am-words", ".cwl-am-side"))
    assert side["x"] >= words["x"] + words["width"]
    page.mouse.wheel(0, 900)
    page.wait_for_function("window.scrollY > 500")
    box = page.locator(".cwl-am-graph svg").bounding_box()
    assert 0 <= box["y"] < 300
    phone = desk.open(widget(MAP), viewport=PHONE)
    words, side = (phone.locator(one).bounding_box() for one in (".cwl-am-words", ".cwl-am-side"))
    assert words["y"] >= side["y"] + side["height"]


def test_paper_has_kinds_to_ring_and_numbers_to_write(desk: Desk) -> None:
    page = desk.open(widget(MAP))
    page.emulate_media(media="print")
    assert page.locator(".cwl-am-paper:visible").count() == 12
    assert page.locator("select:visible, .cwl-am-graph:visible").count() == 0
    assert page.get_by_text("a fact put forward in support of something else", exact=True).is_visible()
