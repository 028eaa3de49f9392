"""Flashcards of a lesson's terms and people; the browser deals them out by spaced repetition (FSRS)."""

from __future__ import annotations

from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Lesson, Person, Term
from coldwar_lessons.language import N_
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h

from .citing import cite_links
from .framing import document_name
from .spec import WidgetSpec

# i18n: how well a student knew a card.
_GRADES = (N_("Again"), N_("Hard"), N_("Good"), N_("Easy"))


def flashcards_spec(course: Course, lesson: Lesson, widget_id: str) -> WidgetSpec:
    """Build the cards of one lesson; without scripts and on paper they are a list.

    Parameters
    ----------
    course
        The content.
    lesson
        Its terms and people become cards.
    widget_id
        Names the state. The same for every lesson, so that a card learnt in one is known in the next.

    Raises
    ------
    UnknownNameError
        If the lesson names a term or a person that does not exist.
    """
    cards = [
        *(_term(course, course.named("terms", name)) for name in lesson.terms),
        *(_person(course, course.named("people", name)) for name in lesson.people),
    ]
    base = f"flashcards-{lesson.id}"
    name = _("Flashcards: {title}").format(title=lesson.title)
    tree = h(
        "section",
        h("p", _("Flashcards"), class_="cwl-activity-title"),
        h(
            "p",
            _(
                "Say to yourself what each one means before you look. Then tell how well you knew it: the cards that "
                "were hard come back soon, the easy ones later."
            ),
            class_="cwl-activity-prompt cwl-scripted",
        ),
        h(
            "p",
            _("Cover the right-hand side, say what each one means, and then look."),
            class_="cwl-activity-prompt cwl-static",
        ),
        h("p", class_="cwl-flash-due cwl-scripted"),
        h(
            "div",
            h("dl", cards, class_="cwl-flash-list"),
            h(
                "button",
                _("Show the answer"),
                type="button",
                class_="cwl-button cwl-primary cwl-scripted cwl-flash-turn",
            ),
            h(
                "div",
                h("p", _("How well did you know it?"), class_="cwl-small", id=f"{base}-grade"),
                h(
                    "div",
                    (
                        h(
                            "button",
                            h("b", str(number)),
                            " ",
                            _(grade),
                            h("span", class_="cwl-flash-when"),
                            type="button",
                            class_="cwl-button",
                        )
                        for number, grade in enumerate(_GRADES, start=1)
                    ),
                    class_="cwl-flash-grades",
                ),
                role="group",
                aria_labelledby=f"{base}-grade",
                class_="cwl-flash-grading cwl-scripted",
            ),
            class_="cwl-flash-stage",
        ),
        h("p", _("Keys: Space shows the answer, 1 to 4 grade it."), class_="cwl-small cwl-scripted"),
        h(
            "div",
            h("button", _("Undo"), type="button", class_="cwl-button cwl-undo"),
            h("button", _("Show all cards"), type="button", class_="cwl-button cwl-flash-all", aria_pressed="false"),
            class_="cwl-flash-actions cwl-scripted",
        ),
        class_="cwl cwl-activity cwl-flashcards",
        aria_label=name,
    )
    return WidgetSpec("flashcards", widget_id, tree, document_name(course), name)


def _term(course: Course, term: Term) -> Element:
    return _card(
        f"term:{term.id}",
        term.term,
        h(
            "p",
            h("em", _("Not verified."), " ") if not term.verified else None,
            term.definition,
        ),
        h("p", _("In {document}: “{words}”.").format(document=course.about.document.name, words=term.in_paper))
        if term.in_paper
        else None,
        h("p", "(", cite_links(course, term.sources), ")", class_="cwl-small"),
    )


def _person(course: Course, person: Person) -> Element:
    return _card(
        f"person:{person.id}",
        person.name,
        h(
            "p",
            h("em", _("Not verified."), " ") if not person.verified else None,  # i18n: of a person.
            _("{country}. {office}.").format(country=person.country, office=person.office),
        ),
        h("p", person.role),
        h("p", "(", cite_links(course, person.sources), ")", class_="cwl-small"),
    )


def _card(card_id: str, front: str, *back: Element | None) -> Element:
    return h("div", h("dt", front), h("dd", back), data_card=card_id)
