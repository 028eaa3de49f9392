"""The browser half in another language: nothing is hard-coded, and from right to left nothing is out of place.

The interface speaks the pseudo-language that is written from right to left, and the content has another alphabet's
letters: a word in plain letters is hard-coded.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coldwar_lessons.content.load import Course, speak
from coldwar_lessons.grading.records import COURSE_ID
from coldwar_lessons.language import SOURCE, use_language
from coldwar_lessons.widgets.annotate import annotate_spec
from tests.browser.harness import axe_violations, storage_key, write_page
from tests.browser.hosts import render_in_notebook
from tests.browser.languages import (
    DRIVE,
    GATHER,
    LAYOUT,
    NAMES,
    drive,
    is_among,
    load_files,
    said_on,
    spec_in,
    write_work_page,
)
from tests.browser.quizzes import RIGHT, answered
from tests.hard_coded import course_in_other_letters, hard_coded_words, in_other_letters
from tests.pseudo import RIGHT_TO_LEFT, messages, pseudo_locale

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
KEEP = "([key, state]) => localStorage.setItem(key, JSON.stringify({ state, updated: '2026-03-02T10:00:00Z' }))"
QUIZ = "03-gestures/quiz/gestures"
WORKBOOK = {"schema": "coldwar-lessons/workbook/2", "course": COURSE_ID, "lesson": "03-gestures"}
#: What the annotator is given to load: no notes, damaged ones, ones of other words.
NOTES = (
    "no JSON",
    {},
    {"schema": "coldwar-lessons/notes/1", "notes": [7]},
    {"schema": "coldwar-lessons/notes/1", "notes": [{"from": "a", "to": "b", "tag": "claim", "note": "", "quote": ""}]},
    "[" * 1_000_001,
)
#: What is no work of this course: no JSON, other JSON, too new, of another course, damaged.
NO_WORK = (
    "no JSON",
    {},
    {"schema": "coldwar-lessons/workbook/99"},
    {"schema": "coldwar-lessons/workbook/2", "course": "another"},
    {**WORKBOOK, "widgets": {QUIZ: 7}},
)
FILES = (
    "coldwar-lessons-my-work.json",
    "coldwar-lessons-7.json",
    "03-gestures.workbook.json",
    ".workbook.json",
    f"{QUIZ}, updated",
    QUIZ,
)
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """The course in the pseudo-language, its content in other letters."""
    locale = pseudo_locale(tmp_path_factory.mktemp("course") / "locale", RIGHT_TO_LEFT)
    course = course_in_other_letters(ROOT, locale, RIGHT_TO_LEFT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("coldwar_lessons.content.load.load_course", lambda *_given, **_named: course)
        speak(course)
        yield course
    use_language(SOURCE)


@pytest.fixture(scope="module")
def seen() -> dict[str, set[str]]:
    """Every text that was seen so far, by widget."""
    return {}


class Pages:
    """Opens pages from disk, each in a context of its own, and notes what scripts complain of."""

    def __init__(self, chromium: Any) -> None:
        self.chromium = chromium
        self.contexts: list[Any] = []
        self.faults: list[str] = []

    def open(self, file: Path, viewport: dict[str, int] = PHONE) -> Any:
        """Open a page that keeps every text that it ever shows."""
        context = self.chromium.new_context(viewport=viewport)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.add_init_script(GATHER)
        page.goto(file.as_uri())
        return page


@pytest.fixture
def pages(chromium: Any) -> Iterator[Pages]:
    pages = Pages(chromium)
    yield pages
    for context in pages.contexts:
        context.close()
    assert pages.faults == []


def plain_words(texts: set[str], *names: str) -> set[str]:
    """Words in plain letters; names of files are the same in every language."""
    for name in names:
        texts = {text.replace(name, "") for text in texts}
    return {word for text in texts for word in hard_coded_words(text)}


def faults_of_layout(page: Any) -> list[str]:
    """What is out of place on a phone and on a desktop, and what axe finds."""
    faults: list[str] = []
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)
        page.evaluate("() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)))")
        faults += page.evaluate(LAYOUT)
    return faults + axe_violations(page)


@pytest.mark.parametrize("name", NAMES)
def test_a_widget_says_nothing_that_cannot_be_translated_and_fits_from_right_to_left(
    name: str, course: Course, pages: Pages, seen: dict[str, set[str]], tmp_path: Path
) -> None:
    spec = spec_in(course, name, tmp_path)
    page = pages.open(write_page(tmp_path, spec, title="Ж"))
    assert page.evaluate("getComputedStyle(document.querySelector('main .cwl')).direction") == "rtl"
    if name == "annotate":
        load_files(page, "main input[type=file]", ".cwl-notes .cwl-comment", *NOTES)
    drive(page)
    seen[name] = said_on(page)
    assert plain_words(seen[name], str(spec.payload.get("file", "-"))) == set()
    assert faults_of_layout(page) == []


def test_work_is_counted_kept_and_handed_in_in_any_language(
    course: Course, pages: Pages, seen: dict[str, set[str]], tmp_path: Path
) -> None:
    page = pages.open(write_work_page(tmp_path, course))
    page.locator("[data-work=keep] [data-act=save]").click()
    page.locator("[data-work=hand-in] [type=submit]").click()
    first = course.quizzes["gestures"].items[0].id
    state = {"responses": {first: {"value": "x", "checked": True, "score": 0}}}
    work = {**WORKBOOK, "widgets": {QUIZ: {"state": state, "updated": "2026-01-01T10:00:00Z"}}}
    said = "[data-work=keep] .work-said > span"
    load_files(page, "[data-work=keep] input", said, *NO_WORK, work, "no JSON", work)
    page.locator("input[name=number]").fill("7")
    page.locator("[data-work=hand-in] [type=submit]").click()
    drive(page)
    seen["work"] = said_on(page)
    assert plain_words(seen["work"], *FILES) == set()
    assert faults_of_layout(page) == []


def test_a_quiz_that_is_all_right_says_so_in_any_language(
    course: Course, pages: Pages, seen: dict[str, set[str]], tmp_path: Path
) -> None:
    spec = spec_in(course, "practice", tmp_path)
    page = pages.open(write_page(tmp_path, spec, title="Ж"))
    right = {**RIGHT, "a-text": in_other_letters(RIGHT["a-text"])}
    page.evaluate(KEEP, [storage_key(spec.widget_id), answered(right)])
    page.reload()
    page.evaluate("gather(document.documentElement)")
    seen["right"] = said_on(page)
    assert plain_words(seen["right"]) == set()
    assert page.locator(".cwl-q-result").inner_text().count("7") == 3


def test_nearly_every_text_of_the_widgets_was_seen(seen: dict[str, set[str]]) -> None:
    if len(seen) < len(NAMES) + 2:
        pytest.skip("counts what the tests before it have seen")
    folders = ("widgets", "quiz", "timeline", "words", "base", "student-work")
    code = "".join(path.read_text("utf-8") for name in folders for path in (ROOT / "js" / "src" / name).glob("*.ts"))
    forms = [one.id if one.pluralizable else (str(one.id),) for one in messages() if one.id]
    in_code = {json.loads(text) for text in re.findall(r'(?<![\w.])[tn]\(\s*("(?:[^"\\\n]|\\.)*")', code)}
    said = [ways for ways in forms if ways[0] in in_code]
    texts = set().union(*seen.values())
    unseen = [ways[-1] for ways in said if not any(is_among(form, texts) for form in ways)]
    assert len(said) > 300
    assert len(unseen) < 0.2 * len(said), "\n".join(unseen)


def test_a_text_that_is_hard_coded_is_found(course: Course, pages: Pages, tmp_path: Path) -> None:
    page_file = write_page(tmp_path, spec_in(course, "practice", tmp_path), title="Ж")
    script = tmp_path / "_static" / "quiz.page.js"
    text = script.read_text("utf-8")
    assert "Answer first, then check." in text
    # As a text that nobody put into the catalogue.
    script.write_text(text.replace("Answer first, then check.", "Answer it, then check."), "utf-8")
    page = pages.open(page_file)
    page.evaluate(DRIVE, 0)
    assert plain_words(said_on(page)) == {"Answer", "it", "then", "check"}


# --- from right to left --------------------------------------------------------------------------


def test_cards_are_moved_and_matched_by_keys(course: Course, pages: Pages, tmp_path: Path) -> None:
    page = pages.open(write_page(tmp_path, spec_in(course, "practice", tmp_path), title="Ж"))
    page.locator(".cwl-q-link").click()
    cards = page.locator("[data-item=an-order] .cwl-q-card")
    first, second, *rest = cards.evaluate_all("all => all.map((one) => one.dataset.part)")
    cards.first.locator(".cwl-q-move").last.focus()
    page.keyboard.press("ArrowDown")
    assert cards.evaluate_all("all => all.map((one) => one.dataset.part)") == [second, first, *rest]
    page.keyboard.press("Home")
    assert cards.evaluate_all("all => all.map((one) => one.dataset.part)") == [first, second, *rest]
    pair = page.locator("[data-item=a-match] .cwl-q-pair").first
    pair.locator("select").focus()
    page.keyboard.press("ArrowDown")
    assert pair.locator(".cwl-q-slot-text").inner_text() == pair.locator("option:checked").inner_text() != ""


def test_time_runs_from_left_to_right_and_its_keys_with_it(course: Course, pages: Pages, tmp_path: Path) -> None:
    page = pages.open(write_page(tmp_path, spec_in(course, "timeline", tmp_path), title="Ж"), DESKTOP)
    left = "() => document.activeElement.getBoundingClientRect().left"
    page.locator(".cwl-mark:not(.cwl-cluster)").nth(3).focus()
    before = page.evaluate(left)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    after = page.evaluate(left)
    assert after > before
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(left) <= after
    page.keyboard.press("Enter")
    assert page.locator(".cwl-details").is_visible()
    earlier, later = page.locator(".cwl-moves button").all()[:2]
    assert earlier.bounding_box()["x"] < later.bounding_box()["x"]


@pytest.mark.parametrize(("language", "forward"), [(None, "ArrowLeft"), ("en-GB", "ArrowRight")])
def test_the_words_of_the_document_keep_their_own_direction(
    language: str | None, forward: str, course: Course, pages: Pages, tmp_path: Path
) -> None:
    document = course.about.document.model_copy(update={"language": language})
    about = course.about.model_copy(update={"document": document})
    spec = annotate_spec(dataclasses.replace(course, about=about), "l/annotate/p3.s1", ["p3.s1"])
    page = pages.open(write_page(tmp_path, spec, title="Ж"), DESKTOP)
    page.locator(".cwl-w").first.focus()
    page.keyboard.press(forward)
    key = "() => [...document.querySelectorAll('.cwl-w')].indexOf(document.activeElement)"
    assert page.evaluate(key) == 1
    assert page.locator(".cwl-typed-part").first.get_attribute("lang") == language
    assert page.evaluate("getComputedStyle(document.querySelector('.cwl-tag-bar')).direction") == "rtl"


def test_in_a_notebook_a_widget_brings_its_language_along(course: Course, pages: Pages, tmp_path: Path) -> None:
    spec = spec_in(course, "progress", tmp_path)
    page = pages.open(write_page(tmp_path, spec_in(course, "overview", tmp_path), title="Ж"))
    page.evaluate("document.documentElement.removeAttribute('dir')")
    render_in_notebook(page, spec, {"records": {}}, views=1)
    shown = page.locator(".view-0 > .cwl")
    assert (shown.get_attribute("lang"), shown.get_attribute("dir")) == (RIGHT_TO_LEFT, "rtl")
    page.evaluate("gather(document.documentElement)")
    assert plain_words(said_on(page)) == set()
