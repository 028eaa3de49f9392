"""Notes on the paper in a browser: written by mouse, touch and keyboard, kept, taken along and brought back."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from coldwar_lessons.content.load import Course
from coldwar_lessons.widgets.annotate import annotate_spec
from coldwar_lessons.widgets.live import STATIC
from coldwar_lessons.widgets.spec import WidgetSpec
from tests.browser.harness import Desk, axe_violations
from tests.browser.hosts import kept_state, render_in_notebook, small_targets
from tests.browser.quizzes import HOSTILE

pytestmark = pytest.mark.browser
WIDGET_ID = "l/annotate/x"
Open: TypeAlias = Callable[..., Any]


@pytest.fixture(scope="module")
def spec(course: Course) -> WidgetSpec:
    return annotate_spec(course, WIDGET_ID, ["p3.s1", "p3.s4", "p3.s5", "p4.s1", "p4.s8", "fn1.s1"])


@pytest.fixture
def open_it(desk: Desk, spec: WidgetSpec) -> Open:
    return lambda **options: desk.open(spec, **options)


def word(page: Any, text: str, sentence: str) -> Any:
    return page.locator(f'[data-words="{sentence}"] .cwl-w').filter(has_text=text).first


def note(first: str, last: str, tag: str = "hedge", text: str = "") -> dict[str, str]:
    return {"from": first, "to": last, "tag": tag, "note": text}


def kept(page: Any) -> list[dict[str, str]]:
    return list((kept_state(page, WIDGET_ID) or {}).get("notes", []))


def lines(page: Any) -> list[str]:
    return [" ".join(one.split()) for one in page.locator(".cwl-note-line").all_inner_texts()]


SEEM = note("p3.s4/7", "p3.s4/9", "hedge", "He sees only the outside.")
BROAD = note("p3.s1/2", "p3.s1/2", "loaded", "")
NOTES = {"notes": [SEEM, BROAD]}


# --- writing -------------------------------------------------------------------------------------


def test_by_mouse(open_it: Open) -> None:
    page = open_it()
    page.get_by_label("3 Hedge").check()
    word(page, "seem", "p3.s4").click()
    assert page.locator(".cwl-note-hint").inner_text().startswith("From “seem”")
    word(page, "be", "p3.s4").click()
    area = page.get_by_role("textbox", name="Your note")
    assert area.evaluate("one => one === document.activeElement")
    page.keyboard.type("He sees only the outside.")
    page.get_by_role("button", name="Done").click()
    assert kept(page) == [SEEM]
    assert lines(page) == ["Hedge “seem to be” He sees only the outside. Edit Delete"]
    assert word(page, "seem", "p3.s4").get_attribute("aria-label") == "seem, Hedge, note 1"
    assert page.locator(".cwl-note-editor").is_hidden()
    assert page.evaluate("document.activeElement.textContent") == "seem"


def test_by_dragging_and_by_pressing_twice(open_it: Open) -> None:
    page = open_it()
    word(page, "three", "p3.s1").hover()
    page.mouse.down()
    word(page, "Powers,", "p3.s1").hover()
    page.mouse.up()
    word(page, "broad", "p3.s1").dblclick()
    assert [(one["from"], one["to"], one["tag"]) for one in kept(page)] == [
        ("p3.s1/6", "p3.s1/8", "claim"),
        ("p3.s1/2", "p3.s1/2", "claim"),
    ]
    assert page.locator(".cwl-note-line").first.inner_text().startswith("Claim “broad”")


def test_by_keyboard(open_it: Open) -> None:
    page = open_it()
    page.get_by_role("radio", name="1 Claim").focus()
    page.keyboard.press("Tab")
    for key in ("ArrowRight", "ArrowRight", "4", "Enter", "Enter"):
        page.keyboard.press(key)
    page.keyboard.type("Not <b>full</b>.")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "broad"
    # Shift takes in a phrase; Enter highlights it.
    for key in ("ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "1"):
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    # Escape gives up a phrase that was begun.
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    assert page.locator(".cwl-w-taken").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".cwl-w-taken").count() == 0
    assert kept(page) == [
        note("p3.s1/2", "p3.s1/2", "loaded", "Not <b>full</b>."),
        note("p3.s1/3", "p3.s1/5", "claim", ""),
    ]
    # Enter on highlighted words opens their note again.
    page.keyboard.press("Home")
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    assert page.get_by_role("textbox", name="Your note").input_value() == "Not <b>full</b>."
    # The list can be worked by keyboard too, and the focus is never lost.
    page.get_by_role("button", name="Delete the note on “broad”").press("Enter")
    assert (
        page.evaluate("document.activeElement.getAttribute('aria-label')") == "Edit the note on “agreement between the”"
    )
    page.get_by_role("button", name="Delete the note on “agreement").press("Space")
    assert page.evaluate("document.activeElement.textContent") == "No notes yet"
    page.get_by_role("button", name="Undo").press("Enter")
    assert len(kept(page)) == 1


def test_by_touch(open_it: Open) -> None:
    page = open_it(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    word(page, "lack", "p3.s4").tap()
    word(page, "individually", "p3.s4").tap()
    # The screen's keyboard does not come up by itself.
    assert page.evaluate("document.activeElement.tagName") != "TEXTAREA"
    assert page.locator(".cwl-note-editor").is_visible()
    page.get_by_role("textbox", name="Your note").fill("Both at once.")
    page.get_by_role("button", name="Done").tap()
    assert lines(page) == ["Claim “lack collectively and individually” Both at once. Edit Delete"]


def test_highlights_do_not_overlap(open_it: Open) -> None:
    page = open_it(state=NOTES)
    word(page, "Directorate", "p3.s4").click()
    word(page, "control,", "p3.s4").click()
    assert len(kept(page)) == 2
    assert page.locator(".cwl-note-hint").inner_text().startswith("Some of these words have a note already.")


def test_a_note_is_changed_and_deleted(open_it: Open) -> None:
    page = open_it(state=NOTES)
    page.get_by_role("button", name="Edit the note on “seem to be”").click()
    page.get_by_role("textbox", name="Your note").fill("Changed.")
    page.get_by_label("Tag", exact=True).select_option("question")
    assert word(page, "seem", "p3.s4").get_attribute("aria-label") == "seem, Question, note 2"
    page.get_by_role("button", name="Done").click()
    assert note("p3.s4/7", "p3.s4/9", "question", "Changed.") in kept(page)
    page.get_by_role("button", name="Undo").click()
    assert SEEM in kept(page)
    word(page, "broad", "p3.s1").click()
    page.locator(".cwl-note-editor").get_by_role("button", name="Delete").click()
    assert kept(page) == [SEEM]
    page.get_by_role("button", name="Undo").click()
    assert len(kept(page)) == 2


# --- keeping and files ---------------------------------------------------------------------------


def test_all_is_kept_over_a_reload(open_it: Open) -> None:
    page = open_it()
    word(page, "broad", "p3.s1").dblclick()
    page.keyboard.type("Kept, though the page was left at once.")
    page.reload()
    assert lines(page) == ["Claim “broad” Kept, though the page was left at once. Edit Delete"]
    assert word(page, "broad", "p3.s1").get_attribute("aria-pressed") == "true"


def download(page: Any, name: str) -> tuple[str, str]:
    with page.expect_download() as started:
        page.get_by_role("button", name=name).click()
    return started.value.suggested_filename, Path(started.value.path()).read_text(encoding="utf-8")


def test_markdown_keeps_what_was_written_as_text(open_it: Open) -> None:
    text = "1. <script>alert(1)</script> *bold* [a](javascript:x)\n# no heading"
    page = open_it(state={"notes": [note("p3.s4/7", "p3.s4/9", "hedge", text), BROAD]})
    name, written = download(page, "Save as Markdown")
    assert name == "l-annotate-x.md"
    assert written.startswith(
        "# Notes on C.(53)187\n\n## p3.s1\n\n> broad\n\n**Loaded word**\n\n## p3.s4\n\n> seem to be\n\n"
    )
    assert r"**Hedge**: 1\. \<script\>alert(1)\</script\> \*bold\* \[a\](javascript:x)" in written
    assert "\n\\# no heading" in written


def test_a_json_file_comes_back_as_it_went(open_it: Open, tmp_path: Path) -> None:
    page = open_it(state=NOTES)
    name, written = download(page, "Save as JSON")
    assert name == "l-annotate-x.json"
    document = json.loads(written)
    assert document["schema"] == "coldwar-lessons/notes/1"
    assert [one["quote"] for one in document["notes"]] == ["broad", "seem to be"]
    file = tmp_path / name
    file.write_text(written, encoding="utf-8")
    page.evaluate("localStorage.setItem('coldwar-lessons/2/l/annotate/x', '{}')")
    page.reload()
    assert lines(page) == []
    page.locator("input[type=file]").set_input_files(file)
    page.locator(".cwl-comment", has_text="Loaded 2 notes").wait_for()
    assert kept(page) == [BROAD, SEEM]
    # What was there before can be had back.
    page.get_by_role("button", name="Undo").click()
    assert kept(page) == []


def file_of(*notes: Any, **changes: Any) -> str:
    return json.dumps({"schema": "coldwar-lessons/notes/1", "paper": "C.(53)187", "notes": list(notes), **changes})


GOOD = {**BROAD, "quote": "broad"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "cannot be read as JSON"),
        ("{", "cannot be read as JSON"),
        ("[1, 2]", "not a notes file of this course"),
        ("null", "not a notes file of this course"),
        (file_of(GOOD, schema="other/1"), "not a notes file of this course"),
        (file_of(GOOD, notes={"length": 1}), "not a notes file of this course"),
        (file_of(GOOD, {**GOOD, "note": 5}), "Note 2 in this file is damaged"),
        (file_of({**GOOD, "tag": "praise"}), "Note 1 in this file is damaged"),
        (file_of({**GOOD, "note": "x" * 5000}), "Note 1 in this file is damaged"),
        (file_of({**GOOD, "from": "p3.s2/1", "to": "p3.s2/1"}), "words that are not shown here"),
        (file_of({**GOOD, "quote": "narrow"}), "words that are not shown here"),
        (" " * 1_000_001, "too large"),
    ],
    ids=range(12),
)
def test_a_bad_file_changes_nothing_and_is_explained(open_it: Open, text: str, said: str) -> None:
    page = open_it(state=NOTES)
    page.locator("input[type=file]").set_input_files(
        {"name": "x.json", "mimeType": "application/json", "buffer": text.encode()}
    )
    message = page.locator(".cwl-comment.cwl-wrong")
    message.wait_for()
    assert said in message.inner_text()
    assert "nothing was loaded" in message.inner_text()
    assert "\n" not in message.inner_text()
    assert len(lines(page)) == 2


def test_notes_on_other_words_are_left_out_and_said(open_it: Open) -> None:
    page = open_it()
    elsewhere = {**GOOD, "from": "p3.s2/1", "to": "p3.s2/1"}
    buffer = file_of(GOOD, elsewhere).encode()
    page.locator("input[type=file]").set_input_files(
        {"name": "x.json", "mimeType": "application/json", "buffer": buffer}
    )
    page.locator(".cwl-comment", has_text="Loaded 1 note").wait_for()
    assert "1 on words that are not shown here was left out." in page.locator(".cwl-comment").inner_text()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_notes_are_shown_as_text(open_it: Open, text: str) -> None:
    page = open_it(
        state={"notes": [note("p3.s1/2", "p3.s1/2", "claim", text[:4000])]}, viewport={"width": 390, "height": 800}
    )
    assert page.evaluate("window.hacked") is None
    assert page.locator(".cwl-note-text").text_content() == text[:4000]
    assert page.locator(".cwl-note-line *:not(p, span, div, button)").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    "state",
    [
        {"notes": "none"},
        {
            "notes": [
                None,
                5,
                {"from": "p3.s1/2"},
                note("p9.s1/0", "p9.s1/1"),
                note("p3.s1/5", "p3.s1/2"),
                note("p3.s1/1", "p3.s1/1", "x"),
            ]
        },
        {"notes": {"0": SEEM}},
    ],
)
def test_any_kept_state_is_borne(open_it: Open, state: dict[str, Any]) -> None:
    page = open_it(state=state)
    assert lines(page) == []
    word(page, "broad", "p3.s1").dblclick()
    assert len(kept(page)) == 1


# --- for everyone --------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(open_it: Open, theme: str) -> None:
    page = open_it(state=NOTES, theme=theme)
    assert axe_violations(page) == []
    word(page, "seem", "p3.s4").click()
    assert page.locator(".cwl-note-editor").is_visible()
    assert axe_violations(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_has_the_text_with_a_ruled_margin(open_it: Open, scripts: bool) -> None:
    page = open_it(java_script_enabled=scripts)
    page.emulate_media(media="print")
    assert page.locator(".cwl-typed-margin:visible").count() == 3
    assert page.locator(".cwl-tags").is_visible()
    for hidden in ("button", ".cwl-tag-bar", ".cwl-note-editor", ".cwl-notes-heading"):
        assert page.locator(f"{hidden}:visible").count() == 0


def test_written_notes_are_printed(open_it: Open) -> None:
    page = open_it(state=NOTES)
    word(page, "seem", "p3.s4").click()
    page.emulate_media(media="print")
    assert page.locator(".cwl-note-line:visible").count() == 2
    assert page.locator(".cwl-note-editor, button").locator("visible=true").count() == 0


@pytest.mark.parametrize("width", [320, 390, 1300])
def test_nothing_overflows_and_all_can_be_hit(open_it: Open, width: int) -> None:
    page = open_it(state=NOTES, viewport={"width": width, "height": 800})
    word(page, "seem", "p3.s4").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert small_targets(page, ".cwl-w, button, select, textarea, .cwl-tag-choice") == []


def test_it_is_small() -> None:
    for ending in ("page.js", "js"):
        assert len(gzip.compress((STATIC / f"annotate.{ending}").read_bytes(), 9)) <= 15_000


def test_the_same_module_builds_itself_in_a_notebook(open_it: Open, spec: WidgetSpec) -> None:
    page = open_it()
    render_in_notebook(page, spec, NOTES)
    assert page.evaluate("window.saves") == 0
    views = [page.locator(f".view-{n}") for n in range(2)]
    views[0].get_by_role("button", name="Delete the note on “broad”").click()
    for view in views:
        assert view.locator(".cwl-note-line").count() == 1
    assert page.evaluate("window.model.get('state').notes.length") == 1
