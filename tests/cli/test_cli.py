"""The command: what it prints, its exit codes, and one clear line for every mistake."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coldwar_lessons import __version__, cli
from coldwar_lessons.content.load import load_paper
from coldwar_lessons.content.schemas import build_schemas

ROOT = Path(__file__).resolve().parents[2]
SMALL = ROOT / "tests" / "content" / "small_course"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    shutil.copytree(SMALL, root)
    for name in ("course.yml", "paper.yml"):
        shutil.copy(ROOT / "data" / name, root / "data" / name)
    return root


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = cli.main(arguments)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


# --- paper ------------------------------------------------------------------------------------------


def test_paper_prints_the_whole_paper_in_reading_order(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("paper", capsys=capsys)
    assert (code, err) == (0, "")
    paper = load_paper(ROOT)
    at = -1
    for part in paper.parts:
        for text in [part.text] if part.role not in {"paragraph", "footnote"} else [s.text for s in part.sentences]:
            at = out.index(text, at + 1)
    lines = out.splitlines()
    assert "        SECRET" in lines
    assert "p3.s1   3. There is broad agreement" in out
    assert "p4.s1   4. The main difference" in out
    assert "we should have the support of the President. [1]" in out
    assert "fn1.s1  [1] Eisenhower began" in out
    assert sum(line[:3] in {"p3.", "p4.", "fn1"} for line in lines) == 22


def test_paper_prints_the_sentences_asked_for_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("paper", "p4.s3", "fn1.s2", "p3.s3", capsys=capsys)
    assert code == 0
    assert out.splitlines() == [
        "p4.s3   It is my intention to resist American pressure for new initiatives of this kind.",
        "fn1.s2  See Public Papers of the President of the United States, Eisenhower (1953), 462-463.",
        "p3.s3   They amount so far to more incentives and less repression for the Soviet population.",
    ]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("p3.s99", "p3.s9"), ("p3.s11", "p3.s1, p3.s10"), ("3.9", "p3.s9"), ("fn.s1", "fn1.s1"), ("p5.s1", "p3.s1")],
)
def test_paper_names_the_nearest_sentences(capsys: pytest.CaptureFixture[str], name: str, nearest: str) -> None:
    code, out, err = run("paper", "p3.s1", name, capsys=capsys)
    assert (code, out) == (1, "")
    assert err.startswith(f"coldwar-lessons: no sentence '{name}': did you mean ")
    assert all(near in err for near in nearest.split(", "))
    assert err.count("\n") == 1


def test_paper_is_folded_at_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    _, out, _ = run("paper", "p3.s7", capsys=capsys)
    lines = out.splitlines()
    assert len(lines) > 4
    assert all(len(line) <= 60 for line in lines)
    assert all(line.startswith(" " * 8) for line in lines[1:])
    assert " ".join(out.split())[6:] == load_paper(ROOT).sentence("p3.s7").text


# --- check ------------------------------------------------------------------------------------------


def test_check_says_in_one_line_that_all_is_clear(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("check", "--root", str(course), capsys=capsys)
    assert (code, err) == (0, "")
    assert out.startswith("All clear: 2 lanes, 2 sources, 4 events, 2 people, 1 term, 4 claims, 1 quiz, 8 activities,")
    assert out.count("\n") == 1


def test_check_prints_each_fault_and_their_number(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = course / "data" / "people.yml"
    people.write_text(people.read_text(encoding="utf-8").replace("  office:", "  ofice:"), encoding="utf-8")
    code, out, err = run("check", "--root", str(course), capsys=capsys)
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "data/people.yml:5: unknown key 'ofice': did you mean office?",
        "data/people.yml:14: unknown key 'ofice': did you mean office?",
        "2 faults in 1 file.",
    ]


def test_check_stats_prints_tables(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("check", "--root", str(course), "--stats", capsys=capsys)
    assert code == 0
    for line in (
        "items     all  choice  multiple  order  match  select  place  short  extended",
        "lesson 1    8       1         1      1      1       1      1      1         1",
        "of 3 options    1  0  1  0        1        0.3",
        "p3.s8         7  1",
        "p4.s1         0  none",
    ):
        assert line in out.splitlines()


@pytest.mark.parametrize("root", ["nowhere", "."])
def test_check_of_a_folder_that_is_no_course(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], root: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run("check", "--root", root, capsys=capsys)
    assert (code, out) == (2, "")
    assert err == f"coldwar-lessons: no course in {root}: it has no data/paper.yml (see coldwar-lessons --help)\n"


# --- schemas ----------------------------------------------------------------------------------------


def test_schemas_are_named_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("schemas", capsys=capsys)
    assert code == 0
    assert [line.split()[0] for line in out.splitlines() if line.endswith("bytes")] == list(build_schemas())
    folder = tmp_path / "new" / "schemas"
    assert run("schemas", "--write", str(folder), capsys=capsys)[0] == 0
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == dict(build_schemas())
    assert "none changed" in run("schemas", "--write", str(folder), capsys=capsys)[1]


def test_schemas_cannot_be_written_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    code, _, err = run("schemas", "--write", str(tmp_path / "file"), capsys=capsys)
    assert code == 2
    assert "is not a folder" in err


# --- mistakes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "say what to do"),
        (("chek",), "check"),
        (("check", "--rot", "x"), "--root"),
        (("check", "--root"), "--root"),
        (("check", "surplus"), "surplus"),
        (("--nonsense",), "--nonsense"),
        (("mark",), "HAND-INS"),
        (("mark", "x", "--roster", "r.csv", "--root", "nowhere"), "no course in nowhere"),
        (("mark-again", "--db", "nowhere.db"), "no gradebook nowhere.db"),
        (("mark-again", "--root", "nowhere"), "no course in nowhere"),
        (("rubric", "--port", "99999"), "--port"),
        (("export", "nowhere/grades.csv"), "no folder nowhere"),
        (("export", "grades.csv", "--layout", "pdf"), "no layout 'pdf'"),
        (("report", "--out", "report.pdf"), "let its name end in .html"),
        (("assign", "3", "--out", "README.md"), "is a file: name a folder"),
        (("assign", "3", "--out", "x", "--due", "tomorrow"), "no date"),
        (("nbgrader", "3", "--course", "README.md"), "is a file: name a folder"),
        (("worksheet", "3", "--out", "lesson.txt"), "let its name end in .pdf"),
        (("worksheet", "3", "--out", "nowhere/lesson.pdf"), "no folder nowhere"),
        (("load", "nowhere.json"), "no file nowhere.json"),
        (("load", "data"), "is a folder: name the file"),
        (("hand-in", "nowhere"), "not a folder"),
        (("start", "README.md"), "is a file: name a folder"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    code, out, err = run(*arguments, capsys=capsys)
    assert (code, out) == (2, "")
    assert err.startswith("coldwar-lessons: ")
    assert says in err
    assert err.count("\n") == 1


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version", capsys=capsys) == (0, f"{__version__}\n", "")
    code, out, _ = run("--help", capsys=capsys)
    assert code == 0
    assert all(verb in out for verb in ("paper", "check", "schemas"))


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (RuntimeError("boom"), 70, "a fault of the program, RuntimeError: boom"),
        (PermissionError(13, "Permission denied", "data/paper.yml"), 1, "data/paper.yml: Permission denied"),
    ],
)
def test_no_error_shows_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception, code: int, says: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("coldwar_lessons.content.load.load_paper", fail)
    found, out, err = run("paper", capsys=capsys)
    assert (found, out) == (code, "")
    assert says in err
    assert err.count("\n") == 1


def test_interrupt_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("coldwar_lessons.content.load.load_paper", interrupt)
    code, out, err = run("paper", capsys=capsys)
    assert (code, out) == (130, "")
    assert err in {"", "coldwar-lessons: interrupted\n"}


def shell(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coldwar_lessons", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **variables},
    )


def test_module_is_the_command() -> None:
    done = shell("paper", "p3.s99")
    assert done.returncode == 1
    assert done.stderr.startswith("coldwar-lessons: no sentence 'p3.s99'")
    assert shell("paper", "p3.s8").stdout.startswith("p3.s8   The most important gesture")


def test_paper_prints_where_quotation_marks_cannot_be_shown() -> None:
    done = shell("paper", "p3.s8", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "leaving off doing things which we have not been doing to them" in done.stdout


def test_reader_who_stops_early_gets_no_traceback() -> None:
    done = subprocess.run(
        f"{sys.executable} -m coldwar_lessons paper | head -1", shell=True, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.strip() == "SECRET"
