"""A whole round with the real nbgrader, from the lesson to the feedback: ``make nbgrader-demo`` shows it.

Three students hand in lesson 3. Ann has everything right, Bob half of it and no essay, Eve cheats.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from coldwar_lessons.content.items import ChoiceItem, Item, MatchItem, PlaceEventItem, ShortTextItem
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.grading.scoring import right_slots

ROOT = Path(__file__).resolve().parents[2]
LESSON, QUIZ, TASK = "03-gestures", "gestures", "worth-of-gestures"
STUDENTS = ("ann", "bob", "eve")
#: Programs stand beside Python.
PROGRAMS = Path(sys.executable).parent
ESSAY = "The verdict is fair.\n\nFirst, <b>Korea</b>: “so far” leaves *room*."
HOSTILE = "<script>document.title = 'owned'</script>\n\n[x](javascript:alert(1)) $\\href{javascript:alert(1)}{x}$"
#: What a cheat runs in a kernel before the test cell: every score becomes the best, and a file tells that it ran.
CHEAT = """\
import coldwar_lessons.grading.scoring as scoring
scoring.score_response = lambda *_: 1.0
open("ran.txt", "w").write("ran")"""


@dataclass(frozen=True)
class Class:
    """Folders of one class: the teacher's course, the exchange, and a home for each student."""

    base: Path

    @property
    def course(self) -> Path:
        return self.base / "course"

    @property
    def exchange(self) -> Path:
        return self.base / "exchange"

    def home(self, student: str) -> Path:
        return self.base / "homes" / student

    def work(self, student: str) -> Path:
        """Where a student keeps the fetched assignment."""
        return self.home(student) / LESSON


def run(program: str, *arguments: str, cwd: Path) -> str:
    """Run a program of this environment, at home in ``cwd``; what it says is shown and returned.

    Raises
    ------
    RuntimeError
        If it fails.
    """
    print(f"$ {program} {' '.join(arguments)}", flush=True)
    environment = {**os.environ, "JUPYTER_DATA_DIR": str(cwd / ".jupyter-data")}
    done = subprocess.run(
        [PROGRAMS / program, *arguments],
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{program} {' '.join(arguments)}:\n{done.stdout}")
    return done.stdout


def for_each_student(step: Callable[[str], object]) -> None:
    """Let the students do something at the same time."""
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(step, STUDENTS))


def set_up(base: Path) -> Class:
    """Make the course, and homes whose settings name the course and the exchange."""
    made = Class(base)
    made.exchange.mkdir(parents=True)
    made.exchange.chmod(0o777)
    run("coldwar-lessons", "nbgrader", LESSON, "--course", str(made.course), cwd=base)
    exchange = f"\nc.Exchange.root = {str(made.exchange)!r}\n"
    with (made.course / "nbgrader_config.py").open("a") as config:
        config.write(exchange)
    for student in STUDENTS:
        made.home(student).mkdir(parents=True)
        settings = (
            f"c = get_config()\nc.CourseDirectory.course_id = 'c53-187'\nc.CourseDirectory.student_id = {student!r}"
        )
        (made.home(student) / "nbgrader_config.py").write_text(settings + exchange)
    rows = "".join(f"{student},{student.title()}\n" for student in STUDENTS)
    (made.course / "roster.csv").write_text(f"number,name\n{rows}")
    return made


def release(made: Class) -> None:
    """Release the assignment, and let every student fetch it."""
    run("nbgrader", "generate_assignment", LESSON, cwd=made.course)
    run("nbgrader", "release_assignment", LESSON, cwd=made.course)
    for_each_student(lambda student: run("nbgrader", "fetch_assignment", LESSON, cwd=made.home(student)))


def right_answer(item: Item, course: Course) -> Any:
    """The key, in the form of a response."""
    if isinstance(item, ChoiceItem):
        return item.key
    if isinstance(item, ShortTextItem):
        return item.key[0]
    if isinstance(item, MatchItem):
        return dict(item.key)
    if isinstance(item, PlaceEventItem):
        return {event: min(allowed) for event, allowed in right_slots(item, course).items()}
    return list(item.key)  # type: ignore[union-attr]  # an extended text has no key, and lesson 3 has none


def half_right(item: Item, course: Course) -> Any:
    """A response that earns a part of the points, or none."""
    right = right_answer(item, course)
    if isinstance(right, list):
        return right[:-1]
    if isinstance(right, dict):
        return dict(list(right.items())[:-1])
    return "x"


def do_lesson(folder: Path, responses: dict[str, Any], essay: str) -> None:
    """Run the fetched notebook in a kernel, answer the quiz and write, as the widgets' browser half does."""
    path = folder / f"{LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    entries = {name: {"value": value, "attempts": 1} for name, value in responses.items()}
    answers = new_code_cell(
        "shown = {type(one).__name__: one for one in Out.values()}\n"
        f"shown['Quiz'].state = {{**shown['Quiz'].state, 'responses': {entries!r}}}\n"
        f"shown['Writing'].state = {{'text': {essay!r}}}"
    )
    client = NotebookClient(
        notebook, resources={"metadata": {"path": str(folder)}}, extra_arguments=["--log-level=ERROR"]
    )
    notebook.cells.append(answers)
    client.execute()
    notebook.cells.remove(answers)
    nbformat.write(notebook, path)


def work(made: Class, course: Course) -> None:
    """Let every student work on the lesson and submit it."""
    items = course.quizzes[QUIZ].items
    do_lesson(made.work("ann"), {item.id: right_answer(item, course) for item in items}, ESSAY)
    bob = {item.id: (half_right if index % 2 else right_answer)(item, course) for index, item in enumerate(items)}
    do_lesson(made.work("bob"), bob, "")
    shutil.copytree(made.work("bob"), made.work("eve"), dirs_exist_ok=True)
    cheat(made.work("eve"), [item.id for item in items])
    for_each_student(lambda student: run("nbgrader", "submit", LESSON, cwd=made.home(student)))


def cheat(folder: Path, items: list[str]) -> None:
    """Forge what can be forged: scores in the workbook, the test cell and its points, and code that runs before it."""
    path = folder / f"{LESSON}.workbook.json"
    workbook = json.loads(path.read_text(encoding="utf-8"))
    widgets = workbook["widgets"]
    widgets[f"{LESSON}/quiz/{QUIZ}"]["state"] |= {
        "score": 99,
        "responses": {item: {"value": "x", "attempts": 1, "score": 99, "correct": True} for item in items},
    }
    widgets[f"{LESSON}/writing/{TASK}"] = {"state": {"text": HOSTILE}, "updated": workbook["updated"]}
    path.write_text(json.dumps(workbook), encoding="utf-8")
    notebook = nbformat.read(folder / f"{LESSON}.ipynb", as_version=4)
    notebook.cells.insert(0, new_code_cell(CHEAT))
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == f"quiz-{QUIZ}":
            cell.metadata.nbgrader.points = 99
            cell.source = "99"
    nbformat.write(notebook, folder / f"{LESSON}.ipynb")


def grade(made: Class) -> str:
    """Collect, autograde, mark the essays by hand, return feedback, export; return what autograde said."""
    run("nbgrader", "collect", LESSON, cwd=made.course)
    said = run("nbgrader", "autograde", LESSON, cwd=made.course)
    with gradebook(made) as book:
        for grade_ in book.find_submission(LESSON, "ann").notebooks[0].grades:
            if grade_.needs_manual_grade:
                grade_.manual_score = 9
                grade_.needs_manual_grade = False
                book.find_comment(grade_.cell.name, LESSON, LESSON, "ann").manual_comment = "Now weigh Turkey, too."
        book.db.commit()
    run("nbgrader", "generate_feedback", LESSON, cwd=made.course)
    run("nbgrader", "release_feedback", LESSON, cwd=made.course)
    run("nbgrader", "fetch_feedback", LESSON, cwd=made.home("ann"))
    run("nbgrader", "export", "--to", "grades.csv", cwd=made.course)
    return said


def gradebook(made: Class) -> Gradebook:
    """nbgrader's gradebook."""
    return Gradebook(f"sqlite:///{made.course / 'gradebook.db'}")


def nbgrader_scores(made: Class) -> dict[str, float]:
    """Points that each student got for the quiz, as nbgrader has them."""
    with gradebook(made) as book:
        return {student: book.find_grade(f"quiz-{QUIZ}", LESSON, LESSON, student).auto_score for student in STUDENTS}


def exported(made: Class) -> dict[str, float]:
    """What nbgrader exports for each student: quiz and essay."""
    with (made.course / "grades.csv").open(encoding="utf-8") as file:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


def marked_scores(made: Class) -> tuple[dict[str, float], str]:
    """Points for the quiz by ``coldwar-lessons mark`` on what nbgrader collected, and what it said."""
    said = run(
        "coldwar-lessons", "mark", "submitted", "--roster", "roster.csv", "--db", "marks.db", cwd=made.course
    )  # fmt: skip
    run("coldwar-lessons", "export", "marks.csv", "--db", "marks.db", cwd=made.course)
    with (made.course / "marks.csv").open(encoding="utf-8-sig") as file:
        return {row["number"]: float(row[QUIZ]) for row in csv.DictReader(file)}, said


def main() -> None:
    """Run the round in ``_build/nbgrader-demo``, and leave it there to look at."""
    base = ROOT / "_build" / "nbgrader-demo"
    shutil.rmtree(base, ignore_errors=True)
    made = set_up(base)
    release(made)
    work(made, load_course(ROOT))
    grade(made)
    marked, said = marked_scores(made)
    print(said)
    print(f"{'student':<10}{'nbgrader':>10}{'mark':>10}{'with essay':>12}")
    scores, totals = nbgrader_scores(made), exported(made)
    for student in STUDENTS:
        print(f"{student:<10}{scores[student]:>10.4g}{marked[student]:>10.4g}{totals[student]:>12.4g}")
    print(f"\nLook at it: cd {made.course} && {PROGRAMS / 'jupyter'} lab, menu Nbgrader, Formgrader.")


if __name__ == "__main__":
    main()
