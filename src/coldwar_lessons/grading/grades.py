"""Grades: each student's points for each quiz and piece of writing, by the policy that says which hand-in counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from coldwar_lessons.content.load import Course

from .essays import marked_essays
from .gradebook import Gradebook
from .mark import Policy
from .tables import hand_ins, quiz_results, students


def collect_grades(
    gradebook: Gradebook, policy: Policy, course: Course | None = None
) -> tuple[list[str], list[dict[str, Any]]]:
    """Sum the points of every student.

    Parameters
    ----------
    gradebook
        The gradebook.
    policy
        For each quiz: the hand-in made last, or the one with most points.
    course
        The teacher's content. With it, each writing task that was handed in gets a column too; writing that is not
        marked yet has no points there.

    Returns
    -------
    tuple
        The quizzes in order, then the writing tasks in the order of lessons; and one mapping a student of the roster:
        name, number, class, late and the points of each.
    """
    points: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    created: dict[int, str] = {}
    late: dict[int, bool] = {}
    for row in gradebook.rows(sa.select(hand_ins.c.id, hand_ins.c.created, hand_ins.c.late)):
        created[row["id"]], late[row["id"]] = row["created"], bool(row["late"])
    q = quiz_results.c
    for row in gradebook.rows(sa.select(q.student, q.quiz, q.hand_in, q.score)):
        of_hand_in = points[row["student"], row["quiz"]]
        of_hand_in[row["hand_in"]] = of_hand_in.get(row["hand_in"], 0.0) + row["score"]
    counted = {key: choose_hand_in(of_hand_in, created, policy) for key, of_hand_in in points.items()}
    quizzes = sorted({quiz for _, quiz in points})
    essays = marked_essays(gradebook, course, policy) if course else []
    tasks = dict.fromkeys(essay.task.id for essay in essays)
    marks = {(essay.student.key, essay.task.id): essay for essay in essays}
    grades = []
    for student in gradebook.rows(sa.select(students).order_by(students.c.name, students.c.key)):
        mine = {quiz: counted[student["key"], quiz] for quiz in quizzes if (student["key"], quiz) in counted}
        written = [marks[student["key"], task] for task in tasks if (student["key"], task) in marks]
        grades.append(
            {
                "name": student["name"],
                "number": student["number"],
                "class": student["class"],
                "late": any(late[hand_in] for hand_in in mine.values()) or any(essay.late for essay in written),
                **{quiz: round(points[student["key"], quiz][hand_in], 4) for quiz, hand_in in mine.items()},
                **{essay.task.id: round(essay.points, 4) for essay in written if essay.points is not None},
            }
        )
    return [*quizzes, *tasks], grades


def choose_hand_in(points: Mapping[int, float], created: Mapping[int, str], policy: Policy) -> int:
    """Which hand-in counts: the one made last, or the one with most points.

    Parameters
    ----------
    points
        The points of each hand-in.
    created
        When each was made.
    policy
        ``latest`` or ``best``.
    """
    if policy == "best":
        return max(points, key=lambda one: (points[one], created[one], one))
    return max(points, key=lambda one: (created[one], one))
