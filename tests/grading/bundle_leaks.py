"""Finding keys and feedback in the folder that students get, in whatever form a file holds them."""

from __future__ import annotations

import base64
import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from coldwar_lessons.content.items import Item, Quiz
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.questions import BaseQuestion
from coldwar_lessons.widgets.quiz import key_of
from tests.book.leaks import letters

#: A text shorter than this, in letters and digits, may well stand in the course's other content by chance; what is
#: made for the assignment alone is searched for short answers too.
SHORTEST, SHORTEST_ANSWER = 36, 4
_FORMS = {"item", "interaction", "id", "title", "text", "options", "premises", "anchors", "prompt"}


def secret_texts(quiz: Quiz) -> set[str]:
    """Every text of a quiz that helps to an answer: feedback, hints, accepted and near answers."""
    found: set[str] = set()
    for item in quiz.items:
        question = next(base for base in type(item).__mro__ if base.__name__.endswith("Question"))
        kept_back = item.model_dump(mode="json", exclude=set(question.model_fields) | {"sources", "waive", "sentences"})
        found |= set(_texts(kept_back))
        for part in (*getattr(item, "options", ()), *getattr(item, "premises", ())):
            found |= {getattr(part, "feedback", "")}
    return {text for text in found if text}


def forms_of_key(item: Item, course: Course) -> set[str]:
    """A key as data, in the notations in which a file may hold it; a single letter tells nothing by itself."""
    key = key_of(item, course)
    found: set[str] = set()
    own = getattr(item, "key", None)
    for value in (key, list(own) if isinstance(own, tuple) else own):
        if value is None or (isinstance(value, list) and len(value) < 2):
            continue
        if not isinstance(value, str):
            found |= {json.dumps(value), json.dumps(value, separators=(",", ":"))}
            found |= {yaml.safe_dump(value, default_flow_style=flow, sort_keys=False).strip() for flow in (True, False)}
        if isinstance(value, list):
            found |= {separator.join(value) for separator in (",", ", ", " ", "|", ";") if len("".join(value)) > 8}
    return {text for text in found if len(text) > 6}


def find_leaks(folder: Path, secrets: set[str], public: str) -> list[str]:
    """Each secret that a file of the folder holds: plain, in base64, in hexadecimal, in rot13, or escaped.

    Parameters
    ----------
    folder
        The folder that students get.
    secrets
        The texts to look for.
    public
        Letters of what students may know: what stands there is no secret.
    """
    found = []
    wanted = {secret: letters(secret) for secret in secrets}
    wanted = {secret: bare for secret, bare in wanted.items() if len(bare) >= SHORTEST_ANSWER and bare not in public}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        text = path.read_text(encoding="utf-8")
        least = SHORTEST_ANSWER if is_of_the_assignment(path.relative_to(folder)) else SHORTEST
        values = list(_values(path, text))
        views = {"plain": letters(text), "values": letters("\n".join(values))}
        views["rot13"] = letters(codecs.decode(text, "rot13"))
        dense = re.sub(r"[\s\"',+\\]|\\n", "", text)
        for secret, bare in wanted.items():
            if len(bare) < least:
                continue
            name = f"{path.relative_to(folder)}: {secret[:60]!r}"
            if len(bare) >= SHORTEST:
                found += [f"{name}, {how}" for how, view in views.items() if bare in view]
            else:
                # A short answer counts as a word of its own: letters run together would hold it by chance.
                word = re.compile(rf"(?<!\w){re.escape(secret)}(?!\w)", re.IGNORECASE)
                found += [f"{name}, plain" for view in (text, *values) if word.search(view)]
                found += [f"{name}, rot13" for view in (text, *values) if word.search(codecs.decode(view, "rot13"))]
            data = secret.encode()
            coded = [form for form in _base64(data) if len(form) >= 8]
            found += [f"{name}, base64" for form in coded if form in dense or _url_safe(form) in dense]
            if data.hex() in dense.casefold():
                found.append(f"{name}, hexadecimal")
    return found


def find_key_fields(folder: Path, items: dict[str, Item], course: Course) -> list[str]:
    """Each place where data of the folder says more of a graded item than its question, or spells its key."""
    found = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(folder).as_posix()
        for mapping in _mappings(_parse(path, text)):
            item = items.get(str(mapping.get("id")))
            if item is not None and "prompt" in mapping:
                extra = set(mapping) - set(BaseQuestion.model_fields) - _FORMS - {"max_length", "words", "starters"}
                found += [f"{name}: {item.id}: {field}" for field in extra]
        for item in items.values():
            if item.id in text and name not in {"assignment.json", f"data/sealed/{_quiz_of(course, item)}.yml"}:
                found.append(f"{name}: names {item.id}")
            if is_of_the_assignment(Path(name)):
                forms = forms_of_key(item, course)
                found += [f"{name}: the key of {item.id}: {form}" for form in forms if form in text]
    return found


def is_of_the_assignment(path: Path) -> bool:
    """Whether a file of the folder is made for the assignment, and no copy of what the course publishes."""
    return path.parent.name == "sealed" or path.name in {"assignment.json", "README.md", "links.md"}


def _quiz_of(course: Course, item: Item) -> str:
    return next(name for name, quiz in course.quizzes.items() if item.id in [one.id for one in quiz.items])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value


def _parse(path: Path, text: str) -> Any:
    if path.suffix in {".json", ".ipynb"}:
        return json.loads(text)
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) if path.suffix == ".yml" else None


def _values(path: Path, text: str) -> Iterator[str]:
    """Texts of a file as a program reads them, a notebook's cells in one piece."""
    data = _parse(path, text)
    for cell in data.get("cells", ()) if isinstance(data, dict) else ():
        yield "".join(cell["source"])
    yield from _texts(data)


def _mappings(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _mappings(inner)


def _base64(data: bytes) -> Iterator[str]:
    """How the data looks in base64, wherever it begins in what was encoded."""
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + data).decode()
        yield coded[4 if shift else 0 : len(coded) - 4]


def _url_safe(text: str) -> str:
    return text.replace("+", "-").replace("/", "_")
