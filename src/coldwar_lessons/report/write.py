"""Make a report and write it: one HTML page, and the figures beside it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.files import write_atomically
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.language import N_

from .analysis import analyse
from .figures import make_figures
from .gather import gather
from .page import report_page

#: Up to this many students each gets a page, unless the teacher says otherwise.
MOST_PAGES = 400
#: What is done after each step; after the last one nothing.
REMARKS = (N_("counting"), N_("drawing"), N_("writing"), "")


def write_report(
    gradebook: Gradebook,
    course: Course,
    out: Path,
    *,
    class_name: str = "",
    lesson: str = "",
    anonymous: bool = False,
    students: bool | None = None,
    advance: Callable[[int, str], None] = lambda _done, _remark: None,
) -> list[Path]:
    """Write the report of a class.

    Parameters
    ----------
    gradebook
        The gradebook.
    course
        The teacher's content, with the notes for teachers.
    out
        The page to write; the figures go into a folder of the same name with ``-figures`` at its end.
    class_name, lesson
        Only this class, only this lesson; empty means all.
    anonymous
        Replace names by codes.
    students
        Whether to add a page for each student; ``None`` means up to ``MOST_PAGES`` students.
    advance
        Told after each of the steps that ``REMARKS`` names: how many are done, and what is done next.

    Returns
    -------
    list
        Every file that was written, the page first.

    Raises
    ------
    CourseError
        If the gradebook is empty or has nobody of that class.
    OSError
        If a file cannot be written.
    """
    with _no_collector():
        work = gather(gradebook, course, class_name=class_name, lesson=lesson, anonymous=anonymous)
        advance(1, REMARKS[0])
        report = analyse(work, course)
        advance(2, REMARKS[1])
        figures = {figure.name: figure for figure in make_figures(report)}
        folder = out.with_name(f"{out.stem}-figures")
        written = [out]
        if figures:
            folder.mkdir(parents=True, exist_ok=True)
            for figure in figures.values():
                written += figure.write(folder)
        advance(3, REMARKS[2])
        each = len(report.present) <= MOST_PAGES if students is None else students
        page = report_page(report, course, figures, students=each, lesson=lesson)
        # A report that broke off in the middle would say that nobody else had handed in.
        write_atomically(out, "".join(page).encode())
    advance(4, REMARKS[3])
    return written


@contextmanager
def _no_collector() -> Iterator[None]:
    """Keep the garbage collector out: a school's answers are a million objects without a ring among them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
