"""The tasks of a lesson at a glance, the maps of this edition, and the terms in two levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from coldwar_lessons.content.activities import Activity, ArgumentMap
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Claim, Lesson, Term
from coldwar_lessons.content.questions import Level, Skill, level_name, skill_name
from coldwar_lessons.content.teaching import Rubric, TeacherNotes
from coldwar_lessons.language import N_, commas, ngettext, semicolons
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h
from coldwar_lessons.widgets.argument_map import KIND_NAMES, RELATION_NAMES, Link, edition_links
from coldwar_lessons.widgets.citing import cite_links

from .teacher_parts import prose, sentence_link, table

#: What each kind of activity trains, and how deep it goes.
_TRAINS: dict[str, tuple[Skill, Level]] = {
    "argument-map": ("argument", "analysis"),
    "claim-against-source": ("corroboration", "analysis"),
    "evidence-matrix": ("corroboration", "evaluation"),
    "figure": ("corroboration", "analysis"),
    "forecast": ("contextualisation", "evaluation"),
    "positions": ("corroboration", "evaluation"),
    "white-out": ("close-reading", "analysis"),
    "words-of-doubt": ("close-reading", "analysis"),
}
_KINDS = {
    "argument-map": N_("argument map"),
    "claim-against-source": N_("claim against source"),
    "evidence-matrix": N_("evidence matrix"),
    "white-out": N_("hidden words"),
    "words-of-doubt": N_("words of doubt"),
    "figure": N_("figure"),
    "forecast": N_("forecast"),
    "positions": N_("positions"),
}


def tasks_table(course: Course, notes: TeacherNotes, lesson: Lesson) -> Element:
    """Every task of the lesson with its skill, level, examination objective and minutes."""
    header = (_("Task"), _("Kind"), _("Skill"), _("Level"), _("Objective"), _("Minutes"))
    return table(header, _task_rows(course, notes, lesson), _("Tasks at a glance"), "cwl-t-tasks")


def _task_rows(course: Course, notes: TeacherNotes, lesson: Lesson) -> Iterator[Element]:
    # i18n: minutes.
    about = _("about {minutes}")
    for name in lesson.activities:
        activity: Activity = course.named("activities", name)
        skill, level = _TRAINS[activity.kind]
        names = (_(_KINDS[activity.kind]), skill_name(skill), level_name(level))
        yield _task_row(activity.title, *names, notes.objectives.get(name, ()), f"{activity.minutes}")
    for name in lesson.quizzes:
        quiz = course.named("quizzes", name)
        skills = _by_number(skill_name(item.skill) for item in quiz.items)
        levels = _by_number(level_name(item.level) for item in quiz.items)
        # An item on the argument asks for a judgement; all others ask what a source says and what it is worth.
        objectives = ("AO2", "AO1") if any(item.skill == "argument" for item in quiz.items) else ("AO2",)
        count = len(quiz.items)
        kind = ngettext("quiz, {count} item", "quiz, {count} items", count).format(count=count)
        yield _task_row(quiz.title, kind, skills, levels, objectives, about.format(minutes=count))
    for task in lesson.writing:
        rubric: Rubric = course.named("rubrics", task.id)
        skills = _by_number(skill_name(row.skill) for row in rubric.rows)
        kind = _("writing, {low} to {high} words").format(low=task.words[0], high=task.words[1])
        # At twelve words a minute, with time to plan and to check.
        minutes = about.format(minutes=5 * round((sum(task.words) / 24 + 3) / 5))
        yield _task_row(
            rubric.title, kind, skills, level_name("evaluation"), notes.objectives.get(task.id, ()), minutes
        )


def _task_row(title: str, kind: str, skill: str, level: str, objectives: Iterable[str], minutes: str) -> Element:
    return h(
        "tr",
        h("th", title, scope="row"),
        h("td", kind),
        h("td", skill),
        h("td", level),
        h("td", commas(objectives)),
        h("td", minutes),
    )


def _by_number(words: Iterable[str]) -> str:
    found = list(words)
    ordered = sorted(dict.fromkeys(found), key=lambda word: -found.count(word))
    return commas(f"{word} {found.count(word)}" if found.count(word) > 1 else word for word in ordered)


def map_table(course: Course, activity: ArgumentMap) -> Element:
    """The edition's argument map as a table: each piece, what it is, and what it bears on."""
    claims: list[Claim] = [course.named("claims", name) for name in activity.claims]
    numbers = {claim.id: number for number, claim in enumerate(claims, 1)}
    links = edition_links(claims)
    rows = (
        h(
            "tr",
            h("th", f"{numbers[claim.id]}", scope="row"),
            h("td", f"“{claim.quote}” ", sentence_link(claim.sentence)),
            h("td", _(KIND_NAMES[claim.kind])),
            h("td", semicolons(_links_of(claim, links, numbers)) or "–"),
        )
        for claim in claims
    )
    return table(
        (_("No."), _("Piece"), _("What it is"), _("Bears on")),
        rows,
        _("The edition’s map: {title}").format(title=activity.title),
        "cwl-t-boards",
    )


def _links_of(claim: Claim, links: Iterable[Link], numbers: Mapping[str, int]) -> Iterator[str]:
    return (f"{_(RELATION_NAMES[word])} {numbers[to]}" for start, word, to in links if start == claim.id)


def terms_list(course: Course, notes: TeacherNotes) -> Element:
    """The terms that the notes explain, each with what a teacher should know beyond the definition."""
    return h("dl", (_term(course, course.named("terms", name), text) for name, text in notes.terms.items()))


def glossary_tree(course: Course) -> Element:
    """All terms, in two levels: what students read, and what a teacher should know."""
    texts = {name: text for notes in course.teacher.values() for name, text in notes.terms.items()}
    terms = sorted((course.named("terms", name) for name in texts), key=lambda term: term.term.casefold())
    return h(
        "div",
        h("dl", (_term(course, term, texts[term.id]) for term in terms)),
        class_="cwl-page cwl-teacher cwl-t-talk",
    )


def _term(course: Course, term: Term, text: str) -> Element:
    return h(
        "div",
        h("dt", term.term),
        h(
            "dd",
            h("p", h("b", _("Students read:"), " ", class_="cwl-t-label"), term.definition),
            h("p", h("b", _("For you:"), " ", class_="cwl-t-label"), prose(course, text)),
            h("p", cite_links(course, term.sources), class_="cwl-cites"),
        ),
        id=f"teacher-term-{term.id}",
    )
