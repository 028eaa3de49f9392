"""Grades: each student's points for each quiz and piece of writing, by the policy that says which hand-in counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from coldwar_lessons.content.load import Course

from .essays import marked_essays
from .gradebook import Gradebook, hand_ins, responses, students
from .mark import Policy


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
        The quizzes in order, then the writing tasks in the order of lessons; and one mapping a student: name, number,
        class, late and the points of each.
    """
    points: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    created: dict[str, str] = {}
    late: dict[str, bool] = {}
    owner = (responses.c.student, responses.c.quiz, responses.c.hand_in)
    summed = sa.select(*owner, sa.func.sum(responses.c.score).label("sum")).group_by(*owner)
    for row in gradebook.rows(sa.select(hand_ins.c.sha256, hand_ins.c.created, hand_ins.c.late)):
        created[row["sha256"]], late[row["sha256"]] = row["created"], bool(row["late"])
    for row in gradebook.rows(summed):
        points[row["student"], row["quiz"]][row["hand_in"]] = row["sum"]
    counted = {key: _choose(of_hand_in, created, policy) for key, of_hand_in in points.items()}
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


def _choose(of_hand_in: Mapping[str, float], created: Mapping[str, str], policy: Policy) -> str:
    if policy == "best":
        return max(of_hand_in, key=lambda one: (of_hand_in[one], created[one]))
    return max(of_hand_in, key=lambda one: created[one])
