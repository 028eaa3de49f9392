"""What comes back from an assignment: handed in from its folder, marked as it was set, the rest set aside."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from coldwar_lessons import Lesson
from coldwar_lessons.cli import main
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.content.seal import seal_item
from coldwar_lessons.grading.assignment import changed_items, read_assignment
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.records import now
from coldwar_lessons.grading.scoring import is_scored
from coldwar_lessons.grading.tables import quiz_results
from tests.content.test_seal import sealed_key

RunAssign: TypeAlias = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(teaching=True)


@pytest.fixture(autouse=True)
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text("number,name\n1,Ann\n2,Ben\n", encoding="utf-8")
    return path


def answer(folder: Path, lesson_id: str, quiz_id: str, values: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer a quiz as a student does in a notebook in the folder."""
    monkeypatch.chdir(folder)
    widget = Lesson(lesson_id).quiz(quiz_id)
    given = {one: {"value": value, "tries": [{"value": value, "at": now()}]} for one, value in values.items()}
    widget.state = {**widget.state, "responses": given}


def mark(tmp_path: Path, hand_in: Path, *more: str) -> int:
    arguments = ["mark", str(hand_in), "--roster", str(tmp_path / "roster.csv"), "--db", str(tmp_path / "grades.db")]
    return main([*arguments, *more])


def test_a_graded_quiz_is_done_in_the_folder_handed_in_and_marked(
    assign: RunAssign, course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    assert assign("9", "--graded", "--class", "10B", "--due", "2199-01-01", settings="seed: 11\n")[0] == 0
    out = tmp_path / "out"
    quiz = course.quizzes["end-of-course"]
    right = {item.id: sealed_key(item, seal_item(course, item, "11")) for item in quiz.items if is_scored(item)}
    answer(out, "09-hindsight", "end-of-course", right, monkeypatch)
    assert main(["hand-in", str(out), "--name", "Ann", "--number", "1"]) == 0
    hand_in = out / "coldwar-lessons-Ann.json"
    document = json.loads(hand_in.read_text(encoding="utf-8"))
    assert (document["class"], document["assignment"]) == ("10B", read_assignment(out).id)
    capsys.readouterr()
    assert mark(tmp_path, hand_in, "--assignment", str(out)) == 0
    assert "1 found = 1 marked" in capsys.readouterr().out
    book = Gradebook(str(tmp_path / "grades.db"))
    [row] = book.rows(quiz_results.select())
    book.close()
    assert set(row["responses"]) == set(right)
    assert row["score"] == sum(item.points for item in quiz.items)
    assert {tries for _, _, tries in row["responses"].values()} == {1}


def test_of_a_subset_only_what_was_set_counts_and_by_tries(
    assign: RunAssign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = (
        "quizzes:\n  gestures:\n    behaviour: tries\n    tries: 3\n    penalty: 0.25\n"
        "    items: [gestures-most-important, gestures-annex]\n"
    )
    assign("3", settings=settings)
    out = tmp_path / "out"
    monkeypatch.chdir(out)
    widget = Lesson("03-gestures").quiz("gestures")
    tries = [{"value": one, "at": now()} for one in ("a", "c")]
    widget.state = {**widget.state, "responses": {"gestures-most-important": {"value": "c", "tries": tries}}}
    assert widget.score == 0.75
    assert main(["hand-in", str(out), "--name", "Ann"]) == 0
    # Elsewhere in the lesson a student may have done more: it is no fault, and does not count.
    hand_in = out / "coldwar-lessons-Ann.json"
    document = json.loads(hand_in.read_text(encoding="utf-8"))
    state = document["workbooks"]["03-gestures"]["widgets"]["03-gestures/quiz/gestures"]["state"]
    state["responses"]["gestures-leaving-off"] = {"value": "a"}
    hand_in.write_text(json.dumps(document), encoding="utf-8")
    assert mark(tmp_path, hand_in, "--assignment", str(out)) == 0
    book = Gradebook(str(tmp_path / "grades.db"))
    [row] = book.rows(quiz_results.select())
    book.close()
    # What counts, its score and the number of tries; then the first try, and what that was worth.
    assert row["responses"] == {"gestures-most-important": ["c", 0.75, 2, "a", 0.0, ["a", "c"], 3, 0.25]}
    assert row["score"] == 0.75


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"assignment": "0" * 16}, "of another assignment, 0000000000000000"),
        ({"assignment": None}, "not made in the folder of the assignment"),
        ({"assignment": "../x"}, "not a hand-in: assignment"),
        ({"class": "10C"}, "of another class, '10C'"),
    ],
)
def test_work_of_others_is_set_aside(
    assign: RunAssign,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Any,
    changes: dict[str, Any],
    says: str,
) -> None:
    assign("3", "--graded", "--class", "10B")
    out = tmp_path / "out"
    answer(out, "03-gestures", "gestures", {"gestures-annex": "a"}, monkeypatch)
    main(["hand-in", str(out), "--name", "Ann"])
    hand_in = out / "coldwar-lessons-Ann.json"
    document = {**json.loads(hand_in.read_text(encoding="utf-8")), **changes}
    hand_in.write_text(json.dumps(document), encoding="utf-8")
    assert mark(tmp_path, hand_in, "--assignment", str(out)) == 1
    assert says in capsys.readouterr().out


def test_an_assignment_is_marked_with_its_folder_and_late_work_shows(
    assign: RunAssign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    assign("3", "4", "--due", "2020-01-01")
    out = tmp_path / "out"
    answer(out, "03-gestures", "gestures", {"gestures-annex": "b"}, monkeypatch)
    main(["hand-in", str(out), "--name", "Ann"])
    said = capsys.readouterr().out
    assert "Not in it, for you have not begun: 04-three-explanations." in said
    assert "your teacher will see that it is late" in said
    assert mark(tmp_path, out / "coldwar-lessons-Ann.json") == 1
    assert "made for an assignment: mark it with --assignment" in capsys.readouterr().out
    assert mark(tmp_path, out / "coldwar-lessons-Ann.json", "--assignment", str(out)) == 0
    assert "1 late." in capsys.readouterr().out


def test_a_whole_folder_can_be_handed_in(
    assign: RunAssign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    assign("3")
    out = tmp_path / "out"
    answer(out, "03-gestures", "gestures", {"gestures-annex": "b"}, monkeypatch)
    main(["hand-in", str(out), "--name", "Ann"])
    (out / "03-gestures.workbook.json").unlink()
    capsys.readouterr()
    assert mark(tmp_path, out, "--assignment", str(out)) == 0
    assert "1 marked + 0 known already + 0 set aside" in capsys.readouterr().out


def test_an_item_that_changed_since_is_named(assign: RunAssign, course: Course, tmp_path: Path) -> None:
    assign("3")
    assignment = read_assignment(tmp_path / "out")
    assert changed_items(course, assignment) == []
    quiz = course.quizzes["gestures"]
    first = quiz.items[0].model_copy(update={"prompt": "Another question?"})
    keyed = quiz.items[1].model_copy(update={"key": "b"})
    other = quiz.model_copy(update={"items": (first, keyed, *quiz.items[2:])})
    changed = Course(**{**course.__dict__, "quizzes": {**course.quizzes, "gestures": other}})
    assert changed_items(changed, assignment) == ["gestures-most-important"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "assignment.json: not JSON"),
        ("{}", "not an assignment: schema: Field required"),
        ('{"schema": NaN}', "not JSON: NaN is not a number"),
    ],
)
def test_a_damaged_record_is_one_line(tmp_path: Path, capsys: Any, text: str, says: str) -> None:
    (tmp_path / "assignment.json").write_text(text, encoding="utf-8")
    assert mark(tmp_path, tmp_path / "none.json", "--assignment", str(tmp_path)) == 1
    said = capsys.readouterr().err
    assert says in said
    assert len(said.splitlines()) == 1


def test_exported_grades_hold_the_graded_quiz(
    assign: RunAssign, course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assign("9", "--graded")
    out = tmp_path / "out"
    item = course.quizzes["end-of-course"].items[0]
    value = sealed_key(item, seal_item(course, item, "1953"))
    answer(out, "09-hindsight", "end-of-course", {item.id: value}, monkeypatch)
    main(["hand-in", str(out), "--name", "Ben"])
    assert mark(tmp_path, out / "coldwar-lessons-Ben.json", "--assignment", str(out)) == 0
    assert main(["export", str(tmp_path / "grades.csv"), "--db", str(tmp_path / "grades.db")]) == 0
    with (tmp_path / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row for row in rows if "Ben" in row.values() and any(cell in {"1", "1.0"} for cell in row.values())]
