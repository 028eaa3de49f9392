"""Student work in the book: the inventory that its scripts count by, and the schemas of the files they write."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html._assets import _CascadingStyleSheet, _JavaScript

from coldwar_lessons import __version__
from coldwar_lessons.content.inventory import LessonInventory, course_inventory
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.grading.schemas import write_work_schemas
from coldwar_lessons.markup import script_json

#: Where a student sees how far the work is; without this page no lesson speaks of it.
PROGRESS_PAGE = "book/progress"
INVENTORY_FILE = "_static/inventory.js"
INVENTORY_BEFORE, INVENTORY_AFTER = "globalThis.coldwarInventory=", ";\n"
SCHEMAS_FOLDER = "schemas"
_WIDGETS = "_static/widgets"


def published_inventory(course: Course, documents: Iterable[str]) -> tuple[LessonInventory, ...]:
    """What there is to do in the lessons that a book holds.

    Parameters
    ----------
    course
        The content.
    documents
        Names of the book's documents.
    """
    held = set(documents)
    return tuple(lesson for lesson in course_inventory(course) if f"notebooks/{lesson.id}" in held)


def work_files(body: str, *, lesson: bool) -> tuple[list[_JavaScript], list[_CascadingStyleSheet]]:
    """Scripts and styles of a page on which work is counted, saved or handed in; none on other pages."""
    if not lesson and "data-work=" not in body and 'data-cwl-kind="progress"' not in body:
        return [], []
    scripts = [_JavaScript(name, defer="defer") for name in (INVENTORY_FILE, f"{_WIDGETS}/progress.page.js")]
    return scripts, [_CascadingStyleSheet(f"{_WIDGETS}/work.css")]


def write_work_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the inventory as a script, which needs no server, and publish the schemas."""
    if exception or app.builder.format != "html":
        return
    course = load_course()
    lessons = published_inventory(course, app.env.found_docs)
    data = {"course": course.about.id, "version": __version__, "lessons": [lesson.to_json() for lesson in lessons]}
    output = Path(app.outdir)
    (output / INVENTORY_FILE).write_text(f"{INVENTORY_BEFORE}{script_json(data)}{INVENTORY_AFTER}", encoding="utf-8")
    write_work_schemas(output / SCHEMAS_FOLDER)
