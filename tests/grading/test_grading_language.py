"""What grading writes in another language: assignments, cells of nbgrader, a sheet of grades, and why a file waits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coldwar_lessons import Lesson
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.content.settings import AssignmentSettings
from coldwar_lessons.grading.assign import build_bundle, find_lessons, plan_assignment
from coldwar_lessons.grading.export import grades_table, write_grades
from coldwar_lessons.grading.nbgrader_source import lesson_files
from coldwar_lessons.grading.records import RecordError, parse_json, read_hand_in
from coldwar_lessons.language import SOURCE, current_language, gettext, in_language
from tests.grading.conftest import ROOT
from tests.hard_coded import hard_coded_words, pseudo_course
from tests.pseudo import LEFT_TO_RIGHT, pseudo_locale

#: Words of commands and names of files and products, which stand as they are.
NAMES = {"coldwar", "lessons", "hand", "in", "json", "pip", "install", "jupyter", "lab", "sh", "name", "UTC"}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """The course in the pseudo-language, with content in another alphabet's letters."""
    with pseudo_course(ROOT, tmp_path_factory.mktemp("course")) as course:
        yield course


def bundle(course: Course, **settings: Any) -> dict[str, bytes]:
    plan = plan_assignment(course, find_lessons(course, ["3", "4"]), AssignmentSettings.model_validate(settings))
    return build_bundle(course, plan)


def hard_coded_in_markdown(text: str) -> set[str]:
    return set(hard_coded_words(text)) - NAMES


LINKS = {
    "book": "https://1.2",
    "jupyterlite": "https://1.2",
    "jupyterhub": "https://1.2",
    "repository": "https://1.2/3",
}


def test_pages_of_an_assignment_have_no_hard_coded_text(course: Course) -> None:
    files = bundle(course, graded=True, due="2026-12-01", **{"class": "12"}, links=LINKS)
    for name in ("README.md", "links.md"):
        text = files[name].decode()
        for address in ("https://1.2", "https%3A"):
            text = "".join(part.partition(")")[2] if index else part for index, part in enumerate(text.split(address)))
        assert hard_coded_in_markdown(text) == set(), name
    assert hard_coded_in_markdown(bundle(course)["links.md"].decode()) <= {"links", "baseurl", "config"}


def test_a_hard_coded_text_is_found(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coldwar_lessons.grading.assign_pages.say_due", lambda _due: "some day")
    assert {"some", "day"} <= hard_coded_in_markdown(bundle(course, due="2026-12-01")["README.md"].decode())


def test_an_assignment_takes_its_translation_along(tmp_path: Path) -> None:
    locale = pseudo_locale(tmp_path / "course" / "locale")
    real = load_course(ROOT, teaching=True)
    for name in ("data", "notebooks"):
        (locale.parent / name).symlink_to(ROOT / name)
    about = real.about.model_copy(update={"language": LEFT_TO_RIGHT})
    object.__setattr__(real := type(real)(**{**vars(real), "root": locale.parent}), "about", about)
    out = tmp_path / "out"
    for name, data in bundle(real).items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    course_file = out / "data" / "course.yml"
    text = course_file.read_text(encoding="utf-8").replace(f"language: {SOURCE}", f"language: {LEFT_TO_RIGHT}")
    course_file.write_text(text, encoding="utf-8")
    with in_language(SOURCE):
        Lesson("03-gestures", root=out, folder=tmp_path)
        assert current_language() == LEFT_TO_RIGHT
        assert gettext("Check").startswith("⟦")


def test_cells_of_nbgrader_have_no_hard_coded_text(course: Course) -> None:
    [notebook] = lesson_files(course, ["03-gestures"]).values()
    cells = [cell for cell in json.loads(notebook)["cells"] if "nbgrader" in cell["metadata"]]
    assert len(cells) == 2
    for cell in cells:
        said = [line for line in cell["source"].splitlines() if line and not line.startswith(("### BEGIN", "### END"))]
        assert all(
            line.lstrip("# ").removeprefix("raise RuntimeError(").lstrip("\"'*").startswith("⟦") for line in said
        ), said


def test_a_sheet_for_people_has_translated_columns_and_a_file_for_programs_has_not(
    course: Course, tmp_path: Path
) -> None:
    assert course.about.language == current_language()
    grades = [{"name": "шщы", "number": "1", "class": "12", "late": True, "gestures": 3}]
    write_grades(tmp_path / "grades.xlsx", grades_table(grades, ["gestures"], "xlsx"), "xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "grades.xlsx").active
    assert sheet is not None
    assert sheet.title.startswith("⟦")
    head, row = [[str(cell) for cell in line] for line in sheet.values]
    assert all(cell.startswith("⟦") for cell in head[:4])
    assert row[3].startswith("⟦")
    assert grades_table(grades, ["gestures"], "csv")[0] == ["number", "name", "class", "late", "gestures"]


@pytest.mark.parametrize(
    "data", [b"{", b"\xff", b"[" * 200_000, b'{"a": 1, "a": 2}', b'{"a": NaN}', b'"\\ud800"', b"{}"]
)
def test_why_a_file_is_set_aside_is_said_in_the_language(course: Course, data: bytes) -> None:
    assert course.about.language == current_language()
    with pytest.raises(RecordError, match=r"^⟦"):
        read_hand_in(parse_json(data))
