"""The timeline as an exercise: events without dates are to be placed between dated ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from coldwar_lessons.content.faults import CourseError, unknown
from coldwar_lessons.language import N_
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h

from .timeline_scene import Mark, Scene

PROMPT = N_("Place each card between the dated events. On paper, write its letter on the line where it belongs.")


def place_parts(
    scene: Scene, place: Sequence[str], base: str, tell: Callable[[Mark], Iterable[Element]]
) -> tuple[list[Element], dict[str, Any]]:
    """Build the exercise: cards, dated events with a gap between each two, and the answers.

    Parameters
    ----------
    scene
        The events, dated ones and cards together.
    place
        Ids of the events that become cards; they are shown in the order of their ids, not of time.
    base
        Start of the HTML ids.
    tell
        Says all there is to say of an event.

    Returns
    -------
    tuple
        The HTML, and the payload: for each card the gaps in which its date allows it to stand.

    Raises
    ------
    UnknownNameError
        If a card is not among the events.
    CourseError
        If no dated event is left.
    """
    by_id = {mark.event.id: mark for mark in scene.marks}
    for name in place:
        if name not in by_id:
            raise unknown("event to place on this timeline", name, by_id)
    dated = [mark for mark in scene.marks if mark.event.id not in place]
    if not dated:
        raise CourseError(_("place: every event of the timeline is to be placed; leave at least one with its date"))
    cards = [by_id[name] for name in sorted(set(place))]
    slots = [f"before:{dated[0].event.id}", *(f"after:{mark.event.id}" for mark in dated)]
    ladder = [_gap(slots[0])]
    for slot, mark in zip(slots[1:], dated, strict=True):
        ladder += [_rung(mark), _gap(slot)]
    parts = [
        h("p", _(PROMPT), class_="cwl-prompt"),
        h("ol", (_card(mark, index, base) for index, mark in enumerate(cards)), class_="cwl-cards"),
        h("ol", ladder, class_="cwl-ladder"),
        h(
            "details",
            h("summary", _("Answers")),
            h("ol", (h("li", tell(mark), class_="cwl-event") for mark in cards), type="A"),
            class_="cwl-answers cwl-static",
        ),
    ]
    return parts, {"place": _right_slots(cards, dated, slots)}


def placed_share(right: Mapping[str, Sequence[str]], placed: Any) -> float:
    """Which share of the cards stands where its date allows."""
    placed = placed if isinstance(placed, dict) else {}
    return sum(placed.get(name) in slots for name, slots in right.items()) / len(right)


def _right_slots(cards: Sequence[Mark], dated: Sequence[Mark], slots: Sequence[str]) -> dict[str, list[str]]:
    """A gap is wrong only if an event on its other side is surely earlier or later than the card."""
    return {
        card.event.id: [
            slot
            for index, slot in enumerate(slots)
            if all(other.reading.first <= card.reading.last for other in dated[:index])
            and all(other.reading.last >= card.reading.first for other in dated[index:])
        ]
        for card in cards
    }


def _card(mark: Mark, index: int, base: str) -> Element:
    return h(
        "li",
        h("b", f"{_letter(index)}.", class_="cwl-letter"),
        " ",
        h("span", mark.event.title, class_="cwl-title", id=f"{base}-card-{mark.event.id}"),
        class_=f"cwl-card cwl-lane-{mark.symbol % 8}",
        data_card=mark.event.id,
    )


def _letter(index: int) -> str:
    return ascii_uppercase[index] if index < len(ascii_uppercase) else str(index + 1)


def _gap(slot: str) -> Element:
    return h("li", class_="cwl-gap", data_slot=slot)


def _rung(mark: Mark) -> Element:
    return h(
        "li",
        h("time", mark.reading.words),
        " ",
        h("span", mark.event.title, class_="cwl-title"),
        class_="cwl-rung",
    )
