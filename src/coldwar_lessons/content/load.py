"""Read the whole content of the course and hold it together."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from .activities import Activity
from .faults import ContentError, Fault, did_you_mean, unknown
from .items import Quiz
from .models import Claim, Event, Lane, Lesson, Paper, Person, Sentence, Source, Term
from .yaml_lines import Lines, Location, read_yaml

T = TypeVar("T")

#: Kinds of content kept as lists: ``data/<kind>.yml`` or ``data/<kind>/*.yml``.
LISTS: Mapping[str, Any] = {
    "lanes": Lane,
    "sources": Source,
    "events": Event,
    "people": Person,
    "terms": Term,
    "claims": Claim,
}
#: Kinds kept one mapping a file: ``data/<kind>/<id>.yml``.
FILES: Mapping[str, Any] = {"quizzes": Quiz, "activities": Activity, "lessons": Lesson}


@dataclass(frozen=True)
class Place:
    """Where a piece of content stands: its file and the lines of its parts."""

    path: Path
    lines: Lines
    base: Location = ()

    def line(self, *location: str | int) -> int:
        """Line of a part, for example ``line("options", 2, "feedback")``."""
        return self.lines.nearest((*self.base, *location))


@dataclass(frozen=True)
class Course:
    """All content of the course, by id."""

    root: Path
    paper: Paper
    lanes: Mapping[str, Lane]
    sources: Mapping[str, Source]
    events: Mapping[str, Event]
    people: Mapping[str, Person]
    terms: Mapping[str, Term]
    claims: Mapping[str, Claim]
    quizzes: Mapping[str, Quiz]
    activities: Mapping[str, Activity]
    lessons: Mapping[str, Lesson]
    places: Mapping[tuple[str, str], Place] = field(repr=False, default_factory=dict)

    def sentence(self, sentence_id: str) -> Sentence:
        """One sentence of the paper.

        Raises
        ------
        UnknownNameError
            If there is none with this id; the message names the nearest.
        """
        try:
            return self.paper.sentence(sentence_id)
        except KeyError:
            raise unknown("sentence", sentence_id, (s.id for s in self.paper.sentences())) from None

    def named(self, kind: str, name: str) -> Any:
        """One piece of content by kind (``quizzes``, ``events``, …) and id.

        Raises
        ------
        UnknownNameError
            If there is none with this id; the message names the nearest.
        """
        table: Mapping[str, Any] = getattr(self, kind)
        if name not in table:
            raise unknown(_singular(kind), name, table)
        return table[name]

    def sentence_ids(self) -> tuple[str, ...]:
        """Ids of all sentences, in reading order, the footnote's last."""
        return tuple(s.id for s in self.paper.sentences())


def content_root() -> Path:
    """Folder that holds ``data/`` and ``notebooks/``: this checkout, else the installed content."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_content"
    return installed if (installed / "data").is_dir() else package.parents[1]


@lru_cache(maxsize=4)
def load_course(root: Path | None = None) -> Course:
    """Load and validate all content.

    Parameters
    ----------
    root
        Folder that holds ``data/``; by default :func:`content_root`.

    Raises
    ------
    ContentError
        If any file has a fault; it lists all of them.
    """
    course, faults = read_course(root or content_root())
    if course is None or faults:
        raise ContentError(faults)
    return course


def read_course(root: Path) -> tuple[Course | None, list[Fault]]:
    """Read all content and report every fault of form; references are checked elsewhere.

    Returns
    -------
    tuple
        The course, without what could not be read (``None`` when there is no readable paper), and the faults.
    """
    faults: list[Fault] = []
    places: dict[tuple[str, str], Place] = {}
    paper = _read_paper(root, faults, places)
    tables: dict[str, dict[str, Any]] = {}
    for kind, model in {**LISTS, **FILES}.items():
        entries = _read_lists(root, kind, faults) if kind in LISTS else _read_files(root, kind, faults)
        tables[kind] = _validated(kind, model, entries, faults, places)
    if paper is None:
        return None, sorted(faults)
    lessons = dict(sorted(tables.pop("lessons").items(), key=lambda pair: pair[1].number))
    return Course(root=root, paper=paper, lessons=lessons, places=places, **tables), sorted(faults)


def _read_paper(root: Path, faults: list[Fault], places: dict[tuple[str, str], Place]) -> Paper | None:
    shown = Path("data/paper.yml")
    if not (root / shown).is_file():
        faults.append(Fault(shown, 0, f"missing: {root} is not the root of a course"))
        return None
    data, lines, found = read_yaml(root / shown, shown)
    faults += found
    if data is None:
        return None
    try:
        paper = Paper.model_validate(data)
    except ValidationError as error:
        faults += describe_errors(error, Place(shown, lines), Paper)
        return None
    places["paper", "paper"] = Place(shown, lines)
    return paper


def _read_lists(root: Path, kind: str, faults: list[Fault]) -> Iterator[tuple[Any, Place]]:
    folder = root / "data" / kind
    single = root / "data" / f"{kind}.yml"
    for path in [*([single] if single.is_file() else []), *sorted(folder.glob("*.yml"))]:
        shown = path.relative_to(root)
        data, lines, found = read_yaml(path, shown)
        faults += found
        if data is None:
            continue
        if not isinstance(data, list):
            faults.append(Fault(shown, 1, f"a list of {kind} is wanted: begin each entry with '- id:'"))
            continue
        for index, entry in enumerate(data):
            yield entry, Place(shown, lines, (index,))


def _read_files(root: Path, kind: str, faults: list[Fault]) -> Iterator[tuple[Any, Place]]:
    for path in sorted((root / "data" / kind).glob("*.yml")):
        shown = path.relative_to(root)
        data, lines, found = read_yaml(path, shown)
        faults += found
        if data is None:
            continue
        if isinstance(data, dict) and data.get("id") not in (None, path.stem):
            faults.append(
                Fault(shown, lines.nearest(("id",)), f"id {data['id']!r} must be the file's name, {path.stem!r}")
            )
        yield data, Place(shown, lines)


def _validated(
    kind: str,
    model: Any,
    entries: Iterator[tuple[Any, Place]],
    faults: list[Fault],
    places: dict[tuple[str, str], Place],
) -> dict[str, Any]:
    adapter: TypeAdapter[Any] = TypeAdapter(model)
    table: dict[str, Any] = {}
    for entry, place in entries:
        try:
            value = adapter.validate_python(entry)
        except ValidationError as error:
            faults += describe_errors(error, place, model)
            continue
        if value.id in table:
            first = places[kind, value.id]
            faults.append(
                Fault(
                    place.path,
                    place.line("id"),
                    f"duplicate id {value.id!r}, first at {first.path}:{first.line('id')}: rename one",
                )
            )
            continue
        table[value.id] = value
        places[kind, value.id] = place
    return table


def describe_errors(error: ValidationError, place: Place, model: Any) -> list[Fault]:
    """Turn pydantic's errors into faults with a line and a plain sentence."""
    faults = []
    for detail in error.errors():
        location = tuple(
            part for part in detail["loc"] if not (isinstance(part, str) and _is_tag(part, detail["loc"], place))
        )
        name = ".".join(str(part) for part in location) or "entry"
        kind = detail["type"]
        if kind == "extra_forbidden":
            message = f"unknown key {location[-1]!r}: {did_you_mean(str(location[-1]), _field_names(model))}"
        elif kind == "missing":
            message = f"{name} is missing: add it"
        elif kind in {"union_tag_invalid", "union_tag_not_found"}:
            message = f"{name}: {detail['msg'][0].lower()}{detail['msg'][1:]}"
        elif kind == "string_pattern_mismatch":
            found = json.dumps(detail["input"], ensure_ascii=False)
            message = f"{name}: {found} does not have the right form ({detail['ctx']['pattern']})"
        else:
            shown = json.dumps(detail["input"], ensure_ascii=False, default=str)[:60]
            message = f"{name}: {detail['msg'][0].lower()}{detail['msg'][1:]} (found {shown})"
        faults.append(Fault(place.path, place.line(*location), message))
    return faults


def _is_tag(part: str, loc: tuple[Any, ...], place: Place) -> bool:
    """Whether a step of pydantic's location is a union's tag, which the file does not have."""
    index = loc.index(part)
    return (*place.base, *loc[: index + 1]) not in place.lines and index != len(loc) - 1


def _field_names(model: Any) -> list[str]:
    names: set[str] = set()
    stack = [model]
    while stack:
        current = stack.pop()
        if isinstance(current, type) and issubclass(current, BaseModel):
            names.update(current.model_fields)
            stack += [info.annotation for info in current.model_fields.values()]
        stack += getattr(current, "__args__", ())
    return sorted(names)


def _singular(kind: str) -> str:
    return {"people": "person", "quizzes": "quiz", "activities": "activity"}.get(kind, kind.removesuffix("s"))
