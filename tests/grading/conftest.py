"""The course; gradebooks in both databases; assignments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coldwar_lessons.cli import main
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.grading.gradebook import Gradebook
from tests.databases import MISSING, fresh_database, postgres_programs, postgres_server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def course() -> Course:
    return load_course(ROOT)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server."""
    if postgres_programs() is None:
        pytest.skip(MISSING)
    with postgres_server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database, of either kind."""
    if request.param == "sqlite":
        return str(tmp_path / "grades.db")
    return fresh_database(request.getfixturevalue("postgres"))


@pytest.fixture
def gradebook(database: str) -> Iterator[Gradebook]:
    """An empty gradebook, in either database."""
    book = Gradebook(database)
    yield book
    book.close()


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
