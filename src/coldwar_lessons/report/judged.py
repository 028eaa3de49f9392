"""What has no key: forecasts, which the world decided, and essays, which a person marks."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coldwar_lessons.content.activities import Forecast
from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.essays import Task

from .gather import StudentWork


@dataclass(frozen=True)
class QuestionReport:
    """One question of a forecast: what each student said, in per cent, and the class's mean Brier score."""

    forecast: Forecast
    question: str
    text: str
    outcome: bool
    said: tuple[float, ...]
    brier: float


@dataclass(frozen=True)
class EssayReport:
    """One writing task: how many stand at each level of each row of its rubric."""

    task: Task
    handed_in: int
    marked: int
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def forecast_reports(students: Sequence[StudentWork], course: Course) -> list[QuestionReport]:
    """Every question of a forecast that anybody answered."""
    found = []
    for activity in course.activities.values():
        if not isinstance(activity, Forecast):
            continue
        for question in activity.questions:
            said = [
                student.forecasts[activity.id][question.id]
                for student in students
                if question.id in student.forecasts.get(activity.id, {})
            ]
            if said:
                brier = math.fsum((one / 100 - question.outcome) ** 2 for one in said) / len(said)
                found.append(
                    QuestionReport(activity, question.id, question.question, question.outcome, tuple(said), brier)
                )
    return found


def essay_reports(students: Sequence[StudentWork]) -> list[EssayReport]:
    """Every writing task that anybody handed in."""
    by_task: dict[str, list[tuple[Task, Mapping[str, int], bool]]] = defaultdict(list)
    for student in students:
        for essay in student.essays:
            by_task[essay.task.id].append((essay.task, essay.levels, essay.points is not None))
    found = []
    for essays in by_task.values():
        task = essays[0][0]
        rows = []
        for row in task.rubric.rows:
            counts = [0] * len(row.levels)
            for _, levels, _ in essays:
                if row.id in levels:
                    counts[levels[row.id] - 1] += 1
            rows.append((row.label, tuple(counts)))
        found.append(EssayReport(task, len(essays), sum(marked for *_, marked in essays), tuple(rows)))
    return found
