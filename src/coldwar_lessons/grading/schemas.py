"""JSON Schemas of the files that students keep and hand in, so that other programs can read and check them.

They are generated from the models of :mod:`.records` and published with the book, under ``schemas/``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from .records import HandIn, Record, Workbook

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: File name, model, title.
_SCHEMAS: Mapping[str, tuple[type[Record], str]] = {
    "workbook-2.json": (Workbook, "Workbook: everything one student did in one lesson"),
    "hand-in-1.json": (HandIn, "Hand-in: a student's workbooks; one that names no student is a saved copy"),
}


def work_schemas() -> dict[str, str]:
    """Every schema as JSON text, by file name; the number is the version that ``schema`` in a file names."""
    return {name: _schema(model, title) for name, (model, title) in _SCHEMAS.items()}


def write_work_schemas(folder: Path) -> None:
    """Write every schema into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in work_schemas().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _schema(model: type[Record], title: str) -> str:
    schema = model.model_json_schema(by_alias=True)
    return json.dumps({"$schema": _DIALECT, **schema, "title": title}, ensure_ascii=False, indent=2) + "\n"
