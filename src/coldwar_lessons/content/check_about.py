"""Checking what the course says of itself and of its document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from coldwar_lessons.language import gettext as _

from .check_walk import fault_at, repeated
from .faults import Fault, did_you_mean
from .load import Reading
from .models import Block, Footnote, Paper
from .yaml_lines import read_yaml


def check_about(root: Path, reading: Reading) -> Iterator[Fault]:
    """An epigraph or a footnote that is not there, an id that stands twice, a book with another title or author."""
    course = reading.course
    if course is None:
        return
    known = course.sentence_ids()
    if course.about.epigraph not in known:
        message = _("no sentence {name!r}: {hint}").format(
            name=course.about.epigraph, hint=did_you_mean(course.about.epigraph, known)
        )
        yield fault_at(course.places["course", "course"], ("epigraph",), message)
    place = course.places["paper", "paper"]
    for location, message in _wrong_with_parts(course.paper):
        yield fault_at(place, location, message)
    yield from _check_config(root, reading)


def _wrong_with_parts(paper: Paper) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for index, name in repeated([part.id for part in paper.parts]):
        yield ("parts", index, "id"), _("duplicate id {name!r}: rename one").format(name=name)
    footnotes = {part.id for part in paper.parts if isinstance(part, Footnote)}
    seen: set[str] = set()
    for index, part in enumerate(paper.parts):
        for number, sentence in enumerate(() if isinstance(part, Block) else part.sentences):
            at = ("parts", index, "sentences", number)
            if sentence.id in seen:
                yield (*at, "id"), _("duplicate id {id!r}: rename one").format(id=sentence.id)
            elif not sentence.id.startswith(f"{part.id}."):
                yield (
                    (*at, "id"),
                    _("{id!r} stands in {part}: its id begins with {part}.s").format(id=sentence.id, part=part.id),
                )
            if sentence.footnote not in {None, *footnotes}:
                yield (
                    (*at, "footnote"),
                    _("no footnote {footnote!r}: write it, or take this out").format(footnote=sentence.footnote),
                )
            seen.add(sentence.id)


def _check_config(root: Path, reading: Reading) -> Iterator[Fault]:
    config = root / "_config.yml"
    if reading.course is None or not config.is_file():
        return
    shown = config.relative_to(root)
    data, lines, faults = read_yaml(config, shown)
    yield from faults
    for key in ("title", "author"):
        wanted = getattr(reading.course.about, key)
        if isinstance(data, dict) and data.get(key) != wanted:
            message = _(
                "the book's {key} is not the course's, {wanted!r} in data/course.yml: write the same in both"
            ).format(key=key, wanted=wanted)
            yield Fault(shown, lines.nearest((key,)), message)
