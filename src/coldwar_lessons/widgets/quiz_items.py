"""The HTML of one item without its answer: prompt, controls, hint; answerable without scripts and with a pen."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

from coldwar_lessons.content.items import (
    ChoiceItem,
    ExtendedTextItem,
    Item,
    MatchItem,
    MultipleChoiceItem,
    OrderItem,
    PlaceEventItem,
    SelectPassageItem,
    ShortTextItem,
)
from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.scoring import slots
from coldwar_lessons.markup import Element, h

from .passage import short_name

PAPER = "../book/the-paper.html"
_SENTENCE_ID = re.compile(r"\b(?:p[34]|fn1)\.s\d{1,2}\b")


class HasId(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The id."""


T = TypeVar("T", bound=HasId)


def item_element(
    course: Course, item: Item, number: int, base: str, *, shuffled: bool, answer: Element | None
) -> Element:
    """Build one item.

    Parameters
    ----------
    course
        The content.
    item
        The item; nothing of its key or feedback is used here.
    number
        Its place in the quiz, from 1.
    base
        Start of the HTML ids of the quiz.
    shuffled
        For a graded quiz: every option is shuffled, with no regard to the key. Else the options stand in the
        author's order, but those of a sequence or a match never stand as the key has them.
    answer
        The answer with feedback, for a practice quiz.
    """
    name = f"{base}-{item.id}"
    points = f" · {item.points} points" if item.points > 1 else ""
    return h(
        "fieldset",
        h(
            "legend",
            h("span", str(number), class_="cwl-q-item-number"),
            " ",
            h("span", item.prompt, class_="cwl-q-item-prompt", dir="auto"),
        ),
        h("p", f"{item.skill.replace('-', ' ')} · {item.level}{points}", class_="cwl-q-item-facts"),
        _controls(course, item, name, shuffled=shuffled),
        h(
            "details",
            h("summary", "Hint"),
            h("p", linked(course, item.hint), dir="auto"),
            class_="cwl-q-hint",
        )
        if item.hint
        else None,
        answer,
        class_="cwl-q-item",
        id=name,
        data_item=item.id,
        data_interaction=item.interaction,
    )


def linked(course: Course, text: str) -> list[Element | str]:
    """A text with each sentence id in it linked to the paper."""
    pieces: list[Element | str] = []
    at = 0
    for found in mentions(course, text):
        pieces += [text[at : found.start()], sentence_link(found[0], found[0])]
        at = found.end()
    return [*pieces, text[at:]]


def mentions(course: Course, text: str) -> list[re.Match[str]]:
    """Where a text names a sentence of the paper."""
    known = course.sentence_ids()
    return [found for found in _SENTENCE_ID.finditer(text) if found[0] in known]


def sentence_link(sentence_id: str, text: str | None = None) -> Element:
    """A link to a sentence in the annotated paper."""
    return h(
        "a",
        text or short_name(sentence_id),
        class_="cwl-q-ref",
        href=f"{PAPER}#{sentence_id}",
        data_sentence=sentence_id,
    )


def event_text(course: Course, event_id: str) -> str:
    """What an event is called; never its date."""
    return str(course.named("events", event_id).title)


def slot_words(course: Course, item: PlaceEventItem) -> dict[str, str]:
    """Name the slots: ``before A``, ``after A, before B``, ``after B``."""
    titles = [event_text(course, anchor) for anchor in item.anchors]
    between = [f"after {a}, before {b}" for a, b in pairwise(titles)]
    return dict(zip(slots(item), [f"before {titles[0]}", *between, f"after {titles[-1]}"], strict=True))


def shuffle(parts: Sequence[T], seed: str, never: Iterable[str] = ()) -> list[T]:
    """Shuffle the same way at every build, never into the sequence of ids ``never``."""
    avoided = list(never)
    for turn in range(20):
        order = sorted(parts, key=lambda one: hashlib.sha256(f"{seed}/{turn}/{one.id}".encode()).digest())
        if [one.id for one in order] != avoided:
            break
    return order


def _controls(course: Course, item: Item, name: str, *, shuffled: bool) -> Element:
    if isinstance(item, ChoiceItem | MultipleChoiceItem):
        options = shuffle(item.options, item.id) if shuffled else item.options
        several = isinstance(item, MultipleChoiceItem)
        return h(
            "div",
            h("p", "Choose all that fit.", class_="cwl-q-how") if several else None,
            (_tick(option.id, [option.text], name, several=several) for option in options),
            class_="cwl-q-options",
        )
    if isinstance(item, SelectPassageItem):
        return _select_passage(course, item, name)
    if isinstance(item, OrderItem):
        return _order(item, never=() if shuffled else item.key)
    if isinstance(item, MatchItem):
        return _match(item, never=() if shuffled else [item.key.get(one.id, "") for one in item.premises])
    if isinstance(item, PlaceEventItem):
        return _place(course, item)
    return _write(item)


def _tick(value: str, label: list[Element | str], name: str, *, several: bool) -> Element:
    return h(
        "div",
        h(
            "label",
            h("input", type="checkbox" if several else "radio", name=name, value=value),
            h("span", label, class_="cwl-q-option-text", dir="auto"),
        ),
        class_="cwl-q-option",
        data_part=value,
    )


def _select_passage(course: Course, item: SelectPassageItem, name: str) -> Element:
    every = course.sentence_ids()
    offered = sorted((option.id for option in item.options), key=every.index)
    rows: list[Element] = []
    before: int | None = None
    for sentence_id in offered:
        place = every.index(sentence_id)
        if before is not None and place != before + 1:
            rows.append(h("p", "· · ·", class_="cwl-q-skipped", aria_hidden="true"))
        before = place
        label: list[Element | str] = [
            h("span", short_name(sentence_id), class_="cwl-q-sid"),
            " ",
            course.sentence(sentence_id).text,
        ]
        rows.append(_tick(sentence_id, label, name, several=True))
    return h("div", rows, class_="cwl-q-options cwl-q-sheet")


def _order(item: OrderItem, never: Iterable[str]) -> Element:
    options = shuffle(item.options, item.id, never)
    numbers = [str(number) for number in range(1, len(options) + 1)]
    return h(
        "div",
        h("p", "Number them, 1 for the first.", class_="cwl-q-how cwl-q-number"),
        h("p", "Bring them into sequence: drag them, or use the arrows.", class_="cwl-q-how cwl-scripted"),
        h(
            "ol",
            (
                h(
                    "li",
                    _select(f"Position of: {option.text}", [(number, number) for number in numbers], "–"),
                    h("span", class_="cwl-q-box"),
                    h("span", option.text, class_="cwl-q-option-text", dir="auto"),
                    class_="cwl-q-card",
                    data_part=option.id,
                )
                for option in options
            ),
            class_="cwl-q-order",
        ),
    )


def _match(item: MatchItem, never: Iterable[str]) -> Element:
    options = shuffle(item.options, item.id, never)
    choices = [(option.id, option.text) for option in options]
    return h(
        "div",
        h("p", "Write beside each the letter of what fits it.", class_="cwl-q-how cwl-q-paper"),
        h(
            "ol",
            (
                h(
                    "li",
                    h("span", premise.text, class_="cwl-q-premise", dir="auto"),
                    h(
                        "div",
                        _select(premise.text, choices, "Choose …"),
                        h("span", class_="cwl-q-box"),
                        class_="cwl-q-slot",
                    ),
                    class_="cwl-q-pair",
                    data_part=premise.id,
                )
                for premise in item.premises
            ),
            class_="cwl-q-pairs",
        ),
        h(
            "ol",
            (h("li", h("span", option.text, dir="auto"), data_option=option.id) for option in options),
            class_="cwl-q-chips",
            aria_label="What to choose from",
        ),
    )


def _place(course: Course, item: PlaceEventItem) -> Element:
    from coldwar_lessons.content.dates import describe_date  # noqa: PLC0415 - only this interaction needs it

    choices = list(slot_words(course, item).items())
    return h(
        "div",
        h("p", "Write the letter of each event on the line where it belongs.", class_="cwl-q-how cwl-q-paper"),
        h(
            "ol",
            (
                h(
                    "li",
                    h("span", event_text(course, option.id), class_="cwl-q-option-text", dir="auto"),
                    _select(f"When: {event_text(course, option.id)}", choices, "When? …"),
                    class_="cwl-q-card",
                    data_part=option.id,
                )
                for option in shuffle(item.options, item.id)
            ),
            class_="cwl-q-cards",
        ),
        h(
            "ol",
            (
                h(
                    "li",
                    h("b", describe_date(course.named("events", anchor).date)),
                    " ",
                    h("span", event_text(course, anchor), dir="auto"),
                    data_anchor=anchor,
                )
                for anchor in item.anchors
            ),
            class_="cwl-q-rail",
            aria_label="Between these",
        ),
    )


def _write(item: ShortTextItem | ExtendedTextItem) -> Element:
    if isinstance(item, ShortTextItem):
        field = h(
            "input",
            type="text",
            maxlength=item.max_length,
            size=min(item.max_length, 40),
            autocomplete="off",
            autocapitalize="off",
            spellcheck="false",
            dir="auto",
        )
        return h("div", h("label", h("span", "Your answer"), field, class_="cwl-q-label"), class_="cwl-q-short")
    low, high = item.words
    return h(
        "div",
        h("p", f"Aim for {low} to {high} words.", class_="cwl-q-how"),
        h(
            "details",
            h("summary", "Ways to begin"),
            h("ul", (h("li", one) for one in item.starters)),
            class_="cwl-q-hint",
        )
        if item.starters
        else None,
        h(
            "label",
            h("span", "Your answer"),
            h("textarea", rows=8, spellcheck="true", lang="en-GB", dir="auto"),
            class_="cwl-q-label",
        ),
        h("p", class_="cwl-q-count cwl-scripted"),
        class_="cwl-q-extended",
        data_low=low,
        data_high=high,
    )


def _select(label: str, choices: Sequence[tuple[str, str]], empty: str) -> Element:
    return h(
        "select",
        h("option", empty, value=""),
        (h("option", text, value=value) for value, text in choices),
        aria_label=label,
        autocomplete="off",
    )
