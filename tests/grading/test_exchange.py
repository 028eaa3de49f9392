"""Work as a file: the book and Python read what the other wrote, and damage is told in a line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from coldwar_lessons import __version__
from coldwar_lessons.content.inventory import course_inventory
from coldwar_lessons.content.load import load_course
from coldwar_lessons.grading.handin import find_workbooks, make_hand_in
from coldwar_lessons.grading.merging import merge_records
from coldwar_lessons.grading.records import COURSE_ID, HAND_IN_V1, parse_json, read_hand_in, read_workbook
from coldwar_lessons.grading.schemas import work_schemas
from coldwar_lessons.workbook import Workbook
from tests.grading.hand_ins import LESSON, QUIZ, RIGHT, hand_in, workbook
from tests.javascript import Module

QUIZ_ID = f"{LESSON}/quiz/{QUIZ}"
OLD, NEW = "2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z"
INVENTORY: dict[str, Any] = {
    "course": COURSE_ID,
    "version": __version__,
    "lessons": [lesson.to_json() for lesson in course_inventory(load_course())],
}
PYTHON_TASKS = {task.id: task for lesson in course_inventory(load_course()) for task in lesson.tasks}
TASKS = {task["id"]: task for lesson in INVENTORY["lessons"] for task in lesson["tasks"]}
Read = Callable[[Any], dict[str, Any]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Module:
    return Module("js/src/student-work/file.ts", tmp_path_factory.mktemp("file"))


@pytest.fixture(scope="module")
def merging(tmp_path_factory: pytest.TempPathFactory) -> Module:
    return Module("js/src/student-work/merge.ts", tmp_path_factory.mktemp("merge"))


@pytest.fixture
def read(files: Module) -> Read:
    """What the book makes of a file."""

    def run(value: Any) -> dict[str, Any]:
        text = value if isinstance(value, str) else json.dumps(value)
        (result,) = files.call("readFile", [[text, INVENTORY]])
        return dict(result)

    return run


def valid(name: str, value: Any) -> None:
    schema = json.loads(work_schemas()[name])
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(value)


# --- both ways -----------------------------------------------------------------------------------


def test_the_book_reads_what_a_notebook_wrote(tmp_path: Path, read: Read) -> None:
    book = Workbook(LESSON, tmp_path)
    assert book.keep(QUIZ_ID, {"seed": 1, "responses": {"x": {"value": "a"}}}).startswith("Saved")
    assert Workbook("flashcards", tmp_path).keep("flashcards", {"cards": {"term:cabinet": {"due": NEW}}})
    written = json.loads(book.path.read_bytes())
    valid("workbook-2.json", written)
    assert read(written)["records"] == written["widgets"]
    handed = make_hand_in(find_workbooks(tmp_path), name="Ann", number="1", class_name=None, version=__version__)
    document = handed.model_dump(by_alias=True, mode="json")
    valid("hand-in-1.json", document)
    assert read(document) == {"records": written["widgets"], "strangers": 0}


def test_python_reads_what_the_book_wrote(files: Module, read: Read) -> None:
    records = {
        QUIZ_ID: {"state": {"seed": 1, "responses": {"x": {"value": "ä“\u2028"}}}, "updated": OLD},
        f"{LESSON}/writing/worth-of-gestures": {"state": {"text": "One."}, "updated": NEW},
        "flashcards": {"state": {"cards": {}}, "updated": OLD},
        "book/timeline/timeline/events": {"state": {"list": True}, "updated": OLD},
    }
    who = {"name": "  Ann Çelik ", "number": " 7 ", "class": " 10b "}
    one, copy, handed = (
        *files.call("workbookOf", [[LESSON, records, INVENTORY]]),
        *files.call("handInOf", [[[LESSON, "flashcards", "01-a-paper-marked-secret"], records, INVENTORY]]),
        *files.call("handInOf", [[[LESSON], records, INVENTORY, who]]),
    )
    lesson = read_workbook(parse_json(json.dumps(one).encode()))
    assert (lesson.lesson, lesson.updated, len(lesson.widgets)) == (LESSON, NEW, 2)
    valid("workbook-2.json", one)
    saved = read_hand_in(parse_json(json.dumps(copy).encode()))
    assert (saved.student.name, saved.student.number, sorted(saved.workbooks)) == ("", None, [LESSON, "flashcards"])
    made = read_hand_in(parse_json(json.dumps(handed).encode()))
    assert (made.student.name, made.student.number, made.class_, list(made.workbooks)) == (
        "Ann Çelik", "7", "10b", [LESSON],
    )  # fmt: skip
    valid("hand-in-1.json", handed)
    assert read(copy)["records"] == {name: records[name] for name in records if not name.startswith("book/")}


def test_the_schemas_refuse_what_the_models_refuse() -> None:
    validator = Draft202012Validator(json.loads(work_schemas()["hand-in-1.json"]))
    assert validator.is_valid(hand_in())
    for wrong in (
        {**hand_in(), "schema": "coldwar-lessons/hand-in/9"},
        {**hand_in(), "score": 100},
        {**hand_in(), "student": {"name": "x" * 201}},
        {**hand_in(), "workbooks": {LESSON: {**workbook(), "widgets": {"a": {"state": []}}}}},
    ):
        assert not validator.is_valid(wrong)


# --- what the book refuses ------------------------------------------------------------------------


def deep(levels: int) -> Any:
    return {"a": deep(levels - 1)} if levels else 1


DAMAGED: dict[str, tuple[Any, str]] = {
    "nothing": ("", "damaged, or no file of student work"),
    "half": (json.dumps(hand_in())[:-40], "damaged, or no file of student work"),
    "a page": ("<!doctype html><p>x</p>", "damaged, or no file of student work"),
    "a list": ([1], "no file of student work"),
    "a notebook": ({"cells": [], "nbformat": 4}, "no file of student work"),
    "notes": ({"schema": "coldwar-lessons/notes/1", "notes": []}, "no file of student work"),
    "a newer version": ({**hand_in(), "schema": "coldwar-lessons/hand-in/2"}, "newer version"),
    "another course": ({**hand_in(), "course": "versailles"}, "another course"),
    "no workbooks": ({**hand_in(), "workbooks": None}, "damaged at workbooks"),
    "a lesson under another's name": ({**hand_in(), "workbooks": {"02-after-stalin": workbook()}}, "02-after-stalin"),
    "a strange workbook": ({**hand_in(), "workbooks": {LESSON: {**workbook(), "schema": "x"}}}, LESSON),
    "widgets that are a list": ({**workbook(), "widgets": []}, "widgets"),
    "a state that is a text": ({**workbook(), "widgets": {QUIZ_ID: {"state": "x", "updated": OLD}}}, QUIZ_ID),
    "no time": ({**workbook(), "widgets": {QUIZ_ID: {"state": {}}}}, "updated"),
    "a time that is none": ({**workbook(), "widgets": {QUIZ_ID: {"state": {}, "updated": "Tuesday"}}}, "updated"),
    "a local time": (workbook(updated="2026-11-01T10:00:00+05:00"), "updated"),
    "too deep": ({**workbook(), "widgets": {QUIZ_ID: {"state": deep(70), "updated": OLD}}}, "nested too deeply"),
    "a text too long": (workbook(text="x" * 100_001), "longer than 100,000"),
}


def test_damage_is_told_in_one_clear_line(files: Module) -> None:
    texts = [value if isinstance(value, str) else json.dumps(value) for value, _ in DAMAGED.values()]
    results = files.call("readFile", [[text, INVENTORY] for text in texts])
    for (name, (_, told)), result in zip(DAMAGED.items(), results, strict=True):
        assert told in result["error"], name
        assert len(result["error"].splitlines()) == 1, name


def test_what_belongs_to_no_lesson_is_counted_and_left_out(read: Read) -> None:
    strange = {
        **workbook(),
        "lesson": "99-elsewhere",
        "widgets": {"99-elsewhere/quiz/x": {"state": {}, "updated": OLD}},
    }
    mixed = workbook(RIGHT)
    mixed["widgets"]["02-after-stalin/quiz/x"] = {"state": {}, "updated": OLD}
    assert read({**hand_in(), "workbooks": {"99-elsewhere": strange, LESSON: mixed}}) == {
        "records": {QUIZ_ID: mixed["widgets"][QUIZ_ID]},
        "strangers": 2,
    }


def test_a_wrong_clock_does_not_win_for_ever(read: Read) -> None:
    assert read(workbook(updated="2999-01-01T00:00:00Z"))["records"][QUIZ_ID]["updated"] < "2999"


def test_a_workbook_without_times_counts_as_the_oldest(read: Read) -> None:
    old = {"schema": "coldwar-lessons/workbook/1", "lesson": LESSON, "widgets": {QUIZ_ID: {"seed": 1}}}
    assert read(old)["records"] == {QUIZ_ID: {"state": {"seed": 1}, "updated": "1970-01-01T00:00:00Z"}}
    assert read("\ufeff" + json.dumps(old))["strangers"] == 0


# --- which work stays -----------------------------------------------------------------------------


def quiz(updated: str, **responses: str) -> dict[str, Any]:
    return {
        "state": {"seed": 1, "responses": {one: {"value": value} for one, value in responses.items()}},
        "updated": updated,
    }


def tried(updated: str, *moments: int) -> dict[str, Any]:
    tries = [{"value": "a", "at": f"2026-10-0{moment}T10:00:00Z"} for moment in moments]
    return {"state": {"seed": 1, "responses": {"a": {"attempts": len(moments), "tries": tries}}}, "updated": updated}


def essay(updated: str, text: str) -> dict[str, Any]:
    return {"state": {"text": text}, "updated": updated}


ESSAY_ID = f"{LESSON}/writing/worth-of-gestures"


#: Widget, what is here, what the file brings, which of them stays, and what is kept then.
CHOICES: list[tuple[str, Any, Any, str, Any]] = [
    (ESSAY_ID, None, essay(OLD, "File"), "file", essay(OLD, "File")),
    (ESSAY_ID, essay(OLD, "Here"), essay(NEW, "File"), "file", essay(NEW, "File")),
    (ESSAY_ID, essay(NEW, "Here"), essay(OLD, "File"), "here", essay(NEW, "Here")),
    (ESSAY_ID, essay(NEW, "Same"), essay(OLD, "Same"), "same", essay(NEW, "Same")),
    (ESSAY_ID, essay(NEW, " "), essay(OLD, "File"), "file", essay(OLD, "File")),
    (ESSAY_ID, essay(OLD, "Here"), essay(NEW, ""), "here", essay(OLD, "Here")),
    (QUIZ_ID, quiz(NEW), quiz(OLD, a="x"), "file", quiz(OLD, a="x")),
    (QUIZ_ID, quiz(OLD, a="x"), quiz(NEW, b="y"), "both", quiz(NEW, a="x", b="y")),
    (QUIZ_ID, quiz(OLD, a="x"), quiz(NEW, a="z", b="y"), "file", quiz(NEW, a="z", b="y")),
    (QUIZ_ID, quiz(NEW, a="z"), quiz(OLD, a="x", b="y"), "both", quiz(NEW, a="z", b="y")),
    (QUIZ_ID, quiz(OLD, b="y"), quiz(NEW, a="z", b="y"), "file", quiz(NEW, a="z", b="y")),
    (QUIZ_ID, tried(OLD, 1, 2), tried(NEW, 1, 3), "both", tried(NEW, 1, 2, 3)),
    (QUIZ_ID, tried(OLD, 1, 2), tried(NEW, 1, 2, 3), "file", tried(NEW, 1, 2, 3)),
]  # fmt: skip


def test_the_newer_work_stays_and_no_answer_is_lost(merging: Module) -> None:
    wanted = [(merged, outcome) for *_, outcome, merged in CHOICES]
    assert [merge_records(here, file, PYTHON_TASKS[name]) for name, here, file, _, _ in CHOICES] == wanted
    # Python has no undefined: a record that is not there is null, which the browser takes alike.
    results = merging.call("mergeRecords", [[here, file, TASKS[name]] for name, here, file, _, _ in CHOICES])
    assert results == [{"record": merged, "outcome": outcome} for *_, outcome, merged in CHOICES]


def test_a_saved_copy_names_the_schema_of_a_hand_in(files: Module) -> None:
    (copy,) = files.call("handInOf", [[[], {}, INVENTORY]])
    assert (copy["schema"], copy["workbooks"]) == (HAND_IN_V1, {})
