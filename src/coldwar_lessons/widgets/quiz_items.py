"""The HTML of one item without its answer: prompt, controls, hints; answerable without scripts and with a pen.

All here is built from questions (:mod:`coldwar_lessons.content.questions`), which have no key and no feedback.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise, repeat
from typing import Protocol, TypeVar

from coldwar_lessons.content.load import Course
from coldwar_lessons.content.questions import (
    ChoiceQuestion,
    ExtendedTextQuestion,
    MatchQuestion,
    MultipleChoiceQuestion,
    OrderQuestion,
    PlaceEventQuestion,
    Question,
    SelectPassageQuestion,
    ShortTextQuestion,
    level_name,
    skill_name,
)
from coldwar_lessons.grading.scoring import slots
from coldwar_lessons.language import current_language, ngettext
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h

from .passage import short_name

PAPER = "../book/the-paper.html"
_SENTENCE_ID = re.compile(r"\b(?:p|fn)\d{1,2}\.s\d{1,2}\b")


class HasId(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The id."""


T = TypeVar("T", bound=HasId)


def item_element(
    course: Course,
    item: Question,
    number: int,
    base: str,
    *,
    never: Iterable[str] = (),
    hints: Iterable[str] = (),
    hints_wait: bool = False,
    answer: Element | None = None,
) -> Element:
    """Build one item.

    Parameters
    ----------
    course
        The content.
    item
        The item, or the question that is left of it in a sealed quiz. Its options stand as they come, but for a
        sequence and a match, whose options are shuffled.
    number
        Its place in the quiz, from 1.
    base
        Start of the HTML ids of the quiz.
    never
        A sequence of option ids that must not be shown, since it would give the answer away. Not for a graded
        quiz, where it would tell what the answer is not.
    hints
        The hints, for a quiz that has some.
    hints_wait
        Whether the browser keeps the hints back, and opens one after each wrong try.
    answer
        The answer with feedback, for a quiz that shows it.
    """
    name = f"{base}-{item.id}"
    facts = [skill_name(item.skill), level_name(item.level)]
    if item.points > 1:
        facts.append(ngettext("{count} point", "{count} points", item.points).format(count=item.points))
    summaries = chain([_("Hint")], repeat(_("Another hint")))
    return h(
        "fieldset",
        h(
            "legend",
            h("span", str(number), class_="cwl-q-item-number"),
            " ",
            h("span", item.prompt, class_="cwl-q-item-prompt", dir="auto"),
        ),
        h("p", " · ".join(facts), class_="cwl-q-item-facts"),
        _controls(course, item, name, never),
        (
            h(
                "details",
                h("summary", summary),
                h("p", linked(course, hint), dir="auto"),
                class_="cwl-q-hint cwl-static" if hints_wait else "cwl-q-hint",
            )
            for summary, hint in zip(summaries, hints, strict=False)
        ),
        # A text that a person marks has nothing to check.
        h(
            "div",
            h("button", _("Check"), type="button", class_="cwl-button cwl-primary"),
            class_="cwl-q-actions cwl-scripted",
        )
        if answer and item.interaction != "extended-text"
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


def slot_words(course: Course, item: PlaceEventQuestion) -> dict[str, str]:
    """Name the slots: ``before A``, ``after A, before B``, ``after B``."""
    titles = [event_text(course, anchor) for anchor in item.anchors]
    # i18n: places in time between events.
    before, after, between = _("before {event}"), _("after {event}"), _("after {event}, before {next}")
    middle = [between.format(event=one, next=other) for one, other in pairwise(titles)]
    named = [before.format(event=titles[0]), *middle, after.format(event=titles[-1])]
    return dict(zip(slots(item), named, strict=True))


def shuffle(parts: Sequence[T], seed: str, never: Iterable[str] = ()) -> list[T]:
    """Shuffle the same way at every build, never into the sequence of ids ``never``."""
    avoided = list(never)
    for turn in range(20):
        order = sorted(parts, key=lambda one: hashlib.sha256(f"{seed}/{turn}/{one.id}".encode()).digest())
        if [one.id for one in order] != avoided:
            break
    return order


def _controls(course: Course, item: Question, name: str, never: Iterable[str]) -> Element:
    if isinstance(item, ChoiceQuestion | MultipleChoiceQuestion):
        several = isinstance(item, MultipleChoiceQuestion)
        return h(
            "div",
            h("p", _("Choose all that fit."), class_="cwl-q-how") if several else None,
            (_tick(option.id, [option.text], name, several=several) for option in item.options),
            class_="cwl-q-options",
        )
    if isinstance(item, SelectPassageQuestion):
        return _select_passage(course, item, name)
    if isinstance(item, OrderQuestion):
        return _order(item, never)
    if isinstance(item, MatchQuestion):
        return _match(item, never)
    if isinstance(item, PlaceEventQuestion):
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


def _select_passage(course: Course, item: SelectPassageQuestion, name: str) -> Element:
    every, own = course.sentence_ids(), course.about.words_of_document
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
            h("span", course.sentence(sentence_id).text, **own) if own else course.sentence(sentence_id).text,
        ]
        rows.append(_tick(sentence_id, label, name, several=True))
    return h("div", rows, class_="cwl-q-options cwl-q-sheet")


def _order(item: OrderQuestion, never: Iterable[str]) -> Element:
    options = shuffle(item.options, item.id, never)
    numbers = [(str(number), str(number)) for number in range(1, len(options) + 1)]
    return h(
        "div",
        h("p", _("Number them, 1 for the first."), class_="cwl-q-how cwl-q-number"),
        h("p", _("Bring them into sequence: drag them, or use the arrows."), class_="cwl-q-how cwl-scripted"),
        h(
            "ol",
            (
                h(
                    "li",
                    _select(_("Position of: {text}").format(text=option.text), numbers, "–"),
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


def _match(item: MatchQuestion, never: Iterable[str]) -> Element:
    options = shuffle(item.options, item.id, never)
    choices = [(option.id, option.text) for option in options]
    return h(
        "div",
        h("p", _("Write beside each the letter of what fits it."), class_="cwl-q-how cwl-q-paper"),
        h(
            "ol",
            (
                h(
                    "li",
                    h("span", premise.text, class_="cwl-q-premise", dir="auto"),
                    h(
                        "div",
                        _select(premise.text, choices, _("Choose …")),
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
            aria_label=_("What to choose from"),
        ),
    )


def _place(course: Course, item: PlaceEventQuestion) -> Element:
    from coldwar_lessons.content.dates import describe_date  # noqa: PLC0415 - only this interaction needs it

    choices = list(slot_words(course, item).items())
    return h(
        "div",
        h("p", _("Write the letter of each event on the line where it belongs."), class_="cwl-q-how cwl-q-paper"),
        h(
            "ol",
            (
                h(
                    "li",
                    h("span", title, class_="cwl-q-option-text", dir="auto"),
                    _select(_("When: {event}").format(event=title), choices, _("When? …")),
                    class_="cwl-q-card",
                    data_part=option.id,
                )
                for option in shuffle(item.options, item.id)
                for title in [option.title or event_text(course, option.id)]
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
            aria_label=_("Between these"),
        ),
    )


def _write(item: ShortTextQuestion | ExtendedTextQuestion) -> Element:
    if isinstance(item, ShortTextQuestion):
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
        return h("div", h("label", h("span", _("Your answer")), field, class_="cwl-q-label"), class_="cwl-q-short")
    low, high = item.words
    return h(
        "div",
        h("p", _("Aim for {low} to {high} words.").format(low=low, high=high), class_="cwl-q-how"),
        h(
            "details",
            h("summary", _("Ways to begin")),
            h("ul", (h("li", one) for one in item.starters)),
            class_="cwl-q-hint",
        )
        if item.starters
        else None,
        h(
            "label",
            h("span", _("Your answer")),
            h("textarea", rows=8, spellcheck="true", lang=current_language(), dir="auto"),
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
