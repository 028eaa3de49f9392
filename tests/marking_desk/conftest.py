"""Gradebooks to mark in: SQLite, and PostgreSQL where a test asks for it by ``BOTH``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.databases import fresh_database
from tests.grading.conftest import postgres

__all__ = ["database", "postgres"]


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return str(tmp_path / "grades.db")
    return fresh_database(request.getfixturevalue("postgres"))
