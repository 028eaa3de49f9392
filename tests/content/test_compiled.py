"""Content read ahead says what the YAML says, never outlives it, and needs no YAML library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from coldwar_lessons.content.compiled import COMPILED, compile_content, find_compiled
from coldwar_lessons.content.faults import ContentError
from coldwar_lessons.content.load import content_root, load_course, read_content


def compile_into(root: Path) -> None:
    files = [path for path in (root / "data").rglob("*.yml") if "teacher" not in path.parts]
    (root / COMPILED).write_text(compile_content(root, files), encoding="utf-8")


@pytest.fixture
def compiled(small_course: Path) -> Path:
    """A small course, read ahead."""
    compile_into(small_course)
    return small_course


def test_the_whole_course_reads_the_same_ahead(tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(content_root() / "data")
    plain = read_content(tmp_path, teaching=False)
    compile_into(tmp_path)
    ahead = read_content(tmp_path, teaching=False, compiled=True)
    assert [one.data for one in ahead.documents] == [one.data for one in plain.documents]
    assert ahead.faults == plain.faults == ()


def test_no_yaml_library_is_needed(compiled: Path) -> None:
    code = (
        "import sys; sys.modules['yaml'] = None\n"
        "from pathlib import Path\n"
        "from coldwar_lessons.content.load import load_course\n"
        f"print(*load_course(Path({str(compiled)!r})).lessons)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "01-small"


def test_a_file_changed_since_is_read_anew(compiled: Path) -> None:
    path = compiled / "data" / "lessons" / "01-small.yml"
    assert find_compiled(compiled, path) is not None
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("number: 1\n", "number: 7\n"), encoding="utf-8")
    assert find_compiled(compiled, path) is None
    assert load_course(compiled).lessons["01-small"].number == 7


def test_a_file_added_or_removed_since_counts(compiled: Path) -> None:
    quizzes = compiled / "data" / "quizzes"
    text = (quizzes / "small.yml").read_text(encoding="utf-8")
    (quizzes / "other.yml").write_text(text.replace("id: small\n", "id: other\n"), encoding="utf-8")
    (quizzes / "small.yml").unlink()
    assert list(load_course(compiled).quizzes) == ["other"]


def test_faults_are_told_with_their_lines_all_the_same(small_course: Path) -> None:
    path = small_course / "data" / "lessons" / "01-small.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("number: 1\n", "number: one\n"), encoding="utf-8")
    compile_into(small_course)
    with pytest.raises(ContentError) as told:
        load_course(small_course)
    (fault,) = told.value.faults
    assert fault.line > 1


def test_what_is_no_yaml_is_not_compiled(small_course: Path) -> None:
    (small_course / "data" / "terms.yml").write_text("- [", encoding="utf-8")
    with pytest.raises(ContentError, match=r"data/terms\.yml"):
        compile_into(small_course)
