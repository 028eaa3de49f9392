"""The workbook: kept whole, never lost in silence, and readable after whatever happened to it."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldwar_lessons.grading.merging import merge_states
from coldwar_lessons.grading.records import WORKBOOK_V1, WORKBOOK_V2, read_workbook
from coldwar_lessons.workbook import Workbook

NAME = "03-gestures.workbook.json"


def test_nothing_is_written_before_the_student_does_something(tmp_path: Path) -> None:
    book = Workbook("03-gestures", tmp_path)
    assert book.state("03-gestures/quiz/gestures") == {}
    assert list(tmp_path.iterdir()) == []


def test_state_is_kept_beside_the_notebook(tmp_path: Path) -> None:
    said = Workbook("03-gestures", tmp_path).keep("a/b", {"text": "“so far”"})
    assert said == f"Saved in {NAME}."
    document = json.loads((tmp_path / NAME).read_text(encoding="utf-8"))
    assert document["schema"] == WORKBOOK_V2
    assert read_workbook(document).widgets["a/b"].state == {"text": "“so far”"}
    assert visible(tmp_path) == [NAME]


def visible(folder: Path) -> list[str]:
    """Names of the files that a student sees; the lock beside the workbook is hidden."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_workbook_of_the_first_version_is_brought_up_to_date_and_kept(tmp_path: Path) -> None:
    old = json.dumps({"schema": WORKBOOK_V1, "lesson": "03-gestures", "widgets": {"a": {"n": 1}, "b": {"n": 2}}})
    (tmp_path / NAME).write_text(old, encoding="utf-8")
    book = Workbook("03-gestures", tmp_path)
    assert book.state("a") == {"n": 1}
    book.keep("a", {"n": 3})
    assert book.states() == {"a": {"n": 3}, "b": {"n": 2}}
    assert (tmp_path / f"{NAME}.v1").read_text(encoding="utf-8") == old


def test_two_kernels_on_one_question_lose_no_try(tmp_path: Path) -> None:
    def answered(*tries: tuple[str, int]) -> dict[str, Any]:
        rows = [{"value": value, "at": f"2026-11-24T17:00:0{second}Z"} for value, second in tries]
        return {"responses": {"one": {"value": tries[-1][0], "tries": rows}}}

    first, second = Workbook("03-gestures", tmp_path), Workbook("03-gestures", tmp_path)
    first.keep("quiz", answered(("a", 1)))
    second.state("quiz")
    second.keep("quiz", answered(("a", 1), ("b", 3)))
    first.keep("quiz", answered(("a", 1), ("c", 2)))
    assert first.state("quiz") == {
        "responses": {
            "one": {"value": "c", "tries": answered(("a", 1), ("c", 2), ("b", 3))["responses"]["one"]["tries"]}
        }
    }
    # An answer that was only being changed is not there twice.
    second.state("quiz")
    second.keep("quiz", answered(("a", 1), ("c", 2), ("d", 4)))
    assert [one["value"] for one in second.state("quiz")["responses"]["one"]["tries"]] == ["a", "c", "d"]


def test_two_kernels_on_one_quiz_lose_nothing(tmp_path: Path) -> None:
    first, second = Workbook("03-gestures", tmp_path), Workbook("03-gestures", tmp_path)
    assert (first.state("quiz"), second.state("quiz")) == ({}, {})
    first.keep("quiz", {"responses": {"one": {"value": "a"}}})
    second.keep("quiz", {"responses": {"two": {"value": "b"}}})
    first.keep("quiz", {"responses": {"one": {"value": "c"}}})
    assert second.state("quiz") == {"responses": {"one": {"value": "c"}, "two": {"value": "b"}}}


def test_what_a_student_removes_stays_removed(tmp_path: Path) -> None:
    book = Workbook("03-gestures", tmp_path)
    book.keep("notes", {"notes": {"1": "first", "2": "second"}})
    book.keep("notes", {"notes": {"2": "second"}})
    assert book.state("notes") == {"notes": {"2": "second"}}


@given(
    base=st.dictionaries(st.sampled_from("abc"), st.integers(0, 3)),
    mine=st.dictionaries(st.sampled_from("abc"), st.integers(0, 3)),
    theirs=st.dictionaries(st.sampled_from("abc"), st.integers(0, 3)),
)
def test_a_merge_keeps_my_changes_and_the_others_work(
    base: dict[str, int], mine: dict[str, int], theirs: dict[str, int]
) -> None:
    merged = merge_states(base, mine, theirs)
    for key in {*base, *mine, *theirs}:
        changed = base.get(key) != mine.get(key)
        assert merged.get(key) == (mine if changed else theirs).get(key)


WRITER = """
import sys
from pathlib import Path
from coldwar_lessons.workbook import Workbook
book = Workbook("03-gestures", Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    said = book.keep(sys.argv[2], {"responses": {str(one): one for one in range(number + 1)}})
    print(number if said.startswith("Saved") else said, flush=True)
"""


def test_killed_while_writing_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path), "quiz", "200"]
    acknowledged = -1
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            acknowledged = int(line)
            if acknowledged == 120:
                writer.send_signal(signal.SIGKILL)
    assert acknowledged >= 120
    kept = Workbook("03-gestures", tmp_path).state("quiz")["responses"]
    assert set(kept) >= {str(number) for number in range(acknowledged + 1)}


def test_two_processes_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name, "60"], stdout=subprocess.PIPE, text=True)
        for name in ("first", "second")
    ]
    said = [writer.communicate()[0].split() for writer in writers]
    assert said == [[str(number) for number in range(60)]] * 2
    states = Workbook("03-gestures", tmp_path).states()
    assert {name: len(state["responses"]) for name, state in states.items()} == {"first": 60, "second": 60}


def test_widgets_do_not_overwrite_each_other(tmp_path: Path) -> None:
    first, second = Workbook("03-gestures", tmp_path), Workbook("03-gestures", tmp_path)
    first.keep("a", {"n": 1})
    second.keep("b", {"n": 2})
    first.keep("a", {"n": 3})
    assert (second.state("a"), first.state("b")) == ({"n": 3}, {"n": 2})


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe", b"[" * 100_000])
def test_damaged_workbook_is_set_aside_not_thrown_away(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / NAME).write_bytes(damage)
    book = Workbook("03-gestures", tmp_path)
    assert book.state("a") == {}
    said = book.keep("a", {"n": 1})
    assert said.startswith(f"Saved in {NAME}. The old file could not be read (")
    assert said.endswith(f"it is kept as {NAME}.damaged-1.")
    assert book.state("a") == {"n": 1}
    kept = [path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith(f"{NAME}.damaged")]
    assert kept == [damage]


@pytest.mark.parametrize("widgets", [[], "x", 3, None, {"a": []}, {"a": "text"}, {"a": None}])
def test_workbook_of_another_form_is_survived(tmp_path: Path, widgets: Any) -> None:
    (tmp_path / NAME).write_text(
        json.dumps({"schema": WORKBOOK_V1, "lesson": "x", "widgets": widgets}), encoding="utf-8"
    )
    book = Workbook("03-gestures", tmp_path)
    assert book.state("a") == {}
    book.keep("a", {"n": 1})
    assert book.state("a") == {"n": 1}


def test_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    said = Workbook("03-gestures", tmp_path / "missing").keep("a", {})
    assert said.startswith(f"Not saved: {NAME} cannot be written (")
    assert said.endswith("Copy your answer elsewhere.")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_without_permission_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IREAD | stat.S_IEXEC)
    try:
        assert Workbook("03-gestures", tmp_path).keep("a", {}).startswith("Not saved")
    finally:
        tmp_path.chmod(stat.S_IRWXU)


def test_failed_write_leaves_the_old_workbook_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook("03-gestures", tmp_path)
    book.keep("a", {"n": 1})

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    assert "No space left on device" in book.keep("a", {"n": 2})
    assert book.state("a") == {"n": 1}
    assert visible(tmp_path) == [NAME]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(state=st.dictionaries(st.text(max_size=8), JSON, max_size=4), name=st.text(max_size=30))
def test_any_state_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, state: dict[str, Any], name: str
) -> None:
    book = Workbook("any", tmp_path_factory.getbasetemp())
    book.state(name)
    said = book.keep(name, state)
    assert said.startswith("Saved")
    assert book.state(name) == state
