"""Student work in the book: counted, kept, saved as a file, loaded again, handed in and marked."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from coldwar_lessons.cli import main
from coldwar_lessons.content.inventory import course_inventory
from coldwar_lessons.content.load import load_course
from coldwar_lessons.grading.records import parse_json, read_hand_in
from coldwar_lessons.markup import Element
from coldwar_lessons.widgets.progress import progress_spec
from coldwar_lessons.workbook import Workbook
from tests.browser.conftest import Visit
from tests.browser.harness import axe_violations, storage_key
from tests.browser.hosts import kept_state, small_targets
from tests.grading.hand_ins import RIGHT, workbook

pytestmark = [pytest.mark.browser, pytest.mark.book]

LESSON = "03-gestures"
QUIZ = f"{LESSON}/quiz/gestures"
ESSAY = f"{LESSON}/writing/worth-of-gestures"
PAGE, PROGRESS = f"notebooks/{LESSON}.html", "book/progress.html"
LONG_AGO, LATER = "2026-01-01T10:00:00Z", "2026-02-01T10:00:00Z"


def line(page: Any) -> str:
    return " ".join(page.locator(".work-line").inner_text().split())


def wait_for_line(page: Any, beginning: str) -> None:
    page.locator(".work-line").filter(has_text=re.compile(f"^{re.escape(beginning)}")).wait_for()


def answer(page: Any, item: str, option: str) -> None:
    """Answer an item as a student does, and check it."""
    page.locator(".cwl-quiz-bar").get_by_role("button", name="Show all questions").or_(
        page.locator(".cwl-quiz-bar").get_by_role("button", name="One at a time")
    ).wait_for()
    if not page.locator(f'[data-item="{item}"]').is_visible():
        page.get_by_role("button", name="Show all questions").click()
    field = page.locator(f'[data-item="{item}"]')
    field.locator(f'input[value="{option}"]').check()
    field.get_by_role("button", name="Check", exact=True).click()


def write(page: Any, text: str) -> None:
    page.locator(".cwl-wd-text").fill(text)
    page.locator(".cwl-wd-text").blur()


def put(page: Any, widget: str, state: dict[str, Any], updated: str = LONG_AGO) -> None:
    """Keep a record as if it had been made before, and let the page see it."""
    page.evaluate(
        "([key, text]) => { localStorage.setItem(key, text); dispatchEvent(new CustomEvent('cwl-work')); }",
        [storage_key(widget), json.dumps({"state": state, "updated": updated})],
    )


def said(page: Any, text: str) -> Any:
    found = page.locator(".work-said", has_text=text)
    found.wait_for()
    return found


def load(page: Any, file: Path) -> None:
    page.locator("input[type=file]").set_input_files(file)


def downloaded(page: Any, act: Callable[[], None], folder: Path) -> Path:
    with page.expect_download() as download:
        act()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.fixture
def worked(visit: Visit) -> Any:
    """A browser in which somebody has worked on lesson 3: the lesson's page."""
    page = visit.page(PAGE, accept_downloads=True)
    for item, option in RIGHT.items():
        answer(page, item, option)
    write(page, "word " * 70)
    page.wait_for_function(f"localStorage.getItem('{storage_key(ESSAY)}')")
    return page


# --- counted ---------------------------------------------------------------------------------------


def test_the_lesson_says_quietly_how_much_is_done(visit: Visit) -> None:
    page = visit.page(PAGE)
    assert line(page) == "15 steps, none begun · saved in this browser · Save or load"
    answer(page, "gestures-annex", "c")
    wait_for_line(page, "1 of 15 done · saved")
    page.locator(".work-line a").click()
    page.wait_for_url("**/progress.html")
    row = page.locator(f'.cwl-progress [data-lesson="{LESSON}"]')
    assert row.locator("> .cwl-prog-said").inner_text() == "1 of 15 done"
    onward = page.locator(".cwl-prog-next a")
    assert onward.inner_text() == "lesson 3, Gestures: Choose the word before he does"
    row.locator("summary").click()
    row.get_by_role("link", name="Question 2").click()
    page.wait_for_url(f"**/{PAGE}#03-gestures-quiz-gestures-gestures-leaving-off")
    assert page.locator('[data-item="gestures-leaving-off"]').is_visible()


def shown_text(tree: Element) -> list[str]:
    """Every text of the checklist in order, as the browser's text nodes have it."""
    classes = dict(tree.attributes).get("class", "").split()
    if "cwl-static" in classes or "hidden" in dict(tree.attributes):
        return []
    texts: list[str] = []
    after_text = False
    for child in tree.children:
        if isinstance(child, str):
            # Texts that stand side by side are one.
            texts[-1:] = [texts[-1] + child] if after_text else [*texts[-1:], child]
        else:
            texts += shown_text(child)
        after_text = isinstance(child, str)
    return [text for text in texts if text.strip()]


def test_the_page_says_the_same_words_as_a_notebook(visit: Visit) -> None:
    responses = {
        "gestures-most-important": {"value": "a", "checked": True, "attempts": 1, "score": 0},
        "gestures-annex": {"value": "a", "checked": True, "attempts": 1, "score": 1},
    }
    states: dict[str, dict[str, Any]] = {
        QUIZ: {"responses": responses},
        ESSAY: {"text": "One word."},
        f"{LESSON}/white-out/white-out-gestures": {"choices": {"weight": "x"}},
        "05-testing-the-situation/words-of-doubt/words-of-doubt": {"compared": True},
    }
    page = visit.page(PROGRESS)
    for name, state in states.items():
        put(page, name, state, LATER if name == QUIZ else LONG_AGO)
    times = {name: LATER if name == QUIZ else LONG_AGO for name in states}
    records = {name: {"state": state, "updated": times[name]} for name, state in states.items()}
    tree = progress_spec(course_inventory(load_course()), records, "progress", alone=False).tree
    texts = page.locator(".cwl-progress").evaluate(
        """(root) => {
          const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
          const texts = [];
          while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('[hidden], .cwl-static'))
            texts.push(walker.currentNode.data);
          return texts.filter((text) => text.trim());
        }"""
    )
    assert texts == shown_text(tree)


def test_without_scripts_and_on_paper_it_is_a_checklist(visit: Visit) -> None:
    page = visit.page(PROGRESS, java_script_enabled=False)
    page.emulate_media(media="print")
    assert page.get_by_text("Place the events in time").first.is_visible()
    assert page.locator(".cwl-prog-box").count() == sum(len(one.tasks) for one in course_inventory(load_course()))
    assert not page.locator(".work-desk").first.is_visible()


def test_it_weighs_little_and_only_where_it_is_used(visit: Visit, book: Path) -> None:
    own = {"progress.page.js", "work.css", "inventory.js"}

    def asked(path: str) -> set[str]:
        page = visit.watched(visit.context())
        names: set[str] = set()
        page.on("request", lambda request: names.add(urlsplit(request.url).path.rsplit("/", 1)[-1]))
        page.goto(visit.url + path)
        return names & own

    assert [asked(path) for path in (PAGE, PROGRESS, "book/the-paper.html", "index.html")] == [own, own, set(), set()]
    static = book / "_static"
    code = [static / "widgets" / "progress.page.js", static / "widgets" / "work.css"]
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in code) <= 10_000
    assert len(gzip.compress((static / "inventory.js").read_bytes(), 9)) <= 3_500


# --- kept ------------------------------------------------------------------------------------------


def test_two_tabs_lose_nothing(visit: Visit) -> None:
    context = visit.context()
    deaf, other = visit.watched(context), visit.watched(context)
    # The first tab never hears of the second: what it writes must be put together with what is there.
    deaf.add_init_script("addEventListener('storage', (event) => event.stopImmediatePropagation(), true)")
    for page in (deaf, other):
        page.goto(visit.url + PAGE)
    answer(other, "gestures-annex", "c")
    answer(deaf, "gestures-most-important", "c")
    answer(deaf, "gestures-leaving-off", "a")
    wait_for_line(other, "3 of 15 done")
    answer(other, "gestures-two-lists", "a")
    assert sorted(kept_state(deaf, QUIZ)["responses"]) == [
        "gestures-annex", "gestures-leaving-off", "gestures-most-important", "gestures-two-lists",
    ]  # fmt: skip
    # The other tab showed at once what was done in the first.
    assert other.locator('[data-item="gestures-leaving-off"] input[value="a"]').is_checked()


def test_work_kept_before_it_had_times_is_taken_over(visit: Visit) -> None:
    page = visit.page(PAGE)
    old = {"seed": 3, "mode": "all", "responses": {"gestures-annex": {"value": "c", "checked": True, "attempts": 1}}}
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"coldwar-lessons/1/{QUIZ}", json.dumps(old)])
    page.reload()
    assert line(page).startswith("1 of 15 done")
    assert kept_state(page, QUIZ) == old
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('coldwar-lessons/1/'))") == []


FORBIDDEN = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"


def test_a_browser_that_keeps_nothing_is_reported_and_the_work_can_be_saved(visit: Visit, tmp_path: Path) -> None:
    context = visit.context(accept_downloads=True)
    context.add_init_script(FORBIDDEN)
    page = visit.watched(context)
    page.goto(visit.url + PAGE)
    assert "not saved: this browser lets pages keep nothing. Save your work as a file" in line(page)
    answer(page, "gestures-annex", "c")
    wait_for_line(page, "1 of 15 done · not saved")
    assert page.locator(".cwl-quiz .cwl-saved").inner_text().startswith("Not saved")
    path = downloaded(page, lambda: page.get_by_role("button", name="Save this lesson as a file").click(), tmp_path)
    assert path.name == f"{LESSON}.workbook.json"
    page.reload()
    assert line(page).startswith("15 steps, none begun")
    load(page, path)
    said(page, "1 piece of work taken from the file. This browser does not let pages keep anything")
    wait_for_line(page, "1 of 15 done")
    assert page.locator('[data-item="gestures-annex"] input[value="c"]').is_checked()


def test_a_full_store_is_reported_and_changes_nothing(visit: Visit, tmp_path: Path) -> None:
    page = visit.page(PAGE, accept_downloads=True)
    answer(page, "gestures-annex", "c")
    page.evaluate(
        """() => {
          for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2))
            for (let n = 0; n < 3; n += 1) try {
              localStorage.setItem(`filler-${size}-${n}`, 'x'.repeat(size));
            } catch {}
        }"""
    )
    before = kept_state(page, QUIZ)
    answer(page, "gestures-two-lists", "a")
    wait_for_line(page, "2 of 15 done · not saved: this browser has no room left")
    assert kept_state(page, QUIZ) == before
    path = downloaded(page, lambda: page.get_by_role("button", name="Save this lesson as a file").click(), tmp_path)
    saved = json.loads(path.read_bytes())["widgets"][QUIZ]["state"]["responses"]
    assert sorted(saved) == ["gestures-annex", "gestures-two-lists"]
    # With room again, all is kept at the next change.
    page.evaluate(
        "for (const key of Object.keys(localStorage)) if (key.startsWith('filler')) localStorage.removeItem(key)"
    )
    answer(page, "gestures-most-important", "c")
    wait_for_line(page, "3 of 15 done · saved in this browser")
    assert len(kept_state(page, QUIZ)["responses"]) == 3


# --- saved and loaded --------------------------------------------------------------------------------


def test_saved_taken_out_and_loaded_again(worked: Any, visit: Visit, tmp_path: Path) -> None:
    page = worked
    before = {name: kept_state(page, name) for name in (QUIZ, ESSAY)}
    page.goto(visit.url + PROGRESS)
    path = downloaded(page, lambda: page.get_by_role("button", name="Save my work").click(), tmp_path)
    assert path.name == "coldwar-lessons-my-work.json"
    copy = read_hand_in(parse_json(path.read_bytes()))
    assert (copy.student.name, copy.student.number, list(copy.workbooks)) == ("", None, [LESSON])

    page.get_by_label("Start again with").select_option("all lessons")
    page.get_by_role("button", name="Start again …").click()
    assert "Save it first if you may want it back." in page.locator(".work-sure").inner_text()
    page.get_by_role("button", name="Take it out").click()
    cleared = said(page, "What you did in all lessons is taken out")
    assert kept_state(page, QUIZ) is None
    assert "none begun" in page.locator(f'.cwl-progress [data-lesson="{LESSON}"]').inner_text()
    cleared.get_by_role("button", name="Undo").click()
    said(page, "Undone")
    assert {name: kept_state(page, name) for name in (QUIZ, ESSAY)} == before
    page.get_by_role("button", name="Start again …").click()
    page.get_by_role("button", name="Take it out").click()
    said(page, "What you did in all lessons is taken out")

    load(page, path)
    said(page, "2 pieces of work taken from the file.")
    assert {name: kept_state(page, name) for name in (QUIZ, ESSAY)} == before
    load(page, path)
    said(page, "There is no work in this file that is not here already; nothing was changed. 2 pieces of work the same")
    page.goto(visit.url + PAGE)
    assert line(page).startswith("2 of 15 done")
    assert page.locator(".cwl-wd-text").input_value() == before[ESSAY]["text"]

    # The same file goes into a folder of notebooks.
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / f"{LESSON}.ipynb").write_text("{}", encoding="utf-8")
    assert main(["load", str(path), str(folder)]) == 0
    states = Workbook(LESSON, folder).states()
    assert {name: states[name] for name in (QUIZ, ESSAY)} == before


def test_loading_keeps_what_is_newer_says_so_and_shows_it_at_once(visit: Visit, tmp_path: Path) -> None:
    page = visit.page(PAGE)
    put(page, ESSAY, {"text": "Mine, newer"}, LATER)
    put(
        page,
        QUIZ,
        {"seed": 1, "mode": "all", "responses": {"gestures-annex": {"value": "c", "checked": True}}},
        LONG_AGO,
    )
    file = tmp_path / "brought.json"
    brought = workbook(RIGHT, text="From the file, older", updated="2026-01-15T10:00:00Z")
    file.write_text(json.dumps(brought), encoding="utf-8")
    page.get_by_role("button", name="Save or load").click()
    load(page, file)
    done = said(page, "1 piece of work put together from the file and what was here.")
    assert "Left as it is here, because it is newer: lesson 3, ‘Write 120 to 180 words’." in done.inner_text()
    assert page.locator(".cwl-wd-text").input_value() == "Mine, newer"
    assert page.locator('[data-item="gestures-most-important"] input[value="c"]').is_checked()
    assert sorted(kept_state(page, QUIZ)["responses"]) == sorted([*RIGHT, "gestures-annex"])
    done.get_by_role("button", name="Undo").click()
    said(page, "Undone")
    assert sorted(kept_state(page, QUIZ)["responses"]) == ["gestures-annex"]
    assert not page.locator('[data-item="gestures-most-important"] input[value="c"]').is_checked()

    file.write_text(json.dumps({**brought, "course": "versailles"}), encoding="utf-8")
    load(page, file)
    said(page, "This file is the work of another course.")
    file.write_text("{", encoding="utf-8")
    load(page, file)
    said(page, "This file is damaged, or no file of student work")
    assert sorted(kept_state(page, QUIZ)["responses"]) == ["gestures-annex"]


def test_it_all_works_from_the_disk(visit: Visit, book: Path, tmp_path: Path) -> None:
    page = visit.watched(visit.context(accept_downloads=True))
    page.goto((book / PAGE).as_uri())
    answer(page, "gestures-annex", "c")
    page.locator(".work-line a").click()
    page.wait_for_url("**/progress.html")
    path = downloaded(page, lambda: page.get_by_role("button", name="Save my work").click(), tmp_path)
    page.evaluate("localStorage.clear()")
    page.goto((book / PAGE).as_uri())
    page.get_by_role("button", name="Save or load").click()
    load(page, path)
    said(page, "1 piece of work taken from the file.")
    wait_for_line(page, "1 of 15 done")


# --- handed in -----------------------------------------------------------------------------------------


def grades(file: Path, folder: Path) -> list[dict[str, str]]:
    """What a teacher gets of a hand-in, by the real commands."""
    roster, database, table = folder / "roster.csv", folder / "grades.db", folder / "grades.csv"
    roster.write_text("number,name\n7,Ann Çelik\n8,Ben\n", encoding="utf-8")
    assert main(["mark", str(file), "--roster", str(roster), "--db", str(database)]) == 0
    assert main(["export", str(table), "--db", str(database)]) == 0
    with table.open(encoding="utf-8-sig", newline="") as rows:
        return list(csv.DictReader(rows))


def test_a_teacher_marks_what_the_book_hands_in(worked: Any, visit: Visit, tmp_path: Path) -> None:
    page = worked
    page.goto(visit.url + PROGRESS)
    row = page.locator(f'form [data-lesson="{LESSON}"]')
    assert "still open: Choose the word before he does" in row.inner_text()
    assert "question 3" not in row.inner_text().split("questions", 1)[0]
    assert row.get_by_role("checkbox").is_checked()
    assert page.locator('form [data-lesson="01-a-paper-marked-secret"] input').is_disabled()
    button = page.get_by_role("button", name="Make the hand-in file")
    button.click()
    assert "Give a name, a number, or both" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Your name").evaluate(
        "(field) => field === document.activeElement && field.ariaInvalid === 'true'"
    )
    page.get_by_label("Your name").fill("Ann Çelik")
    path = downloaded(page, button.click, tmp_path)
    assert path.name == "coldwar-lessons-Ann-Çelik.json"
    told = said(page, "Give this file to your teacher.").inner_text()
    assert "the work of Ann Çelik in lesson 3; 13 steps are still open" in told
    scores = {row["name"]: row for row in grades(path, tmp_path)}
    assert list(scores) == ["Ann Çelik", "Ben"], "who has not handed in has a line too"
    assert any(float(value) == 2 for key, value in scores["Ann Çelik"].items() if "gestures" in key and value), scores


def test_handing_in_by_keys_alone(worked: Any, visit: Visit, tmp_path: Path) -> None:
    page = worked
    page.goto(visit.url + PROGRESS + "#hand-in")
    page.get_by_role("button", name="Load my work").focus()
    while page.evaluate("document.activeElement.id") != "hand-in-name":
        page.keyboard.press("Tab")
    for field, text in (("Your name", ""), ("Your student number", "7"), ("Your class", "10b")):
        focused = page.evaluate("document.activeElement.labels[0].textContent")
        assert focused.startswith(field)
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_role("alert").inner_text() == "Tick at least one lesson."
    page.keyboard.press("Space")
    path = downloaded(page, lambda: page.keyboard.press("Enter"), tmp_path)
    assert path.name == "coldwar-lessons-7.json"
    made = read_hand_in(parse_json(path.read_bytes()))
    assert (made.student.name, made.student.number, made.class_) == ("", "7", "10b")


def test_everybody_can_use_it(worked: Any, visit: Visit) -> None:
    context = visit.context(bypass_csp=True, reduced_motion="reduce", storage_state=worked.context.storage_state())
    for path in (PAGE, PROGRESS):
        page = visit.watched(context)
        page.goto(visit.url + path)
        if path == PAGE:
            page.get_by_role("button", name="Save or load").click()
        else:
            page.locator("summary").nth(2).click()
            page.get_by_label("Start again with").select_option(LESSON)
            page.get_by_role("button", name="Start again …").click()
            assert page.evaluate("document.activeElement.parentElement.className") == "work-sure"
            page.get_by_role("button", name="Make the hand-in file").click()
        light = axe_violations(page)
        page.emulate_media(color_scheme="dark")
        page.wait_for_function("() => document.documentElement.dataset.theme === 'dark'")
        assert (light, axe_violations(page)) == ([], [])
        assert small_targets(page, ":is(.work, .work-desk, .cwl-progress) :is(button, select, summary, ol a)") == []
