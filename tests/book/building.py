"""The book for the tests: the one that ``make book`` left behind when it is fresh, else built once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("_config.yml", "_toc.yml", "book", "notebooks", "data", "src/coldwar_lessons")


def built_book() -> Path:
    """Folder of the built book; ``BOOK_HTML`` names one to use as it is."""
    if named := os.environ.get("BOOK_HTML"):
        return Path(named)
    output = ROOT / "_build" / "html"
    if not is_fresh(output):
        done = subprocess.run(
            [sys.executable, "-m", "coldwar_lessons.book.build"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"the book cannot be built:\n{done.stdout}\n{done.stderr}"
    return output


def is_fresh(output: Path) -> bool:
    """Whether the book was built after the last change of any of its sources."""
    built = output / "_static" / "search-data.js"  # written last
    return built.is_file() and built.stat().st_mtime >= max(path.stat().st_mtime for path in _sources())


def _sources() -> list[Path]:
    files = []
    for name in SOURCES:
        path = ROOT / name
        files += [path] if path.is_file() else [file for file in path.rglob("*") if _counts(file)]
    return files


def _counts(file: Path) -> bool:
    return file.is_file() and "__pycache__" not in file.parts and not file.name.endswith(".workbook.json")
