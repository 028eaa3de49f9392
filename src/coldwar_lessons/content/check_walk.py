"""Walking through content: every text, every model, with the place of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from .faults import Fault
from .lines import Location
from .load import SINGLE, Course, Place
from .models import Lesson

H = TypeVar("H", bound=Hashable)


def walk_data(data: Any, at: Location = ()) -> Iterator[tuple[Location, Any]]:
    """Every mapping, list and value of a document, outermost first, with its location."""
    yield at, data
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from walk_data(value, (*at, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from walk_data(value, (*at, index))


def walk_models(value: Any, at: Location = ()) -> Iterator[tuple[Location, BaseModel]]:
    """Every model within a model, itself first, with its location."""
    if isinstance(value, BaseModel):
        yield at, value
        for name in type(value).model_fields:
            yield from walk_models(getattr(value, name), (*at, name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from walk_models(inner, (*at, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from walk_models(inner, (*at, index))


def entries(course: Course) -> Iterator[tuple[str, Any, Place]]:
    """Every entry of the course: its kind, its value, its place."""
    for (kind, name), place in course.places.items():
        if kind not in SINGLE:
            yield kind, getattr(course, kind)[name], place


def fault_at(place: Place, location: Location, message: str) -> Fault:
    """Build a fault at a part of an entry."""
    return Fault(place.path, place.line(*location), message)


def repeated(names: Iterable[H]) -> list[tuple[int, H]]:
    """The index and value of each name that stood before."""
    seen: Counter[H] = Counter()
    found = []
    for index, name in enumerate(names):
        if seen[name]:
            found.append((index, name))
        seen[name] += 1
    return found


def lesson_quizzes(course: Course, lesson: Lesson) -> Iterator[Any]:
    """The quizzes of a lesson that exist."""
    for name in lesson.quizzes:
        if name in course.quizzes:
            yield course.quizzes[name]
