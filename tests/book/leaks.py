"""Finding what only teachers may see, in whatever form a file holds it."""

from __future__ import annotations

import gzip
import html
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
#: A passage shorter than this, in letters and digits, may well stand elsewhere by chance.
SHORTEST = 36
_PREFIX = 24
_NOT_TEXT = {"id", "task", "url", "source", "locator", "quote", "sentence", "level", "board", "kind"}
_TAG = re.compile(r"<[^>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_BREAK = re.compile(r"\\[nrt]")


def letters(text: str) -> str:
    """Letters and digits alone: entities, escapes, tags and punctuation do not hide a passage."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    text = html.unescape(html.unescape(_BREAK.sub(" ", text)))
    return "".join(character for character in _TAG.sub("", text).casefold() if character.isalnum())


def teacher_passages() -> set[str]:
    """Every passage of the notes for teachers, a sentence each, as letters."""
    texts = [text for file in (ROOT / "data" / "teacher").rglob("*.yml") for text in _texts(_load(file))]
    texts += [_prose(file.read_text(encoding="utf-8")) for file in (ROOT / "book" / "teacher").glob("*.md")]
    passages = {letters(part) for text in texts for part in re.split(r"(?<=[.!?:])\s+|\n|\|", text)}
    return {passage for passage in passages if len(passage) >= SHORTEST}


@cache
def secret_passages() -> frozenset[str]:
    """The passages that stand in nothing that students may read, such as the paper or the lessons."""
    public = "\n".join(letters(text) for text in _public())
    return frozenset(passage for passage in teacher_passages() if passage not in public)


def leaks(folder: Path, passages: Iterable[str]) -> dict[str, set[str]]:
    """Each passage that a file below a folder holds, by the file's name."""
    by_prefix: defaultdict[str, list[str]] = defaultdict(list)
    for passage in passages:
        by_prefix[passage[:_PREFIX]].append(passage)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, text in _files(folder):
        body = letters(text)
        for at in range(len(body) - _PREFIX + 1):
            for passage in by_prefix.get(body[at : at + _PREFIX], ()):
                if body.startswith(passage, at):
                    found[name].add(passage)
    return dict(found)


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    seen = set()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            for name, content in _unpacked(path.relative_to(folder).as_posix(), path.read_bytes()):
                if content not in seen:
                    seen.add(content)
                    yield name, content.decode("utf-8", errors="replace")


def _unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if content[:2] == b"PK" and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from _unpacked(f"{name}/{member}", archive.read(member))
    elif content[:2] == b"\x1f\x8b":
        yield from _unpacked(f"{name}/", gzip.decompress(content))
    else:
        yield name, content


def _public() -> Iterator[str]:
    for file in sorted((ROOT / "data").rglob("*.yml")):
        if "teacher" not in file.relative_to(ROOT).parts:
            # Line breaks within a text are lost when it is read, so read it.
            yield " ".join(_texts(_load(file), without=set()))
    # The list of the lessons, as every page that names them all has it.
    lessons = [_load(file) for file in sorted((ROOT / "data" / "lessons").glob("*.yml"))]
    yield " ".join(f"{lesson['number']} {lesson['title']}" for lesson in lessons)
    for folder, pattern in (("notebooks", "*.ipynb"), ("book", "*.md")):
        for file in sorted((ROOT / folder).glob(pattern)):
            yield file.read_text(encoding="utf-8")


def _texts(value: Any, without: set[str] = _NOT_TEXT) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in without:
                yield from _texts(inner, without)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, without)
    elif isinstance(value, str):
        yield value


def _load(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _prose(markdown: str) -> str:
    """Markdown without the addresses of its links, its roles and its directives."""
    markdown = re.sub(r"```\{.*?```", "", markdown, flags=re.DOTALL)
    markdown = re.sub(r"\{[a-z]+\}`[^`]*`", "|", markdown)
    return re.sub(r"\]\([^)]*\)", "]", markdown)
