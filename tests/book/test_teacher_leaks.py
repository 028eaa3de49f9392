"""Nothing for teachers reaches students: not the book's files, not the wheel."""

from __future__ import annotations

import gzip
import json
import zipfile
from html import escape
from pathlib import Path

import build_browser
import pytest
import yaml

from tests.book.leaks import ROOT, leaks, letters, secret_passages, teacher_passages

SECRET = "The author’s “plan” hung on one thing & nothing else, said the marker to the student twice."


@pytest.mark.book
def test_no_file_of_the_student_edition_holds_a_word_for_teachers(book: Path) -> None:
    assert leaks(book, secret_passages()) == {}


@pytest.mark.book
def test_no_page_for_teachers_is_built_for_students(book: Path) -> None:
    assert [path for path in book.rglob("*") if path.name == "teacher" or path.name.startswith("teacher.")] == []


def test_pages_for_teachers_are_not_in_the_students_table_of_contents() -> None:
    assert "book/teacher" not in (ROOT / "_toc.yml").read_text(encoding="utf-8")
    assert "teacher_extension" not in (ROOT / "_config.yml").read_text(encoding="utf-8")


def test_a_wheel_holds_all_content_but_the_notes_for_teachers() -> None:
    packed = [path.relative_to(ROOT).as_posix() for path in build_browser.content_files()]
    assert "data/teacher" not in packed
    assert {"data/paper.yml", "data/quizzes", "data/rubrics", "data/lessons", "notebooks"} <= set(packed)
    assert leaks_in_paths(build_browser.content_files()) == {}


def leaks_in_paths(paths: list[Path]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in paths:
        found |= leaks(path, secret_passages()) if path.is_dir() else {}
    return found


def test_the_search_knows_every_sample_and_comment() -> None:
    secrets = secret_passages()
    assert len(secrets) > 1200
    assert len(secrets) > 0.9 * len(teacher_passages())
    for file in (ROOT / "data" / "teacher").glob("*.yml"):
        for task in yaml.safe_load(file.read_text(encoding="utf-8"))["tasks"]:
            for sample in task["samples"]:
                for text in (sample["text"], sample["comment"]):
                    body = letters(text)
                    assert sum(passage in body for passage in secrets) >= 2, text[:80]


@pytest.mark.parametrize(
    "hidden",
    [
        f"<p>{escape(SECRET)}</p>",
        f"const text = '{escape(SECRET, quote=False)}';",
        json.dumps({"text": SECRET}),
        json.dumps(json.dumps({"html": f"<i>{escape(SECRET)}</i>"})),
        SECRET.replace("one thing", "<a href='x'>one</a>\n   <b>thing</b>"),
        SECRET.upper(),
    ],
)
def test_a_leak_is_found_in_any_form(tmp_path: Path, hidden: str) -> None:
    (tmp_path / "page.html").write_text(f"before {hidden} after", encoding="utf-8")
    assert leaks(tmp_path, {letters(SECRET)}) == {"page.html": {letters(SECRET)}}


def test_a_leak_is_found_in_archives(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "course.whl", "w") as archive:
        archive.writestr("data/teacher/x.yml", SECRET)
    (tmp_path / "index.js.gz").write_bytes(gzip.compress(f"{SECRET} Zipped.".encode()))
    assert sorted(leaks(tmp_path, {letters(SECRET)})) == ["course.whl/data/teacher/x.yml", "index.js.gz/"]


def test_half_a_passage_is_no_leak(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(SECRET[:50], encoding="utf-8")
    assert leaks(tmp_path, {letters(SECRET)}) == {}
