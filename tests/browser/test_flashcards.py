"""Flashcards in a browser: turned and graded by mouse and by keyboard, due again when FSRS says so."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import pytest

from coldwar_lessons.content.load import Course
from coldwar_lessons.widgets.flashcards import flashcards_spec
from coldwar_lessons.widgets.live import STATIC
from coldwar_lessons.widgets.spec import WidgetSpec
from tests.browser.harness import Desk, axe_violations
from tests.browser.hosts import kept_state, render_in_notebook, small_targets
from tests.browser.quizzes import HOSTILE

pytestmark = pytest.mark.browser
NOON = "2026-03-02T12:00:00"
Open: TypeAlias = Callable[..., Any]


@pytest.fixture(scope="module")
def spec(course: Course) -> WidgetSpec:
    """Two terms and a person."""
    lesson = course.lessons["01-a-paper-marked-secret"]
    few = lesson.model_copy(update={"terms": ("cabinet", "annex"), "people": ("eden",)})
    return flashcards_spec(course, few, "flashcards")


@pytest.fixture
def open_it(desk: Desk, spec: WidgetSpec) -> Open:
    def open_page(*, at: str = NOON, spec: WidgetSpec = spec, **options: Any) -> Any:
        page = desk.open(spec, **options)
        if options.get("java_script_enabled", True):
            page.clock.set_fixed_time(at)
            page.reload()
        return page

    return open_page


def front(page: Any) -> str:
    return page.locator(".cwl-flash-current dt").inner_text()


def due(page: Any) -> str:
    return page.locator(".cwl-flash-due").inner_text()


def status(page: Any) -> str:
    return page.locator("[role=status]").inner_text()


def resting(due: str, **changes: Any) -> dict[str, Any]:
    """A card that was learnt and comes back then."""
    card = {"due": due, "stability": 5, "difficulty": 4, "reps": 3, "lapses": 0, "scheduled_days": 5}
    return {**card, "learning_steps": 0, "state": 2, "last_review": "2026-02-25T12:00:00.000Z", **changes}


# --- learning ------------------------------------------------------------------------------------


def test_by_mouse(open_it: Open) -> None:
    page = open_it()
    assert due(page) == "Due today: 0 · new: 3 · resting: 0."
    assert front(page) == "Cabinet"
    assert page.locator("dd:visible").count() == 0
    assert page.get_by_text("How well did you know it?").is_hidden()
    page.get_by_role("button", name="Show the answer").click()
    assert page.locator("dd:visible").count() == 1
    assert "The senior ministers" in status(page)
    grades = page.locator(".cwl-flash-grades button").all_inner_texts()
    assert [" ".join(one.split()) for one in grades] == [
        "1 Again in 1 minute",
        "2 Hard in 6 minutes",
        "3 Good in 10 minutes",
        "4 Easy in 8 days",
    ]
    page.get_by_role("button", name="4 Easy").click()
    assert front(page) == "Annex"
    assert page.locator("dd:visible").count() == 0
    assert status(page) == "Cabinet comes back in 8 days. Next card: Annex"
    assert due(page) == "Due today: 0 · new: 2 · resting: 1."


def test_by_keyboard(open_it: Open) -> None:
    page = open_it()
    page.locator(".cwl-flash-stage").focus()
    scrolled = page.evaluate("scrollY")
    # A grade before the answer was seen does nothing.
    page.keyboard.press("3")
    assert front(page) == "Cabinet"
    for grade in ("4", "4"):
        page.keyboard.press("Space")
        page.keyboard.press(grade)
        assert page.evaluate("document.activeElement.className") == "cwl-flash-stage"
    assert front(page) == "Anthony Eden"
    assert page.locator(".cwl-flash-ask").inner_text().startswith("Who is this")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    # Within the stage the digits work wherever the focus is.
    page.keyboard.press("4")
    assert page.evaluate("scrollY") == scrolled
    assert page.locator(".cwl-flash-done").inner_text() == "Nothing more is due today. Cabinet comes back in 8 days."
    page.get_by_role("button", name="Go on all the same").press("Enter")
    assert front(page) == "Cabinet"
    page.get_by_role("button", name="Show the answer").press("Space")
    assert page.locator("dd:visible").count() == 1


def test_a_card_that_was_not_known_comes_back_soon(open_it: Open) -> None:
    page = open_it()
    page.locator(".cwl-flash-stage").focus()
    for _ in range(3):
        page.keyboard.press("Space")
        page.keyboard.press("1")
    # All new ones are through; those in their first steps are not waited for.
    assert front(page) == "Cabinet"
    for _ in range(6):
        page.keyboard.press("Space")
        page.keyboard.press("3")
    assert page.locator(".cwl-flash-done").is_visible()


def test_what_is_due_today_comes_first_and_tomorrow_more(open_it: Open) -> None:
    state = {
        "cards": {"term:annex": resting("2026-03-02T20:00:00.000Z"), "person:eden": resting("2026-03-04T12:00:00.000Z")}
    }
    page = open_it(state=state)
    assert due(page) == "Due today: 1 · new: 1 · resting: 1."
    assert front(page) == "Annex"
    page.clock.set_fixed_time("2026-03-04T12:00:00")
    page.reload()
    assert due(page) == "Due today: 2 · new: 1 · resting: 0."


def test_the_deck_is_one_for_all_lessons(open_it: Open) -> None:
    state = {
        "cards": {
            "term:iron-curtain": resting("2026-03-01T12:00:00.000Z"),
            "term:cabinet": resting("2026-04-01T12:00:00.000Z"),
        }
    }
    page = open_it(state=state)
    assert due(page) == "Due today: 0 · new: 2 · resting: 1. In other lessons 1 card is due today."
    page.locator(".cwl-flash-stage").focus()
    page.keyboard.press("Space")
    page.keyboard.press("3")
    # What other lessons keep stays as it was.
    kept = kept_state(page, "flashcards")["cards"]
    assert kept["term:iron-curtain"] == state["cards"]["term:iron-curtain"]
    assert set(kept) == {"term:iron-curtain", "term:cabinet", "term:annex"}


def test_all_is_kept_over_a_reload(open_it: Open) -> None:
    page = open_it()
    page.locator(".cwl-flash-stage").focus()
    page.keyboard.press("Space")
    page.keyboard.press("4")
    page.reload()
    assert due(page) == "Due today: 0 · new: 2 · resting: 1."
    assert kept_state(page, "flashcards")["cards"]["term:cabinet"]["due"].startswith("2026-03-10")


def test_undo(open_it: Open) -> None:
    page = open_it()
    page.locator(".cwl-flash-stage").focus()
    page.keyboard.press("Space")
    page.keyboard.press("4")
    page.get_by_role("button", name="Undo").press("Enter")
    assert kept_state(page, "flashcards") == {"cards": {}}
    assert front(page) == "Cabinet"
    assert page.evaluate("document.activeElement.className") == "cwl-flash-stage"


def test_all_cards_can_be_listed(open_it: Open) -> None:
    page = open_it()
    page.get_by_role("button", name="Show all cards").click()
    assert page.locator("dd:visible").count() == 3
    assert page.get_by_role("button", name="Show the answer").is_hidden()
    page.get_by_role("button", name="Show one card at a time").click()
    assert page.locator("dt:visible").count() == 1


@pytest.mark.parametrize(
    "cards",
    [
        "none",
        [1],
        {"term:cabinet": None, "term:annex": 5, "person:eden": {"due": "never"}},
        {"term:cabinet": resting("2026-03-01T12:00:00.000Z", stability="much"), "term:annex": resting("x")},
        {
            "term:cabinet": resting("2026-03-01T12:00:00.000Z", stability=-1),
            "term:annex": resting("2026-03-01", state=9),
        },
        {"term:cabinet": resting("2026-03-01T12:00:00.000Z", difficulty=1e308, reps=None)},
    ],
    ids=range(6),
)
def test_a_damaged_deck_is_a_new_one(open_it: Open, cards: Any) -> None:
    page = open_it(state={"cards": cards})
    assert due(page) == "Due today: 0 · new: 3 · resting: 0."
    page.locator(".cwl-flash-stage").focus()
    page.keyboard.press("Space")
    page.keyboard.press("4")
    assert due(page) == "Due today: 0 · new: 2 · resting: 1."


# --- for everyone --------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(open_it: Open, theme: str) -> None:
    page = open_it(theme=theme)
    assert axe_violations(page) == []
    page.get_by_role("button", name="Show the answer").click()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Show all cards").click()
    assert axe_violations(page) == []


def test_without_scripts_all_cards_can_be_read(open_it: Open) -> None:
    page = open_it(java_script_enabled=False)
    assert page.locator("dt:visible").count() == 3
    assert page.locator("dd:visible").count() == 3
    assert page.locator(".cwl-scripted:visible").count() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_has_all_cards_in_two_columns(open_it: Open, scripts: bool) -> None:
    page = open_it(java_script_enabled=scripts)
    page.emulate_media(media="print")
    assert page.locator("dd:visible").count() == 3
    name, text = page.locator("dt").first.bounding_box(), page.locator("dd").first.bounding_box()
    assert name["x"] + name["width"] <= text["x"]
    assert page.locator("button:visible").count() == 0


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_shown_as_text(open_it: Open, course: Course, text: str) -> None:
    lesson = course.lessons["01-a-paper-marked-secret"].model_copy(update={"terms": ("annex",), "people": ()})
    annex = course.terms["annex"].model_copy(update={"term": text, "definition": text})
    spec = flashcards_spec(replace(course, terms={**course.terms, "annex": annex}), lesson, "flashcards")
    page = open_it(spec=spec, viewport={"width": 390, "height": 800})
    page.get_by_role("button", name="Show the answer").click()
    assert page.evaluate("window.hacked") is None
    assert page.locator("dt").text_content().split() == text.split()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [320, 390, 1200])
def test_nothing_overflows_and_all_can_be_hit(open_it: Open, width: int) -> None:
    page = open_it(viewport={"width": width, "height": 800})
    page.get_by_role("button", name="Show the answer").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert small_targets(page, "button") == []


def test_it_is_small() -> None:
    for ending in ("page.js", "js"):
        assert len(gzip.compress((STATIC / f"flashcards.{ending}").read_bytes(), 9)) <= 15_000


def test_the_same_module_builds_itself_in_a_notebook(open_it: Open, spec: WidgetSpec) -> None:
    page = open_it()
    render_in_notebook(page, spec, {})
    assert page.evaluate("window.saves") == 0
    views = [page.locator(f".view-{n}") for n in range(2)]
    views[0].get_by_role("button", name="Show the answer").click()
    views[0].get_by_role("button", name="4 Easy").click()
    for view in views:
        assert view.locator(".cwl-flash-current dt").inner_text() == "Annex"
