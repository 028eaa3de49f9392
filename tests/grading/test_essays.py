"""Essays: attempts, levels, points and what of it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coldwar_lessons.content.items import ExtendedTextItem
from coldwar_lessons.grading.essays import (
    Task,
    essay_text,
    general_rubric,
    marked_essays,
    read_essays,
    writing_tasks,
)
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.grades import collect_grades
from coldwar_lessons.grading.mark import mark_hand_ins
from coldwar_lessons.grading.markings import change
from coldwar_lessons.grading.roster import Roster, RosterEntry
from tests.grading.essay_class import TASK, course, hand_in_essay, samples
from tests.grading.hand_ins import LESSON, as_bytes, hand_in, workbook

ROWS = ("phrase", "cases", "horizon", "verdict")


@pytest.fixture
def gradebook(database: str) -> Iterator[Gradebook]:
    book = Gradebook(database)
    yield book
    book.close()


def give(gradebook: Gradebook, writing: int, *levels: int) -> None:
    for row, level in zip(ROWS, levels, strict=False):
        change(gradebook, writing, f"level.{row}", str(level), base=0, marker="me")


def test_every_writing_task_of_the_course_can_be_marked() -> None:
    tasks = writing_tasks(course())
    assert [task.lesson for task in tasks.values()] == list(course().lessons)
    assert tasks[TASK].rubric.title == "Is the verdict on the gestures fair?"
    assert tasks[TASK].most == 12


def test_points_are_the_sum_of_the_levels_once_every_row_has_one() -> None:
    task = writing_tasks(course())[TASK]
    assert task.points({"phrase": 3, "cases": 2, "horizon": 3}) is None
    assert task.points({"phrase": 3, "cases": 2, "horizon": 3, "verdict": 1}) == 9


def test_an_item_that_says_its_points_scales_the_sum_to_them() -> None:
    item = Task("item", "03-gestures", "Gestures", "Why?", (40, 80), general_rubric(), worth=4)
    assert item.most == 4
    assert item.points({"answer": 3, "words": 3}) == 4
    assert item.points({"answer": 2, "words": 1}) == 2


def test_an_extended_text_of_a_quiz_is_marked_like_any_essay(gradebook: Gradebook, tmp_path: Path) -> None:
    gestures = course().quizzes["gestures"]
    item = ExtendedTextItem.model_validate(
        {
            "id": "gestures-why",
            "interaction": "extended-text",
            "prompt": "Why do the gestures weigh so little?",
            "skill": "argument",
            "level": "evaluation",
            "sentences": ["p3.s8"],
            "points": 4,
        }
    )
    longer = gestures.model_copy(update={"items": (*gestures.items, item)})
    extended = replace(course(), quizzes={**course().quizzes, "gestures": longer})
    path = tmp_path / "a.json"
    path.write_bytes(as_bytes(hand_in(workbooks={LESSON: workbook({"gestures-why": "Nothing was given up."})})))
    for _ in mark_hand_ins([path], extended, Roster((RosterEntry("1", "Ann", "1"),)), gradebook):
        pass
    assert marked_essays(gradebook, course()) == []
    for row in general_rubric().rows:
        change(gradebook, 1, f"level.{row.id}", "3", base=0, marker="me")
    (essay,) = marked_essays(gradebook, extended)
    assert (essay.task.lesson, essay.task.prompt, essay.points) == (LESSON, item.prompt, 4)


def test_the_same_text_handed_in_again_is_the_same_attempt(gradebook: Gradebook, tmp_path: Path) -> None:
    for day in ("20", "21", "22"):
        hand_in_essay(gradebook, tmp_path, 1, samples()[0], f"2026-11-{day}T10:00:00Z")
    (essay,) = read_essays(gradebook, writing_tasks(course()))
    assert len(essay.attempts) == 1
    assert essay.newest.created == "2026-11-20T10:00:00Z"


def test_a_new_text_after_marking_is_handed_in_again_and_its_mark_stays_open(
    gradebook: Gradebook, tmp_path: Path
) -> None:
    hand_in_essay(gradebook, tmp_path, 1, samples()[0])
    give(gradebook, 1, 1, 1, 2, 2)
    hand_in_essay(gradebook, tmp_path, 1, samples()[2], "2026-11-25T10:00:00Z")
    (essay,) = read_essays(gradebook, writing_tasks(course()))
    assert not essay.marked
    before = essay.marked_before()
    assert before is not None
    assert before.levels(essay.task) == {"phrase": 1, "cases": 1, "horizon": 2, "verdict": 2}
    (outcome,) = marked_essays(gradebook, course())
    assert (outcome.points, outcome.again) == (6, True)


def test_a_hand_in_that_comes_to_light_late_takes_no_mark_away(gradebook: Gradebook, tmp_path: Path) -> None:
    hand_in_essay(gradebook, tmp_path, 1, samples()[1], "2026-11-25T10:00:00Z")
    give(gradebook, 1, 2, 2, 2, 2)
    hand_in_essay(gradebook, tmp_path, 1, samples()[1], "2026-11-20T10:00:00Z")
    hand_in_essay(gradebook, tmp_path, 1, samples()[0], "2026-11-19T10:00:00Z")
    (essay,) = read_essays(gradebook, writing_tasks(course()))
    assert essay.marked
    assert [one.created[8:10] for one in essay.attempts] == ["19", "20"]


def test_levels_comments_and_who_gave_them_go_to_reports(gradebook: Gradebook, tmp_path: Path) -> None:
    hand_in_essay(gradebook, tmp_path, 2, samples()[1])
    hand_in_essay(gradebook, tmp_path, 1, samples()[0])
    give(gradebook, 1, 3, 2)
    change(gradebook, 1, "comment.phrase", "Well put.", base=0, marker="another")
    change(gradebook, 1, "comment", " On the way. ", base=0, marker="me")
    change(gradebook, 1, "later", "yes", base=0, marker="me")
    ann, bob = marked_essays(gradebook, course())
    assert (ann.student.name, ann.points, ann.markers, ann.marked_at) == ("Ann Archer", None, (), "")
    assert (bob.student.name, bob.levels, bob.points) == ("Bob Baker", {"phrase": 3, "cases": 2}, None)
    assert (bob.comments, bob.comment, bob.later) == ({"phrase": "Well put."}, "On the way.", True)
    assert set(bob.markers) == {"me", "another"}
    assert bob.marked_at


def test_a_level_that_the_rubric_has_not_does_not_count(gradebook: Gradebook, tmp_path: Path) -> None:
    hand_in_essay(gradebook, tmp_path, 1, samples()[0])
    give(gradebook, 1, 9, 2, 2, 2)
    change(gradebook, 1, "level.no-such-row", "2", base=0, marker="me")
    (outcome,) = marked_essays(gradebook, course())
    assert outcome.levels == {"cases": 2, "horizon": 2, "verdict": 2}


def test_grades_have_a_column_for_each_task_and_nothing_where_it_is_not_marked(
    gradebook: Gradebook, tmp_path: Path
) -> None:
    hand_in_essay(gradebook, tmp_path, 1, samples()[2])
    hand_in_essay(gradebook, tmp_path, 2, samples()[0])
    give(gradebook, 1, 3, 3, 2, 3)
    columns, grades = collect_grades(gradebook, "latest", course())
    assert columns == ["gestures", TASK]
    assert {grade["number"]: grade[TASK] for grade in grades if TASK in grade} == {"1": 11}
    assert collect_grades(gradebook, "latest")[0] == ["gestures"]


@pytest.mark.parametrize(("policy", "points"), [("latest", 5), ("best", 12)])
def test_the_policy_says_which_marked_attempt_counts(
    gradebook: Gradebook, tmp_path: Path, policy: str, points: int
) -> None:
    hand_in_essay(gradebook, tmp_path, 1, samples()[2])
    give(gradebook, 1, 3, 3, 3, 3)
    hand_in_essay(gradebook, tmp_path, 1, samples()[0], "2026-11-25T10:00:00Z")
    give(gradebook, 2, 1, 1, 1, 2)
    assert [one.points for one in marked_essays(gradebook, course(), policy)] == [points]


def test_plan_and_self_check_come_with_the_text_and_nonsense_in_them_is_left_out(
    gradebook: Gradebook, tmp_path: Path
) -> None:
    hand_in_essay(gradebook, tmp_path, 1, samples()[0], plan="First.\0", levels={"phrase": 0}, checks=["Old", 7])
    hand_in_essay(
        gradebook,
        tmp_path,
        1,
        samples()[0],
        "2026-11-21T10:00:00Z",
        plan="Turkey, then Pravda.",
        levels={"phrase": 2, "cases": "x", "horizon": 99, "verdict": None},
        checks=["A", {"B": 1}],
    )
    found = essay_text(gradebook, 1)
    assert found["text"] == samples()[0]
    assert found["plan"] == "Turkey, then Pravda."
    assert found["self_check"] == {"levels": {"phrase": 3}, "checks": ["A"]}


def test_an_empty_text_is_nothing_to_mark(gradebook: Gradebook, tmp_path: Path) -> None:
    hand_in_essay(gradebook, tmp_path, 1, " \n\t")
    assert read_essays(gradebook, writing_tasks(course())) == []
