"""Exports: no cell is ever a formula, and other programs find the columns they look for."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from coldwar_lessons.grading.export import Layout, grades_table, safe_cell, write_grades

GRADES = [
    {"name": "Ann", "number": "1", "class": "12A", "late": False, "gestures": 7.5},
    {"name": '=HYPERLINK("http://x","y")', "number": "@2", "class": "+1", "late": True},
]


@given(st.text())
def test_no_text_is_taken_for_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert cell.lstrip()[:1] not in set("=+-@|%")
    assert all(char in "\t\n\r" or char >= " " for char in cell)


def test_numbers_stay_numbers() -> None:
    assert safe_cell(-1.5) == -1.5


@pytest.mark.parametrize(
    ("layout", "head"),
    [
        ("csv", ["number", "name", "class", "late", "gestures"]),
        ("canvas", ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "gestures"]),
        ("moodle", ["idnumber", "fullname", "gestures"]),
    ],
)
def test_each_layout_has_the_columns_its_program_looks_for(tmp_path: Path, layout: Layout, head: list[str]) -> None:
    path = tmp_path / "grades.csv"
    write_grades(path, grades_table(GRADES, ["gestures"], layout), layout)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == head
    assert len(rows) == 3
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_excel_holds_texts_as_texts(tmp_path: Path) -> None:
    path = tmp_path / "grades.xlsx"
    write_grades(path, grades_table(GRADES, ["gestures"], "xlsx"), "xlsx")
    sheet = load_workbook(path).active
    assert sheet is not None
    assert [[cell.data_type for cell in row] for row in sheet.iter_rows(min_row=2, max_col=2)] == [
        ["s", "s"],
        ["s", "s"],
    ]
    assert sheet["E2"].value == 7.5
