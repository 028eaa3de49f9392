"""Assign lessons: plan what students get, and put it together as a folder.

What a graded quiz may show is an allow-list (:mod:`coldwar_lessons.content.questions`); it is sealed before it is
written. Everything else in the folder is content that the course publishes anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import yaml

from coldwar_lessons.content.bundle import MARKER
from coldwar_lessons.content.faults import UnknownNameError, unknown
from coldwar_lessons.content.items import ExtendedTextItem, Quiz
from coldwar_lessons.content.load import LISTS, SINGLE, Course
from coldwar_lessons.content.models import Lesson
from coldwar_lessons.content.seal import seal_quiz
from coldwar_lessons.content.settings import AssignmentSettings, QuizSettings, read_due
from coldwar_lessons.language import find_catalogue
from coldwar_lessons.language import gettext as _

from .assign_pages import bundle_notebook, links_page, student_page
from .assignment import Assignment, make_assignment


@dataclass(frozen=True)
class Plan:
    """What is to be assigned.

    Attributes
    ----------
    lessons
        The lessons, in the sequence in which they were named.
    quizzes
        Each quiz as it is set: its behaviour, items and their sequence, with the seed that shuffles it.
    added
        Lesson id to the graded quizzes that stand at its end; its notebook in the course does not show them.
    public_keys
        Quizzes that are graded here although their keys are published with the course.
    """

    lessons: tuple[Lesson, ...]
    quizzes: Mapping[str, tuple[Quiz, int]]
    added: Mapping[str, tuple[str, ...]]
    public_keys: tuple[str, ...]
    settings: AssignmentSettings
    due: datetime | None = field(default=None)


def find_lessons(course: Course, names: Iterable[str]) -> tuple[Lesson, ...]:
    """The lessons of these ids or numbers, each once.

    Raises
    ------
    UnknownNameError
        If there is no such lesson; the message names the nearest.
    """
    found: dict[str, Lesson] = {}
    for name in names:
        lesson_id = course.lesson_id(name)
        if lesson_id not in course.lessons:
            raise unknown("lesson", name, course.lessons)
        found[lesson_id] = course.lessons[lesson_id]
    return tuple(found.values())


def quizzes_of(course: Course, lessons: Iterable[Lesson], *, graded: bool) -> dict[str, str]:
    """The quizzes that can be set with these lessons, each with its lesson; with the graded ones where it counts."""
    found = {}
    for lesson in lessons:
        found.update(dict.fromkeys(lesson.quizzes, lesson.id))
        if graded:
            found.update({name: lesson.id for name, quiz in course.quizzes.items() if quiz.lesson == lesson.id})
    return found


def plan_assignment(course: Course, lessons: tuple[Lesson, ...], settings: AssignmentSettings) -> Plan:
    """Decide how each quiz is set.

    Where it counts, a lesson's graded quizzes are added to it. A lesson that has none has its practice quizzes
    graded, unless the settings say otherwise.

    Parameters
    ----------
    course
        The teacher's content.
    lessons
        The lessons.
    settings
        The settings, checked.
    """
    added: dict[str, tuple[str, ...]] = {}
    set_as: dict[str, tuple[Quiz, int]] = {}
    public: list[str] = []
    for lesson in lessons:
        kept_back = tuple(name for name, quiz in course.quizzes.items() if quiz.lesson == lesson.id)
        if settings.graded and kept_back:
            added[lesson.id] = kept_back
        for name in (*lesson.quizzes, *added.get(lesson.id, ())):
            one = settings.quizzes.get(name, QuizSettings())
            quiz = course.quizzes[name]
            behaviour = one.behaviour or ("graded" if settings.graded and not kept_back else quiz.behaviour)
            seed = settings.seed if one.seed is None else one.seed
            set_as[name] = (_set_quiz(quiz, one, behaviour, seed), seed)
            if behaviour == "graded" and quiz.behaviour != "graded":
                public.append(name)
    due = read_due(settings.due) if settings.due else None
    return Plan(lessons, set_as, added, tuple(public), settings, due)


def record_of(course: Course, plan: Plan) -> Assignment:
    """The record that goes with the folder."""
    due = plan.due.isoformat().replace("+00:00", "Z") if plan.due else None
    return make_assignment(course, [one.id for one in plan.lessons], plan.quizzes, plan.settings.class_, due)


def build_bundle(course: Course, plan: Plan) -> dict[str, bytes]:
    """Every file of the folder that students get, by its path in it.

    Raises
    ------
    UnknownNameError
        If a lesson has no notebook.
    """
    assignment = record_of(course, plan)
    texts: dict[str, str] = {MARKER: assignment.to_json()}
    texts |= dict(_content(course, plan))
    names = {f"{lesson.id}.ipynb" for lesson in plan.lessons}
    for lesson in plan.lessons:
        path = course.root / "notebooks" / f"{lesson.id}.ipynb"
        if not path.is_file():
            message = _("lesson {name!r} has no notebook: write {file}")
            raise UnknownNameError(message.format(name=lesson.id, file=f"notebooks/{lesson.id}.ipynb"))
        texts[path.name] = bundle_notebook(
            path.read_text(encoding="utf-8"),
            lesson,
            quizzes={name: plan.quizzes[name][0].title for name in (*lesson.quizzes, *plan.added.get(lesson.id, ()))},
            added=plan.added.get(lesson.id, ()),
            only_quizzes=plan.settings.only_quizzes,
            beside=names,
            book=plan.settings.links.book,
        )
    texts["README.md"] = student_page(plan.lessons, assignment, plan.settings.links)
    texts["links.md"] = links_page(plan.lessons, plan.settings)
    files = {name: text.encode("utf-8") for name, text in texts.items()}
    # The course's own translation: its notebooks speak the language from it.
    if translation := find_catalogue(course.about.language, course.root / "locale"):
        files[translation.relative_to(course.root).as_posix()] = translation.read_bytes()
    return dict(sorted(files.items()))


def _set_quiz(quiz: Quiz, settings: QuizSettings, behaviour: str, seed: int) -> Quiz:
    items = {item.id: item for item in quiz.items}
    chosen = list(settings.items or items)
    if settings.order == "shuffled":
        Random(f"{seed}/{quiz.id}").shuffle(chosen)  # noqa: S311  # a sequence, no secret
    changes: dict[str, Any] = {"behaviour": behaviour, "items": tuple(items[name] for name in chosen)}
    for name in ("tries", "penalty"):
        if getattr(settings, name) is not None:
            changes[name] = getattr(settings, name)
    return quiz.model_copy(update=changes)


def _content(course: Course, plan: Plan) -> Iterator[tuple[str, str]]:
    """The content that the lessons need: nothing for teachers, no other lesson's quizzes and activities."""
    root = course.root
    yield from _copies(root, (root / "data" / f"{kind}.yml" for kind in SINGLE))
    for kind in LISTS:
        yield from _copies(root, [root / "data" / f"{kind}.yml", *sorted((root / "data" / kind).glob("*.yml"))])
    rubrics = {task.id for lesson in plan.lessons for task in lesson.writing}
    for lesson in plan.lessons:
        shown = (*lesson.quizzes, *plan.added.get(lesson.id, ()))
        yield f"data/lessons/{lesson.id}.yml", _yaml(lesson.model_copy(update={"quizzes": shown}))
        yield from _copies(root, (root / course.places["activities", name].path for name in lesson.activities))
    for name, (quiz, seed) in plan.quizzes.items():
        rubrics |= {item.rubric for item in quiz.items if isinstance(item, ExtendedTextItem) and item.rubric}
        if quiz.behaviour == "graded":
            yield f"data/sealed/{name}.yml", _yaml(seal_quiz(course, quiz, str(seed)))
        else:
            yield f"data/quizzes/{name}.yml", _yaml(quiz)
    yield from _copies(root, (root / "data" / "rubrics" / f"{name}.yml" for name in sorted(rubrics)))


def _copies(root: Path, paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        if path.is_file():
            yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def _yaml(model: Any) -> str:
    data = model.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)
