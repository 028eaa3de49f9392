"""Grades for other programs: CSV, the layouts that Canvas and Moodle import, and Excel."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeAlias

from coldwar_lessons.language import gettext as _

Layout: TypeAlias = Literal["csv", "canvas", "moodle", "xlsx"]

#: What a spreadsheet takes for a formula, also behind white space (OWASP, CSV Injection).
_FORMULA = re.compile(r"^[\s\x00-\x1f]*[=+\-@\t\r|%]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def safe_cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: such a text gets an apostrophe in front."""
    if not isinstance(value, str):
        return value
    text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    return f"'{text}" if _FORMULA.match(text) else text


def grades_table(grades: Sequence[Mapping[str, Any]], columns: Sequence[str], layout: Layout) -> list[list[Any]]:
    """Lay grades out as rows.

    Parameters
    ----------
    grades
        One mapping a student: ``name``, ``number``, ``class``, ``late`` and the points of each column.
    columns
        Names of the columns of points, in order.
    layout
        ``canvas`` has Student, ID, SIS User ID, SIS Login ID, Section, then the assignments, as Canvas's
        gradebook imports them; ``moodle`` has idnumber and a column for each grade item.
    """
    if layout == "canvas":
        head: list[Any] = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *columns]
        body = [[g["name"], "", g["number"], "", g["class"], *(g.get(c, "") for c in columns)] for g in grades]
    elif layout == "moodle":
        head = ["idnumber", "fullname", *columns]
        body = [[g["number"], g["name"], *(g.get(c, "") for c in columns)] for g in grades]
    else:
        # People read a sheet of Excel; other programs read CSV, by the names of its columns.
        excel = layout == "xlsx"
        head = [_("number"), _("name"), _("class"), _("late")] if excel else ["number", "name", "class", "late"]
        head += columns
        yes = _("yes") if excel else "yes"
        body = [
            [g["number"], g["name"], g["class"], yes if g["late"] else "", *(g.get(c, "") for c in columns)]
            for g in grades
        ]
    return [[safe_cell(cell) for cell in row] for row in (head, *body)]


def write_grades(path: Path, table: Sequence[Sequence[Any]], layout: Layout) -> None:
    """Write a table of grades as CSV in UTF-8, or as an Excel workbook for the layout ``xlsx``.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    if layout == "xlsx":
        from openpyxl import Workbook  # noqa: PLC0415  # only Excel needs it
        from openpyxl.styles import Font  # noqa: PLC0415

        book = Workbook(write_only=False)
        sheet = book.active
        assert sheet is not None
        sheet.title = _("Grades")
        for row in table:
            sheet.append(list(row))
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for line in sheet.iter_rows(min_row=2):
            for cell in line:
                # A text stays a text, whatever it begins with.
                if isinstance(cell.value, str):
                    cell.data_type = "s"
        sheet.freeze_panes = "A2"
        book.save(path)
        return
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(table)
    path.write_text(text.getvalue(), encoding="utf-8-sig" if layout == "csv" else "utf-8", newline="")
