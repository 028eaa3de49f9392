"""A new version of a lesson meets a student's copy: the student's cells win, and nothing is lost in silence."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coldwar_lessons.notebook_merge import contents, merge_notebooks


def notebook(**cells: str) -> dict[str, Any]:
    return {"cells": [{"id": name, "cell_type": "markdown", "source": text} for name, text in cells.items()]}


def texts(merged: dict[str, Any] | None) -> dict[str, str]:
    assert merged is not None
    return {name: text for name, _, text in contents(merged)}  # type: ignore[misc]


OLD = notebook(title="Gestures", starter="Think.", quiz="lesson.quiz()")


def test_new_and_changed_cells_come_in_around_the_students_own() -> None:
    mine = notebook(title="Gestures", note="my note", starter="Think.", quiz="lesson.quiz()")
    new = notebook(title="Gestures", starter="Think again.", map="lesson.map()", quiz="lesson.quiz()")
    merged = texts(merge_notebooks(OLD, mine, new))
    assert merged == {
        "title": "Gestures",
        "note": "my note",
        "starter": "Think again.",
        "map": "lesson.map()",
        "quiz": "lesson.quiz()",
    }
    assert list(merged) == ["title", "note", "starter", "map", "quiz"]


def test_what_the_student_changed_stays_and_what_he_deleted_stays_away() -> None:
    mine = notebook(title="Gestures, with my notes", quiz="lesson.quiz()")
    new = notebook(title="Gestures", starter="Think again.", quiz="lesson.quiz()", end="Bye")
    assert texts(merge_notebooks(OLD, mine, new)) == {
        "title": "Gestures, with my notes",
        "quiz": "lesson.quiz()",
        "end": "Bye",
    }


def test_a_cell_removed_from_the_lesson_goes_unless_the_student_wrote_in_it() -> None:
    new = notebook(title="Gestures", quiz="lesson.quiz()")
    assert "starter" not in texts(merge_notebooks(OLD, OLD, new))
    mine = notebook(title="Gestures", starter="My thoughts.", quiz="lesson.quiz()")
    assert texts(merge_notebooks(OLD, mine, new))["starter"] == "My thoughts."


def test_outputs_stay_with_cells_that_stay() -> None:
    mine = notebook(title="Gestures", starter="Think.", quiz="lesson.quiz()")
    mine["cells"][2]["outputs"] = ["kept"]
    merged = merge_notebooks(OLD, mine, notebook(title="Gestures!", starter="Think.", quiz="lesson.quiz()"))
    assert merged is not None
    assert merged["cells"][2]["outputs"] == ["kept"]


def test_nothing_is_merged_that_would_lose_a_side() -> None:
    both = notebook(title="Mine", starter="Think.", quiz="lesson.quiz()")
    assert merge_notebooks(OLD, both, notebook(title="Theirs", starter="Think.", quiz="lesson.quiz()")) is None
    other_order = notebook(quiz="lesson.quiz()", title="Gestures", starter="Think.")
    assert merge_notebooks(OLD, other_order, notebook(title="Gestures", starter="New", quiz="lesson.quiz()")) is None
    without_ids = {"cells": [{"cell_type": "markdown", "source": "old notebooks have no ids"}]}
    assert merge_notebooks(OLD, without_ids, OLD) is None


NOTEBOOKS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["1", "2", "3"])).map(
    lambda cells: notebook(**cells)
)


@given(base=NOTEBOOKS, mine=NOTEBOOKS, new=NOTEBOOKS)
def test_no_word_of_the_student_is_ever_lost(base: Any, mine: Any, new: Any) -> None:
    merged = merge_notebooks(base, mine, new)
    if merged is None:
        return
    given_texts, own, coming, after = texts(base), texts(mine), texts(new), texts(merged)
    for name, text in own.items():
        if given_texts.get(name) != text:
            assert after[name] == text
        elif name in coming:
            assert after[name] == coming[name]
    for name in coming.keys() - given_texts.keys() - own.keys():
        assert after[name] == coming[name]
    assert after.keys() <= own.keys() | coming.keys()


@given(base=NOTEBOOKS, new=NOTEBOOKS)
def test_a_copy_that_nobody_touched_becomes_the_new_version(base: Any, new: Any) -> None:
    assert texts(merge_notebooks(base, base, new)) == texts(new)
