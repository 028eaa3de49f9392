"""The course in examples/ holds, builds, and has nothing of the course on the Cabinet paper in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from coldwar_lessons.content.check import check_content
from coldwar_lessons.content.load import content_root, load_course
from coldwar_lessons.content.models import Block
from coldwar_lessons.lesson import Lesson
from tests.example import EXAMPLE, LESSON, build, command, copy_example

ROOT = EXAMPLE.parents[1]
#: What only the course on the Cabinet paper says.
FOREIGN = re.compile(
    r"Stalin|\b1953\b|Soviet|Cabinet|C\.\(53\)|Salisbury|Churchill|Dulles|Crown copyright|[Nn]ine lessons"
    r"|[Tt]he paper\b|p[34]\.s\d"
)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the course with its book."""
    root = copy_example(tmp_path_factory.mktemp("example"))
    assert "Built 7 pages" in build(root)
    return root


def run(root: Path, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "coldwar_lessons", *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, f"{arguments}: {done.stdout}{done.stderr}"
    return done.stdout


def test_the_content_has_no_fault_and_nothing_is_left_to_write() -> None:
    report = check_content(EXAMPLE)
    assert report.faults == ()
    assert report.unwritten == ()


def test_the_telegram_is_the_telegram_to_the_letter() -> None:
    parts = load_course(EXAMPLE).paper.parts
    edited = "\n".join(
        part.text if isinstance(part, Block) else " ".join(sentence.text for sentence in part.sentences)
        for part in parts
    )
    assert edited.replace("’", "'") == (ROOT / "tests" / "telegram.txt").read_text(encoding="utf-8").strip()
    assert load_course(EXAMPLE).about.document.digests


def test_a_changed_letter_is_a_fault(tmp_path: Path) -> None:
    root = copy_example(tmp_path)
    paper = root / "data" / "paper.yml"
    paper.write_text(paper.read_text(encoding="utf-8").replace("most secretly", "in secret"), encoding="utf-8")
    assert any("p1.s5 is not the paper to the letter" in str(fault) for fault in check_content(root).faults)


def test_who_stands_in_a_course_works_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy_example(tmp_path)
    monkeypatch.chdir(root / "notebooks")
    assert content_root() == root
    assert load_course().about.title == "Most Secretly"
    (root / "assignment.json").write_text("{}", encoding="utf-8")
    assert content_root() == ROOT, "an assignment is no course"


def test_title_of_the_book_is_that_of_the_course(tmp_path: Path) -> None:
    root = copy_example(tmp_path)
    config = root / "_config.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("Most Secretly", "Something Else"), encoding="utf-8")
    (fault,) = check_content(root).faults
    assert str(fault).startswith("_config.yml:2: the book's title is not the course's, 'Most Secretly'")


def test_nothing_of_the_other_course_is_in_the_book(course: Path) -> None:
    built = course / "_build" / "html"
    seen = [path for path in built.rglob("*") if path.suffix in {".html", ".js", ".bib", ".txt", ".ipynb"}]
    # The widgets' scripts are those of every course.
    pages = [path for path in seen if "widgets" not in path.parts]
    assert len(pages) > 15
    found = {
        f"{path.relative_to(built)}: {match[0]}"
        for path in pages
        for match in FOREIGN.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_pages_say_what_the_course_says_of_itself(course: Path) -> None:
    page = (course / "_build" / "html" / "index.html").read_text(encoding="utf-8")
    assert "an interactive course on one German telegram." in page
    assert "The telegram is in the public domain." in page
    assert '<span class="wordmark-mark">No. 5747</span>' in page
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(data)["about"] == "Zimmermann's telegram to the German Minister in Mexico, January 1917"
    lesson = (course / "_build" / "html" / "notebooks" / f"{LESSON}.html").read_text(encoding="utf-8")
    assert "16 January 1917: Zimmermann writes" in lesson
    assert "Where this stands in the telegram" in lesson


def test_worksheet_of_the_lesson(course: Path) -> None:
    run(course, "worksheet", "1", "--out", "sheet.pdf")
    assert (course / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_work_is_handed_in_and_marked(course: Path) -> None:
    run(course, "assign", "1", "--out", "week")
    folder = course / "week"
    lesson = Lesson(LESSON, folder=folder)
    quiz = lesson.quiz("reading-the-offer")
    answers = {"first-wish": "b", "the-if": ["p1.s3", "p1.s5"], "promise": "b"}
    responses = {item: {"value": value, "checked": True, "attempts": 1} for item, value in answers.items()}
    quiz.state = {**quiz.state, "responses": responses}
    run(folder, "hand-in", "--name", "Mary Anning", "--number", "7")
    (made,) = folder.glob("coldwar-lessons-*.json")
    assert json.loads(made.read_text(encoding="utf-8"))["course"] == "zimmermann-telegram"
    (course / "roster.csv").write_text("number,name\n7,Mary Anning\n", encoding="utf-8")
    assert "1 found = 1 marked" in run(course, "mark", str(made), "--roster", "roster.csv", "--assignment", "week")
    run(course, "report", "--out", "report.html")
    report = (course / "report.html").read_text(encoding="utf-8")
    assert "Mary Anning" in report
    assert "Most Secretly, on No. 5747" in report
    assert not FOREIGN.search(report)


def test_work_of_another_course_is_not_marked(course: Path, tmp_path: Path) -> None:
    lesson = Lesson("03-gestures", root=ROOT, folder=tmp_path)
    quiz = lesson.quiz("gestures")
    quiz.state = {
        **quiz.state,
        "responses": {"gestures-most-important": {"value": "c", "checked": True, "attempts": 1}},
    }
    command("hand-in", str(tmp_path), "--name", "Mary Anning", "--number", "7")
    (made,) = tmp_path.glob("coldwar-lessons-*.json")
    (course / "roster.csv").write_text("number,name\n7,Mary Anning\n", encoding="utf-8")
    said = run(course, "mark", str(made), "--roster", "roster.csv", "--db", "other.db", code=1)
    assert "of another course, 'c53-187'" in said
