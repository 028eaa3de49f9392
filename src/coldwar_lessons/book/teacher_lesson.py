"""The notes on one lesson, as a page: from what to print to the keys of the quiz."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from coldwar_lessons.content.activities import ArgumentMap
from coldwar_lessons.content.items import Item
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Lesson, WritingTask
from coldwar_lessons.content.questions import interaction_name, level_name, skill_name
from coldwar_lessons.content.teaching import Rubric, SampleAnswer, SampleLevel, TaskNotes, TeacherNotes, Timing
from coldwar_lessons.language import N_, ngettext
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h, phrase
from coldwar_lessons.widgets.citing import cite_links
from coldwar_lessons.widgets.panels import time_of
from coldwar_lessons.widgets.quiz_answers import answer_element

from .teacher_parts import (
    exam_card,
    labelled,
    misconception_card,
    paragraphs,
    prose,
    reading_card,
    section,
    sentence_links,
    table,
)
from .teacher_tasks import map_table, tasks_table, terms_list

_DIFFERENT = {
    "support": N_("Support"),
    "extension": N_("Extension"),
    "language": N_("In a second language"),
    "screen_reader": N_("With a screen reader"),
    "no_computer": N_("Without a computer"),
}


_SAMPLES: dict[SampleLevel, str] = {
    "basic": N_("Basic"),
    "emergent": N_("Emergent"),
    "proficient": N_("Proficient"),
}


def lesson_tree(course: Course, notes: TeacherNotes) -> Element:
    """Build the notes on one lesson."""
    lesson: Lesson = course.named("lessons", notes.id)
    return h("div", (part for part in _sections(course, notes, lesson) if part), class_="cwl-page cwl-teacher")


def _sections(course: Course, notes: TeacherNotes, lesson: Lesson) -> Iterator[Element | None]:
    yield _glance(course, notes, lesson)
    yield section("before", _("Before the lesson"), h("ul", (h("li", prose(course, one)) for one in notes.before)))
    yield section(
        "timing",
        _("Minute by minute"),
        _timing(course, notes.timings),
        labelled(_("Less time?"), prose(course, notes.shorter)),
    )
    yield section("tasks", _("Tasks at a glance"), tasks_table(course, notes, lesson))
    yield section(
        "misreadings",
        _("Misreadings to expect"),
        h("ul", (misconception_card(course, one) for one in notes.misconceptions), class_="cwl-t-cards"),
    )
    yield section(
        "words",
        _("Words to stop at"),
        h("ul", (reading_card(course, one) for one in notes.close_reading), class_="cwl-t-cards"),
    )
    if notes.terms:
        yield section("terms", _("Terms, for you"), terms_list(course, notes))
    yield section("talk", _("To talk about"), h("dl", _talk(course, notes), class_="cwl-t-talk"))
    yield _activities(course, notes)
    yield section("writing", _("Marking the writing"), (_task(course, lesson, task) for task in notes.tasks))
    yield (
        section("exam", _("Exam-type questions"), (exam_card(course, one) for one in notes.exam))
        if notes.exam
        else None
    )
    yield section("everybody", _("For everybody"), h("dl", _different(course, notes), class_="cwl-t-talk"))
    yield section(
        "after",
        _("Homework, and the start of the next lesson"),
        labelled(_("Homework."), prose(course, notes.homework)),
        h("p", _("Three quick questions for the start of the next lesson, books closed:")),
        h(
            "ol",
            (
                h("li", prose(course, one.question), h("br"), h("i", prose(course, one.answer)))
                for one in notes.retrieval
            ),
        ),
    )
    yield section("care", _("With care"), h("p", prose(course, notes.sensitivities))) if notes.sensitivities else None
    yield section("keys", _("Quiz keys, with reasons"), _keys(course, lesson))
    yield (
        section("sources", _("Sources of these notes"), h("p", cite_links(course, notes.sources), "."))
        if notes.sources
        else None
    )


def _glance(course: Course, notes: TeacherNotes, lesson: Lesson) -> Element:
    page = f"../notebooks/{lesson.id}.html"
    return h(
        "div",
        h("p", notes.gist, class_="cwl-t-gist"),
        h("p", h("b", lesson.question), class_="cwl-t-question"),
        h(
            "p",
            phrase(
                # i18n: time is such as: 55 minutes in class and 40 at home; lesson is a link.
                _("{time} · reads {sentences} · {lesson}"),
                time=time_of(lesson),
                sentences=sentence_links(lesson.sentences),
                lesson=h("a", _("the lesson as students see it"), href=page),
            ),
            class_="cwl-t-facts",
        ),
        h("ul", (h("li", prose(course, aim)) for aim in notes.aims)),
        class_="cwl-t-glance",
    )


def _timing(course: Course, timings: tuple[Timing, ...]) -> Element:
    ends = list(accumulate(one.minutes for one in timings))
    rows = (
        h(
            "tr",
            h("th", f"{end - one.minutes}–{end}", scope="row"),
            h("td", h("b", prose(course, one.what)), h("p", prose(course, one.teacher))),
        )
        for one, end in zip(timings, ends, strict=True)
    )
    return table(
        (_("Minute"), _("What happens, and what you do")), rows, _("The lesson minute by minute"), "cwl-t-timing"
    )


def _minutes(count: int) -> str:
    return ngettext("{count} minute", "{count} minutes", count).format(count=count)


def _talk(course: Course, notes: TeacherNotes) -> Iterator[Element]:
    for one in notes.discussion:
        yield h("dt", prose(course, one.question))
        yield h("dd", labelled(_("Listen for:"), prose(course, one.listen_for)))


def _activities(course: Course, notes: TeacherNotes) -> Element | None:
    if not notes.activities:
        return None
    entries: list[Element] = []
    for name, advice in notes.activities.items():
        activity = course.named("activities", name)
        entries.append(h("dt", f"{activity.title} ", h("span", _minutes(activity.minutes), class_="cwl-t-facts")))
        closing = notes.model_sentences.get(name)
        entries.append(
            h(
                "dd",
                h("p", prose(course, advice)),
                labelled(_("A fair closing sentence:"), prose(course, closing)) if closing else None,
                map_table(course, activity) if isinstance(activity, ArgumentMap) else None,
            )
        )
    return section("activities", _("Running the activities"), h("dl", entries, class_="cwl-t-talk"))


def _different(course: Course, notes: TeacherNotes) -> Iterator[Element]:
    for name, label in _DIFFERENT.items():
        yield h("dt", _(label))
        yield h("dd", h("p", prose(course, getattr(notes.differentiation, name))))


def _task(course: Course, lesson: Lesson, notes: TaskNotes) -> Element:
    task: WritingTask = next(one for one in lesson.writing if one.id == notes.task)
    rubric: Rubric = course.named("rubrics", notes.task)
    low, high = task.words
    return h(
        "div",
        labelled(_("The task."), task.prompt, " ", _("({low} to {high} words)").format(low=low, high=high)),
        h("h3", _("The rubric, as students see it")),
        rubric_table(rubric),
        h("h3", _("Sample answers")),
        (_sample(course, rubric, sample) for sample in notes.samples),
        h("h3", _("Comments to reuse")),
        h("dl", _bank(course, rubric, notes), class_="cwl-t-bank"),
    )


def _bank(course: Course, rubric: Rubric, notes: TaskNotes) -> Iterator[Element]:
    labels = {row.id: row.label for row in rubric.rows}
    for row, comments in notes.comment_bank.items():
        yield h("dt", labels.get(row, row))
        yield h("dd", h("ul", (h("li", prose(course, comment)) for comment in comments)))


def rubric_table(rubric: Rubric) -> Element:
    """Lay out a rubric: rows down, levels across."""
    rows = (h("tr", h("th", row.label, scope="row"), (h("td", level) for level in row.levels)) for row in rubric.rows)
    return table(
        (_("What counts"), *rubric.level_names), rows, _("Rubric: {title}").format(title=rubric.title), "cwl-t-rubric"
    )


def _sample(course: Course, rubric: Rubric, sample: SampleAnswer) -> Element:
    words = len(sample.text.split())
    standing = (
        h("li", h("span", row.label), " ", h("b", rubric.level_names[sample.rows[row.id] - 1]))
        for row in rubric.rows
        if row.id in sample.rows
    )
    return h(
        "article",
        h(
            "p",
            h("b", _(_SAMPLES[sample.level])),
            h("span", ngettext("{count} word", "{count} words", words).format(count=words), class_="cwl-t-facts"),
            class_="cwl-t-examhead",
        ),
        h("blockquote", paragraphs(course, sample.text)),
        h("ul", standing, class_="cwl-t-standing", aria_label=_("Where it stands on the rubric")),
        labelled(_("Marker’s comment."), prose(course, sample.comment)),
        class_=f"cwl-t-sample cwl-t-{sample.level}",
    )


def _keys(course: Course, lesson: Lesson) -> Iterator[Element]:
    kept_back = [quiz for quiz in course.quizzes.values() if quiz.lesson == lesson.id]
    for quiz in (*(course.named("quizzes", name) for name in lesson.quizzes), *kept_back):
        yield h("h3", quiz.title)
        if quiz.behaviour == "graded":
            command = h("code", "coldwar-lessons assign --graded")
            yield h("p", phrase(_("Graded: not in the students’ book. {command} sets it."), command=command))
        yield h("ol", (_key(course, item) for item in quiz.items), class_="cwl-t-keys")


def _key(course: Course, item: Item) -> Element:
    # All but the summary: on this page nothing is folded away.
    answer = answer_element(course, item).children[1:]
    return h(
        "li",
        h("p", prose(course, item.prompt), class_="cwl-t-lead"),
        h(
            "p",
            " · ".join((skill_name(item.skill), level_name(item.level), interaction_name(item.interaction))),
            class_="cwl-t-facts",
        ),
        h("div", answer, class_="cwl-t-key"),
    )
