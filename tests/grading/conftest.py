"""Gradebooks in both databases; assignments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coldwar_lessons.cli import main
from tests.databases import fresh_database, postgres_programs, postgres_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server."""
    if postgres_programs() is None:
        pytest.skip("no PostgreSQL here")
    with postgres_server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database, of either kind."""
    if request.param == "sqlite":
        return str(tmp_path / "grades.db")
    return fresh_database(request.getfixturevalue("postgres"))


@pytest.fixture
def assign(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run ``assign`` into a new folder, with settings as YAML text; gives the exit code and what was said."""

    def run(*arguments: str, settings: str | None = None) -> tuple[int, str, str]:
        given = list(arguments)
        if settings is not None:
            (tmp_path / "settings.yml").write_text(settings, encoding="utf-8")
            given += ["--settings", str(tmp_path / "settings.yml")]
        code = main(["assign", *given, "--out", str(tmp_path / "out")])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
