"""Activities, passage and desk for everyone: screen readers, small screens, paper, hostile texts, notebooks."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from coldwar_lessons.widgets.live import STATIC
from coldwar_lessons.widgets.passage import passage_spec
from coldwar_lessons.widgets.writing import writing_spec
from tests.browser.activities import ALL, ANSWERED, DESK, FIGURE, PASSAGE, PHONE, SMALLEST, change, done, widget
from tests.browser.harness import Desk, axe_violations
from tests.browser.hosts import kept_state, render_in_notebook, small_targets
from tests.widgets.activity_trees import HOSTILE, hostile_activity, real_course, spec_of

pytestmark = pytest.mark.browser
Open: TypeAlias = Callable[..., Any]


def unfold(page: Any) -> None:
    page.evaluate(
        "document.querySelectorAll('details').forEach((one) => { one.removeAttribute('name'); one.open = true })"
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ALL)
def test_axe_finds_nothing_before_and_after(desk: Desk, name: str, theme: str) -> None:
    for state in ({}, done(name)):
        page = desk.open(widget(name), state=state, theme=theme, reduced_motion="reduce")
        unfold(page)
        for link in page.locator("a[data-sentence]:visible").all()[:3]:
            link.click()
        assert axe_violations(page) == []


@pytest.mark.parametrize("viewport", [PHONE, SMALLEST])
@pytest.mark.parametrize("name", ALL)
def test_nothing_runs_out_of_a_small_screen(desk: Desk, name: str, viewport: dict[str, int]) -> None:
    for state in ({}, done(name)):
        page = desk.open(widget(name), state=state, viewport=viewport)
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        assert small_targets(page, "button, select, textarea, summary, label:has(input), input:not(label input)") == []


@pytest.mark.parametrize("name", ALL)
def test_without_scripts_everything_can_be_read(desk: Desk, name: str) -> None:
    page = desk.open(widget(name), java_script_enabled=False)
    assert page.locator(".cwl-scripted:visible").count() == 0
    for summary in page.locator(".cwl-reveal > summary").all():
        assert summary.is_visible()
        summary.click()
    assert page.locator(".cwl-reveal:not([open])").count() == 0
    assert page.locator("main").inner_text().strip()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("name", ANSWERED)
def test_paper_gives_nothing_away_and_offers_no_buttons(desk: Desk, name: str, scripts: bool) -> None:
    page = desk.open(widget(name), java_script_enabled=scripts)
    page.emulate_media(media="print")
    assert page.locator(".cwl-reveal:visible, button.cwl-button:visible, .cwl-saved:visible").count() == 0
    assert page.locator(".cwl-comment:visible").count() == 0
    assert page.locator(".cwl-activity-prompt").is_visible()


@pytest.mark.parametrize("name", ANSWERED)
def test_paper_shows_the_answers_of_who_has_answered(desk: Desk, name: str) -> None:
    page = desk.open(widget(name), state=done(name))
    page.evaluate("document.querySelectorAll('.cwl-reveal').forEach((one) => { one.open = true })")
    page.emulate_media(media="print")
    assert page.locator(".cwl-reveal:visible, .cwl-comment:visible").count() > 0


@pytest.mark.parametrize("name", ALL)
def test_what_was_done_is_there_after_a_reload(desk: Desk, name: str) -> None:
    page = desk.open(widget(name), state=done(name))
    before = page.locator("main").inner_text()
    fields = "[...document.querySelectorAll('input, select, textarea')].map((one) => [one.value, one.checked])"
    values = page.evaluate(fields)
    page.reload()
    assert page.locator("main").inner_text() == before
    assert page.evaluate(fields) == values


JUNK: list[Any] = [None, 5, "x", [], [1, None], {"a": {"b": {}}}, {"armistice": "x", "churchill": [1, "2"], "korea": 3}]


@pytest.mark.parametrize("name", ALL)
def test_whatever_was_kept_the_widget_comes_to_life(desk: Desk, name: str) -> None:
    keys = list(done(name))
    for junk in [*JUNK, HOSTILE]:
        page = desk.open(widget(name), state=dict.fromkeys(keys, junk))
        assert page.locator(".cwl-live").count() == 1
        assert page.evaluate("window.hacked") is None
        page.context.close()
    page = desk.open(widget(name), state=done(name) | {"more": JUNK})
    assert page.locator(".cwl-live").count() == 1


@pytest.mark.parametrize("name", ALL)
def test_hostile_texts_run_nothing(desk: Desk, name: str) -> None:
    course = real_course()
    lesson = course.lessons["04-three-explanations"]
    if name == PASSAGE:
        notes = [note.model_copy(update={"text": HOSTILE}) for note in lesson.notes]
        spec = passage_spec(course, "l/passage/x", ["p3.s6", "p3.s7"], notes)
    elif name == DESK:
        task = lesson.writing[0].model_copy(update={"prompt": HOSTILE, "starters": (HOSTILE,), "checklist": (HOSTILE,)})
        spec = writing_spec(course, lesson.model_copy(update={"title": HOSTILE}), task, "l/writing/w")
    elif name == FIGURE:
        spec = spec_of(course.activities[name].model_copy(update={"title": HOSTILE, "prompt": HOSTILE, "alt": HOSTILE}))
    else:
        spec = spec_of(hostile_activity(course.activities[name]))
    state = {key: HOSTILE if isinstance(value, str) else value for key, value in done(name).items()}
    page = desk.open(spec, state=state)
    unfold(page)
    for term in page.locator("[data-sentence='p3.s7'] a.cwl-term, a[data-sentence]:visible").all()[:3]:
        term.click()
    assert page.locator("main img").count() == (1 if name == FIGURE else 0)
    assert page.locator("main script:not([type])").count() == 0
    assert page.evaluate("window.hacked") is None
    assert "window.hacked" in page.locator("main").inner_text()


@pytest.mark.parametrize("name", ALL)
def test_where_nothing_can_be_kept_the_student_is_told(desk: Desk, name: str) -> None:
    page = desk.open(widget(name), state=done(name))
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
    change(page, name)
    assert page.locator(".cwl-unsaved").inner_text().startswith("Not saved")


@pytest.mark.parametrize("name", ALL)
def test_two_views_in_a_notebook_show_the_same_and_share_nothing(desk: Desk, name: str) -> None:
    page = desk.open(widget(name))
    render_in_notebook(page, widget(name), {})
    page.evaluate("state => window.model.set('state', state)", done(name))
    texts = [page.locator(f".view-{view}").inner_text() for view in (0, 1)]
    assert texts[0] == texts[1]
    assert page.evaluate("window.saves") == 0
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))
    groups = "(view) => [...document.querySelectorAll(view + ' [type=radio]')].map((one) => one.name)"
    assert not set(page.evaluate(groups, ".view-0")) & set(page.evaluate(groups, ".view-1"))
    if name in ANSWERED:
        assert page.locator(".view-0 .cwl-reveal:visible, .view-0 .cwl-comment:visible").count() > 0


@pytest.mark.parametrize("name", ALL)
def test_code_is_small(name: str) -> None:
    spec = widget(name)
    for file in (f"{spec.kind}.page.js", f"{spec.kind}.js"):
        assert len(gzip.compress((STATIC / file).read_bytes(), 9)) <= 15_000


def test_sentences_that_are_named_open_in_place(desk: Desk) -> None:
    page = desk.open(widget(DESK))
    link = page.locator(".cwl-activity-prompt a").first
    link.focus()
    page.keyboard.press("Enter")
    assert link.get_attribute("aria-expanded") == "true"
    assert "These steps can be explained by" in page.locator(".cwl-q-inset").inner_text()
    page.keyboard.press("Enter")
    assert page.locator(".cwl-q-inset").count() == 0


def test_in_a_notebook_the_sentence_opens_by_keys_as_well(desk: Desk) -> None:
    page = desk.open(widget(DESK))
    render_in_notebook(page, widget(DESK), {}, views=1)
    link = page.locator(".cwl-activity-prompt").get_by_role("button", name="p3.s7")
    link.focus()
    page.keyboard.press("Space")
    assert link.get_attribute("aria-expanded") == "true"
    assert "These steps can be explained by" in page.locator(".cwl-q-inset").inner_text()


def test_a_figure_s_answer_is_kept(desk: Desk) -> None:
    page = desk.open(widget(FIGURE))
    page.get_by_label("Your answer").fill("Applications, not escapes.")
    page.wait_for_function("document.querySelector('.cwl-saved').textContent !== ''")
    assert kept_state(page, widget(FIGURE).widget_id) == {"answer": "Applications, not escapes."}
