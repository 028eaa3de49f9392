"""The content files read ahead, as one JSON file beside ``data/``: what a wheel carries.

A browser has no YAML library, and YAML is slow to read where there is no C library for it. What is read ahead is only
the YAML, file by file, each with the digest of the file it came from: a file that was changed since is read anew, and
everything is validated as ever.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from .faults import ContentError

#: Name of the file, beside ``data/``.
COMPILED = "course.json"


def compile_content(root: Path, paths: Iterable[Path]) -> str:
    """Read YAML files ahead.

    Parameters
    ----------
    root
        The folder that the paths are kept relative to.
    paths
        The files.

    Returns
    -------
    str
        JSON: by path, the digest of the file and what it says.

    Raises
    ------
    ContentError
        If a file cannot be read.
    """
    from .yaml_lines import read_yaml  # noqa: PLC0415 - what is compiled is read where there is no YAML library

    compiled: dict[str, dict[str, Any]] = {}
    for path in sorted(paths):
        shown = path.relative_to(root)
        data, _, faults = read_yaml(path, shown)
        if faults:
            raise ContentError(faults)
        compiled[shown.as_posix()] = {"sha256": _digest(path.read_bytes()), "data": data}
    return json.dumps(compiled, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def find_compiled(root: Path, path: Path) -> Any | None:
    """What a content file says, if it was read ahead and has not been changed since; else ``None``."""
    entry = _compiled(root).get(path.relative_to(root).as_posix())
    if entry is None:
        return None
    try:
        return entry["data"] if entry["sha256"] == _digest(path.read_bytes()) else None
    except OSError:
        return None


@lru_cache(maxsize=4)
def _compiled(root: Path) -> dict[str, dict[str, Any]]:
    try:
        text = (root / COMPILED).read_text(encoding="utf-8")
    except OSError:
        return {}
    compiled: dict[str, dict[str, Any]] = json.loads(text)
    return compiled


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
