"""Lessons in nbgrader: source notebooks, and a whole round with the real nbgrader."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat import MetadataValidator

from coldwar_lessons import Lesson
from coldwar_lessons.cli import main
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.content.seal import seal_item, seal_quiz
from coldwar_lessons.grading.assignment import read_assignment
from coldwar_lessons.grading.nbgrader_autograde import Work, fill_writing, quiz_outputs, read_work
from coldwar_lessons.grading.nbgrader_source import lesson_files
from coldwar_lessons.grading.scoring import is_scored
from tests.book.leaks import letters
from tests.content.test_seal import sealed_key
from tests.grading.bundle_leaks import find_key_fields, find_leaks, secret_texts
from tests.grading.hand_ins import as_bytes, workbook
from tests.grading.nbgrader_cycle import (
    ESSAY,
    LESSON,
    QUIZ,
    ROOT,
    STUDENTS,
    TASK,
    Class,
    exported,
    grade,
    gradebook,
    marked_scores,
    nbgrader_scores,
    release,
    run,
    set_up,
    work,
)


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


def source_notebook(course: Course, lesson: str) -> Any:
    (data,) = lesson_files(course, [lesson]).values()
    return json.loads(data)


def points_of(course: Course, quiz: str) -> int:
    return sum(item.points for item in course.quizzes[quiz].items)


def graded_cells(notebook: Any) -> dict[str, Any]:
    marks = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell for cell in notebook["cells"] if "nbgrader" in cell["metadata"]
    }
    return dict(sorted(marks.items()))


# --- source notebooks ------------------------------------------------------------------------------


def test_every_lesson_is_a_valid_source(course: Course) -> None:
    for lesson in course.lessons.values():
        notebook = nbformat.from_dict(source_notebook(course, lesson.id))
        nbformat.validate(notebook)
        MetadataValidator().validate_nb(notebook)
        wanted = [f"quiz-{quiz}" for quiz in lesson.quizzes] + [f"writing-{task.id}" for task in lesson.writing]
        assert list(graded_cells(notebook)) == sorted(wanted)
        for quiz in lesson.quizzes:
            assert graded_cells(notebook)[f"quiz-{quiz}"].metadata.nbgrader.points == points_of(course, quiz)


def test_the_lessons_own_cells_stay_as_they_are(course: Course) -> None:
    original = json.loads((ROOT / "notebooks" / f"{LESSON}.ipynb").read_text(encoding="utf-8"))["cells"]
    made = [cell for cell in source_notebook(course, LESSON)["cells"] if "nbgrader" not in cell["metadata"]]
    assert [(cell["id"], cell["source"]) for cell in made] == [(cell["id"], cell["source"]) for cell in original]


def test_settings_of_ones_own_are_kept_and_the_missing_lines_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "nbgrader_config.py"
    config.write_text("c = get_config()\n")
    assert main(["nbgrader", LESSON, "--course", str(tmp_path)]) == 0
    assert config.read_text() == "c = get_config()\n"
    assert "configure(c)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nbgrader", "03-gesture"], 1, "no lesson '03-gesture': did you mean 03-gestures?"),
        (["nbgrader"], 2, "name lessons, or the folder that 'assign' made with --assignment"),
        (
            ["nbgrader", "--assignment", "nowhere"],
            1,
            "no assignment nowhere: it is the assignment.json in the folder that 'assign' made",
        ),
        (["nbgrader", LESSON, "--name", "a+b"], 2, "'a+b' cannot name a course or an assignment"),
    ],
)
def test_wrong_use_is_answered_in_one_line(
    arguments: list[str], code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--course", str(tmp_path)]) == code
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


# --- reading the workbook --------------------------------------------------------------------------


def submission(tmp_path: Path, **files: bytes) -> Path:
    folder = tmp_path / "submitted" / "ann" / LESSON
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / f"{name}.json").write_bytes(data)
    return folder


def outputs(course: Course, read: Work, points: float = 12.0) -> list[Any]:
    return quiz_outputs(course.quizzes[QUIZ].items, read.scores(QUIZ), read.faults, points)


def test_the_latest_workbook_with_answers_counts(course: Course, tmp_path: Path) -> None:
    early = workbook({"gestures-most-important": "c"}, text="first", updated="2026-11-19T10:00:00Z")
    late = workbook({"gestures-most-important": "a"}, text="second", updated="2026-11-20T10:00:00Z")
    read = read_work(submission(tmp_path, b=as_bytes(early), a=as_bytes(late)), "ann", course)
    assert list(read.scores(QUIZ).values()) == [0.0]
    assert read.text(TASK) == "second"


def test_a_workbook_that_cannot_be_read_earns_nothing_and_says_why(course: Course, tmp_path: Path) -> None:
    read = read_work(submission(tmp_path, a=b"{"), "ann", course)
    (output,) = outputs(course, read)
    assert output.output_type == "error"
    assert "not JSON" in output.evalue


def test_no_workbook_is_no_points(course: Course, tmp_path: Path) -> None:
    table, score = outputs(course, read_work(submission(tmp_path), "ann", course))
    assert score.data["text/plain"] == "0.0"
    assert table.data["text/plain"] == "0 of 12 answered"


def test_a_score_never_exceeds_what_nbgrader_knows_the_quiz_to_be_worth(course: Course, tmp_path: Path) -> None:
    answers = as_bytes(workbook({"gestures-most-important": "c", "gestures-leaving-off": "a"}))
    _, score = outputs(course, read_work(submission(tmp_path, a=answers), "ann", course), 1.0)
    assert score.data["text/plain"] == "1.0"


def test_what_was_written_in_the_cell_itself_is_kept_below_the_text_of_the_desk(course: Course, tmp_path: Path) -> None:
    cell = nbformat.from_dict(graded_cells(source_notebook(course, LESSON))[f"writing-{TASK}"])
    cell.metadata.nbgrader.checksum = "of the release"
    cell.source = "Written here."
    fill_writing(
        cell, TASK, read_work(submission(tmp_path, a=as_bytes(workbook(text="At the desk."))), "ann", course), course
    )
    assert re.search("At the desk.*Written here", cell.source, re.DOTALL)


# --- a whole round ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory, course: Course) -> tuple[Class, str]:
    """A class after a whole round, and what autograde said."""
    made = set_up(tmp_path_factory.mktemp("nbgrader"))
    release(made)
    work(made, course)
    return made, grade(made)


def autograded(made: Class, student: str) -> dict[str, Any]:
    path = made.course / "autograded" / student / LESSON / f"{LESSON}.ipynb"
    return graded_cells(nbformat.read(path, as_version=4))


def test_what_students_get_holds_no_test(round_: tuple[Class, str]) -> None:
    released = (round_[0].course / "release" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    assert "HIDDEN" not in released
    assert "raise" not in graded_cells(json.loads(released))[f"quiz-{QUIZ}"]["source"]


def test_scores_equal_those_of_mark_on_the_same_work(round_: tuple[Class, str], course: Course) -> None:
    by_nbgrader = nbgrader_scores(round_[0])
    by_mark, said = marked_scores(round_[0])
    assert by_nbgrader == pytest.approx(by_mark, abs=1e-4)
    assert by_nbgrader["ann"] == points_of(course, QUIZ)
    assert 0 < by_nbgrader["bob"] < by_nbgrader["ann"]
    assert "= 3 marked + 0 known already + 0 set aside" in said


def test_cheating_earns_nothing_and_no_student_code_is_run(round_: tuple[Class, str]) -> None:
    made, said = round_
    assert nbgrader_scores(made)["eve"] == 0
    assert list(made.base.rglob("ran.txt")) == []
    assert "Attribute 'points' for cell quiz-gestures has changed" in said


def test_the_essay_waits_for_the_teacher_as_text(round_: tuple[Class, str]) -> None:
    made, _ = round_
    assert "<p>The verdict is fair.</p><p>First, &lt;b&gt;Korea" in autograded(made, "ann")[f"writing-{TASK}"].source
    hostile = autograded(made, "eve")[f"writing-{TASK}"].source
    assert "&lt;script&gt;" in hostile
    assert "<script" not in hostile
    assert 'class="tex2jax_ignore mathjax_ignore"' in hostile
    assert "\n" not in hostile, "a blank line would end the block of HTML"
    with gradebook(made) as book:
        waiting = {one.student: one.needs_manual_grade for one in book.find_assignment(LESSON).submissions}
        by_name = {student.id: state for student, state in waiting.items()}
    assert by_name == {"ann": False, "bob": False, "eve": True}


def test_feedback_reaches_the_student(round_: tuple[Class, str]) -> None:
    (page,) = round_[0].work("ann").glob("feedback/*/*.html")
    text = page.read_text(encoding="utf-8")
    assert "Now weigh Turkey, too." in text
    assert ESSAY.split("\n", maxsplit=1)[0] in text
    assert "1 of 1" in text
    assert "HIDDEN" not in text


def test_the_export_adds_the_quiz_and_the_marked_essay(round_: tuple[Class, str]) -> None:
    scores = nbgrader_scores(round_[0])
    assert exported(round_[0]) == pytest.approx({"ann": scores["ann"] + 9, "bob": scores["bob"], "eve": 0})


def test_a_teachers_own_answers_go_nowhere(round_: tuple[Class, str]) -> None:
    made, _ = round_
    stray = made.course / "source" / LESSON / f"{LESSON}.workbook.json"
    stray.write_bytes(as_bytes(workbook()))
    with pytest.raises(RuntimeError, match=r"holds your own answers, and students would get it"):
        run("nbgrader", "generate_assignment", LESSON, "--force", cwd=made.course)
    assert not (made.course / "release" / LESSON).exists()
    # Nor do they take the place of a student's, though nbgrader copies the file over theirs.
    before = nbgrader_scores(made)
    run("nbgrader", "autograde", LESSON, "--student", "bob", "--force", cwd=made.course)
    assert stray.read_bytes() == (made.course / "autograded" / "bob" / LESSON / stray.name).read_bytes()
    assert nbgrader_scores(made) == before
    stray.unlink()


def test_marks_keep_out_of_nbgraders_gradebook(round_: tuple[Class, str]) -> None:
    with pytest.raises(RuntimeError, match="or by nbgrader, whose own has the same name"):
        run("coldwar-lessons", "mark", "submitted", "--roster", "roster.csv", cwd=round_[0].course)
    assert sorted(nbgrader_scores(round_[0])) == sorted(STUDENTS)


# --- what counts -----------------------------------------------------------------------------------


def test_a_graded_assignment_ships_no_key_and_is_marked_with_the_teachers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    teachers = load_course(ROOT, teaching=True)
    quiz = teachers.quizzes["end-of-course"]
    assert main(["assign", "9", "--graded", "--out", str(tmp_path / "finale")]) == 0
    course = tmp_path / "course"
    assert main(["nbgrader", "--assignment", str(tmp_path / "finale"), "--course", str(course)]) == 0
    run("nbgrader", "generate_assignment", "finale", cwd=course)
    released = course / "release" / "finale"
    shown = letters(seal_quiz(teachers, quiz).model_dump_json()) + letters(teachers.paper.plain_text())
    assert find_leaks(released, secret_texts(quiz), shown) == []
    assert find_key_fields(released, {item.id: item for item in quiz.items}, teachers) == []

    seed = str(read_assignment(released).quizzes[quiz.id].seed)
    for student, right in (("ann", quiz.items), ("bob", quiz.items[:3])):
        folder = course / "submitted" / student / "finale"
        shutil.copytree(released, folder)
        monkeypatch.chdir(folder)
        widget = Lesson("09-hindsight").quiz(quiz.id)
        answers = {item.id: sealed_key(item, seal_item(teachers, item, seed)) for item in right if is_scored(item)}
        widget.state = {**widget.state, "responses": {name: {"value": value} for name, value in answers.items()}}
    # A student who changes the copy of the assignment changes nothing.
    forged = course / "submitted" / "bob" / "finale" / "assignment.json"
    forged.write_text(forged.read_text().replace('"behaviour": "graded"', '"behaviour": "practice"'))
    run("nbgrader", "autograde", "finale", cwd=course)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        found = [book.find_grade(f"quiz-{quiz.id}", "09-hindsight", "finale", one).auto_score for one in ("ann", "bob")]
    assert found == [sum(item.points for item in quiz.items), sum(item.points for item in quiz.items[:3])]

    (course / "roster.csv").write_text("number,name\nann,Ann\nbob,Bob\n")
    marking = ["mark", "submitted", "--roster", "roster.csv", "--db", "marks.db", "--assignment", "source/finale"]
    assert "= 2 marked" in run("coldwar-lessons", *marking, cwd=course)
    run("coldwar-lessons", "export", "marks.csv", "--db", "marks.db", cwd=course)
    with (course / "marks.csv").open(encoding="utf-8-sig") as file:
        assert [float(row[quiz.id]) for row in csv.DictReader(file)] == found
