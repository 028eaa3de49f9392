"""The answer of one item with the feedback on every option: for practice quizzes only.

A page without scripts opens it; with scripts, the browser takes the feedback from here, one part at a time
(``data-feedback`` names the part), and shows the whole after the student has checked an answer.
"""

from __future__ import annotations

from collections.abc import Iterable

from coldwar_lessons.content.items import (
    ChoiceItem,
    Item,
    MatchItem,
    MultipleChoiceItem,
    OrderItem,
    PlaceEventItem,
    SelectPassageItem,
    ShortTextItem,
)
from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.scoring import right_slots, slots
from coldwar_lessons.language import either, semicolons
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h, phrase, row

from .citing import cite_links
from .passage import short_name
from .quiz_items import event_text, linked, sentence_link, slot_words


def answer_element(course: Course, item: Item) -> Element:
    """Build the folded answer of a practice item."""
    body, summary = _body(course, item)
    return h(
        "details",
        h("summary", summary),
        body,
        _rests_on(course, item),
        class_="cwl-q-answer cwl-static",
    )


def _body(course: Course, item: Item) -> tuple[Element | None, str]:
    summary = _("Answer and feedback")
    if isinstance(item, ChoiceItem | MultipleChoiceItem):
        key = {item.key} if isinstance(item, ChoiceItem) else set(item.key)
        rows = (_row(course, one.id, one.text, one.feedback, right=one.id in key) for one in item.options)
        return h("ul", rows), summary
    if isinstance(item, SelectPassageItem):
        rows = (
            _row(
                course,
                one.id,
                _("Sentence {sentence}").format(sentence=short_name(one.id)),
                one.feedback,
                right=one.id in item.key,
            )
            for one in item.options
        )
        return h("ul", rows), summary
    if isinstance(item, OrderItem):
        options = {option.id: option for option in item.options}
        return h("ol", (_row(course, one, options[one].text, options[one].feedback) for one in item.key)), summary
    if isinstance(item, MatchItem):
        texts = {option.id: option.text for option in item.options}
        rows = (
            _row(course, one.id, f"{one.text}: {texts.get(item.key.get(one.id, ''), '')}", one.feedback)
            for one in item.premises
        )
        return h("ul", rows), summary
    if isinstance(item, PlaceEventItem):
        return _places(course, item), summary
    if isinstance(item, ShortTextItem):
        return _accepted(course, item), summary
    return None, _("Read again")


def _row(course: Course, part: str, text: str, feedback: str, *, right: bool | None = None) -> Element:
    return h(
        "li",
        None if right is None else h("span", "✓ " if right else "✗ ", aria_hidden="true"),
        None if right is None else h("span", _("Right:") if right else _("Not right:"), " ", class_="cwl-hidden"),
        h("b", text, dir="auto"),
        _feedback(course, part, feedback),
    )


def _feedback(course: Course, part: str, text: str) -> Element:
    return h("p", linked(course, text), data_feedback=part, dir="auto")


def _places(course: Course, item: PlaceEventItem) -> Element:
    from coldwar_lessons.content.dates import describe_date  # noqa: PLC0415 - only this interaction needs it

    words = slot_words(course, item)
    right = right_slots(item, course)
    rows = []
    for option in sorted(item.options, key=lambda one: str(course.named("events", one.id).date)):
        event = course.named("events", option.id)
        where = either(words[name] for name in slots(item) if name in right[option.id])
        rows.append(
            h(
                "li",
                h("b", event_text(course, option.id), dir="auto"),
                f": {where}",
                h(
                    "p",
                    f"{describe_date(event.date)}. ",
                    linked(course, option.feedback),
                    data_feedback=option.id,
                    dir="auto",
                ),
                h("p", cite_links(course, event.sources), class_="cwl-q-item-facts"),
            )
        )
    return h("ul", rows)


def _accepted(course: Course, item: ShortTextItem) -> Element:
    first, *others = item.key
    return h(
        "div",
        h("p", h("b", first, dir="auto"), _others(others) if others else None),
        _feedback(course, "correct", item.feedback.correct),
        h(
            "ul",
            (
                h(
                    "li",
                    phrase(
                        _("Not quite: {answers}"),
                        answers=h("b", semicolons(near.answers), dir="auto"),
                    ),
                    _feedback(course, f"near-{n}", near.feedback),
                )
                for n, near in enumerate(item.near)
            ),
            h("li", _("Any other answer"), _feedback(course, "incorrect", item.feedback.incorrect)),
        ),
    )


def _others(answers: Iterable[str]) -> str:
    accepted = _("(also accepted: {answers})").format(answers=semicolons(answers))
    return f" {accepted}"


def _rests_on(course: Course, item: Item) -> Element:
    return h(
        "p",
        phrase(
            _("Read again in {document}: {sentences}."),
            document=course.about.document.name,
            sentences=row((sentence_link(sentence_id) for sentence_id in item.sentences), "commas"),
        ),
        [" ", *phrase(_("Facts: {citations}."), citations=cite_links(course, item.sources))] if item.sources else None,
        class_="cwl-q-item-facts",
    )
