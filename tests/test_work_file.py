"""Work that was done in the book goes on in a folder of notebooks: nothing lost, nothing forged, said in a line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coldwar_lessons import Lesson, __version__
from coldwar_lessons.cli import main
from coldwar_lessons.grading.records import COURSE_ID
from coldwar_lessons.workbook import Workbook
from tests.grading.hand_ins import LESSON, QUIZ, RIGHT, as_bytes, hand_in, workbook
from tests.javascript import Module

QUIZ_ID, ESSAY_ID = f"{LESSON}/quiz/{QUIZ}", f"{LESSON}/writing/worth-of-gestures"
OLD, NEW = "2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z"
Load = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A student's folder with a notebook in it; commands run there."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / f"{LESSON}.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def load(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> Load:
    """Load a document from a file; gives the exit code, what was said, and what was complained of."""

    def run(document: Any, *more: str) -> tuple[int, list[str], str]:
        file = tmp_path / "work.json"
        file.write_bytes(document if isinstance(document, bytes) else as_bytes(document))
        code = main(["load", str(file), *more])
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err

    assert folder.is_dir()
    return run


def saved(**workbooks: Any) -> dict[str, Any]:
    """A saved copy: a hand-in that names nobody."""
    return hand_in("", None, workbooks=workbooks)


def essay(text: str, updated: str) -> dict[str, Any]:
    return {"schema": "coldwar-lessons/workbook/2", "course": COURSE_ID, "version": __version__, "lesson": LESSON,
            "updated": updated, "widgets": {ESSAY_ID: {"state": {"text": text}, "updated": updated}}}  # fmt: skip


def kept(folder: Path, lesson: str = LESSON) -> dict[str, Any]:
    return Workbook(lesson, folder).states()


def test_what_the_book_saved_is_there_in_the_notebooks(load: Load, folder: Path, tmp_path: Path) -> None:
    records = {
        QUIZ_ID: {"state": {"seed": 1, "responses": {one: {"value": value} for one, value in RIGHT.items()}},
                  "updated": OLD},
        "01-a-paper-marked-secret/writing/first-look": {"state": {"text": "One."}, "updated": NEW},
        "flashcards": {"state": {"cards": {"term:cabinet": {"due": NEW}}}, "updated": OLD},
    }  # fmt: skip
    book = Module("js/src/student-work/file.ts", tmp_path / "book")
    lessons = [LESSON, "01-a-paper-marked-secret", "flashcards"]
    inventory = {"course": COURSE_ID, "version": __version__, "lessons": []}
    (document,) = book.call("handInOf", [[lessons, records, inventory]])
    code, said, _ = load(document)
    assert code == 0
    assert "Lesson 3, Gestures: 1 piece of work taken from the file." in said
    assert "Flashcards: 1 piece of work taken from the file." in said
    widget = Lesson(LESSON, folder=folder).quiz(QUIZ)
    assert widget.responses == RIGHT
    assert kept(folder, "flashcards")["flashcards"]["cards"]
    # Once more: nothing.
    before = {path: path.read_bytes() for path in folder.glob("*.json")}
    assert load(document)[1][-1] == "There is no work in this file that is not here already; nothing was changed."
    assert {path: path.read_bytes() for path in folder.glob("*.json")} == before


def test_answers_of_both_places_are_put_together(load: Load, folder: Path) -> None:
    Workbook(LESSON, folder).keep(QUIZ_ID, {"seed": 1, "responses": {"gestures-annex": {"value": "b"}}})
    assert load(saved(**{LESSON: workbook(RIGHT)}))[1][0] == (
        "Lesson 3, Gestures: 1 piece of work put together from the file and what was here."
    )
    assert set(kept(folder)[QUIZ_ID]["responses"]) == {"gestures-annex", *RIGHT}


def test_the_newer_text_stays_and_the_other_is_not_lost(load: Load, folder: Path) -> None:
    load(saved(**{LESSON: essay("First.", OLD)}))
    _, said, _ = load(saved(**{LESSON: essay("Second.", NEW)}))
    assert kept(folder)[ESSAY_ID]["text"] == "Second."
    copy = ".coldwar-lessons/03-gestures.before.json"
    assert f"What was here before is kept in {copy}." in said
    assert "First." in (folder / copy).read_text(encoding="utf-8")
    _, said, _ = load(saved(**{LESSON: essay("First.", OLD)}))
    assert said[0].startswith("Lesson 3, Gestures: left as it is here, because it is newer: ")
    assert kept(folder)[ESSAY_ID]["text"] == "Second."


def test_a_kernel_that_runs_meanwhile_loses_nothing_and_undoes_nothing(load: Load, folder: Path) -> None:
    kernel = Workbook(LESSON, folder)
    kernel.keep(QUIZ_ID, {"seed": 1, "responses": {"gestures-annex": {"value": "b"}}})
    load(saved(**{LESSON: workbook(RIGHT)}))
    kernel.keep(QUIZ_ID, {"seed": 1, "responses": {"gestures-annex": {"value": "c"}}})
    responses = kept(folder)[QUIZ_ID]["responses"]
    assert (set(responses), responses["gestures-annex"]["value"]) == ({"gestures-annex", *RIGHT}, "c")


def test_a_workbook_of_one_lesson_can_be_loaded_too(load: Load, folder: Path) -> None:
    assert load(workbook(RIGHT))[0] == 0
    assert set(kept(folder)[QUIZ_ID]["responses"]) == set(RIGHT)


def test_what_belongs_to_no_lesson_is_left_out(load: Load, folder: Path) -> None:
    strange = {**workbook(), "lesson": "99-x", "widgets": {"99-x/quiz/x": {"state": {}, "updated": OLD}}}
    _, said, _ = load(saved(**{LESSON: workbook(RIGHT), "99-x": strange}))
    assert "Left out: 1 piece of work, of no lesson of this course." in said
    assert [path.name for path in folder.glob("*.workbook.json")] == [f"{LESSON}.workbook.json"]


def test_practice_answers_do_not_go_into_a_graded_quiz(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its options have other ids there, so an answer of the book would mean another option.
    settings = tmp_path / "settings.yml"
    settings.write_text(f"quizzes:\n  {QUIZ}:\n    behaviour: graded\n", encoding="utf-8")
    out = tmp_path / "week-5"
    assert main(["assign", "3", "--out", str(out), "--settings", str(settings)]) == 0
    monkeypatch.chdir(out)
    document = workbook(RIGHT)
    document["widgets"] |= essay("Mine.", NEW)["widgets"]
    _, said, _ = load(saved(**{LESSON: document}))
    assert "Left out: 1 piece of work of a graded quiz: it is answered in this folder alone." in said
    assert list(kept(out)) == [ESSAY_ID]


def test_a_wrong_clock_does_not_win_for_ever(load: Load, folder: Path) -> None:
    load(saved(**{LESSON: essay("From the future.", "2999-01-01T00:00:00Z")}))
    assert json.loads((folder / f"{LESSON}.workbook.json").read_bytes())["widgets"][ESSAY_ID]["updated"] < "2999"


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        ({"cells": [], "nbformat": 4}, "no student work"),
        ([1], "no student work"),
        ({**hand_in(), "schema": "coldwar-lessons/hand-in/2"}, "newer version of the course"),
        ({**hand_in(), "course": "versailles"}, "the work of another course, 'versailles'"),
        ({**hand_in(), "workbooks": {LESSON: {**workbook(), "widgets": []}}}, "widgets"),
    ],
)
def test_what_cannot_be_loaded_is_said_in_a_line_and_changes_nothing(
    load: Load, folder: Path, document: Any, says: str
) -> None:
    code, said, complained = load(document)
    assert (code, said) == (1, [])
    assert says in complained
    assert complained.count("\n") == 1
    assert list(folder.glob("*.json")) == []


def test_a_damaged_workbook_is_not_written_over(load: Load, folder: Path) -> None:
    (folder / f"{LESSON}.workbook.json").write_text("{", encoding="utf-8")
    code, _, complained = load(saved(**{LESSON: workbook(RIGHT)}))
    assert code == 1
    assert "03-gestures.workbook.json cannot be read" in complained
    assert (folder / f"{LESSON}.workbook.json").read_text(encoding="utf-8") == "{"


def test_a_folder_without_notebooks_is_not_filled(load: Load, tmp_path: Path) -> None:
    code, _, complained = load(hand_in(), str(tmp_path))
    assert code == 2
    assert "no notebooks in" in complained
    assert list(tmp_path.glob("*.workbook.json")) == []
