"""One page a student, to print and hand out: what was earned, what to read again, what the marker said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coldwar_lessons.content.activities import Forecast
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.questions import skill_name
from coldwar_lessons.grading.essays import MarkedEssay
from coldwar_lessons.grading.scoring import is_scored
from coldwar_lessons.language import commas
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h

from .analysis import Report, StudentReport, percent
from .gather import LEFT_OUT, Answers
from .picks import count_picks

#: More than this would not fit on the student's one page.
MISSED = 5


def student_pages(report: Report, course: Course) -> Iterator[str]:
    """The pages of everybody who handed in, as HTML."""
    for number, student in enumerate(report.present, 1):
        yield _page(number, student, course, report.work.answers).to_html()


def _page(number: int, student: StudentReport, course: Course, answers: Mapping[str, Mapping[str, Answers]]) -> Element:
    work = student.work
    missed = list(_missed(student, course, answers))
    return h(
        "article",
        h("h3", work.entry.name, h("span", _beside(student), class_="sub"), id=f"student-{number}"),
        h(
            "ul",
            [
                h(
                    "li",
                    f"{course.quizzes[quiz].title}: ",
                    h("b", _("{points} of {most}").format(points=f"{score:.3g}", most=most)),
                )
                for quiz, (score, most) in student.points.items()
            ],
            class_="facts",
        ),
        h(
            "p",
            # i18n: skills are such as: argument 50 %, close reading 75 %.
            _("By skill, at the first answer: {skills}.").format(
                skills=commas(f"{skill_name(skill)} {percent(share)}" for skill, share in student.skills.items())
            ),
            class_="small",
        )
        if student.skills
        else None,
        [_essay(essay, brief=len(work.essays) > 1) for essay in work.essays],
        [_forecast(course, name, values) for name, values in work.forecasts.items()],
        h("h4", _("Read again")) if missed else None,
        h("ul", missed[:MISSED], class_="missed") if missed else None,
        h("p", _("And {count} more.").format(count=len(missed) - MISSED), class_="small")
        if len(missed) > MISSED
        else None,
        class_="student",
        aria_labelledby=f"student-{number}",
    )


def _beside(student: StudentReport) -> str:
    entry = student.work.entry
    parts = [
        entry.number if entry.number != entry.name else "",
        entry.class_name,
        _("late") if student.work.late else "",
    ]
    return "".join(f" · {part}" for part in parts if part)


def _missed(student: StudentReport, course: Course, answers: Mapping[str, Mapping[str, Answers]]) -> Iterator[Element]:
    """What was not all right at last, the worst first."""
    lost = []
    for quiz, place in student.work.quizzes.items():
        for item in course.quizzes[quiz].items:
            column = answers[quiz].get(item.id)
            if column is None or column.values[place] is LEFT_OUT or not is_scored(item):
                continue
            if column.scores[place] < item.points:
                lost.append((column.scores[place] / item.points, item, column.values[place]))
    for _share, item, value in sorted(lost, key=lambda one: one[0]):
        picks = [pick for pick in count_picks(item, course, [value], [], []) if pick.everybody]
        wrong = [pick for pick in picks if not pick.right]
        yield h(
            "li",
            h("p", h("b", item.prompt)),
            [h("p", _("You answered: {answer}").format(answer=pick.text)) for pick in wrong[:1]],
            [h("p", pick.feedback) for pick in wrong[:1] if pick.feedback],
            h("p", _("Read again: {sentences}.").format(sentences=commas(item.sentences)), class_="small"),
        )


def _essay(essay: MarkedEssay, *, brief: bool) -> Element:
    task = essay.task
    title = h("h4", task.rubric.title if task.rubric.id != "general" else task.prompt)
    if essay.points is None:
        return h("div", title, h("p", _("Handed in, not marked yet."), class_="small"))
    names = task.rubric.level_names
    return h(
        "div",
        title,
        h("p", h("b", _("{points} of {most} points").format(points=f"{essay.points:.3g}", most=f"{task.most:.3g}"))),
        None
        if brief
        else h(
            "ul",
            [
                h(
                    "li",
                    f"{row.label}: ",
                    h("b", names[essay.levels[row.id] - 1] if essay.levels[row.id] <= len(names) else ""),
                    f". {row.levels[essay.levels[row.id] - 1]} ",
                    h("i", essay.comments[row.id]) if row.id in essay.comments else None,
                )
                for row in task.rubric.rows
                if row.id in essay.levels
            ],
        ),
        [h("p", line) for line in essay.comment.splitlines() if line.strip()],
    )


def _forecast(course: Course, name: str, values: object) -> Element | None:
    activity = course.activities.get(name)
    if not isinstance(activity, Forecast) or not isinstance(values, dict):
        return None
    told = [question for question in activity.questions if question.id in values]
    if not told:
        return None
    brier = sum((values[one.id] / 100 - one.outcome) ** 2 for one in told) / len(told)
    words = _("Brier score {score} (0 is perfect, 0.25 is always fifty-fifty).").format(score=f"{brier:.2f}")
    return h("p", h("b", f"{activity.title} "), words)
