"""A new version of a lesson and a student's copy of the old one, put together cell by cell.

The lessons' cells have ids of their own that stay from version to version, so that no comparing of texts is needed.
The student's cells always win; what cannot be put together without a loss is not put together.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeAlias

Notebook: TypeAlias = dict[str, Any]
Cell: TypeAlias = dict[str, Any]


def read_notebook(path: Path) -> Notebook | None:
    """A notebook, or ``None`` when the file is none."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    cells = value.get("cells") if isinstance(value, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        return None
    return value  # type: ignore[no-any-return]  # a dict, as just seen


def contents(notebook: Notebook) -> list[tuple[object, object, str]]:
    """What was written in a notebook: id, kind and text of each cell. Running it changes nothing of this."""
    return [(cell.get("id"), cell.get("cell_type"), source(cell)) for cell in notebook["cells"]]


def source(cell: Cell) -> str:
    """Text of a cell, which notebooks keep as one string or as a list of lines."""
    text = cell.get("source", "")
    return "".join(map(str, text)) if isinstance(text, list) else str(text)


def merge_notebooks(base: Notebook, mine: Notebook, new: Notebook) -> Notebook | None:
    """Bring what is new since ``base`` into a student's copy.

    Cells that the student changed or added stay as they are, cells that the student deleted stay away, and all others
    become those of the new version.

    Parameters
    ----------
    base
        The version that the student was given.
    mine
        The student's copy.
    new
        The version to bring in.

    Returns
    -------
    dict or None
        The notebook; ``None`` when a cell was changed on both sides or the student put cells in another order, so
        that one side would be lost.
    """
    given, own, coming = _by_id(base), _by_id(mine), _by_id(new)
    if given is None or own is None or coming is None:
        return None
    if [name for name in own if name in given] != [name for name in given if name in own]:
        return None
    merged: dict[str, Cell] = {}
    for name, cell in coming.items():
        before, kept = given.get(name), own.get(name)
        if kept is None:
            if before is None:
                merged[name] = cell
        elif source(kept) in {source(cell), source(before or {})}:
            # Not the student's words: the new cell, with the outputs as long as they still belong to it.
            merged[name] = kept if source(kept) == source(cell) else cell
        elif before is not None and source(before) == source(cell):
            merged[name] = kept
        else:
            return None
    order = list(merged)
    after = -1
    for name, cell in own.items():
        if name not in merged and (name not in given or source(cell) != source(given[name])):
            order.insert(after + 1, name)
            merged[name] = cell
        if name in merged:
            after = order.index(name)
    return {**mine, "cells": [merged[name] for name in order]}


def _by_id(notebook: Notebook) -> dict[str, Cell] | None:
    """Cells by id, in their order; ``None`` when ids are missing or stand twice."""
    cells = {cell["id"]: cell for cell in notebook["cells"] if isinstance(cell.get("id"), str)}
    return cells if len(cells) == len(notebook["cells"]) else None
