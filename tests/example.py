"""The second course, for the tests: copied, so that nothing is built among its sources."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from coldwar_lessons import cli

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "zimmermann-telegram"
LESSON = "01-an-offer-to-mexico"


def copy_example(folder: Path) -> Path:
    """A copy of the course, without anything that was built in it."""
    return shutil.copytree(EXAMPLE, folder / "telegram", ignore=shutil.ignore_patterns("_build", "*.workbook.json"))


def build(root: Path) -> str:
    """Build a course's book as somebody does who stands in its folder; what the build said."""
    done = subprocess.run(
        [sys.executable, "-m", "coldwar_lessons.book.build"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def command(*arguments: str) -> None:
    """Run the command in this process; it must succeed."""
    assert cli.main(arguments) == 0
