"""Words of doubt in a browser: by mouse, by touch and by keyboard, kept, compared, on paper."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from coldwar_lessons.content.load import Course
from coldwar_lessons.widgets.live import STATIC
from coldwar_lessons.widgets.spec import WidgetSpec
from coldwar_lessons.widgets.words import find_word_spans
from coldwar_lessons.widgets.words_of_doubt import activity_spec
from tests.browser.harness import Desk, axe_violations
from tests.browser.hosts import kept_state, render_in_notebook, small_targets

pytestmark = pytest.mark.browser
WIDGET_ID = "l/words-of-doubt/w"
Open: TypeAlias = Callable[..., Any]


@pytest.fixture(scope="module")
def spec(course: Course) -> WidgetSpec:
    return activity_spec(course, course.activities["words-of-doubt"], WIDGET_ID)


@pytest.fixture
def open_it(desk: Desk, spec: WidgetSpec) -> Open:
    return lambda **options: desk.open(spec, **options)


def word(page: Any, text: str, sentence: str, nth: int = 0) -> Any:
    line = page.locator(f'[data-words="{sentence}"] .cwl-w')
    return line.filter(has_text=text).nth(nth)


def tags(page: Any) -> dict[str, str]:
    """Tag of each marked word, as kept."""
    return (kept_state(page, WIDGET_ID) or {}).get("marks", {})


def status(page: Any) -> str:
    return page.locator("[role=status]").inner_text()


MARKED = {"marks": {"p3.s1/2": "limited", "p3.s2/3": "sure", "p4.s3/0": "sure", "p4.s1/0": "open"}}
COMPARED = {**MARKED, "compared": True}


# --- marking -------------------------------------------------------------------------------------


def test_words_are_counted_as_in_python(open_it: Open, course: Course) -> None:
    page = open_it()
    for sentence in course.activities["words-of-doubt"].sentences:
        text = course.sentence(sentence).text
        shown = page.locator(f'[data-words="{sentence}"] .cwl-w').all_text_contents()
        assert shown == [text[start:end] for start, end in find_word_spans(text)]
        assert page.locator(f'[data-words="{sentence}"]').text_content() == text


def test_by_mouse(open_it: Open) -> None:
    page = open_it()
    broad = word(page, "broad", "p3.s1")
    broad.click()
    assert tags(page) == {"p3.s1/2": "sure"}
    assert broad.get_attribute("aria-pressed") == "true"
    assert broad.get_attribute("aria-label") == "broad, Sure"
    assert status(page) == "“broad”: Sure"
    # Another tag takes its place, the same takes it off.
    page.get_by_label("5 Limited").check()
    broad.click()
    assert tags(page) == {"p3.s1/2": "limited"}
    broad.click()
    assert tags(page) == {}
    assert broad.get_attribute("aria-pressed") == "false"


def test_by_dragging(open_it: Open) -> None:
    page = open_it()
    first, last = word(page, "so", "p3.s3"), word(page, "incentives", "p3.s3")
    for expected in (["sure"] * 5, []):
        first.hover()
        page.mouse.down()
        last.hover()
        assert page.locator(".cwl-w-taken").count() == 5
        page.mouse.up()
        assert [tags(page)[f"p3.s3/{n}"] for n in range(2, 7) if tags(page)] == expected
    assert page.locator(".cwl-w-taken").count() == 0
    # Backwards too, and a drag that ends outside the words takes what it last touched.
    last.hover()
    page.mouse.down()
    first.hover()
    page.mouse.move(2, 2)
    page.mouse.up()
    assert len(tags(page)) == 5


def test_by_keyboard(open_it: Open) -> None:
    page = open_it()
    page.get_by_role("radio", name="1 Sure").focus()
    page.keyboard.press("3")
    assert page.get_by_role("radio", name="3 Open").is_checked()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "There"
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    assert tags(page) == {"p3.s1/2": "open"}
    page.keyboard.press("5")
    assert status(page) == "Now marking: Limited"
    page.keyboard.press("Space")
    assert tags(page) == {"p3.s1/2": "limited"}
    # A phrase with Shift; a digit marks what is taken in.
    page.keyboard.press("End")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("2")
    assert {key: tag for key, tag in tags(page).items() if tag == "likely"} == dict.fromkeys(
        ("p3.s1/29", "p3.s1/30", "p3.s1/31"), "likely"
    )
    page.keyboard.press("Control+z")
    assert tags(page) == {"p3.s1/2": "limited"}
    # Escape lets go of a phrase.
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Escape")
    assert page.locator(".cwl-w-taken").count() == 0
    # Lines, sentences, the whole.
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowDown")
    before, after = (
        word(page, "There", "p3.s1").bounding_box(),
        page.locator(".cwl-w:focus").bounding_box(),
    )
    assert 10 < after["y"] - before["y"] < 60
    page.keyboard.press("ArrowUp")
    assert page.locator(".cwl-w:focus").bounding_box()["y"] == before["y"]
    page.keyboard.press("Control+End")
    assert page.evaluate("document.activeElement.textContent") == "issues."
    # One word is in the tab order.
    assert page.locator('.cwl-w[tabindex="0"]').count() == 1


def test_the_focus_is_not_hidden_behind_the_tags(open_it: Open) -> None:
    page = open_it(viewport={"width": 390, "height": 700})
    word(page, "restraint.", "p4.s7").focus()
    for _ in range(25):
        page.keyboard.press("ArrowUp")
        bar, box = page.locator(".cwl-tag-bar").bounding_box(), page.locator(".cwl-w:focus").bounding_box()
        assert box["y"] >= bar["y"] + bar["height"] or box["y"] + box["height"] <= bar["y"]


def test_by_touch(open_it: Open) -> None:
    page = open_it(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page.get_by_label("2 Likely").tap()
    word(page, "likely", "p3.s2").tap()
    assert tags(page) == {"p3.s2/12": "likely"}


def test_undo(open_it: Open) -> None:
    page = open_it()
    undo = page.get_by_role("button", name="Undo")
    assert undo.is_disabled()
    word(page, "broad", "p3.s1").click()
    word(page, "so", "p3.s3").click()
    undo.click()
    assert list(tags(page)) == ["p3.s1/2"]
    undo.click()
    assert tags(page) == {}
    assert undo.is_disabled()


# --- keeping and comparing -----------------------------------------------------------------------


def test_all_is_kept_over_a_reload(open_it: Open) -> None:
    page = open_it()
    word(page, "broad", "p3.s1").click()
    word(page, "intention", "p4.s3").click()
    page.get_by_role("button", name="Compare with this edition").click()
    page.get_by_label("What does the comparison").fill("He is <b>surer</b> of himself.")
    page.reload()
    assert word(page, "broad", "p3.s1").get_attribute("aria-pressed") == "true"
    assert page.get_by_label("What does the comparison").input_value() == "He is <b>surer</b> of himself."
    assert page.locator(".cwl-doubt-readings").is_visible()
    assert page.locator(".cwl-doubt-bars").is_visible()


def test_comparing_asks_for_both_paragraphs_first(open_it: Open) -> None:
    page = open_it()
    word(page, "broad", "p3.s1").click()
    page.get_by_role("button", name="Compare with this edition").click()
    assert page.locator(".cwl-score").inner_text() == "Mark words in both paragraphs before you compare."
    assert page.locator(".cwl-reveal:visible").count() == 0


def test_each_phrase_is_compared(open_it: Open) -> None:
    page = open_it(state={"marks": {**MARKED["marks"], "p3.s2/0": "sure", "p3.s2/1": "sure"}})
    page.get_by_role("button", name="Compare with this edition").press("Enter")
    readings = page.locator(".cwl-readings li")
    assert readings.filter(has_text="“broad”").locator(".cwl-doubt-verdict").inner_text() == "✓ You: the same tag"
    assert readings.filter(has_text="“perhaps”").locator(".cwl-doubt-verdict").inner_text() == "≠ You: Sure"
    assert readings.filter(has_text="“and indeed”").locator(".cwl-doubt-verdict").inner_text() == "– You: not marked"
    # "It" is a part of the edition's "It is my intention".
    intention = readings.filter(has_text="“It is my intention”")
    assert intention.locator(".cwl-doubt-verdict").inner_text() == "✓ You: the same tag"
    assert "you gave 2 the same tag and 1 another, and left 49 unmarked. You marked 2 that" in (
        page.locator(".cwl-score").inner_text()
    )
    assert page.locator(".cwl-doubt-mine li").all_inner_texts() == ["“Internal changes”: Sure", "“The”: Open"]
    assert page.evaluate("document.activeElement.className").startswith("cwl-score")
    # The conclusion waits until the student has thought.
    assert page.locator(".cwl-doubt-conclusion").get_attribute("open") is None


def test_the_chart_counts_phrases(open_it: Open, course: Course) -> None:
    page = open_it(state=COMPARED)
    page.get_by_text("The numbers").click()
    words = {
        part: sum(len(course.sentence(f"{part}.s{n}").text.split()) for n in range(1, 11)) for part in ("p3", "p4")
    }
    page.get_by_text("What this edition makes of it").click()
    edition = page.locator(".cwl-doubt-conclusion tbody tr").first.locator("td").all_inner_texts()
    for column, part in enumerate(("p3", "p4")):
        table = page.locator(".cwl-doubt-bars table").nth(column)
        sure = table.locator("tbody tr").first.locator("td").all_inner_texts()
        assert sure == [f"{100 / words[part]:.1f}", edition[column]]
    assert page.locator(".cwl-bars").count() == 2
    assert page.locator(".cwl-doubt-figure").is_visible()
    assert page.evaluate("document.querySelector('.cwl-doubt-figure').naturalWidth") > 0


def test_the_marks_of_the_edition_can_be_shown(open_it: Open) -> None:
    page = open_it(state=COMPARED)
    page.get_by_role("radio", name="this edition’s").check()
    assert word(page, "indeed", "p3.s1").get_attribute("aria-label") == "indeed, Sure"
    before = tags(page)
    word(page, "Stalin.", "p3.s1").click()
    assert tags(page) == before
    assert status(page) == "Show your own marks to change them."
    page.get_by_role("radio", name="yours").check()
    assert word(page, "indeed", "p3.s1").get_attribute("aria-pressed") == "false"


def test_sentences_that_are_named_open_in_place(open_it: Open) -> None:
    page = open_it(state=COMPARED)
    page.get_by_text("How this edition reads the words").click()
    page.locator('.cwl-readings a[data-sentence="p3.s7"]').first.click()
    assert "weaken and divide the Western world" in page.locator(".cwl-q-inset").inner_text()


@pytest.mark.parametrize(
    "state",
    [
        {"marks": {"p9.s9/1": "sure", "p3.s1/2": "no-such-tag", "p3.s1/3": 7, "__proto__": "sure"}, "closing": 5},
        {"marks": ["sure"], "compared": "yes"},
        {"marks": None, "closing": {"a": 1}},
    ],
)
def test_any_kept_state_is_borne(open_it: Open, state: dict[str, Any]) -> None:
    page = open_it(state=state)
    assert page.locator('.cwl-w[aria-pressed="true"]').count() == 0
    word(page, "broad", "p3.s1").click()
    assert tags(page) == {"p3.s1/2": "sure"}


# --- for everyone --------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", [MARKED, COMPARED])
def test_axe_finds_nothing(open_it: Open, theme: str, state: dict[str, Any]) -> None:
    page = open_it(state=state, theme=theme)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert axe_violations(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_has_the_text_and_no_answers(open_it: Open, scripts: bool) -> None:
    page = open_it(java_script_enabled=scripts)
    page.emulate_media(media="print")
    assert page.locator(".cwl-typed").is_visible()
    assert page.locator(".cwl-tags").is_visible()
    assert page.locator("textarea").is_visible()
    for hidden in ("details", "button", ".cwl-tag-bar", ".cwl-score"):
        assert page.locator(f"{hidden}:visible").count() == 0
    # Room for a pen between the lines.
    assert page.locator(".cwl-typed").evaluate("one => parseFloat(getComputedStyle(one).lineHeight)") > 40


def test_without_scripts_the_edition_can_be_opened(open_it: Open) -> None:
    page = open_it(java_script_enabled=False)
    assert page.locator(".cwl-scripted:visible").count() == 0
    page.get_by_text("How this edition reads the words").click()
    assert page.get_by_text("Broad agreement is not full agreement.").is_visible()


@pytest.mark.parametrize("width", [320, 390, 1200])
def test_nothing_overflows_and_every_word_can_be_hit(open_it: Open, width: int) -> None:
    page = open_it(state=COMPARED, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert small_targets(page, ".cwl-w, button, .cwl-tag-choice, summary") == []


def test_it_is_small() -> None:
    for ending in ("page.js", "js"):
        assert len(gzip.compress((STATIC / f"words-of-doubt.{ending}").read_bytes(), 9)) <= 15_000


def test_the_same_module_builds_itself_in_a_notebook(open_it: Open, spec: WidgetSpec) -> None:
    page = open_it()
    render_in_notebook(page, spec, COMPARED)
    assert page.evaluate("window.saves") == 0
    views = [page.locator(f".view-{n}") for n in range(2)]
    # Each view has its own choice of tag; marks are the same in both.
    views[1].get_by_label("5 Limited").check()
    assert views[0].get_by_label("1 Sure").is_checked()
    views[1].locator('[data-words="p3.s3"] .cwl-w').nth(2).click()
    for view in views:
        assert view.locator('[data-words="p3.s3"] .cwl-w').nth(2).get_attribute("aria-label") == "so, Limited"
    assert views[0].locator(".cwl-doubt-figure").is_visible() is False
    assert page.evaluate("window.saves") == 1
