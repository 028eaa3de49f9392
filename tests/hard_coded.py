"""Finds texts that are hard-coded: words that neither the catalogue nor the content has.

Two things are changed before a page is built. The interface speaks the pseudo-language (``tests/pseudo.py``), and every
letter of the content is replaced by another alphabet's. Each word on the page in plain letters is then neither.
"""

from __future__ import annotations

import base64
import dataclasses
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from xml.etree import ElementTree as ET

from pydantic import BaseModel, StringConstraints

from coldwar_lessons.content.load import Course, load_course, speaking
from coldwar_lessons.content.rubrics import find_rubric
from tests.pseudo import LEFT_TO_RIGHT, pseudo_locale

_LATIN, _OTHER = "abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопярстувшщыз"
_ALPHABET = str.maketrans(_LATIN + _LATIN.upper(), _OTHER + _OTHER.upper())
#: Ids of sentences, which are links wherever they stand, numbers of explanations, and addresses.
_KEPT = re.compile(r"\b(?:p|fn)\d{1,2}\.s\d{1,2}\b|\((?:i{1,3}|iv|vi?)\)|https?://\S+")
#: What stands for itself in every language: units, forms of files, examination boards.
_SAME_EVERYWHERE = frozenset(
    {"kB", "MB", "CC", "BY", "BibTeX", "PDF", "EPUB", "doi", "https", "http", "www", "org"}
    | {"OCR", "AQA", "Edexcel", "AP", "IB", "AO"}
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_READ_ALOUD = (
    "aria-label",
    "aria-description",
    "aria-valuetext",
    "aria-roledescription",
    "title",
    "alt",
    "placeholder",
)
_UNREAD = {"script", "style", "code"}


def in_other_letters(text: str) -> str:
    """A text of the content in another alphabet's letters; ids of sentences stay."""
    pieces, at = [], 0
    for found in _KEPT.finditer(text):
        pieces += [text[at : found.start()].translate(_ALPHABET), found[0]]
        at = found.end()
    return "".join([*pieces, text[at:].translate(_ALPHABET)])


@contextmanager
def pseudo_course(root: Path, folder: Path) -> Iterator[Course]:
    """The teacher's course in the pseudo-language, which is in use meanwhile, its content in other letters."""
    course = course_in_other_letters(root, pseudo_locale(folder / "locale"), LEFT_TO_RIGHT, teaching=True)
    with speaking(course):
        yield course


def course_in_other_letters(root: Path, locale: Path, language: str, *, teaching: bool = False) -> Course:
    """The course with all its texts in another alphabet's letters; ids, dates and addresses stay.

    Parameters
    ----------
    root
        Where the course is.
    locale
        Where its translations are, in a folder ``locale``.
    language
        Its language.
    teaching
        Whether it has what only teachers get.
    """
    course = load_course(root, teaching=teaching)
    tables = {
        one.name: {name: with_other_letters(value) for name, value in table.items()}
        for one in dataclasses.fields(course)
        if isinstance(table := getattr(course, one.name), Mapping) and one.name != "places"
    }
    tasks = [task.id for lesson in course.lessons.values() for task in lesson.writing]
    rubrics = {name: with_other_letters(rubric) for name in tasks if (rubric := find_rubric(course, name))}
    for name in ("data", "notebooks"):
        (locale.parent / name).symlink_to(root / name)
    about = with_other_letters(course.about).model_copy(update={"language": language})
    texts = {**tables, "rubrics": rubrics, "paper": with_other_letters(course.paper), "about": about}
    return dataclasses.replace(course, root=locale.parent, **texts)


def with_other_letters(model: BaseModel) -> Any:
    """A piece of the content with its texts in another alphabet's letters."""
    types = get_type_hints(type(model), include_extras=True)
    names = type(model).model_fields.keys() - {"date"}
    update = {name: _value(getattr(model, name), types[name]) for name in names}
    return model.model_copy(update=update)


def _value(value: Any, kind: Any) -> Any:
    if isinstance(value, BaseModel):
        return with_other_letters(value)
    if isinstance(value, str):
        return in_other_letters(value) if _is_text(kind) else value
    if isinstance(value, tuple):
        inner = [one for one in get_args(_without_none(kind)) if one is not ...]
        kinds = inner if len(inner) == len(value) else inner[:1] * len(value)
        return tuple(map(_value, value, kinds))
    if isinstance(value, Mapping):
        return {name: _value(one, get_args(_without_none(kind))[1]) for name, one in value.items()}
    return value


def _without_none(kind: Any) -> Any:
    if get_origin(kind) is Annotated:
        return _without_none(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType}:
        return next(_without_none(one) for one in get_args(kind) if one is not NoneType)
    return kind


def _is_text(kind: Any) -> bool:
    if get_origin(kind) in {Union, UnionType}:
        return any(map(_is_text, get_args(kind)))
    constraints = (one for one in getattr(kind, "__metadata__", ()) if isinstance(one, StringConstraints))
    return any(one.strip_whitespace for one in constraints)


def hard_coded_in(html: str) -> set[str]:
    """Every word of a page, seen or read aloud, that stands in the page's own code."""
    reader = _Reader()
    reader.feed(html)
    return {word for text in reader.texts for word in hard_coded_words(text)}


def hard_coded_words(text: str) -> Iterator[str]:
    """Words of a text in plain letters; what the pseudo-language has no other letters for is no word."""
    for word in _WORD.findall(_KEPT.sub("", text)):
        if word.isascii() and word not in _SAME_EVERYWHERE and re.search("[acegilnorstuyz]", word, re.IGNORECASE):
            yield word


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in _UNREAD
        attributes = {name: value or "" for name, value in attrs}
        self.texts += [attributes[name] for name in sorted(_READ_ALOUD & attributes.keys())]
        if tag == "input" and attributes.get("type") in {"button", "submit"}:
            self.texts.append(attributes.get("value", ""))
        if tag == "meta" and (attributes.get("property") or attributes.get("name")) in {
            "description",
            "og:title",
            "og:description",
            "og:image:alt",
        }:
            self.texts.append(attributes.get("content", ""))
        if tag == "img" and attributes.get("src", "").startswith("data:image/svg+xml;base64,"):
            self.texts += _texts_of_svg(base64.b64decode(attributes["src"].partition(",")[2]))

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in _UNREAD

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.texts.append(data)


def _texts_of_svg(svg: bytes) -> list[str]:
    names = ("{http://www.w3.org/2000/svg}text", "{http://purl.org/dc/elements/1.1/}title")
    texts = ["".join(element.itertext()) for element in ET.fromstring(svg).iter() if element.tag in names]
    return [text for text in texts if not text.startswith("Matplotlib v")]
