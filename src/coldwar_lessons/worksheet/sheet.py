"""What stands on a lesson's worksheet, and on its key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coldwar_lessons.content.activities import Activity
from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.items import Item, Quiz
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Lesson, WritingTask
from coldwar_lessons.content.teaching import TaskNotes
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
    parts = [_part(f"Before you read: {one.title}", activity_blocks(course, one)) for one in first]
    parts.append(_part("The passage", passage_blocks(course, lesson), new_page=bool(first)))
    others = [one for one in activities if one not in first]
    parts += [_part(one.title, activity_blocks(course, one), new_page=True) for one in others]
    if items := list(_items(course, lesson)):
        blocks = [item_block(course, item, n) for n, item in enumerate(items, 1)]
        parts.append(_part("Check your reading", blocks, new_page=bool(others)))
    parts += [_part("Write", _writing(course, task), new_page=True) for task in lesson.writing]
    if strip := strip_blocks(course, lesson):
        how = "Cut out the cards on the next page and lay them on the strip. Which could the author not know?"
        parts.append(_part("In time", [block("text", text=how), *strip], new_page=True))
    return _lesson_sheet(course, lesson, "Worksheet", parts)


def answer_key(course: Course, lesson: Lesson) -> Block:
    """The key to :func:`worksheet`: answers with a reason for every option, and what this edition thinks.

    Raises
    ------
    CourseError
        If the content has no notes for teachers on this lesson: a key is made from a clone of the repository.
    """
    notes = course.teacher.get(lesson.id)
    if notes is None:
        message = (
            f"no notes for teachers on {lesson.id}: a key is made where data/teacher is, as in a clone of the course"
        )
        raise CourseError(f"{message} (--root names another folder)")
    parts = []
    if items := list(_items(course, lesson)):
        parts.append(_part("Check your reading", _answers(course, items)))
    parts += [
        _part(one.title, activity_answers(course, one, notes.model_sentences.get(one.id)))
        for one in _activities(course, lesson)
    ]
    if dates := strip_answers(course, lesson):
        parts.append(_part("In time", dates))
    tasks = {task.task: task for task in notes.tasks}
    for task in lesson.writing:
        if task.id in tasks:
            prompt = block("prompt", text=numbered(course, task.prompt))
            parts.append(_part("Write", [prompt, *_samples(course, tasks[task.id])]))
    return _lesson_sheet(course, lesson, "Key", parts)


def graded_test(course: Course, quiz: Quiz) -> Block:
    """A graded quiz as a test on paper."""
    blocks = [item_block(course, item, n) for n, item in enumerate(quiz.items, 1)]
    return _sheet(course, "Test", f"{len(quiz.items)} questions", quiz.title, "", "", [_part("Questions", blocks)])


def graded_test_key(course: Course, quiz: Quiz) -> Block:
    """The key to :func:`graded_test`."""
    parts = [_part("Questions", _answers(course, quiz.items))]
    return _sheet(course, "Key", f"{len(quiz.items)} questions", quiz.title, "", "", parts)


def _answers(course: Course, items: Sequence[Item]) -> list[Block]:
    """The answers in short, for marking at a glance, then each with its reasons."""
    brief = [{"number": n, "short": short_answer(course, item)} for n, item in enumerate(items, 1)]
    return [block("brief", answers=brief), *(answer_block(course, item, n) for n, item in enumerate(items, 1))]


def _lesson_sheet(course: Course, lesson: Lesson, name: str, parts: list[Block]) -> Block:
    about = f"About {lesson.minutes} minutes."
    return _sheet(course, name, f"Lesson {lesson.number}", lesson.title, lesson.question, about, parts)


def _sheet(course: Course, name: str, label: str, heading: str, question: str, about: str, parts: list[Block]) -> Block:
    return {
        "title": f"{name}: {label[:1].lower()}{label[1:]}, {heading}",
        "name": name,
        "label": label,
        "key": name == "Key",
        "heading": heading,
        "question": question,
        "about": about,
        "reference": course.paper.reference,
        "paper_title": course.paper.title,
        "document": course.about.document.name,
        "when": course.about.document.when,
        "example": short_name(course.paper.example),
        "parts": parts,
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
        block("small", text=f"Aim for {low} to {high} words."),
    ]
    if rubric := course.rubrics.get(task.id):
        rows = [[numbered(course, text) for text in (row.label, *row.levels)] for row in rubric.rows]
        blocks.append(table(("What counts", *rubric.level_names), rows, ["1"] * (1 + len(rubric.level_names))))
    if task.starters:
        blocks.append(block("starters", texts=[numbered(course, one) for one in task.starters]))
    if task.checklist:
        checks = [numbered(course, one) for one in task.checklist]
        blocks.append(block("checks", how="When you have written, check:", texts=checks))
    return [*blocks, writing_lines(task.words)]


def _samples(course: Course, notes: TaskNotes) -> list[Block]:
    rubric = course.rubrics.get(notes.task)
    labels = {row.id: numbered(course, row.label) for row in rubric.rows} if rubric else {}
    blocks: list[Block] = []
    for sample in notes.samples:
        levels = ", ".join(f"{labels.get(row, row)} {level}" for row, level in sample.rows.items())
        blocks += [
            block("label", text=f"A sample answer: {sample.level} ({levels})"),
            *(paragraphs(course, sample.text)),
            block("labelled", label="A marker’s comment", text=numbered(course, sample.comment)),
        ]
    return blocks
