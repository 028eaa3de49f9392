"""Make one file of a student's workbooks, checked before it is written."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from coldwar_lessons.content.faults import ContentError, CourseError, Fault
from coldwar_lessons.language import gettext as _
from coldwar_lessons.language import listed

from .files import write_atomically
from .records import HAND_IN_V1, HandIn, RecordError, Workbook, now, parse_json, read_hand_in, read_workbook

#: The workbook of the whole course's flashcards: practice, which nobody hands in.
SHARED = "flashcards"


def find_workbooks(folder: Path) -> dict[str, Workbook]:
    """The workbooks in a folder, by lesson.

    Raises
    ------
    ContentError
        If a workbook there cannot be read; with every file at fault.
    """
    workbooks: dict[str, Workbook] = {}
    faults = []
    for path in sorted(folder.glob("*.workbook.json")):
        try:
            workbook = read_workbook(parse_json(path.read_bytes()))
        except (RecordError, OSError) as error:
            faults.append(
                Fault(path, 0, _("{fault}: open the lesson once more, or move this file away").format(fault=error))
            )
            continue
        if workbook.lesson != SHARED:
            workbooks[workbook.lesson] = workbook
    if faults:
        raise ContentError(faults)
    return workbooks


def make_hand_in(
    workbooks: Mapping[str, Workbook],
    *,
    name: str,
    number: str | None,
    class_name: str | None,
    version: str,
    assignment: str | None = None,
) -> HandIn:
    """Put workbooks together under a student's name.

    Parameters
    ----------
    workbooks
        The workbooks, by lesson.
    name, number
        Who hands in: one of them is needed.
    class_name
        The student's class.
    version
        The version of the course.
    assignment
        The id of the assignment that it answers.

    Raises
    ------
    CourseError
        If there is nothing to hand in, or nobody who hands it in, or work of several courses.
    """
    if not workbooks:
        raise CourseError(
            _("nothing to hand in here: no workbook; do a lesson first, or name the folder of your notebooks")
        )
    if not name.strip() and not (number or "").strip():
        raise CourseError(_("say who hands in: a name, a number, or both"))
    course, *others = sorted({workbook.course for workbook in workbooks.values()})
    if others:
        message = _("work of several courses, {courses}: hand in each on its own")
        raise CourseError(message.format(courses=listed([course, *others])))
    document = {
        "schema": HAND_IN_V1,
        "course": course,
        "version": version,
        "class": class_name,
        "assignment": assignment,
        "student": {"name": name.strip(), "number": (number or "").strip() or None},
        "created": now(),
        "workbooks": {lesson: workbook.model_dump(by_alias=True) for lesson, workbook in workbooks.items()},
    }
    try:
        return read_hand_in(document)
    except RecordError as error:
        raise CourseError(str(error)) from None


def hand_in_text(*, name: str, number: str | None = None, class_name: str | None = None, folder: Path = Path()) -> str:
    """The hand-in of a folder as JSON, for a browser to give to the student as a download.

    Raises
    ------
    CourseError
        If there is nothing to hand in, or nobody who hands it in.
    ContentError
        If a workbook cannot be read.
    """
    from coldwar_lessons import __version__  # noqa: PLC0415  # the package imports its lessons

    workbooks = find_workbooks(folder)
    made = make_hand_in(workbooks, name=name, number=number, class_name=class_name or None, version=__version__)
    return json.dumps(made.model_dump(by_alias=True), ensure_ascii=False)


def write_hand_in(hand_in: HandIn, path: Path, notebooks: list[Path]) -> None:
    """Write a hand-in as JSON, or as a zip with the notebooks when the name ends in ``.zip``.

    It is read as a teacher's program will read it before anything is written, and written whole or not at all.

    Raises
    ------
    CourseError
        If it does not read back as it is; nothing was written then, or the file is damaged.
    OSError
        If it cannot be written.
    """
    data = json.dumps(hand_in.model_dump(by_alias=True), ensure_ascii=False, indent=1).encode("utf-8")
    try:
        whole = read_hand_in(parse_json(data)) == hand_in
    except RecordError as error:
        raise CourseError(_("your work cannot be handed in as it is: {fault}").format(fault=error)) from None
    if path.suffix.lower() == ".zip":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("hand-in.json", data)
            for notebook in notebooks:
                archive.write(notebook, notebook.name)
        data = packed.getvalue()
    if whole:
        write_atomically(path, data)
    if not whole or path.read_bytes() != data:
        raise CourseError(_("{file} did not come out as it should: hand in again").format(file=path))


def file_name(hand_in: HandIn) -> str:
    """What to call the file: by the student's name, else the number, as the book does."""
    who = re.sub(r"[^\w-]+", "-", hand_in.student.name or hand_in.student.number or "").strip("-")
    return f"coldwar-lessons-{who or 'student'}.json"
