"""Checking that items and activities can be answered: keys, options and ids agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from coldwar_lessons.language import gettext as _

from . import activities as act
from . import items as it
from .check_dates import check_place_event
from .check_walk import entries, fault_at, repeated
from .faults import Fault, did_you_mean
from .lines import Location
from .load import Place, Reading


def check_keys(reading: Reading) -> Iterator[Fault]:
    """Every item and activity that cannot be answered or scored as it stands."""
    course = reading.course
    if course is None:
        return
    seen: dict[str, str] = {}
    for kind, value, place in entries(course):
        if kind == "quizzes":
            for index, item in enumerate(value.items):
                at = ("items", index)
                first = seen.setdefault(item.id, f"{place.path}:{place.line(*at, 'id')}")
                if first != f"{place.path}:{place.line(*at, 'id')}":
                    message = _("duplicate item id {id!r}, first at {first}: ids are unique over the course").format(
                        id=item.id, first=first
                    )
                    yield fault_at(place, (*at, "id"), message)
                yield from _check_item(item, place, at)
                if isinstance(item, it.PlaceEventItem):
                    yield from check_place_event(course, item, place, at)
        elif kind == "activities":
            yield from _check_activity(value, place)


def _check_item(item: it.Item, place: Place, at: Location) -> Iterator[Fault]:
    options = getattr(item, "options", ())
    names = [option.id for option in options]
    yield from _unique(names, "option", place, (*at, "options"))
    if isinstance(item, it.ChoiceItem):
        yield from _among([item.key], names, "option", place, [(*at, "key")])
    elif isinstance(item, it.MultipleChoiceItem | it.SelectPassageItem):
        yield from _check_several(item.key, names, place, (*at, "key"))
    elif isinstance(item, it.OrderItem):
        yield from _check_order(item.key, names, place, (*at, "key"))
    elif isinstance(item, it.MatchItem):
        yield from _check_match(item, names, place, at)
    elif isinstance(item, it.ShortTextItem):
        yield from _check_short_text(item, place, at)
    elif isinstance(item, it.ExtendedTextItem):
        yield from _rising(item.words, "words", place, (*at, "words"))


def _check_several(key: Sequence[str], names: Sequence[str], place: Place, at: Location) -> Iterator[Fault]:
    yield from _among(key, names, "option", place, [(*at, i) for i in range(len(key))])
    for index, name in repeated(key):
        yield fault_at(place, (*at, index), _("key names {name!r} twice: keep one").format(name=name))
    if set(names) <= set(key):
        yield fault_at(place, at, _("every option is right, so there is nothing to choose: add a wrong one"))


def _check_order(key: Sequence[str], names: Sequence[str], place: Place, at: Location) -> Iterator[Fault]:
    yield from _among(key, names, "option", place, [(*at, i) for i in range(len(key))])
    missing = [name for name in names if name not in key]
    if missing:
        yield fault_at(
            place,
            at,
            _("key leaves out option {names}: give every option its place").format(names=", ".join(map(repr, missing))),
        )
    for index, name in () if missing else repeated(key):
        yield fault_at(place, (*at, index), _("key names {name!r} twice: keep one").format(name=name))
    if list(key) == list(names):
        yield fault_at(place, at, _("the options stand in the right order already: list them in another order"))


def _check_match(item: it.MatchItem, names: Sequence[str], place: Place, at: Location) -> Iterator[Fault]:
    premises = [premise.id for premise in item.premises]
    yield from _unique(premises, "premise", place, (*at, "premises"))
    keyed = list(item.key)
    yield from _among(keyed, premises, "premise", place, [(*at, "key", name) for name in keyed])
    yield from _among(item.key.values(), names, "option", place, [(*at, "key", name) for name in keyed])
    for index, name in enumerate(premises):
        if name not in item.key:
            message = _("premise {name!r} has no key: add '{name}: <option id>' to the key").format(name=name)
            yield fault_at(place, (*at, "premises", index), message)


def _check_short_text(item: it.ShortTextItem, place: Place, at: Location) -> Iterator[Fault]:
    accepted = [answer.casefold() for answer in item.key]
    for index, answer in enumerate(item.key):
        if len(answer) > item.max_length:
            message = _("{answer!r} is longer than max_length {max_length}: raise max_length or shorten it").format(
                answer=answer, max_length=item.max_length
            )
            yield fault_at(place, (*at, "key", index), message)
    for index, _one in repeated(accepted):
        yield fault_at(
            place, (*at, "key", index), _("{key!r} is accepted already: keep one").format(key=item.key[index])
        )
    for index, near in enumerate(item.near):
        for inner, answer in enumerate(near.answers):
            if answer.casefold() in accepted:
                message = _("{answer!r} is a right answer, so it cannot be a near miss: take it out of one").format(
                    answer=answer
                )
                yield fault_at(place, (*at, "near", index, "answers", inner), message)


def _check_activity(value: act.Activity, place: Place) -> Iterator[Fault]:
    if isinstance(value, act.EvidenceMatrix):
        names = [explanation.id for explanation in value.explanations]
        yield from _unique(names, "explanation", place, ("explanations",))
        yield from _unique([row.id for row in value.rows], "row", place, ("rows",))
        for index, row in enumerate(value.rows):
            at: Location = ("rows", index, "edition")
            yield from _among(row.edition, names, "explanation", place, [(*at, name) for name in row.edition])
            for name in names if set(row.edition) <= set(names) else ():
                if name not in row.edition:
                    yield fault_at(
                        place, at, _("row {id!r} has no reading under {name!r}: add one").format(id=row.id, name=name)
                    )
    elif isinstance(value, act.Positions):
        for index, placed in enumerate(value.people):
            for axis in ("x", "y"):
                yield from _rising(getattr(placed.region, axis), axis, place, ("people", index, "region", axis))
        for index, name in repeated([placed.person for placed in value.people]):
            yield fault_at(
                place, ("people", index, "person"), _("{name!r} is placed twice: keep one").format(name=name)
            )
    elif isinstance(value, act.ClaimAgainstSource):
        names = [category.id for category in value.categories]
        yield from _unique(names, "category", place, ("categories",))
        yield from _unique([statement.id for statement in value.statements], "statement", place, ("statements",))
        keys = [statement.key for statement in value.statements]
        yield from _among(keys, names, "category", place, [("statements", i, "key") for i in range(len(keys))])
    elif isinstance(value, act.WhiteOut):
        yield from _unique([blank.id for blank in value.blanks], "blank", place, ("blanks",))
    elif isinstance(value, act.WordsOfDoubt):
        names = [tag.id for tag in value.tags]
        yield from _unique(names, "tag", place, ("tags",))
        tags = [word.tag for word in value.words]
        yield from _among(tags, names, "tag", place, [("words", i, "tag") for i in range(len(tags))])
    elif isinstance(value, act.Forecast):
        yield from _unique([question.id for question in value.questions], "question", place, ("questions",))
    elif isinstance(value, act.Figure):
        for index, series in enumerate(value.series):
            if len(series.values) != len(value.x):
                words = _(
                    "{label!r} has {count} values for {places} places on the x axis: give one each, null where unknown"
                )
                message = words.format(label=series.label, count=len(series.values), places=len(value.x))
                yield fault_at(place, ("series", index, "values"), message)


def _among(
    given: Iterable[str], known: Sequence[str], what: str, place: Place, locations: Sequence[Location]
) -> Iterator[Fault]:
    for name, location in zip(given, locations, strict=True):
        if name not in known:
            message = _("no {thing} {name}: {hint}").format(
                thing=_(what), name=repr(name), hint=did_you_mean(name, known)
            )
            yield fault_at(place, location, message)


def _unique(names: Sequence[str], what: str, place: Place, at: Location) -> Iterator[Fault]:
    for index, name in repeated(names):
        yield fault_at(
            place, (*at, index, "id"), _("duplicate {thing} id {name!r}: rename one").format(thing=_(what), name=name)
        )


def _rising(pair: tuple[Any, Any], what: str, place: Place, at: Location) -> Iterator[Fault]:
    if pair[0] > pair[1]:
        yield fault_at(
            place,
            at,
            _("{what} runs from {first} down to {last}: give the smaller number first").format(
                what=what, first=pair[0], last=pair[1]
            ),
        )
