"""Marking the same submissions with nbgrader, which runs each notebook, and with ``coldwar-lessons mark``."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from figures import Figure, against

LESSON, QUIZ, TASK = "03-gestures", "gestures", "worth-of-gestures"
PROGRAMS = Path(sys.executable).parent
#: A class, and as many as ``mark`` needs for its own time to show.
CLASS, MANY = 30, 3000
MARKS = "marks.db"


def run(rounds: int) -> list[Figure]:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / "course"
        prepare(course)
        sides: dict[str, list[tuple[float, float]]] = {"mark": [], "run": [], "read": []}
        for number in range(rounds):
            order = list(sides) if number % 2 else list(reversed(sides))
            for side in order:
                sides[side].append(mark(course) if side == "mark" else autograde(course, execute=side == "run"))
    each = {side: [1000 * one for one, _ in times] for side, times in sides.items()}
    whole = {side: [total for _, total in times] for side, times in sides.items()}
    usual = "nbgrader, which runs the notebook"
    return [
        against("mark: a submission", "ms", each["mark"], each["run"], usual, limit=0.001),
        against(f"mark: a class of {CLASS}, whole command", "s", whole["mark"], whole["run"], usual),
        against("nbgrader with our lessons: a submission", "ms", each["read"], each["run"], usual),
        against(
            f"nbgrader with our lessons: a class of {CLASS}, whole command", "s", whole["read"], whole["run"], usual
        ),
    ]


def prepare(course: Path) -> None:
    """Make a course whose students all handed in the same work: a whole quiz and an essay."""
    command("coldwar-lessons", "nbgrader", LESSON, "--course", str(course), cwd=course.parent)
    command("nbgrader", "generate_assignment", LESSON, cwd=course)
    work = course.parent / "work"
    shutil.copytree(course / "release" / LESSON, work)
    subprocess.run([sys.executable, "-c", _WORK], cwd=work, check=True, capture_output=True)
    for number in range(MANY):
        shutil.copytree(work, course / "handed-in" / f"s{number:04}" / LESSON)
    with (course / "roster.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["number", "name"], *([f"s{n:04}", f"Student {n}"] for n in range(MANY))])


#: A student's work, as the browser half would keep it.
_WORK = f"""
from coldwar_lessons import Lesson
from coldwar_lessons.widgets.quiz import key_of
lesson = Lesson({LESSON!r})
quiz = lesson.quiz({QUIZ!r})
values = {{item.id: key_of(item, lesson.course) for item in quiz.spec.quiz.items}}
quiz.state = {{**quiz.state, "responses": {{name: {{"value": value}} for name, value in values.items()}}}}
lesson.write({TASK!r}).state = {{"text": "The verdict of p3.s8 is fair. " * 40}}
"""


def mark(course: Path) -> tuple[float, float]:
    """Seconds that ``coldwar-lessons mark`` takes for one submission more, and for a class with its own start."""
    times = {}
    for count in (1, CLASS, MANY):
        hand_in(course, count)
        (course / MARKS).unlink(missing_ok=True)
        marking = ["mark", "submitted", "--roster", "roster.csv", "--db", MARKS]
        times[count] = timed("coldwar-lessons", *marking, cwd=course)
    return (times[MANY] - times[1]) / (MANY - 1), times[CLASS]


def autograde(course: Path, *, execute: bool) -> tuple[float, float]:
    """The same for ``nbgrader autograde``."""
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text().replace("configure(c, execute=True)", "configure(c)"))
    if execute:
        config.write_text(config.read_text().replace("configure(c)", "configure(c, execute=True)"))
    times = {}
    for count in (1, CLASS):
        hand_in(course, count)
        shutil.rmtree(course / "autograded", ignore_errors=True)
        times[count] = timed("nbgrader", "autograde", LESSON, cwd=course)
    return (times[CLASS] - times[1]) / (CLASS - 1), times[CLASS]


def hand_in(course: Path, count: int) -> None:
    """Let so many students have handed in."""
    shutil.rmtree(course / "submitted", ignore_errors=True)
    (course / "submitted").mkdir()
    for folder in sorted((course / "handed-in").iterdir())[:count]:
        shutil.copytree(folder, course / "submitted" / folder.name)


def timed(program: str, *arguments: str, cwd: Path) -> float:
    """Seconds by the clock."""
    begun = time.perf_counter()
    command(program, *arguments, cwd=cwd)
    return time.perf_counter() - begun


def command(program: str, *arguments: str, cwd: Path) -> Any:
    """Run a program of this environment.

    Raises
    ------
    SystemExit
        If it fails, with what it said.
    """
    environment = {**os.environ, "JUPYTER_DATA_DIR": str(cwd / ".jupyter-data")}
    done = subprocess.run(
        [PROGRAMS / program, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{program} {json.dumps(arguments)}: {done.stdout[-800:]}{done.stderr[-800:]}")
