"""The quiz for everyone: readers of screens and of paper, small screens, hostile texts, slow machines, notebooks."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import pytest

from coldwar_lessons.content.load import Course
from coldwar_lessons.widgets.live import STATIC
from coldwar_lessons.widgets.quiz import quiz_spec
from tests.browser.harness import axe_violations
from tests.browser.quizzes import HOSTILE, RIGHT, WRONG, answered, every_interaction, hostile_quiz, item

pytestmark = pytest.mark.browser
OpenQuiz: TypeAlias = Callable[..., Any]


# --- for everyone --------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "state", [{"seed": 1, "mode": "all"}, answered(WRONG), answered(RIGHT), answered(WRONG, mode="one")]
)
def test_axe_finds_nothing(quiz_page: OpenQuiz, theme: str, state: dict[str, Any]) -> None:
    page = quiz_page(state=state, theme=theme, reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for show in page.get_by_role("button", name="Show me in the paper").all():
        show.click()
    assert axe_violations(page) == []


def test_without_scripts_all_can_be_read(quiz_page: OpenQuiz) -> None:
    page = quiz_page(java_script_enabled=False)
    assert page.locator("fieldset:visible").count() == 8
    assert page.locator(".cwl-scripted:visible").count() == 0
    item(page, "one-choice").get_by_text("Answer and feedback").click()
    assert item(page, "one-choice").get_by_text("Feedback on b, see p3.s6.").is_visible()
    item(page, "a-match").locator("select").first.select_option("b")


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_has_room_for_a_pen_and_no_answers(quiz_page: OpenQuiz, scripts: bool) -> None:
    page = quiz_page(state=answered({"one-choice": "a"}, mode="one") if scripts else None, java_script_enabled=scripts)
    page.emulate_media(media="print")
    assert page.locator("fieldset:visible").count() == 8
    for hidden in ("details", ".cwl-q-note", ".cwl-q-verdict", "select", "button"):
        assert page.locator(f"{hidden}:visible").count() == 0
    assert page.locator(".cwl-q-chips:visible li").count() == 3
    assert item(page, "an-order").locator(".cwl-q-box:visible").count() == 4
    assert item(page, "a-match").locator(".cwl-q-box:visible").count() == 3


@pytest.mark.parametrize("width", [320, 390, 1200])
def test_nothing_overflows(quiz_page: OpenQuiz, width: int) -> None:
    page = quiz_page(state=answered(WRONG), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        "[...document.querySelectorAll('button, select, summary, label')].filter(one => one.getClientRects().length)"
        ".map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect().height])"
        ".filter(([, height]) => height < 24)"
    )
    assert small == []


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_shown_as_text(quiz_page: OpenQuiz, course: Course, text: str) -> None:
    event = course.events["turkey-claims-dropped"].model_copy(update={"title": text})
    poisoned = replace(course, events={**course.events, event.id: event})
    state = answered(WRONG)
    page = quiz_page(hostile_quiz(text), course=poisoned, state=state, viewport={"width": 390, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("window.hacked") is None
    assert page.locator("img, svg, h1:not(main > h1:first-child)").count() == 0
    shown = " ".join(page.locator(".cwl-q-item-prompt").first.text_content().split())
    assert shown == " ".join(text.split())
    assert page.locator(".cwl-q-note").first.text_content().endswith(text.strip())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


# --- light -----------------------------------------------------------------------------


def test_the_module_is_small() -> None:
    assert len(gzip.compress((STATIC / "quiz.page.js").read_bytes(), 9)) <= 10_000


def test_hydration_rebuilds_nothing(quiz_page: OpenQuiz, course: Course) -> None:
    page = quiz_page(course.quizzes["gestures"])
    page.add_init_script(
        "document.addEventListener('readystatechange', () => { if (document.readyState === 'interactive')"
        " window.before = [...document.querySelectorAll('fieldset')]; });"
    )
    page.evaluate("localStorage.clear()")
    page.reload()
    assert page.evaluate("window.before.length") == len(course.quizzes["gestures"].items)
    assert page.evaluate("[...document.querySelectorAll('fieldset')].every((one, i) => one === window.before[i])")


# --- as anywidget does it ------------------------------------------------------------------------


def test_the_same_module_builds_itself_in_a_notebook(quiz_page: OpenQuiz, course: Course) -> None:
    page = quiz_page()
    spec = quiz_spec(course, every_interaction(), "l/quiz/all")
    result = page.evaluate(
        """async ([source, tree, payload]) => {
          document.querySelector("main").replaceChildren();
          const module = await import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
          const values = {tree, payload, state: {seed: 4}, saved: ""};
          const listeners = {};
          const model = {
            get: (key) => values[key],
            set(key, value) { values[key] = value; for (const one of listeners[`change:${key}`] ?? []) one(); },
            save_changes() { window.saves = (window.saves ?? 0) + 1; },
            on(event, listener) { (listeners[event] ??= []).push(listener); },
            off(event, listener) { listeners[event] = (listeners[event] ?? []).filter((one) => one !== listener); },
          };
          const views = [document.createElement("div"), document.createElement("div")];
          document.querySelector("main").append(...views);
          const down = views.map((el) => module.default.render({model, el}));
          const savesAtFirst = window.saves ?? 0;
          const inside = (view, selector) => view.querySelector('[data-item="one-choice"] ' + selector);
          const radio = (view) => inside(view, 'input[value="b"]');
          radio(views[0]).click();
          const both = views.map((view) => radio(view).checked);
          inside(views[0], ".cwl-primary").click();
          const verdicts = views.map((view) => inside(view, ".cwl-q-verdict b").textContent);
          down[0]();
          model.set("state", {seed: 4, responses: {"one-choice": {value: "a", checked: false, attempts: 1}}});
          return {savesAtFirst, both, verdicts, checked: inside(views[1], "input:checked").value};
        }""",
        [(STATIC / "quiz.js").read_text(encoding="utf-8"), spec.tree.to_json(), dict(spec.payload)],
    )
    assert result["savesAtFirst"] == 0
    assert result["both"] == [True, True]
    assert result["verdicts"] == ["Right.", "Right."]
    assert result["checked"] == "a"
