"""Make of a class's work what a teacher wants to know: who, which sentences, which items, and how sure it is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coldwar_lessons.content.items import Item, Quiz, Skill
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.teaching import Misconception
from coldwar_lessons.grading.scoring import is_scored
from coldwar_lessons.grading.statistics import (
    SMALL_CLASS,
    corrected_item_totals,
    cronbach_alpha,
    difficulty,
    extreme_groups,
    standard_deviation,
    standard_error_of_measurement,
)
from coldwar_lessons.language import gettext as _

from .gather import LEFT_OUT, Answers, ClassWork, StudentWork
from .judged import EssayReport, QuestionReport, essay_reports, forecast_reports
from .picks import Pick, count_picks

#: How many sentences, items and students the first screen names.
SENTENCES, TALK, HELP = 3, 5, 8
#: Below this share of the points a student needs help, whatever the class did.
HALF = 0.5


@dataclass(frozen=True)
class ItemReport:
    """What the class did with one item, by first answers.

    Attributes
    ----------
    n
        Students who answered it.
    omitted
        Students who handed the quiz in without an answer to it.
    difficulty
        Mean share of the points; an answer left out is worth none.
    discrimination
        Corrected item-total correlation; ``None`` where it cannot be told.
    tries
        Mean number of tries.
    picks
        The distractor table.
    groups
        How many students are in the top and in the bottom group; 0 where there are none.
    """

    quiz: str
    number: int
    item: Item
    n: int
    omitted: int
    difficulty: float
    discrimination: float | None
    tries: float
    picks: tuple[Pick, ...]
    groups: tuple[int, int]

    @property
    def tempting(self) -> Pick | None:
        """The wrong pick that was taken most; ``None`` when none was."""
        wrong = [pick for pick in self.picks if not pick.right and pick.everybody]
        return max(wrong, key=lambda pick: pick.everybody, default=None)

    @property
    def reasons(self) -> list[str]:
        """Why it is worth talking about; none when it is not."""
        said = []
        tempting = self.tempting
        right = max((pick.everybody for pick in self.picks if pick.right), default=None)
        if self.item.interaction == "choice" and tempting and right is not None and tempting.everybody > right:
            said.append(_("a wrong answer was chosen more often than the right one"))
        if self.difficulty < HALF:
            said.append(_("the class earned {share} of its points").format(share=percent(self.difficulty)))
        if self.discrimination is not None and self.discrimination < 0 and self.n >= SMALL_CLASS:
            said.append(_("those who did well elsewhere did worse here: is the question clear?"))
        return said


@dataclass(frozen=True)
class QuizReport:
    """What the class did with one quiz, by first answers.

    Attributes
    ----------
    shares
        The share of the points of each student who handed it in.
    alpha
        Cronbach's alpha, which is KR-20 where all items are scored 0 or 1; ``None`` where it would mean nothing.
    two_valued
        Whether all items were scored 0 or 1.
    error
        Standard error of measurement, in points; ``None`` without alpha.
    """

    quiz: Quiz
    lesson: str
    n: int
    most: int
    mean: float
    deviation: float
    shares: tuple[float, ...]
    alpha: float | None
    two_valued: bool
    error: float | None
    items: tuple[ItemReport, ...]


@dataclass(frozen=True)
class SentenceReport:
    """How well one sentence of the paper was read.

    Attributes
    ----------
    missed
        Share of the points lost in items that rest on it.
    n, questions
        First answers that this is taken from, and to how many questions.
    worst
        The item that rests on it where most was lost.
    """

    id: str
    missed: float
    n: int
    questions: int
    worst: ItemReport


@dataclass(frozen=True)
class StudentReport:
    """One student's results; ``share`` is of the points of first answers, ``None`` without any."""

    work: StudentWork
    share: float | None
    skills: Mapping[Skill, float]
    points: Mapping[str, tuple[float, int]]


@dataclass(frozen=True)
class Report:
    """Everything that the page shows."""

    work: ClassWork
    present: tuple[StudentReport, ...]
    absent: tuple[StudentWork, ...]
    sentences: tuple[SentenceReport, ...]
    quizzes: tuple[QuizReport, ...]
    talk: tuple[tuple[ItemReport, Misconception | None], ...]
    help: tuple[StudentReport, ...]
    skills: tuple[tuple[Skill, float, int], ...]
    forecasts: tuple[QuestionReport, ...]
    essays: tuple[EssayReport, ...]
    mean: float | None
    deviation: float


def percent(share: float) -> str:
    """A share in words: ``37 %``."""
    return _("{number} %").format(number=f"{100 * share:.0f}")


def analyse(work: ClassWork, course: Course) -> Report:
    """Make a report of a class's work.

    Parameters
    ----------
    work
        What the class handed in.
    course
        The teacher's content, with the notes for teachers.
    """
    present = [student for student in work.students if student.present]
    quizzes = tuple(_quiz_reports(work.answers, course))
    items = [item for quiz in quizzes for item in quiz.items]
    results = {quiz: _QuizResults(course.quizzes[quiz], columns) for quiz, columns in work.answers.items()}
    students = tuple(_student_report(student, results) for student in present)
    shares = [student.share for student in students if student.share is not None]
    mean = difficulty(shares) if shares else None
    deviation = standard_deviation(shares)
    talk = sorted((one for one in items if one.reasons), key=lambda one: (-len(one.reasons), one.difficulty))[:TALK]
    return Report(
        work=work,
        present=students,
        absent=tuple(student for student in work.students if not student.present),
        sentences=tuple(_sentence_reports(items)),
        quizzes=quizzes,
        talk=tuple(_with_misconceptions(course, talk)),
        help=tuple(_who_needs_help(students, mean, deviation)),
        skills=tuple(_skills(items)),
        forecasts=tuple(forecast_reports(present, course)),
        essays=tuple(essay_reports(present)),
        mean=mean,
        deviation=deviation,
    )


def _quiz_reports(answers: Mapping[str, Mapping[str, Answers]], course: Course) -> list[QuizReport]:
    lessons = {quiz: lesson.id for lesson in course.lessons.values() for quiz in lesson.quizzes}
    found = []
    for quiz in course.quizzes.values():
        columns = answers.get(quiz.id, {})
        # What nobody answered was not set: an assignment may be a part of a quiz.
        items = [(item, columns[item.id]) for item in quiz.items if is_scored(item) and item.id in columns]
        if items:
            found.append(_quiz_report(quiz, lessons.get(quiz.id, quiz.lesson or ""), items, course))
    order = list(course.lessons)
    return sorted(found, key=lambda one: order.index(one.lesson) if one.lesson in order else len(order))


def _quiz_report(quiz: Quiz, lesson: str, items: Sequence[tuple[Item, Answers]], course: Course) -> QuizReport:
    matrix = list(zip(*(answers.first_scores for _, answers in items), strict=True))
    totals = [math.fsum(row) for row in matrix]
    most = sum(item.points for item, _ in items)
    alpha = cronbach_alpha(matrix)
    deviation = standard_deviation(totals)
    return QuizReport(
        quiz=quiz,
        lesson=lesson,
        n=len(matrix),
        most=most,
        mean=difficulty(totals),
        deviation=deviation,
        shares=tuple(total / most for total in totals),
        alpha=alpha,
        two_valued=all(set(answers.first_scores) <= {0, item.points} for item, answers in items),
        error=None if alpha is None else standard_error_of_measurement(deviation, alpha),
        items=tuple(_item_reports(quiz, items, corrected_item_totals(matrix), totals, course)),
    )


def _item_reports(
    quiz: Quiz,
    items: Sequence[tuple[Item, Answers]],
    discriminations: Sequence[float | None],
    totals: Sequence[float],
    course: Course,
) -> list[ItemReport]:
    groups = extreme_groups(totals)
    numbers = {item.id: number for number, item in enumerate(quiz.items, 1)}
    found = []
    for (item, answers), discrimination in zip(items, discriminations, strict=True):
        firsts = answers.firsts
        values = [
            [one for one in members if one is not LEFT_OUT]
            for members in (firsts, *([firsts[index] for index in group] for group in groups))
        ]
        n = len(values[0])
        tries = [max(1, count) for count, first in zip(answers.tries, firsts, strict=True) if first is not LEFT_OUT]
        found.append(
            ItemReport(
                quiz=quiz.id,
                number=numbers[item.id],
                item=item,
                n=n,
                omitted=len(totals) - n,
                difficulty=difficulty(answers.first_scores) / item.points,
                discrimination=discrimination,
                tries=sum(tries) / n,
                picks=tuple(count_picks(item, course, *values)),
                groups=(len(groups[0]), len(groups[1])),
            )
        )
    return found


def _sentence_reports(items: Sequence[ItemReport]) -> list[SentenceReport]:
    """Every sentence that items rest on, the most misread first."""
    resting: dict[str, list[ItemReport]] = defaultdict(list)
    for item in items:
        for sentence in item.item.sentences:
            resting[sentence].append(item)
    found = []
    for sentence, those in resting.items():
        n = sum(one.n + one.omitted for one in those)
        lost = math.fsum((1 - one.difficulty) * (one.n + one.omitted) for one in those)
        found.append(SentenceReport(sentence, lost / n, n, len(those), min(those, key=lambda one: one.difficulty)))
    return sorted(found, key=lambda one: (-one.missed, one.id))


def _with_misconceptions(course: Course, items: Sequence[ItemReport]) -> list[tuple[ItemReport, Misconception | None]]:
    """Beside each item the misreading that the notes for teachers expect at its sentences; each of them once."""
    said: set[str] = set()
    found = []
    for item in items:
        wanted = set(item.item.sentences)
        lessons = [lesson.id for lesson in course.lessons.values() if item.quiz in lesson.quizzes]
        notes = [one for name in lessons if name in course.teacher for one in course.teacher[name].misconceptions]
        fitting = [one for one in notes if wanted & set(one.sentences) and one.error not in said]
        nearest = max(fitting, key=lambda one: len(wanted & set(one.sentences)) / len(one.sentences), default=None)
        if nearest is not None:
            said.add(nearest.error)
        found.append((item, nearest))
    return found


class _QuizResults:
    """A quiz as its results are read student by student: what each earned in all, and each item by skill and points."""

    def __init__(self, quiz: Quiz, columns: Mapping[str, Answers]) -> None:
        self.totals = [math.fsum(row) for row in zip(*(one.scores for one in columns.values()), strict=True)]
        self.items = [
            (item.skill, item.points, columns[item.id].firsts, columns[item.id].first_scores)
            for item in quiz.items
            if item.id in columns
        ]


def _student_report(student: StudentWork, results: Mapping[str, _QuizResults]) -> StudentReport:
    earned: dict[Skill, float] = defaultdict(float)
    most: dict[Skill, int] = defaultdict(int)
    points: dict[str, tuple[float, int]] = {}
    for quiz, place in student.quizzes.items():
        worth = 0
        for skill, item_points, firsts, scores in results[quiz].items:
            if firsts[place] is not LEFT_OUT:
                earned[skill] += scores[place]
                most[skill] += item_points
                worth += item_points
        points[quiz] = (results[quiz].totals[place], worth)
    total = sum(most.values())
    return StudentReport(
        student,
        math.fsum(earned.values()) / total if total else None,
        {skill: earned[skill] / most[skill] for skill in most},
        points,
    )


def _who_needs_help(students: Sequence[StudentReport], mean: float | None, deviation: float) -> list[StudentReport]:
    if mean is None:
        return []
    bound = max(HALF, mean - deviation) if mean > HALF else mean - deviation
    weak = [one for one in students if one.share is not None and one.share < bound]
    return sorted(weak, key=lambda one: (one.share or 0, one.work.entry.name))[:HELP]


def _skills(items: Sequence[ItemReport]) -> list[tuple[Skill, float, int]]:
    """Skill, mean share of the points, number of items; the weakest first."""
    found: dict[Skill, list[float]] = defaultdict(list)
    for item in items:
        found[item.item.skill].append(item.difficulty)
    return sorted(
        ((skill, math.fsum(shares) / len(shares), len(shares)) for skill, shares in found.items()),
        key=lambda one: one[1],
    )
