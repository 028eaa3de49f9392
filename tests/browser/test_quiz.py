"""The quiz in a real browser, opened from disk: no server, no kernel."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import pytest

from coldwar_lessons.content.load import Course
from tests.browser.harness import storage_key
from tests.browser.quizzes import RIGHT, WIDGET_ID, WRONG, answered, button, item, kept, parts_of

pytestmark = pytest.mark.browser
OpenQuiz: TypeAlias = Callable[..., Any]
PHONE = {"width": 390, "height": 800}


# --- answering -----------------------------------------------------------------------------------


def test_check_tells_in_words_and_says_why(quiz_page: OpenQuiz) -> None:
    page = quiz_page()
    choice = item(page, "one-choice")
    choice.get_by_label("Option a").check()
    button(choice, "Check").click()
    assert choice.locator(".cwl-q-verdict").inner_text().strip() == "✗\nNot right yet."
    assert page.get_by_role("status").inner_text() == "Not right yet."
    assert choice.locator(".cwl-q-note").inner_text().split() == [
        "✗",
        "Not",
        "right:",
        "Feedback",
        "on",
        "a,",
        "see",
        "p3.s6.",
    ]
    assert choice.get_by_text("Feedback on b").is_hidden()
    assert button(choice, "Try again").evaluate("one => one === document.activeElement")

    button(choice, "Try again").click()
    assert choice.locator(".cwl-q-note").count() == 0
    assert choice.locator("input:checked").count() == 0
    choice.get_by_label("Option b").check()
    button(choice, "Check").click()
    assert choice.locator(".cwl-q-verdict").inner_text().split("\n") == ["✓", "Right.", "2 tries so far"]
    assert button(choice, "Try again").is_hidden()
    response = kept(page)["responses"]["one-choice"]
    times = [datetime.fromisoformat(one.pop("at")) for one in response["tries"]]
    assert response == {
        "value": "b",
        "checked": True,
        "attempts": 2,
        "score": 1,
        "tries": [{"value": "a"}, {"value": "b"}],
    }
    assert times == sorted(times)
    assert {one.utcoffset() for one in times} == {timedelta()}


def test_to_change_a_checked_answer_is_another_try(quiz_page: OpenQuiz) -> None:
    page = quiz_page(state=answered(WRONG))
    choice = item(page, "one-choice")
    choice.get_by_label("Option b").check()
    assert choice.locator(".cwl-q-verdict").is_hidden()
    tries = [{"value": "a", "at": ""}]  # from before the times of tries were kept
    assert kept(page)["responses"]["one-choice"] == {"value": "b", "checked": False, "attempts": 1, "tries": tries}


def test_nothing_is_checked_without_an_answer(quiz_page: OpenQuiz) -> None:
    page = quiz_page()
    choice = item(page, "one-choice")
    button(choice, "Check").click()
    assert choice.locator(".cwl-q-first").inner_text() == "Answer first, then check."
    assert page.locator(".cwl-q-progress").inner_text() == "0 of 8 answered"


def test_every_interaction_tells_each_part(quiz_page: OpenQuiz) -> None:
    page = quiz_page(state=answered(WRONG))
    verdicts = {
        one.get_attribute("data-item"): one.locator(".cwl-q-verdict b").text_content()
        for one in page.locator(".cwl-q-item").all()[:-1]
    }
    assert verdicts == {
        "one-choice": "Not right yet.",
        "many": "Partly right: 1 of 2 found, and 1 that does not fit.",
        "an-order": "Partly right: 1 out of sequence.",
        "a-match": "Partly right: 1 of 3.",
        "a-passage": "Partly right: 1 of 1 found, and 1 that does not fit.",
        "a-place": "Not right yet: 0 of 2.",
        "a-text": "Not right yet.",
    }
    notes = {name: sorted(item(page, name).locator(".cwl-q-note").all_text_contents()) for name in verdicts}
    assert notes == {
        "one-choice": ["✗Not right: Feedback on a, see p3.s6."],
        "many": ["✓Right: Feedback on a, see p3.s6.", "✗Not right: Feedback on b, see p3.s6."],
        "an-order": ["✓Right", "✓Right", "✓Right", "✗Not right: Feedback on c, see p3.s6."],
        "a-match": ["✓Right", "✗Not right: Feedback on premise 2.", "✗Not right: Feedback on premise 3."],
        "a-passage": ["✓Right: Feedback on sentence 6.", "✗Not right: Feedback on sentence 7."],
        "a-place": ["✗Not right: 30 May 1953. Feedback on Turkey."],
        "a-text": ["✗Not right: That noun is another sentence's."],
    }


def test_another_try_keeps_what_was_right(quiz_page: OpenQuiz) -> None:
    page = quiz_page(state=answered(WRONG))
    for name in ("many", "an-order", "a-match", "a-passage", "a-place", "a-text"):
        button(item(page, name), "Try again").click()
    values = {name: kept(page)["responses"][name].get("value") for name in WRONG}
    assert values == {
        "one-choice": "a",
        "many": ["a"],
        "an-order": ["a", "c", "d", "b"],
        "a-match": {"p1": "a"},
        "a-passage": ["p3.s6"],
        "a-place": {},
        "a-text": "Steps",
    }


def test_the_whole_answer_can_be_opened_once_checked(quiz_page: OpenQuiz) -> None:
    page = quiz_page()
    choice = item(page, "one-choice")
    assert choice.get_by_text("Answer and feedback").is_hidden()
    choice.get_by_label("Option a").check()
    button(choice, "Check").click()
    choice.get_by_text("Answer and feedback").click()
    assert choice.get_by_text("Feedback on b, see p3.s6.").is_visible()
    button(choice, "Try again").click()
    assert choice.get_by_text("Answer and feedback").is_hidden()


def test_show_me_in_the_paper(quiz_page: OpenQuiz, course: Course) -> None:
    page = quiz_page(state=answered(WRONG))
    choice = item(page, "one-choice")
    show = button(choice, "Show me in the paper")
    show.click()
    inset = choice.locator(".cwl-q-inset")
    assert inset.locator("p").first.inner_text() == f"3.8 {course.sentence('p3.s8').text}"
    assert inset.get_by_role("link").get_attribute("href") == "../book/the-paper.html#p3.s8"
    assert show.get_attribute("aria-expanded") == "true"
    show.click()
    assert inset.count() == 0
    choice.locator(".cwl-q-note").get_by_role("link", name="p3.s6").click()
    assert choice.locator(".cwl-q-inset p").first.inner_text() == f"3.6 {course.sentence('p3.s6').text}"
    assert page.url.endswith("light.html")


def test_a_hint_opens(quiz_page: OpenQuiz) -> None:
    page = quiz_page()
    item(page, "one-choice").get_by_text("Hint").click()
    assert item(page, "one-choice").get_by_text("Look at p3.s8.").is_visible()


# --- from the first to the last ------------------------------------------------------------------


def test_all_by_keyboard(quiz_page: OpenQuiz) -> None:  # noqa: PLR0915 - one walk through all interactions
    """Tab, arrows, space and Enter are enough for every interaction, up to the review."""
    page = quiz_page(state={"seed": 3})
    keys = page.keyboard
    focused = "document.activeElement"

    def tab_to(what: str) -> None:
        for _ in range(60):
            keys.press("Tab")
            if page.evaluate(f"{focused}.matches({json.dumps(what)})"):
                return
        raise AssertionError(f"no Tab reaches {what}")

    def on_to(name: str) -> None:
        tab_to(".cwl-q-walk button:last-child")
        keys.press("Enter")
        assert page.evaluate(f"{focused}.closest('fieldset')?.dataset.item") == name

    tab_to('[data-item="one-choice"] input')
    while page.evaluate(f"{focused}.value") != "b" or not page.evaluate(f"{focused}.checked"):
        keys.press("ArrowDown")
    keys.press("Enter")
    on_to("many")
    for value in sorted("ac", key=parts_of(page, "many").index):
        tab_to(f'[data-item="many"] input[value="{value}"]')
        keys.press("Space")
    keys.press("Enter")
    on_to("an-order")
    for place, name in enumerate(RIGHT["an-order"]):
        while parts_of(page, "an-order").index(name) > place:
            if not page.evaluate(f"{focused}.closest('[data-part]')?.dataset.part === {json.dumps(name)}"):
                page.locator(f'[data-item="an-order"] [data-part="{name}"] button').first.focus()
            keys.press("ArrowUp")
    assert parts_of(page, "an-order") == RIGHT["an-order"]
    tab_to('[data-item="an-order"] .cwl-primary')
    keys.press("Enter")
    on_to("a-match")
    for premise, option in RIGHT["a-match"].items():
        tab_to(f'[data-item="a-match"] [data-part="{premise}"] select')
        keys.type(f"Answer {option}")
    tab_to('[data-item="a-match"] .cwl-primary')
    keys.press("Enter")
    on_to("a-passage")
    tab_to('[data-item="a-passage"] input[value="p3.s6"]')
    keys.press("Space")
    keys.press("Enter")
    on_to("a-place")
    for event in RIGHT["a-place"]:
        page.locator(f'[data-item="a-place"] [data-part="{event}"] .cwl-q-move').last.focus()
        keys.press("ArrowDown")
        keys.press("ArrowDown")
    tab_to('[data-item="a-place"] .cwl-primary')
    keys.press("Enter")
    on_to("a-text")
    tab_to('[data-item="a-text"] input')
    keys.type(" Gesture. ")
    keys.press("Enter")
    on_to("an-essay")
    tab_to("textarea")
    keys.type(RIGHT["an-essay"])
    tab_to(".cwl-q-walk button:last-child")
    keys.press("Enter")
    assert page.locator(".cwl-q-progress").inner_text() == "8 of 8 answered"
    assert page.locator(".cwl-q-result").inner_text() == "7 right of 7 answered, 7 at the first try."
    scores = [one.get("score") for one in kept(page)["responses"].values()]
    assert scores == [1] * 7 + [None]


def test_review_and_retry(quiz_page: OpenQuiz) -> None:
    page = quiz_page(state=answered({**RIGHT, "one-choice": "a", "many": ["a"]}, mode="one"))
    review = page.locator(".cwl-q-review")
    assert review.locator(".cwl-q-result").inner_text() == "5 right of 7 answered, 5 at the first try."
    assert review.get_by_text("In points: 6 of 8.").is_visible()
    skills = [one.inner_text().split("\n") for one in review.locator(".cwl-q-skills li").all()]
    assert [(skill[0], skill[-1]) for skill in skills] == [
        ("close reading", "4 of 5"),
        ("argument", "0 of 1"),
        ("contextualisation", "1 of 1"),
    ]
    review.get_by_role("link", name="3.8").click()
    assert review.locator(".cwl-q-inset").is_visible()
    button(review, "Retry the 2 I missed").click()
    assert item(page, "one-choice").is_visible()
    assert page.locator(".cwl-q-progress").inner_text() == "6 of 8 answered, 2 to retry"
    responses = kept(page)["responses"]
    assert responses["one-choice"] == {"checked": False, "attempts": 1, "tries": [{"value": "a", "at": ""}]}
    assert responses["many"]["value"] == ["a"]
    assert responses["many"]["checked"] is False
    assert responses["a-text"]["checked"] is True


def test_begin_again_empties_but_remembers_the_tries(quiz_page: OpenQuiz) -> None:
    page = quiz_page(state=answered(RIGHT, mode="one"))
    button(page.locator(".cwl-q-review"), "Begin again").click()
    assert page.locator(".cwl-q-progress").inner_text() == "0 of 8 answered"
    assert all(one["attempts"] == 1 and "value" not in one for one in kept(page)["responses"].values())


def test_one_or_all(quiz_page: OpenQuiz) -> None:
    page = quiz_page()
    assert page.locator(".cwl-q-item:visible").count() == 1
    page.get_by_role("button", name="Show all questions").click()
    assert page.locator(".cwl-q-item:visible").count() == 8
    page.reload()
    assert page.locator(".cwl-q-item:visible").count() == 8
    page.get_by_role("button", name="One at a time").click()
    page.get_by_role("button", name="Question 4").click()
    assert item(page, "a-match").is_visible()
    assert page.locator(".cwl-q-item:visible").count() == 1


# --- moving with the pointer ---------------------------------------------------------------------


def drag(page: Any, start: Any, end: Any, *, lower: bool = False) -> None:
    start.scroll_into_view_if_needed()
    a, b = start.bounding_box(), end.bounding_box()
    page.mouse.move(a["x"] + a["width"] / 2, a["y"] + a["height"] / 2)
    page.mouse.down()
    page.mouse.move(b["x"] + b["width"] / 2, b["y"] + b["height"] / 2)
    page.mouse.move(b["x"] + b["width"] / 2, b["y"] + b["height"] * (0.8 if lower else 0.2), steps=3)
    page.mouse.up()


def test_order_by_dragging_and_by_buttons(quiz_page: OpenQuiz) -> None:
    page = quiz_page(state=answered({"an-order": ["a", "b", "c", "d"]}, checked=False, mode="all"))
    card = {name: item(page, "an-order").locator(f'[data-part="{name}"]') for name in "abcd"}
    drag(page, card["c"].locator(".cwl-q-option-text"), card["a"])
    assert parts_of(page, "an-order") == ["c", "a", "b", "d"]
    drag(page, card["b"].locator(".cwl-q-grip"), card["d"], lower=True)
    assert parts_of(page, "an-order") == RIGHT["an-order"]
    down = button(card["c"], "Move down: Option c")
    down.click()
    assert parts_of(page, "an-order") == ["a", "c", "d", "b"]
    assert down.evaluate("one => one === document.activeElement")
    assert page.get_by_role("status").inner_text() == "Position 2 of 4."
    assert kept(page)["responses"]["an-order"]["value"] == ["a", "c", "d", "b"]


def test_place_and_match_by_dragging(quiz_page: OpenQuiz) -> None:
    page = quiz_page(state={"seed": 5, "mode": "all"}, viewport={"width": 900, "height": 1600})
    place = item(page, "a-place")
    zone = place.locator('[data-slot="after:stalin-death"]')
    drag(page, place.locator('[data-part="israel-relations"] .cwl-q-grip'), zone)
    assert kept(page)["responses"]["a-place"]["value"] == {"israel-relations": "after:stalin-death"}
    assert zone.locator("[data-part]").count() == 1
    match = item(page, "a-match")
    drag(page, match.locator('[data-option="b"]'), match.locator('[data-part="p2"]'))
    assert match.locator('[data-part="p2"] select').input_value() == "b"
    assert kept(page)["responses"]["a-match"]["value"] == {"p2": "b"}
    drag(page, match.locator('[data-option="b"]'), page.locator(".cwl-quiz-title"))
    assert kept(page)["responses"]["a-match"]["value"] == {"p2": "b"}


def test_order_by_touch(quiz_page: OpenQuiz) -> None:
    page = quiz_page(
        state=answered({"an-order": ["a", "b", "c", "d"]}, checked=False),
        has_touch=True,
        viewport=PHONE,
        is_mobile=True,
    )
    grips = [item(page, "an-order").locator(f'[data-part="{name}"] .cwl-q-grip') for name in "ca"]
    grips[0].scroll_into_view_if_needed()
    boxes = [grip.bounding_box() for grip in grips]
    start, end = [{"x": box["x"] + 8, "y": box["y"] + 8} for box in boxes]
    touch = page.context.new_cdp_session(page)
    middle = {"x": start["x"], "y": (start["y"] + end["y"]) / 2}
    for kind, points in (("Start", [start]), ("Move", [middle]), ("Move", [end]), ("End", [])):
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
    page.wait_for_function(
        f"JSON.parse(localStorage.getItem('{storage_key(WIDGET_ID)}')).state.responses['an-order'].value[0] === 'c'"
    )
    assert parts_of(page, "an-order") == ["c", "a", "b", "d"]


# --- what stays ----------------------------------------------------------------------------------


def test_all_stays_over_a_reload(quiz_page: OpenQuiz) -> None:
    page = quiz_page()
    page.get_by_role("button", name="Show all questions").click()
    orders = [parts_of(page, name) for name in ("one-choice", "many", "an-order", "a-passage")]
    for name in ("one-choice", "an-order"):
        page.reload()
        assert [parts_of(page, one) for one in ("one-choice", "many", "an-order", "a-passage")] == orders, name
    item(page, "a-text").locator("input").fill("typed and not left")
    page.reload()
    assert item(page, "a-text").locator("input").input_value() == "typed and not left"
    item(page, "one-choice").get_by_label("Option c").check()
    button(item(page, "one-choice"), "Check").click()
    page.reload()
    assert item(page, "one-choice").locator(".cwl-q-verdict").is_visible()
    assert item(page, "one-choice").get_by_label("Option c").is_checked()


def test_students_get_different_sequences(quiz_page: OpenQuiz) -> None:
    seen = set()
    for seed in range(6):
        page = quiz_page(state={"seed": seed, "mode": "all"})
        seen.add(tuple(parts_of(page, "many")))
        assert parts_of(page, "an-order") != RIGHT["an-order"]
        assert parts_of(page, "a-passage") == ["p3.s2", "p3.s6", "p3.s7", "p3.s8"]
    assert len(seen) > 2


def test_another_tab_follows(quiz_page: OpenQuiz) -> None:
    page = quiz_page(state=answered({}, mode="all"))
    other = page.context.new_page()
    other.goto(page.url)
    item(page, "one-choice").get_by_label("Option a").check()
    other.wait_for_function("document.querySelector('[data-item=one-choice] input[value=a]').checked", polling=100)


@pytest.mark.parametrize(
    "state",
    [
        {"seed": "x", "mode": 3, "responses": []},
        {"seed": None, "responses": {"one-choice": 3, "many": None, "an-order": "x", "a-match": [1]}},
        {"responses": {name: {"value": {"p1": 3}, "checked": True, "attempts": "many"} for name in RIGHT}},
        {"responses": {name: {"value": ["gone", 3, None], "checked": True, "attempts": -1} for name in RIGHT}},
        {"responses": {name: {"value": "<b>", "checked": "yes", "score": 99} for name in RIGHT}},
        {"responses": {"__proto__": {"value": "a"}, "constructor": {"value": "a"}}},
    ],
)
def test_any_kept_state_is_borne(quiz_page: OpenQuiz, state: dict[str, Any]) -> None:
    page = quiz_page(state={**state, "mode": state.get("mode", "all")})
    page.get_by_role("button", name="Question 1").click()
    item(page, "one-choice").get_by_label("Option b").check()
    button(item(page, "one-choice"), "Check").click()
    assert kept(page)["responses"]["one-choice"]["score"] == 1
