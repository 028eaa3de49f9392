"""Markings: every change is kept, none buries another unseen, and each can be undone; in both databases."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.markings import (
    StaleChangeError,
    change,
    last_change,
    read_markings,
    remembered_comments,
    undo,
    value_at,
)
from coldwar_lessons.grading.tables import markings, writings
from tests.grading.essay_class import TASK, hand_in_essay

LEVEL = "level.phrase"


@pytest.fixture
def gradebook(database: str, tmp_path: Path) -> Iterator[Gradebook]:
    book = Gradebook(database)
    for number in (1, 2):
        hand_in_essay(book, tmp_path, number, f"Text of student {number} on p3.s8.")
    yield book
    book.close()


def value(gradebook: Gradebook, field: str, writing: int = 1) -> str:
    return read_markings(gradebook, [writing])[writing][field].value


def test_the_newest_value_counts_and_the_older_ones_are_kept(gradebook: Gradebook) -> None:
    first = change(gradebook, 1, LEVEL, "2", base=0, marker="Ms Hill")
    second = change(gradebook, 1, LEVEL, "3", base=first.revision, marker="Mr Dale")
    assert (second.revision, second.marker) == (2, "Mr Dale")
    assert value(gradebook, LEVEL) == "3"
    assert [value_at(gradebook, 1, LEVEL, revision) for revision in (0, 1, 2)] == ["", "2", "3"]


def test_a_change_that_rests_on_an_old_value_is_refused_and_names_the_new_one(gradebook: Gradebook) -> None:
    change(gradebook, 1, "comment", "Whose words?", base=0, marker="Mr Dale")
    with pytest.raises(StaleChangeError) as refused:
        change(gradebook, 1, "comment", "Add the date.", base=0, marker="Ms Hill")
    assert (refused.value.current.value, refused.value.current.marker) == ("Whose words?", "Mr Dale")
    assert value(gradebook, "comment") == "Whose words?"


def test_to_give_the_value_that_is_there_changes_nothing(gradebook: Gradebook) -> None:
    change(gradebook, 1, LEVEL, "2", base=0, marker="Ms Hill")
    assert change(gradebook, 1, LEVEL, "2", base=0, marker="Mr Dale").marker == "Ms Hill"
    assert len(gradebook.rows(sa.select(markings))) == 1


def write_many(address: str, marker: str, count: int) -> None:
    """Add a mark to the comment, again whenever somebody else was faster."""
    book = Gradebook(address)
    for number in range(count):
        while True:
            now = read_markings(book, [1]).get(1, {}).get("comment")
            before, base = (now.value, now.revision) if now else ("", 0)
            try:
                change(book, 1, "comment", f"{before}{marker}{number} ", base=base, marker=marker)
                break
            except StaleChangeError:
                continue
    book.close()


def test_two_processes_that_write_the_same_field_lose_nothing(gradebook: Gradebook, database: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=write_many, args=(database, marker, 20)) for marker in "ab"]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
        assert one.exitcode == 0
    words = value(gradebook, "comment").split()
    assert sorted(words) == sorted(f"{marker}{number}" for marker in "ab" for number in range(20))


# --- undo ------------------------------------------------------------------------------------------


def test_undo_goes_back_change_by_change_over_essays(gradebook: Gradebook) -> None:
    change(gradebook, 1, LEVEL, "1", base=0, marker="me")
    change(gradebook, 1, LEVEL, "2", base=1, marker="me")
    change(gradebook, 2, "later", "yes", base=0, marker="me")
    undone = [undo(gradebook, "me", after=0) for _ in range(4)]
    assert [(one.writing, one.field, one.value) if one else None for one in undone] == [
        (2, "later", ""),
        (1, LEVEL, "1"),
        (1, LEVEL, ""),
        None,
    ]
    assert len(gradebook.rows(sa.select(markings))) == 6


def test_after_an_undo_new_changes_can_be_undone_too(gradebook: Gradebook) -> None:
    change(gradebook, 1, LEVEL, "1", base=0, marker="me")
    undo(gradebook, "me", after=0)
    change(gradebook, 1, LEVEL, "3", base=2, marker="me")
    assert undo(gradebook, "me", after=0)
    assert value(gradebook, LEVEL) == ""
    assert undo(gradebook, "me", after=0) is None


def test_one_undo_takes_back_what_was_typed_in_one_go(gradebook: Gradebook) -> None:
    change(gradebook, 1, "comment", "Good.", base=0, marker="me")
    change(gradebook, 1, "comment", "Good. Wh", base=1, marker="me")
    change(gradebook, 1, "comment", "Good. Whose", base=2, marker="me", continues=True)
    change(gradebook, 1, "comment", "Good. Whose words?", base=3, marker="me", continues=True)
    assert [one.value for one in (undo(gradebook, "me", after=0), undo(gradebook, "me", after=0)) if one] == [
        "Good.",
        "",
    ]


def test_undo_leaves_alone_what_others_did_and_what_was_before(gradebook: Gradebook) -> None:
    change(gradebook, 1, LEVEL, "1", base=0, marker="me")
    opened = last_change(gradebook)
    assert undo(gradebook, "me", after=opened) is None
    change(gradebook, 1, LEVEL, "2", base=1, marker="me")
    change(gradebook, 1, LEVEL, "3", base=2, marker="another")
    with pytest.raises(StaleChangeError, match="changed meanwhile by another"):
        undo(gradebook, "me", after=opened)
    assert value(gradebook, LEVEL) == "3"


# --- the comment bank -----------------------------------------------------------------------------


def test_each_line_of_my_comments_is_remembered_for_its_row_the_most_used_first(gradebook: Gradebook) -> None:
    change(gradebook, 1, "comment.phrase", "Who owes whom?\nAdd the date.", base=0, marker="me")
    change(gradebook, 2, "comment.phrase", "Add  the date. ", base=0, marker="me")
    change(gradebook, 2, "comment.cases", "What did it cost?", base=0, marker="me")
    change(gradebook, 1, "comment.cases", "Not mine.", base=0, marker="another")
    assert remembered_comments(gradebook, "me", TASK) == {
        "comment.phrase": ["Add the date.", "Who owes whom?"],
        "comment.cases": ["What did it cost?"],
    }
    assert remembered_comments(gradebook, "me", "how-much-change") == {}


def test_a_comment_that_was_deleted_everywhere_is_forgotten(gradebook: Gradebook) -> None:
    change(gradebook, 1, "comment", "A tpyo.", base=0, marker="me")
    change(gradebook, 1, "comment", "A typo.", base=1, marker="me")
    assert remembered_comments(gradebook, "me", TASK) == {"comment": ["A typo."]}


def test_a_gradebook_of_an_older_version_is_refused_in_one_line(tmp_path: Path) -> None:
    address = tmp_path / "old.db"
    old = sa.create_engine(f"sqlite:///{address}")
    with old.begin() as connection:
        connection.execute(sa.text(f"create table {writings.name} (id integer primary key, text text)"))
    old.dispose()
    with pytest.raises(CourseError, match=r"made by an older version, or by nbgrader, .* mark the hand-ins again"):
        Gradebook(address)
