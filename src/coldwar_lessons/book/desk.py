"""What the progress page offers to do with one's work: keep a copy, hand in, start again.

Complete forms in HTML, which ``js/src/student-work/desk.ts`` brings to life; without scripts they are not shown, since
nothing is kept then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coldwar_lessons.content.inventory import LessonInventory
from coldwar_lessons.grading.records import Student
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h


def keep_tree() -> Element:
    """Save everything as one file, and load such a file."""
    return _desk("keep", h("div", _button(_("Save my work"), "save"), class_="work-buttons"))


def hand_in_tree(lessons: Sequence[LessonInventory]) -> Element:
    """Who hands in, and which lessons."""
    return h(
        "form",
        h(
            "div",
            _field("name", _("Your name"), "name", _longest("name")),
            _field("number", _("Your student number"), "off", _longest("number")),
            _field("class", _("Your class, if asked for"), "off", 120),
            class_="work-fields",
        ),
        h(
            "fieldset",
            h("legend", _("Lessons to hand in, and what is still open in them")),
            (
                h(
                    "div",
                    h(
                        "label",
                        h("input", type="checkbox", disabled=True),
                        f" {lesson.number} {lesson.title}",
                    ),
                    h("span", class_="work-open"),
                    data_lesson=lesson.id,
                    class_="work-row",
                )
                for lesson in lessons
            ),
        ),
        h("p", role="alert", id="hand-in-fault", class_="work-fault"),
        h("button", _("Make the hand-in file"), type="submit", class_="cwl-button cwl-primary"),
        class_="work-desk scripted",
        data_work="hand-in",
        novalidate=True,
        aria_label=_("Hand in"),
    )


def start_again_tree(lessons: Sequence[LessonInventory]) -> Element:
    """Take what was done in a lesson, or in all, out of the browser."""
    return _desk(
        "start-again",
        h(
            "div",
            h("label", _("Start again with"), for_="start-again-with"),
            h(
                "select",
                (h("option", f"{lesson.number} {lesson.title}", value=lesson.id) for lesson in lessons),
                h("option", _("all lessons"), value=""),
                id="start-again-with",
            ),
            _button(_("Start again …"), "begin"),
            class_="work-buttons",
        ),
        h(
            "div",
            h("p", tabindex="-1"),
            h(
                "div",
                _button(_("Save it first"), "save"),
                _button(_("Take it out"), "clear"),
                _button(_("Leave it"), "stop"),
                class_="work-buttons",
            ),
            class_="work-sure",
            hidden=True,
        ),
    )


DESKS: dict[str, Callable[[Sequence[LessonInventory]], Element]] = {
    "keep": lambda _lessons: keep_tree(),
    "hand-in": hand_in_tree,
    "start-again": start_again_tree,
}


def _desk(name: str, *children: Element) -> Element:
    return h("div", *children, class_="work-desk scripted", data_work=name)


def _button(label: str, act: str) -> Element:
    return h("button", label, type="button", class_="cwl-button", data_act=act)


def _field(name: str, label: str, autocomplete: str, longest: int) -> Element:
    identifier = f"hand-in-{name}"
    return h(
        "p",
        h("label", label, for_=identifier),
        h(
            "input",
            id=identifier,
            name=name,
            maxlength=longest,
            autocomplete=autocomplete,
            spellcheck="false",
            aria_describedby="hand-in-fault",
        ),
    )


def _longest(field: str) -> int:
    """What the hand-in's model allows."""
    return next(int(one.max_length) for one in Student.model_fields[field].metadata if hasattr(one, "max_length"))
