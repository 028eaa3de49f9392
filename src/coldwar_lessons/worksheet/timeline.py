"""A blank strip of time, and the lesson's events as cards to cut out and lay on it."""

from __future__ import annotations

from coldwar_lessons.content.dates import month_name
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Lesson
from coldwar_lessons.language import gettext as _
from coldwar_lessons.widgets.figure_layout import Scale
from coldwar_lessons.widgets.timeline_scene import Mark, Scene, build_scene

from .blocks import Block, block, letter, table

#: The strip's length in the unit in which the scale thinks, inches; the template makes it fit the page.
_LENGTH = 9.4


def strip_blocks(course: Course, lesson: Lesson) -> list[Block]:
    """The strip, and the cards without their dates; nothing when the lesson has no events."""
    if not lesson.events:
        return []
    scene = _scene(course, lesson)
    cards = [{"letter": letter(index), "title": mark.event.title} for index, mark in enumerate(_cards(scene))]
    return [_strip(scene), block("cards", cards=cards)]


def strip_answers(course: Course, lesson: Lesson) -> list[Block]:
    """The cards in time order, with their dates."""
    if not lesson.events:
        return []
    scene = _scene(course, lesson)
    named = {mark.event.id: letter(index) for index, mark in enumerate(_cards(scene))}
    rows = [
        [named[mark.event.id], mark.reading.words, mark.event.title, _("no") if mark.held else _("yes")]
        for mark in scene.marks
    ]
    return [table((_("Card"), _("Date"), _("Event"), _("Could the author know?")), rows, ("auto", "2", "5", "auto"))]


def _scene(course: Course, lesson: Lesson) -> Scene:
    return build_scene([course.named("events", name) for name in lesson.events], course.lanes, course.about.horizon)


def _cards(scene: Scene) -> list[Mark]:
    """In the sequence of their ids, which tells nothing of time."""
    return sorted(scene.marks, key=lambda mark: mark.event.id)


def _strip(scene: Scene) -> Block:
    scale = Scale(scene, 0, _LENGTH)
    ticks = [
        {"at": place / _LENGTH, "text": str(year) if year else "", "major": True}
        for year, place, _share in scale.years()
    ]
    ticks += [{"at": place / _LENGTH, "text": month_name(day), "major": False} for day, place in scale.months()]
    horizon = scale.x(scene.horizon[0]) / _LENGTH if scene.horizon else None
    if scene.horizon:
        alt = _(
            "A blank strip of time, {dates}, from top to bottom. A broken line marks {horizon}, when the author writes."
        )
    else:
        alt = _("A blank strip of time, {dates}, from top to bottom.")
    return block(
        "strip",
        alt=alt.format(dates=scene.words, horizon=scene.writes_when),
        ticks=sorted(ticks, key=lambda tick: (tick["at"], not tick["major"])),
        breaks=[place / _LENGTH for place in scale.breaks],
        horizon=horizon,
        writes=scene.writes,
    )
