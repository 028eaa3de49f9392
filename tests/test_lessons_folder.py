"""A student's folder: lessons come in, newer ones come when asked for, and nothing the student wrote is overwritten."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from coldwar_lessons import cli
from coldwar_lessons.content.load import content_root
from coldwar_lessons.lessons_folder import bring_lessons

LESSON = "03-gestures.ipynb"


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """The lessons as a package brings them."""
    return shutil.copytree(content_root() / "notebooks", tmp_path / "package", ignore=shutil.ignore_patterns(".*"))


@pytest.fixture
def folder(tmp_path: Path, lessons: Path) -> Path:
    """A student's folder with the lessons in it."""
    list(bring_lessons(lessons, tmp_path / "mine"))
    return tmp_path / "mine"


def edit(path: Path, cell_id: str, text: str | None = None, **more: Any) -> None:
    """Change one cell of a notebook."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = next(cell for cell in notebook["cells"] if cell["id"] == cell_id)
    cell.update({"source": text} if text is not None else {}, **more)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def text_of(path: Path, cell_id: str) -> str:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return next("".join(cell["source"]) for cell in notebook["cells"] if cell["id"] == cell_id)


def done(lessons: Path, folder: Path, *, update: bool = False) -> str:
    """What was said about the one lesson that matters here."""
    return next(str(one) for one in bring_lessons(lessons, folder, update=update) if one.name == LESSON)


def test_the_first_time_every_lesson_is_copied(lessons: Path, tmp_path: Path) -> None:
    brought = list(bring_lessons(lessons, tmp_path / "a" / "new"))
    assert [one.what for one in brought] == ["new"] * 9
    assert (tmp_path / "a" / "new" / LESSON).read_bytes() == (lessons / LESSON).read_bytes()


def test_a_lesson_that_only_ran_is_not_taken_for_changed(lessons: Path, folder: Path) -> None:
    edit(folder / LESSON, "quiz", outputs=[{"output_type": "stream", "name": "stdout", "text": "x"}], execution_count=3)
    assert done(lessons, folder) == f"{LESSON}: as it was"
    edit(lessons / LESSON, "starter", "A better starter.")
    assert "--update brings it" in done(lessons, folder)
    assert "you had changed nothing" in done(lessons, folder, update=True)
    assert text_of(folder / LESSON, "starter") == "A better starter."


def test_what_the_student_wrote_stays_when_new_cells_come(lessons: Path, folder: Path) -> None:
    edit(folder / LESSON, "starter", "My own thoughts.")
    assert "yours, left alone" in done(lessons, folder, update=True)
    edit(lessons / LESSON, "korea", "New words on Korea.")
    assert "around your changes" in done(lessons, folder, update=True)
    assert text_of(folder / LESSON, "starter") == "My own thoughts."
    assert text_of(folder / LESSON, "korea") == "New words on Korea."
    before = next((folder / ".coldwar-lessons").glob("03-gestures.before*.ipynb"))
    assert text_of(before, "starter") == "My own thoughts."
    assert "yours, left alone" in done(lessons, folder, update=True)


def test_where_both_sides_changed_a_cell_the_new_lesson_lies_beside(lessons: Path, folder: Path) -> None:
    edit(folder / LESSON, "starter", "My own thoughts.")
    mine = (folder / LESSON).read_bytes()
    for number, words in enumerate(("A better starter.", "The best starter."), start=1):
        edit(lessons / LESSON, "starter", words)
        beside = "03-gestures.new.ipynb" if number == 1 else "03-gestures.new-2.ipynb"
        assert beside in done(lessons, folder, update=True)
        assert text_of(folder / beside, "starter") == words
        assert (folder / LESSON).read_bytes() == mine


@pytest.mark.parametrize("text", ["", "no notebook", '{"cells": 7}', "[1]"])
def test_a_file_that_is_no_notebook_is_left_alone(lessons: Path, folder: Path, text: str) -> None:
    (folder / LESSON).write_text(text, encoding="utf-8")
    edit(lessons / LESSON, "starter", "A better starter.")
    assert "03-gestures.new.ipynb" in done(lessons, folder, update=True)
    assert (folder / LESSON).read_text(encoding="utf-8") == text


def test_a_folder_that_was_there_before_is_respected(lessons: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / LESSON).write_text('{"cells": []}', encoding="utf-8")
    (tmp_path / "own" / "03-gestures.workbook.json").write_text("{}", encoding="utf-8")
    assert "yours, left alone" in done(lessons, tmp_path / "own")
    assert (tmp_path / "own" / LESSON).read_text(encoding="utf-8") == '{"cells": []}'
    assert (tmp_path / "own" / "03-gestures.workbook.json").read_text(encoding="utf-8") == "{}"


def test_start_says_what_it_did_and_refuses_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    first = CliRunner().invoke(cli.app, ["start", "--no-lab"])
    assert first.exit_code == 0
    assert first.output.startswith("9 new lessons in ")
    assert (tmp_path / "coldwar-lessons" / LESSON).is_file()
    monkeypatch.chdir(tmp_path / "coldwar-lessons")
    assert CliRunner().invoke(cli.app, ["start", "--no-lab"]).output.startswith("No new lessons in ")
    (tmp_path / "file").touch()
    assert cli.main(["start", str(tmp_path / "file")]) == 2
    assert "is a file: name a folder" in capsys.readouterr().err
