"""The page "From setting work to giving it back", followed command by command."""

from __future__ import annotations

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from coldwar_lessons.lesson import Lesson
from tests.grading.hand_ins import RIGHT
from tests.marking_desk.desks import serve_desk

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "book" / "ten-minutes.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
ESSAY = "The author finds the gestures real, but small (p3.s8)."


def run(command: str, folder: Path) -> str:
    program, *arguments = shlex.split(command)
    assert program == "coldwar-lessons"
    done = subprocess.run(
        [sys.executable, "-m", "coldwar_lessons", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


def student_works(home: Path, answers: dict[str, str], essay: str) -> None:
    """What a student does in the notebook, whose widgets keep it in the workbook."""
    lesson = Lesson("03-gestures", root=home, folder=home)
    quiz = lesson.quiz("gestures")
    quiz.state = {
        **quiz.state,
        "responses": {item: {"value": value, "checked": True, "attempts": 1} for item, value in answers.items()},
    }
    desk = lesson.write("worth-of-gestures")
    desk.state = {**desk.state, "text": essay}


def test_the_page_can_be_followed_command_by_command(tmp_path: Path) -> None:
    verbs = [command.split()[1] for command in COMMANDS]
    assert verbs == ["assign", "hand-in", "mark", "rubric", "report", "export", "export", "export"]
    assign, hand_in, mark, rubric, report, *exports = COMMANDS

    run(assign, tmp_path)
    students = {"1": ("Ada Byron", RIGHT), "2": ("Tom Paine", {**RIGHT, "gestures-most-important": "a"})}
    (tmp_path / "received").mkdir()
    for number, (name, answers) in students.items():
        home = tmp_path / f"home-{number}"
        shutil.copytree(tmp_path / "week-5", home)
        student_works(home, answers, ESSAY)
        run(hand_in.replace("Ada Byron", name).replace("--number 1", f"--number {number}"), home)
        (made,) = home.glob("coldwar-lessons-*.json")
        shutil.copy(made, tmp_path / "received" / f"{number}.json")

    (roster,) = re.findall(r":caption: roster\.csv\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "roster.csv").write_text(roster, encoding="utf-8")
    assert "2 found = 2 marked" in run(mark, tmp_path)
    assert "2 known already" in run(mark, tmp_path)

    assert rubric == "coldwar-lessons rubric"
    with serve_desk(str(tmp_path / "gradebook.db")) as desk:
        assert desk.url.startswith("http://127.0.0.1:")

    run(report, tmp_path)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert all(name in page for name in ("Ada Byron", "Tom Paine", "Mary Anning"))

    for command in exports:
        run(command, tmp_path)
    with (tmp_path / "grades.csv").open(encoding="utf-8-sig", newline="") as rows:
        grades = {row["name"]: row["gestures"] for row in csv.DictReader(rows)}
    assert grades == {"Ada Byron": "2.0", "Tom Paine": "1.0", "Mary Anning": ""}
    assert (tmp_path / "moodle.csv").stat().st_size > 0
    assert (tmp_path / "grades.xlsx").read_bytes().startswith(b"PK")
