"""The workbook: everything one student did in one lesson, a JSON file beside the notebook."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

SCHEMA = "coldwar-lessons/workbook/1"


class Workbook:
    """One lesson's workbook file.

    Parameters
    ----------
    lesson_id
        The lesson; names the file.
    folder
        Where the file is kept. Nothing is written before the student does something.
    """

    def __init__(self, lesson_id: str, folder: Path) -> None:
        self.lesson_id = lesson_id
        self.path = folder / f"{lesson_id}.workbook.json"

    def state(self, widget_id: str) -> dict[str, Any]:
        """What is kept for one widget; empty when nothing is, or when it cannot be read."""
        state = self._read().get(widget_id)
        return state if isinstance(state, dict) else {}

    def keep(self, widget_id: str, state: dict[str, Any]) -> str:
        """Write one widget's state into the file, whole or not at all.

        Returns
        -------
        str
            One line for the student: where it was saved, or why it was not.
        """
        try:
            if self.path.exists() and not self._readable():
                aside = self.path.with_name(f"{self.path.name}.damaged-{os.getpid()}")
                self.path.replace(aside)
            document = {"schema": SCHEMA, "lesson": self.lesson_id, "widgets": {**self._read(), widget_id: state}}
            _write_atomically(self.path, json.dumps(document, ensure_ascii=False, indent=1))
        except OSError as error:
            return f"Not saved: {self.path.name} cannot be written ({error.strerror}). Copy your answer elsewhere."
        return f"Saved in {self.path.name}."

    def _readable(self) -> bool:
        try:
            return isinstance(json.loads(self.path.read_text(encoding="utf-8")), dict)
        except (OSError, ValueError, RecursionError):
            return False

    def _read(self) -> dict[str, Any]:
        if not self._readable():
            return {}
        widgets = json.loads(self.path.read_text(encoding="utf-8")).get("widgets")
        return widgets if isinstance(widgets, dict) else {}


def _write_atomically(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
