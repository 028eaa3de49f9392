"""Handing in: one file, checked, that a teacher can mark."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from coldwar_lessons.cli import main
from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.grading.handin import write_hand_in
from coldwar_lessons.grading.records import parse_json, read_hand_in
from tests.grading.hand_ins import RIGHT, hand_in, workbook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "03-gestures.workbook.json").write_text(json.dumps(workbook(RIGHT)), encoding="utf-8")
    (tmp_path / "03-gestures.ipynb").write_text("{}", encoding="utf-8")
    return tmp_path


def test_the_file_holds_the_workbooks_under_the_students_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hand-in", str(folder), "--name", "Ann ../ Çelik", "--number", "7"]) == 0
    path = folder / "coldwar-lessons-Ann-Çelik.json"
    made = read_hand_in(parse_json(path.read_bytes()))
    assert (made.student.name, made.student.number, list(made.workbooks)) == ("Ann ../ Çelik", "7", ["03-gestures"])
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Lesson 3, Gestures: 2 of 15 done; still open: Choose the word before he does; Place the")
    assert "Quiz: What the gestures amount to: questions 3, 4, 5, 6, 7, 8, 9, 10, 11, 12" in said[0]
    assert said[1] == f"Wrote {path}: the work of Ann ../ Çelik, 7. Give this file to your teacher."


def test_what_a_teacher_could_not_read_is_refused_before_it_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "coldwar-lessons-Ann.json"
    path.write_text("the hand-in of last week", encoding="utf-8")
    made = read_hand_in(hand_in())
    with pytest.raises(CourseError, match="cannot be handed in as it is: a text is longer than 100,000"):
        write_hand_in(made.model_copy(update={"version": "x" * 100_001}), path, [])
    assert path.read_text(encoding="utf-8") == "the hand-in of last week"
    assert main(["hand-in", str(folder), "--name", "Ann"]) == 0
    assert list(read_hand_in(parse_json(path.read_bytes())).workbooks) == ["03-gestures"]
    assert "Give this file" in capsys.readouterr().out


def test_a_zip_also_holds_the_notebooks(folder: Path) -> None:
    assert main(["hand-in", str(folder), "--number", "7", "--out", str(folder / "mine.zip")]) == 0
    with zipfile.ZipFile(folder / "mine.zip") as archive:
        assert archive.namelist() == ["hand-in.json", "03-gestures.ipynb"]


def test_nobody_nothing_or_damage_is_said_in_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hand-in", str(folder)]) == 1
    assert "say who hands in" in capsys.readouterr().err
    assert main(["hand-in", str(folder / "missing"), "--name", "Ann"]) == 2
    (folder / "02-after-stalin.workbook.json").write_text("{", encoding="utf-8")
    assert main(["hand-in", str(folder), "--name", "Ann"]) == 1
    said = capsys.readouterr().err
    assert "02-after-stalin.workbook.json: not JSON" in said
    assert len(said.splitlines()) == 2
    empty = folder / "empty"
    empty.mkdir()
    assert main(["hand-in", str(empty), "--name", "Ann"]) == 1
    assert "nothing to hand in" in capsys.readouterr().err
