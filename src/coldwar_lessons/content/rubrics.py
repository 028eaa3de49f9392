"""The rubric of one writing task, without reading anything else that is written for teachers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .compiled import find_compiled
from .load import Course

if TYPE_CHECKING:
    from .teaching import Rubric


def find_rubric(course: Course, task_id: str) -> Rubric | None:
    """The rubric that a writing task is judged by: the one of its id, if there is one.

    Students see it before they write, so it is read even where the teacher's content is not.
    """
    if task_id in course.rubrics:
        return course.rubrics[task_id]
    path = course.root / "data" / "rubrics" / f"{task_id}.yml"
    if not path.is_file():
        return None
    from .teaching import Rubric  # noqa: PLC0415 - most cells of a notebook have no use for it

    if (data := find_compiled(course.root, path)) is None:
        import yaml  # noqa: PLC0415 - a browser has no YAML library

        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Rubric.model_validate(data)
