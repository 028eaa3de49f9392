"""What stands on a lesson's worksheet, and on its key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coldwar_lessons.content.activities import Activity
from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.items import Item, Quiz
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Lesson, WritingTask
from coldwar_lessons.content.teaching import TaskNotes, sample_level_name
from coldwar_lessons.language import commas, current_language, direction, ngettext
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import h, phrase
from coldwar_lessons.widgets.passage import short_name

from .activities import activity_answers, activity_blocks
from .blocks import Block, block, numbered, paragraphs, table, writing_lines
from .items import answer_block, item_block, short_answer
from .passage import passage_blocks
from .timeline import strip_answers, strip_blocks


def worksheet(course: Course, lesson: Lesson) -> Block:
    """A lesson's worksheet, for students: it can be handed out, since no answer stands on it.

    Parameters
    ----------
    course
        The content; with ``teaching`` it shows the rubrics beside the writing tasks.
    lesson
        The lesson.

    Raises
    ------
    UnknownNameError
        If the lesson names something that does not exist.
    """
    activities = _activities(course, lesson)
    # Who has seen the words cannot guess them any more.
    first = [one for one in activities if one.kind == "white-out"]
    parts = [
        _part(_("Before you read: {activity}").format(activity=one.title), activity_blocks(course, one))
        for one in first
    ]
    parts.append(_part(_("The passage"), passage_blocks(course, lesson), new_page=bool(first)))
    others = [one for one in activities if one not in first]
    parts += [_part(one.title, activity_blocks(course, one), new_page=True) for one in others]
    if items := list(_items(course, lesson)):
        blocks = [item_block(course, item, n) for n, item in enumerate(items, 1)]
        parts.append(_part(_("Check your reading"), blocks, new_page=bool(others)))
    parts += [_part(_("Write"), _writing(course, task), new_page=True) for task in lesson.writing]
    if strip := strip_blocks(course, lesson):
        how = _("Cut out the cards on the next page and lay them on the strip. Which could the author not know?")
        parts.append(_part(_("In time"), [block("text", text=how), *strip], new_page=True))
    return _lesson_sheet(course, lesson, parts, key=False)


def answer_key(course: Course, lesson: Lesson) -> Block:
    """The key to :func:`worksheet`: answers with a reason for every option, and what this edition thinks.

    Raises
    ------
    CourseError
        If the content has no notes for teachers on this lesson: a key is made from a clone of the repository.
    """
    notes = course.teacher.get(lesson.id)
    if notes is None:
        message = _(
            "no notes for teachers on {lesson}: a key is made where data/teacher is, as in a clone of the course "
            "(--root names another folder)"
        )
        raise CourseError(message.format(lesson=lesson.id))
    parts = []
    if items := list(_items(course, lesson)):
        parts.append(_part(_("Check your reading"), _answers(course, items)))
    parts += [
        _part(one.title, activity_answers(course, one, notes.model_sentences.get(one.id)))
        for one in _activities(course, lesson)
    ]
    if dates := strip_answers(course, lesson):
        parts.append(_part(_("In time"), dates))
    tasks = {task.task: task for task in notes.tasks}
    for task in lesson.writing:
        if task.id in tasks:
            prompt = block("prompt", text=numbered(course, task.prompt))
            parts.append(_part(_("Write"), [prompt, *_samples(course, tasks[task.id])]))
    return _lesson_sheet(course, lesson, parts, key=True)


def graded_test(course: Course, quiz: Quiz) -> Block:
    """A graded quiz as a test on paper."""
    blocks = [item_block(course, item, n) for n, item in enumerate(quiz.items, 1)]
    return _test_sheet(course, quiz, [_part(_("Questions"), blocks)], key=False)


def graded_test_key(course: Course, quiz: Quiz) -> Block:
    """The key to :func:`graded_test`."""
    return _test_sheet(course, quiz, [_part(_("Questions"), _answers(course, quiz.items))], key=True)


def _answers(course: Course, items: Sequence[Item]) -> list[Block]:
    """The answers in short, for marking at a glance, then each with its reasons."""
    brief = [{"number": n, "short": short_answer(course, item)} for n, item in enumerate(items, 1)]
    return [block("brief", answers=brief), *(answer_block(course, item, n) for n, item in enumerate(items, 1))]


def _lesson_sheet(course: Course, lesson: Lesson, parts: list[Block], *, key: bool) -> Block:
    title = _("Key: lesson {number}, {title}") if key else _("Worksheet: lesson {number}, {title}")
    minutes = ngettext("About {count} minute.", "About {count} minutes.", lesson.minutes).format(count=lesson.minutes)
    return {
        **_frame(course, minutes, key=key),
        "title": title.format(number=lesson.number, title=lesson.title),
        "name": _("Key") if key else _("Worksheet"),
        "label": _("Lesson {number}").format(number=lesson.number),
        "heading": lesson.title,
        "question": lesson.question,
        "parts": parts,
    }


def _test_sheet(course: Course, quiz: Quiz, parts: list[Block], *, key: bool) -> Block:
    count = len(quiz.items)
    if key:
        title = ngettext("Key: {count} question, {title}", "Key: {count} questions, {title}", count)
    else:
        title = ngettext("Test: {count} question, {title}", "Test: {count} questions, {title}", count)
    return {
        **_frame(course, "", key=key),
        "title": title.format(count=count, title=quiz.title),
        "name": _("Key") if key else _("Test"),
        "label": ngettext("{count} question", "{count} questions", count).format(count=count),
        "heading": quiz.title,
        "question": "",
        "parts": parts,
    }


def _frame(course: Course, minutes: str, *, key: bool) -> Block:
    """What every sheet has, and what the template itself says."""
    document = course.about.document
    # i18n: such as: On C.(53)187, Policy towards the Soviet Union and Germany, July 1953.
    about = _("On {reference}, {title}, {date}.")
    # i18n: document is such as: the paper.
    numbers = _("Numbers such as {example} are paragraph and sentence of {document}.").format(
        example=short_name(course.paper.example), document=document.name
    )
    runs = phrase(about, reference=course.paper.reference, title=h("i", course.paper.title), date=document.when)
    runs.append("".join(f" {part}" for part in (minutes, numbers) if part))
    return {
        "language": current_language(),
        "direction": direction(),
        "key": key,
        "reference": course.paper.reference,
        "author": course.about.author,
        "about": [
            {"text": one if isinstance(one, str) else one.text(), "title": not isinstance(one, str)} for one in runs
        ],
        "texts": {
            # i18n: to be filled in at the head of a sheet on paper.
            "fields": [_("Name"), _("Class"), _("Date")],
            "for_teachers": _("For teachers: keep it from students."),
            "words": _("Words"),
            "begin": _("Ways to begin a sentence"),
            "own_word": _("Your own word first:"),
            "cut": _("Cut along the lines."),
        },
    }


def _part(heading: str, blocks: list[Block], *, new_page: bool = False) -> Block:
    return {"heading": heading, "blocks": blocks, "new_page": new_page}


def _items(course: Course, lesson: Lesson) -> Iterator[Item]:
    for name in lesson.quizzes:
        # A graded quiz is a test of its own, and in a student's content it has no key.
        if name in course.quizzes and course.quizzes[name].behaviour != "graded":
            yield from course.quizzes[name].items


def _activities(course: Course, lesson: Lesson) -> list[Activity]:
    return [course.named("activities", name) for name in lesson.activities]


def _writing(course: Course, task: WritingTask) -> list[Block]:
    low, high = task.words
    blocks = [
        block("prompt", text=numbered(course, task.prompt)),
        block("small", text=_("Aim for {low} to {high} words.").format(low=low, high=high)),
    ]
    if rubric := course.rubrics.get(task.id):
        rows = [[numbered(course, text) for text in (row.label, *row.levels)] for row in rubric.rows]
        blocks.append(table((_("What counts"), *rubric.level_names), rows, ["1"] * (1 + len(rubric.level_names))))
    if task.starters:
        blocks.append(block("starters", texts=[numbered(course, one) for one in task.starters]))
    if task.checklist:
        checks = [numbered(course, one) for one in task.checklist]
        blocks.append(block("checks", how=_("When you have written, check:"), texts=checks))
    return [*blocks, writing_lines(task.words)]


def _samples(course: Course, notes: TaskNotes) -> list[Block]:
    rubric = course.rubrics.get(notes.task)
    labels = {row.id: numbered(course, row.label) for row in rubric.rows} if rubric else {}
    blocks: list[Block] = []
    for sample in notes.samples:
        levels = commas(f"{labels.get(row, row)} {level}" for row, level in sample.rows.items())
        blocks += [
            block(
                "label",
                text=_("A sample answer: {level} ({levels})").format(
                    level=sample_level_name(sample.level), levels=levels
                ),
            ),
            *(paragraphs(course, sample.text)),
            block("labelled", label=_("A marker’s comment:"), text=numbered(course, sample.comment)),
        ]
    return blocks
