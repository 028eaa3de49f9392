"""The workbook: kept whole, never lost in silence, and readable after whatever happened to it."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldwar_lessons.workbook import SCHEMA, Workbook

NAME = "03-gestures.workbook.json"


def test_nothing_is_written_before_the_student_does_something(tmp_path: Path) -> None:
    book = Workbook("03-gestures", tmp_path)
    assert book.state("03-gestures/quiz/gestures") == {}
    assert list(tmp_path.iterdir()) == []


def test_state_is_kept_beside_the_notebook(tmp_path: Path) -> None:
    said = Workbook("03-gestures", tmp_path).keep("a/b", {"text": "“so far”"})
    assert said == f"Saved in {NAME}."
    document = json.loads((tmp_path / NAME).read_text(encoding="utf-8"))
    assert document == {"schema": SCHEMA, "lesson": "03-gestures", "widgets": {"a/b": {"text": "“so far”"}}}
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


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
    assert book.keep("a", {"n": 1}) == f"Saved in {NAME}."
    assert book.state("a") == {"n": 1}
    kept = [path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith(f"{NAME}.damaged")]
    assert kept == [damage]


@pytest.mark.parametrize("widgets", [[], "x", 3, None, {"a": []}, {"a": "text"}, {"a": None}])
def test_workbook_of_another_form_is_survived(tmp_path: Path, widgets: Any) -> None:
    (tmp_path / NAME).write_text(json.dumps({"schema": SCHEMA, "widgets": widgets}), encoding="utf-8")
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
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


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
    said = book.keep(name, state)
    assert said.startswith("Saved")
    assert book.state(name) == state
