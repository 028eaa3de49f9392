"""Checking references: whatever is named must exist, and links must make sense."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from coldwar_lessons.language import gettext as _

from . import activities as act
from . import items as it
from .base import Citation
from .check_walk import entries, fault_at, repeated, walk_models
from .faults import Fault, unknown
from .lines import Location
from .load import Place, Reading, singular
from .models import Claim, Event, Lesson, Note, Person, Term
from .teaching import CloseReading

#: Fields that name things, by model: field to the kind of what it names.
NAMING: dict[type[BaseModel], dict[str, str]] = {
    Citation: {"source": "sources"},
    Event: {"lane": "lanes"},
    Claim: {"sentence": "sentences", "supports": "claims", "qualifies": "claims", "opposes": "claims"},
    Note: {"sentence": "sentences"},
    CloseReading: {"sentence": "sentences"},
    Lesson: {
        "quizzes": "quizzes",
        "activities": "activities",
        "events": "events",
        "terms": "terms",
        "people": "people",
    },
    it.Quiz: {"lesson": "lessons"},
    it.PassageOption: {"id": "sentences"},
    it.EventOption: {"id": "events"},
    it.PlaceEventItem: {"anchors": "events"},
    act.EvidenceRow: {"event": "events"},
    act.PlacedPerson: {"person": "people"},
    act.Blank: {"sentence": "sentences"},
    act.HedgeWord: {"sentence": "sentences"},
    act.ForecastQuestion: {"event": "events"},
    act.ArgumentMap: {"claims": "claims"},
}


def check_references(reading: Reading) -> Iterator[Fault]:
    """Every reference to something that no file declares, and every list that names a thing twice."""
    course = reading.course
    if course is None:
        return
    for _kind, value, place in entries(course):
        for location, model in walk_models(value):
            for field, kind in _naming_fields(model):
                for at, name in _names(model, field, (*location, field)):
                    known = reading.declared.get(kind)
                    if known is not None and name not in known:
                        error = unknown(singular(kind), name, sorted(known, key=_sentence_order))
                        yield fault_at(place, at, str(error))
                named = getattr(model, field)
                if isinstance(named, tuple):
                    for index, name in repeated(named):
                        yield fault_at(
                            place,
                            (*location, field, index),
                            _("{name!r} stands twice in {field}: keep one").format(name=name, field=field),
                        )
        yield from _check_weak(reading, value, place)
    yield from _check_claims(reading)
    yield from _check_lessons(reading)


def _naming_fields(model: BaseModel) -> Iterator[tuple[str, str]]:
    for base in type(model).__mro__:
        yield from NAMING.get(base, {}).items()
    if "sentences" in type(model).model_fields:
        yield "sentences", "sentences"


def _names(model: BaseModel, field: str, at: Location) -> Iterator[tuple[Location, str]]:
    value = getattr(model, field)
    if isinstance(value, tuple):
        for index, name in enumerate(value):
            yield (*at, index), name
    elif value is not None:
        yield at, value


def _sentence_order(name: str) -> tuple[str, int]:
    stem, _dot, number = name.partition(".s")
    return stem, int(number) if number.isdigit() else 0


def _check_weak(reading: Reading, value: BaseModel, place: Place) -> Iterator[Fault]:
    """A fact that rests on weak sources alone says so."""
    assert reading.course is not None
    sources = reading.course.sources
    if isinstance(value, Event | Person | Term) and value.verified and not value.note:
        cited = [sources.get(citation.source) for citation in value.sources]
        if all(source is not None and source.weak for source in cited):
            message = _(
                "this rests on weak sources alone: cite a better one, or say so in a note or by verified: false"
            )
            yield fault_at(place, ("sources",), message)


def _check_claims(reading: Reading) -> Iterator[Fault]:
    """A claim may not hold itself up, nor stand in two relations to the same claim."""
    assert reading.course is not None
    for kind, value, place in entries(reading.course):
        if kind != "claims":
            continue
        links = [
            (field, i, name)
            for field in ("supports", "qualifies", "opposes")
            for i, name in enumerate(getattr(value, field))
        ]
        for field, index, name in links:
            if name == value.id:
                yield fault_at(
                    place,
                    (field, index),
                    _("claim {name!r} {field} itself: name another claim").format(name=name, field=field),
                )
        for index, (_none, name) in repeated([("", name) for _field, _at, name in links]):
            field, at, _name = links[index]
            if name not in getattr(value, field)[:at]:
                message = _("claim {id!r} is linked to {name!r} in two ways: keep one").format(id=value.id, name=name)
                yield fault_at(place, (field, at), message)


def _check_lessons(reading: Reading) -> Iterator[Fault]:
    """Lesson numbers and writing tasks are unique."""
    assert reading.course is not None
    numbers: dict[int, Place] = {}
    for name, lesson in reading.course.lessons.items():
        place = reading.course.places["lessons", name]
        first = numbers.setdefault(lesson.number, place)
        if first is not place:
            message = _("lesson number {number} is taken by {path}: give each lesson its own").format(
                number=lesson.number, path=first.path
            )
            yield fault_at(place, ("number",), message)
        for index, task in repeated([task.id for task in lesson.writing]):
            yield fault_at(
                place, ("writing", index, "id"), _("duplicate writing task {task!r}: rename one").format(task=task)
            )
