"""How a quiz behaves: the pool of missed questions, tries with hints, graded; by keyboard, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import pytest

from coldwar_lessons.content.items import Quiz
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.seal import unseal
from coldwar_lessons.grading.scoring import score_response
from coldwar_lessons.widgets.quiz import quiz_spec
from coldwar_lessons.widgets.quiz_live import Quiz as LiveQuiz
from tests.browser.harness import axe_violations
from tests.browser.quizzes import RIGHT, WIDGET_ID, WRONG, answered, button, every_interaction, item, kept

pytestmark = pytest.mark.browser
OpenQuiz: TypeAlias = Callable[..., Any]


def with_tries(**changes: Any) -> Quiz:
    """Three tries at a quarter each; the first question has a second hint."""
    quiz = every_interaction().model_copy(update={"behaviour": "tries", "tries": 3, "penalty": 0.25, **changes})
    first = quiz.items[0].model_copy(update={"more_hints": ("Look harder.",)})
    return quiz.model_copy(update={"items": (first, *quiz.items[1:])})


def press(page: Any, selector: str, key: str) -> None:
    """Reach something by the Tab key, and press a key there."""
    for _ in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not lead to {selector}")


# --- the pool of missed questions ----------------------------------------------------------------


def test_missed_questions_stay_in_the_pool_until_they_are_got_right(quiz_page: OpenQuiz) -> None:
    page = quiz_page(state=answered({**RIGHT, "one-choice": "a", "a-text": "Steps"}, mode="one"))
    progress = page.locator(".cwl-q-progress")
    assert progress.inner_text() == "8 of 8 answered, 2 to retry"
    button(page.locator(".cwl-q-review"), "Retry the 2 I missed").click()
    assert progress.inner_text() == "6 of 8 answered, 2 to retry"
    item(page, "one-choice").get_by_label("Option b").check()
    button(item(page, "one-choice"), "Check").click()
    assert progress.inner_text() == "7 of 8 answered, 1 to retry"

    page.reload()
    assert progress.inner_text() == "7 of 8 answered, 1 to retry"
    assert item(page, "a-text").is_visible()  # the one that is left
    page.get_by_role("button", name="Question 1").click()
    button(page, "Next").click()
    assert item(page, "a-text").is_visible()  # past all that are right
    item(page, "a-text").get_by_label("Your answer").fill("still wrong")
    button(item(page, "a-text"), "Check").click()
    page.get_by_role("button", name="Review").click()
    button(page.locator(".cwl-q-review"), "Retry the one I missed").click()
    item(page, "a-text").get_by_label("Your answer").fill("gesture")
    button(item(page, "a-text"), "Check").click()
    assert progress.inner_text() == "8 of 8 answered"
    assert [one["value"] for one in kept(page)["responses"]["a-text"]["tries"]] == ["Steps", "still wrong", "gesture"]


# --- tries -----------------------------------------------------------------------------------------


def test_three_tries_with_hints_by_keyboard(quiz_page: OpenQuiz, course: Course) -> None:
    page = quiz_page(with_tries())
    field = item(page, "one-choice")
    hints, answer = field.locator(".cwl-q-hint"), field.locator(".cwl-q-answer")
    status = page.get_by_role("status")
    assert hints.first.is_hidden()

    press(page, '[data-item="one-choice"] input', "Space")
    chosen = kept(page)["responses"]["one-choice"]["value"]
    wrong, right = [one for one in "ac" if one != chosen], "b"
    if chosen == right:
        page.keyboard.press("ArrowDown")
        wrong = [one for one in "ac" if one != kept(page)["responses"]["one-choice"]["value"]]
    page.keyboard.press("Enter")
    assert status.inner_text() == "Not right yet. 2 tries left."
    assert [one.is_visible() for one in hints.all()] == [True, False]
    assert hints.first.get_attribute("open") is not None
    assert answer.is_hidden()
    assert button(field, "Try again").evaluate("one => one === document.activeElement")

    page.keyboard.press("Enter")
    assert field.locator("input:checked").count() == 0
    field.locator(f'input[value="{wrong[0]}"]').focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert status.inner_text() == "Not right yet. One try left."
    assert hints.nth(1).get_by_text("Look harder.").is_visible()
    assert axe_violations(page) == []
    page.reload()
    page.get_by_role("button", name="Question 1, not right yet").click()
    assert [one.is_visible() for one in hints.all()] == [True, True]

    press(page, '[data-item="one-choice"] button', "Enter")
    field.locator(f'input[value="{right}"]').focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert status.inner_text() == "Right."
    assert answer.is_visible()
    response = kept(page)["responses"]["one-choice"]
    times = [datetime.fromisoformat(one["at"]) for one in response["tries"]]
    assert len(times) == response["attempts"] == 3
    assert times == sorted(times)
    assert {one.utcoffset() for one in times} == {timedelta()}
    assert field.locator("input:enabled").count() == 0
    assert LiveQuiz(quiz_spec(course, with_tries(), WIDGET_ID), kept(page)).scores == {"one-choice": 0.5}


def test_the_last_try_shows_the_answer_and_closes_the_question(quiz_page: OpenQuiz, course: Course) -> None:
    page = quiz_page(with_tries(tries=1), state={"seed": 4, "mode": "all"}, theme="dark")
    for name, value in WRONG.items():
        field = item(page, name)
        if isinstance(value, str):
            radio = field.locator(f'input[value="{value}"]')
            radio.check() if radio.count() else field.get_by_label("Your answer").fill(value)
        elif isinstance(value, list) and name != "an-order":
            for one in value:
                field.locator(f'input[value="{one}"]').check()
        elif isinstance(value, dict):
            for part, one in value.items():
                field.locator(f'[data-part="{part}"] select').select_option(one)
        button(field, "Check").click()
        assert field.locator(".cwl-q-answer").get_attribute("open") is not None
        assert button(field, "Try again").is_hidden()
        assert field.locator(":is(input, select, .cwl-q-move):enabled").count() == 0
    assert item(page, "one-choice").locator(".cwl-q-verdict b").inner_text() == "Not right."
    assert axe_violations(page) == []
    widget = LiveQuiz(quiz_spec(course, with_tries(tries=1), WIDGET_ID), kept(page))
    got = round(widget.score * 10) / 10
    page.get_by_role("button", name="One at a time").click()
    page.get_by_role("button", name="Review").click()
    assert f"In points: {got:g} of 8." in page.locator(".cwl-q-review").inner_text()
    # What was missed can be practised; the score stays.
    page.get_by_role("button", name="Retry the").click()
    item(page, "one-choice").get_by_label("Option b").check()
    button(item(page, "one-choice"), "Check").click()
    assert item(page, "one-choice").locator(".cwl-q-verdict b").inner_text() == "Right."
    assert LiveQuiz(quiz_spec(course, with_tries(tries=1), WIDGET_ID), kept(page)).score == widget.score


# --- graded ----------------------------------------------------------------------------------------


def test_a_graded_quiz_only_keeps_answers_by_keyboard(quiz_page: OpenQuiz, course: Course) -> None:
    quiz = every_interaction("graded")
    page = quiz_page(quiz, state={"seed": 2, "mode": "all"})
    assert page.get_by_role("button", name="Check").count() == 0
    press(page, '[data-item="one-choice"] input', "Space")
    assert page.locator(".cwl-saved").inner_text() == "Saved in this browser."
    response = kept(page)["responses"]["one-choice"]
    assert (response["checked"], response["attempts"]) == (False, 1)
    [given] = response["tries"]
    assert given["value"] == response["value"]
    assert datetime.fromisoformat(given["at"]).utcoffset() == timedelta()
    text = page.locator(f'[data-item="one-choice"] [data-part="{given["value"]}"]').inner_text().strip()
    assert text == f"Option {unseal(course, quiz.items[0], given['value'])}"

    press(page, '[data-item="an-order"] .cwl-q-move', "ArrowDown")
    press(page, '[data-item="a-place"] .cwl-q-move', "End")
    press(page, "[data-item=a-text] input", "g")
    page.keyboard.type("esture")
    press(page, "textarea", "A")
    page.get_by_role("button", name="One at a time").click()
    page.reload()
    assert "5 of 8 answered" in page.locator(".cwl-q-progress").inner_text()
    assert page.locator(".cwl-q-is-right, .cwl-q-is-wrong, .cwl-q-is-partly, .cwl-q-answer").count() == 0
    for hidden in ("Feedback", "Hint", "Right", "✓", "✗"):
        assert page.get_by_text(hidden).count() == 0
    [typed] = [one for one in quiz.items if one.id == "a-text"]
    assert score_response(typed, unseal(course, typed, kept(page)["responses"]["a-text"]["value"]), course) == 1

    page.get_by_role("button", name="Review").click()
    review = page.locator(".cwl-q-review")
    assert "3 questions are still open" in review.inner_text()
    button(review, "Question 2").click()
    assert item(page, "many").is_visible()
    page.get_by_role("button", name="Show all questions").click()
    assert axe_violations(page) == []


def test_a_graded_answer_that_stood_for_a_minute_is_a_try(quiz_page: OpenQuiz) -> None:
    old = {"value": "a", "checked": False, "attempts": 1, "tries": [{"value": "a", "at": "2026-01-01T10:00:00.000Z"}]}
    state = {"seed": 2, "mode": "all", "responses": {"one-choice": old}}
    page = quiz_page(every_interaction("graded"), state=state)
    for value in "bcb":
        page.locator(f'[data-item="one-choice"] input[value="{value}"]').check()
    response = kept(page)["responses"]["one-choice"]
    assert [one["value"] for one in response["tries"]] == ["a", "b"]
    assert (response["value"], response["attempts"]) == ("b", 2)
