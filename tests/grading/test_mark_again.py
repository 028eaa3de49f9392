"""Marking again: when a key was wrong, scores follow from the kept responses, as if it had always been right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from coldwar_lessons.cli import main
from coldwar_lessons.content.items import Behaviour, ChoiceItem, Item, Quiz
from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.mark import Tally, mark_hand_ins
from coldwar_lessons.grading.mark_again import MarkedAgain, mark_again
from coldwar_lessons.grading.tables import quiz_results
from tests.grading.classroom import hand_in_of, make_class, roster_of
from tests.grading.hand_ins import LESSON, QUIZ, RIGHT, as_bytes, hand_in, workbook
from tests.grading.test_mark import ROSTER, mark, write

ITEM = "gestures-most-important"
RETIRED = {ITEM: "two options were right"}


def again(gradebook: Gradebook, course: Course) -> MarkedAgain:
    account = MarkedAgain()
    for account in mark_again(gradebook, course):  # noqa: B007
        pass
    return account


def results(gradebook: Gradebook) -> list[Mapping[str, Any]]:
    q = quiz_results.c
    return gradebook.rows(sa.select(q.student, q.quiz, q.score, q.responses).order_by(q.student, q.quiz))


def with_quiz(course: Course, quiz: Quiz) -> Course:
    return replace(course, quizzes={**course.quizzes, quiz.id: quiz})


def with_keys_moved(course: Course) -> Course:
    """The key of every question with one right option is the next option, and worth more."""

    def moved(item: Item) -> Item:
        if not isinstance(item, ChoiceItem):
            return item
        options = [option.id for option in item.options]
        key = options[(options.index(item.key) + 1) % len(options)]
        return item.model_copy(update={"key": key, "points": item.points + 1})

    quizzes = {
        name: quiz.model_copy(update={"items": tuple(map(moved, quiz.items))}) for name, quiz in course.quizzes.items()
    }
    return replace(course, quizzes=quizzes)


def behaving(course: Course, behaviour: Behaviour) -> Course:
    changes = {"behaviour": behaviour, "tries": 2}
    return replace(course, quizzes={name: quiz.model_copy(update=changes) for name, quiz in course.quizzes.items()})


def without(course: Course, item: str, retired: Mapping[str, str]) -> Course:
    quiz = course.quizzes[QUIZ]
    items = tuple(one for one in quiz.items if one.id != item)
    return with_quiz(course, quiz.model_copy(update={"items": items, "retired": retired}))


@pytest.mark.parametrize("behaviour", ["practice", "tries"])
def test_marking_again_gives_what_marking_the_files_with_the_new_keys_gives(
    course: Course, gradebook: Gradebook, tmp_path: Path, behaviour: Behaviour
) -> None:
    old = behaving(course, behaviour)
    new = with_keys_moved(old)
    pupils = make_class(12)
    for pupil in pupils:
        write(
            tmp_path,
            f"in/{pupil.seed}.json",
            as_bytes(hand_in_of(pupil, course, list(course.lessons)[:4], essays=False)),
        )
    mark(old, gradebook, tmp_path / "in", roster=roster_of(pupils))
    before = results(gradebook)
    assert any(kept[2] > 1 for row in before for kept in row["responses"].values()), "some tried more often than once"
    account = again(gradebook, new)
    fresh = Gradebook(tmp_path / "fresh.db")
    try:
        mark(new, fresh, tmp_path / "in", roster=roster_of(pupils))
        assert [{**row, "score": pytest.approx(row["score"])} for row in results(fresh)] == results(gradebook)
    finally:
        fresh.close()
    assert account.quizzes == len(before)
    assert account.changes
    assert all(change.before != change.after for change in account.changes)
    # With the old keys everything is as it was.
    again(gradebook, old)
    assert [{**row, "score": pytest.approx(row["score"])} for row in before] == results(gradebook)


def test_nothing_changes_when_no_key_did(course: Course, gradebook: Gradebook, tmp_path: Path) -> None:
    mark(course, gradebook, write(tmp_path, "a.json", as_bytes(hand_in())))
    account = again(gradebook, course)
    assert (account.quizzes, account.changes, dict(account.unknown)) == (1, [], {})


# --- items that were taken out ---------------------------------------------------------------------


def test_an_item_that_was_taken_out_keeps_nobody_from_being_marked(
    course: Course, gradebook: Gradebook, tmp_path: Path
) -> None:
    path = write(tmp_path, "a.json", as_bytes(hand_in()))
    tally = mark(without(course, ITEM, RETIRED), gradebook, path)
    assert (tally.marked, tally.set_aside, tally.left_out) == (1, [], {(QUIZ, ITEM): 1})
    assert [row["responses"] for row in results(gradebook)] == [{"gestures-leaving-off": ["a", 1.0, 1]}]


def test_an_item_that_the_quiz_never_had_is_still_refused(course: Course, gradebook: Gradebook, tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", as_bytes(hand_in(workbooks={LESSON: workbook({**RIGHT, "nonsense": "a"})})))
    tally = mark(without(course, ITEM, RETIRED), gradebook, path)
    assert [aside.reason for aside in tally.set_aside] == ["quiz gestures: there is no item 'nonsense'"]


def test_an_item_that_is_taken_out_later_no_longer_counts_and_is_not_forgotten(
    course: Course, gradebook: Gradebook, tmp_path: Path
) -> None:
    mark(course, gradebook, write(tmp_path, "a.json", as_bytes(hand_in())))
    (change,) = again(gradebook, without(course, ITEM, RETIRED)).changes
    assert (change.name, change.before, change.after, change.items) == ("Ann", 2.0, 1.0, {ITEM: (1.0, 0.0)})
    assert [row["score"] for row in results(gradebook)] == [1.0]
    assert again(gradebook, course).changes[0].after == 2.0


def test_an_item_that_vanished_without_a_word_stays_as_it_was(
    course: Course, gradebook: Gradebook, tmp_path: Path
) -> None:
    mark(course, gradebook, write(tmp_path, "a.json", as_bytes(hand_in())))
    account = again(gradebook, without(course, ITEM, {}))
    assert (account.changes, dict(account.unknown)) == ([], {(QUIZ, ITEM): 1})
    assert [row["score"] for row in results(gradebook)] == [2.0]


# --- the command -----------------------------------------------------------------------------------


def test_the_command_says_what_changed_for_whom(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    gradebook = Gradebook("gradebook.db")
    wrong = workbook({ITEM: "a", "gestures-leaving-off": "a"})
    paths = [
        write(tmp_path, "a.json", as_bytes(hand_in())),
        write(tmp_path, "b.json", as_bytes(hand_in("Bob", "2", workbooks={LESSON: wrong}))),
    ]
    tally = Tally()
    for tally in mark_hand_ins(paths, course, ROSTER, gradebook):  # noqa: B007
        pass
    assert tally.marked == 2
    gradebook.close()
    quiz = course.quizzes[QUIZ]
    items = tuple(item.model_copy(update={"key": "a"}) if item.id == ITEM else item for item in quiz.items)
    mended = with_quiz(course, quiz.model_copy(update={"items": items}))
    monkeypatch.setattr("coldwar_lessons.content.load.load_course", lambda *_, **__: mended)
    assert main(["mark-again"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"gestures: Ann (1), 2026-11-20: 2 → 1 points: {ITEM} 1 → 0",
        f"gestures: Bob (2), 2026-11-20: 1 → 2 points: {ITEM} 0 → 1",
        f"gestures, {ITEM}: 1 up, 1 down.",
        "Marked 2 quizzes again: 2 scores changed.",
    ]
    assert main(["mark-again"]) == 0
    assert capsys.readouterr().out == "Marked 2 quizzes again: no scores changed.\n"


def test_without_a_gradebook_none_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mark-again", "--db", str(tmp_path / "no.db")]) == 2
    assert "no gradebook" in capsys.readouterr().err
    assert not (tmp_path / "no.db").exists()


def test_the_mark_command_says_what_was_taken_out(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coldwar_lessons.content.load.load_course", lambda *_, **__: without(course, ITEM, RETIRED))
    path = write(tmp_path, "a.json", as_bytes(hand_in()))
    roster = write(tmp_path, "roster.csv", b"number,name\n1,Ann\n")
    code = main(["mark", str(path), "--roster", str(roster), "--db", str(tmp_path / "g.db")])
    assert code == 0
    said = f"{ITEM} was taken out of gestures (two options were right): 1 answer to it does not count."
    assert said in capsys.readouterr().out
