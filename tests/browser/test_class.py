"""A class of thirty: students work in the book and in JupyterLab and hand in; a teacher assigns, marks and exports.

Every expected score below was worked out by hand from the answers beside it, not by the program.
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from coldwar_lessons.cli import main
from tests.browser.conftest import Visit
from tests.browser.lab import jupyterlab, open_notebook, run_all

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.lab]

LESSON = "03-gestures"
ESSAY = "The gestures cost Moscow little (p3.s8). <script>document.title='hacked'</script> =1+1 “so far”"


@dataclass(frozen=True)
class Profile:
    """What one kind of student answers, item by item, and what that is worth: one point an item, parts counted."""

    ticked: dict[str, tuple[str, ...]]
    matched: dict[str, str]
    typed: str
    score: float


MATCH, TYPED = "gestures-what-they-undo", "gestures-other-noun"
PROFILES = (
    # Everything right: 1 + 1 + 1 + 1 + 1 + 1.
    Profile(
        {
            "gestures-most-important": ("c",),
            "gestures-deeds-and-aims": ("p3.s6",),
            "gestures-room-for-more": ("b", "d"),
            "gestures-annex": ("b",),
        },
        {"p1": "b", "p2": "e", "p3": "a", "p4": "d"},
        "gesture",
        6.0,
    ),
    # 1, then the wrong sentence 0, one of two words 1/2, 1, two of four pairs 2/4, the other noun 0.
    Profile(
        {
            "gestures-most-important": ("c",),
            "gestures-deeds-and-aims": ("p3.s8",),
            "gestures-room-for-more": ("b",),
            "gestures-annex": ("b",),
        },
        {"p1": "b", "p2": "e", "p3": "d", "p4": "a"},
        "steps",
        3.0,
    ),
    # Hindsight 0, 1, two right less one wrong of two 1/2, 0, 1, the plural in capitals 1.
    Profile(
        {
            "gestures-most-important": ("a",),
            "gestures-deeds-and-aims": ("p3.s6",),
            "gestures-room-for-more": ("a", "b", "d"),
            "gestures-annex": ("a",),
        },
        {"p1": "b", "p2": "e", "p3": "a", "p4": "d"},
        "  GESTURES ",
        3.5,
    ),
    # Guesses: 0, one right less one wrong 0, two wrong 0 and not less, 0, 0, 0.
    Profile(
        {
            "gestures-most-important": ("d",),
            "gestures-deeds-and-aims": ("p3.s6", "p3.s8"),
            "gestures-room-for-more": ("a", "c"),
            "gestures-annex": ("c",),
        },
        {"p1": "d", "p2": "a", "p3": "b", "p4": "e"},
        "things",
        0.0,
    ),
    # Left early: 1 + 1.
    Profile({"gestures-most-important": ("c",), "gestures-annex": ("b",)}, {}, "", 2.0),
)
CLASS = [(str(number), f"Student {number:02}", PROFILES[(number - 1) % 5]) for number in range(1, 31)]
#: Three of the thirty have JupyterLab; among them they are of three kinds.
IN_THE_LAB = CLASS[27:]
IN_THE_BOOK = CLASS[:27]


def do_the_lesson(page: Any, profile: Profile, essay: str) -> None:
    """Answer the quiz and write, by mouse and keys, as the page stands."""
    page.get_by_role("button", name="Show all questions").click()
    for item, options in profile.ticked.items():
        field = page.locator(f'[data-item="{item}"]')
        for option in options:
            field.locator(f'input[value="{option}"]').check()
        field.get_by_role("button", name="Check", exact=True).click()
    for premise, option in profile.matched.items():
        page.locator(f'[data-item="{MATCH}"] [data-part="{premise}"] select').select_option(option)
    if profile.matched:
        page.locator(f'[data-item="{MATCH}"]').get_by_role("button", name="Check", exact=True).click()
    if profile.typed:
        page.locator(f'[data-item="{TYPED}"] input').fill(profile.typed)
        page.locator(f'[data-item="{TYPED}"]').get_by_role("button", name="Check", exact=True).click()
    if essay:
        page.locator(".cwl-wd-text").fill(essay)
        page.locator(".cwl-wd-text").blur()


def hand_in_from_the_book(visit: Visit, number: str, name: str, profile: Profile, folder: Path) -> None:
    context = visit.context(accept_downloads=True)
    page = visit.watched(context)
    page.goto(f"{visit.url}notebooks/{LESSON}.html")
    do_the_lesson(page, profile, ESSAY if profile.typed else "")
    page.goto(f"{visit.url}book/progress.html#hand-in")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your student number").fill(number)
    page.get_by_label("Your class").fill("12B")
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the hand-in file").click()
    download.value.save_as(folder / f"{number}.json")
    context.close()


def hand_in_from_the_lab(page: Any, address: str, home: Path, number: str, name: str, profile: Profile) -> None:
    open_notebook(page, address, f"{home.name}/{LESSON}.ipynb")
    run_all(page)
    page.locator(".cwl-quiz").first.scroll_into_view_if_needed()
    page.locator(".cwl-quiz.cwl-live").first.wait_for()
    do_the_lesson(page, profile, ESSAY if profile.typed else "")
    page.locator(".cwl-quiz .cwl-saved", has_text=f"Saved in {LESSON}.workbook.json").first.wait_for()
    if profile.typed:
        page.locator(".cwl-writing .cwl-saved", has_text=f"Saved in {LESSON}.workbook.json").first.wait_for()
    assert main(["hand-in", str(home), "--number", number, "--name", name]) == 0


@pytest.fixture(scope="module")
def assigned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class") / "assigned"
    due = "2999-01-01T12:00Z"
    assert main(["assign", LESSON, "--out", str(folder), "--class", "12B", "--due", due]) == 0
    return folder


@pytest.fixture(scope="module")
def gradebook(chromium: Any, book_url: str, assigned: Path) -> Path:
    """The whole class hands in; a teacher marks it."""
    base = assigned.parent
    received = base / "received"
    received.mkdir(exist_ok=True)
    visit = Visit(chromium, book_url)
    for number, name, profile in IN_THE_BOOK:
        hand_in_from_the_book(visit, number, name, profile, received)
    visit.close()
    assert visit.faults == []

    (base / "state").mkdir(exist_ok=True)
    homes = {number: base / "homes" / f"home-{number}" for number, _, _ in IN_THE_LAB}
    for home in homes.values():
        shutil.copytree(assigned, home, dirs_exist_ok=True)
    with jupyterlab(base / "homes", base / "state") as address:
        page = chromium.new_page(viewport={"width": 1280, "height": 1200})
        page.set_default_timeout(90_000)
        for number, name, profile in IN_THE_LAB:
            hand_in_from_the_lab(page, address, homes[number], number, name, profile)
        page.context.close()
    for number, home in homes.items():
        (made,) = home.glob("coldwar-lessons-*.json")
        shutil.copy(made, received / f"{number}.json")

    roster = "".join(f"{number},{name}\n" for number, name, _ in CLASS)
    (base / "roster.csv").write_text(f"number,name\n{roster}", encoding="utf-8")
    return mark(base, assigned)


def mark(base: Path, assigned: Path) -> Path:
    database = base / "gradebook.db"
    arguments = ["--roster", str(base / "roster.csv"), "--db", str(database), "--assignment", str(assigned)]
    assert main(["mark", str(base / "received"), *arguments]) == 0
    return database


def test_thirty_students_get_the_scores_that_their_answers_are_worth(gradebook: Path, tmp_path: Path) -> None:
    assert main(["export", str(tmp_path / "grades.csv"), "--db", str(gradebook)]) == 0
    with (tmp_path / "grades.csv").open(encoding="utf-8-sig", newline="") as rows:
        grades = {row["number"]: row for row in csv.DictReader(rows)}
    assert {number: float(row["gestures"]) for number, row in grades.items()} == {
        number: profile.score for number, _, profile in CLASS
    }


def test_marking_again_adds_nothing(gradebook: Path, assigned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mark(gradebook.parent, assigned)
    assert "30" in capsys.readouterr().out


def test_the_report_says_what_the_class_understood(chromium: Any, gradebook: Path, tmp_path: Path) -> None:
    assert main(["report", "--db", str(gradebook), "--out", str(tmp_path / "report.html")]) == 0
    page = chromium.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    assert page.title() == "All lessons · Report", "no text of a student runs"
    words = " ".join((page.locator("body").text_content() or "").split())
    # Six of each kind: (6 + 3 + 3.5 + 0 + 2) / 5 points on average; 18 of 30 were right in the first question.
    assert "2.9 of 6" in words
    assert "Difficulty 0.60" in words
    assert "Everybody has handed in." in words
    guessers = [name for _, name, profile in CLASS if profile.score == 0]
    needing_help = page.locator("section", has=page.locator("#help")).last.inner_text()
    assert [name for _, name, _ in CLASS if name in needing_help] == guessers
    page.close()
