"""What is published: the same bytes each time, everything a student needs and no key that he should not have."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from coldwar_lessons.content.load import load_course

ROOT = Path(__file__).resolve().parents[1]
EPOCH = {"SOURCE_DATE_EPOCH": "1767225600"}


def run(*command: object, cwd: Path, **environment: str) -> str:
    """Run a command that has to succeed; gives what it printed."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def build(root: Path, out: Path) -> tuple[Path, Path]:
    """Build the archive of sources and the wheel."""
    run(sys.executable, "-m", "hatchling", "build", "--directory", out, cwd=root, **EPOCH)
    (sdist,), (wheel,) = out.glob("*.tar.gz"), out.glob("*.whl")
    return sdist, wheel


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return build(ROOT, tmp_path_factory.mktemp("dist"))


def test_the_same_sources_give_the_same_bytes(built: tuple[Path, Path], tmp_path: Path) -> None:
    again = build(ROOT, tmp_path / "again")
    assert [path.name for path in again] == [path.name for path in built]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in built]


def test_the_archive_of_sources_gives_the_same_wheel_without_node(built: tuple[Path, Path], tmp_path: Path) -> None:
    sdist, wheel = built
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (root,) = (path for path in tmp_path.iterdir() if path.is_dir())
    nothing = tmp_path / "no-commands-here"
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=root, PATH=str(nothing), **EPOCH)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_wheel_holds_the_course_and_no_key_of_the_teacher(built: tuple[Path, Path]) -> None:
    _, wheel = built
    assert wheel.stat().st_size < 5_000_000
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        compiled = json.loads(archive.read("coldwar_lessons/_content/course.json"))
    for lesson in load_course().lessons:
        assert f"coldwar_lessons/_content/notebooks/{lesson}.ipynb" in names
        assert f"coldwar_lessons/_content/data/lessons/{lesson}.yml" in names
    assert "coldwar_lessons/static/quiz.js" in names
    assert "coldwar_lessons/static/quiz.page.js" in names
    assert [name for name in (*names, *compiled) if "data/teacher/" in name] == []


def test_what_an_index_checks_of_an_upload_is_in_order(built: tuple[Path, Path]) -> None:
    assert run(sys.executable, "-m", "twine", "check", "--strict", *built, cwd=ROOT).count("PASSED") == 2


# --- a student and a teacher with pip alone ----------------------------------------------------------


@pytest.fixture(scope="module")
def commands(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folder of the commands of an environment with nothing in it but the wheel."""
    venv = tmp_path_factory.mktemp("venv")
    python = venv / "bin" / "python"
    uv = (sys.executable, "-m", "uv")
    run(*uv, "venv", "--quiet", "--clear", venv, "--python", sys.executable, cwd=venv)
    wheel = f"coldwar-lessons[teach] @ {built[1].as_uri()}"
    run(*uv, "pip", "install", "-q", "--python", python, "-c", ROOT / "requirements.txt", wheel, cwd=venv)
    return python.parent


def test_with_the_wheel_alone_lessons_run_are_handed_in_and_marked(commands: Path, tmp_path: Path) -> None:
    course = commands / "coldwar-lessons"
    assert "9 new lessons" in run(course, "start", "lessons", "--no-lab", cwd=tmp_path)
    lessons = tmp_path / "lessons"
    notebooks = sorted(path.name for path in lessons.glob("*.ipynb"))
    run(commands / "jupyter", "execute", *notebooks, cwd=lessons, IPYTHONDIR=str(tmp_path / "ipython"))
    answer = (
        "from coldwar_lessons import Lesson\n"
        "quiz = Lesson('03-gestures').quiz('gestures')\n"
        "quiz.state = {**quiz.state, 'responses': {'gestures-most-important': {'value': 'c'}}}\n"
        "print(quiz.saved)"
    )
    assert "Saved in 03-gestures.workbook.json." in run(commands / "python", "-c", answer, cwd=lessons)
    assert "Wrote" in run(course, "hand-in", "--name", "Ada", "--number", "7", "--out", "ada.json", cwd=lessons)
    (tmp_path / "roster.csv").write_text("number,name\n7,Ada\n", encoding="utf-8")
    marked = run(course, "mark", lessons / "ada.json", "--roster", "roster.csv", cwd=tmp_path)
    assert "1 found = 1 marked" in marked
    run(course, "export", "grades.csv", cwd=tmp_path)
    assert "Ada" in (tmp_path / "grades.csv").read_text(encoding="utf-8")
