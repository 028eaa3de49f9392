"""JSON Schemas of the content, so that editors complete and check the YAML as it is typed.

They are generated from the models, and checked in under ``data/schemas/``. An editor with the YAML language
server finds one by the first line of a file::

    # yaml-language-server: $schema=../schemas/quiz.json
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import GenericAlias
from typing import Any

from pydantic import TypeAdapter

from .about import About
from .load import LISTS, kept_in_files, singular
from .models import Paper
from .settings import AssignmentSettings

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def build_schemas() -> Mapping[str, str]:
    """Every schema as JSON text, by file name."""
    schemas = {
        "course.json": _schema(About, "What the course is about"),
        "paper.json": _schema(Paper, "The words of the document"),
    }
    for kind, model in LISTS.items():
        schemas[f"{kind}.json"] = _schema(GenericAlias(list, model), f"A file of {kind}")
    for kind, model in kept_in_files(teaching=True).items():
        name = singular(kind)
        schemas[f"{name}.json"] = _schema(model, f"One {name}")
    schemas["assignment-settings.json"] = _schema(AssignmentSettings, "Settings of coldwar-lessons assign")
    return schemas


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into a folder.

    Returns
    -------
    list
        The files that were new or differed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in build_schemas().items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            written.append(path)
    return written


def _schema(model: Any, title: str) -> str:
    schema = TypeAdapter(model).json_schema(by_alias=True)
    schema.pop("title", None)
    return json.dumps({"$schema": _DIALECT, "title": title, **schema}, ensure_ascii=False, indent=2) + "\n"
