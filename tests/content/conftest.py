"""A small course that has one of everything and no fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# Times say little on a machine that does other things too.
settings.register_profile("course", deadline=None)
settings.load_profile("course")

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@pytest.fixture
def small_course(tmp_path: Path) -> Path:
    """A copy of the small course, with the real paper, to be spoilt."""
    root = tmp_path / "course"
    shutil.copytree(HERE / "small_course", root)
    for name in ("course.yml", "paper.yml"):
        shutil.copy(ROOT / "data" / name, root / "data" / name)
    return root
