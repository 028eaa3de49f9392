"""Checking notebooks: no outputs, one line of code a cell, and each shows what its lesson lists."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from coldwar_lessons.language import gettext as _

from .check_calls import check_code
from .check_prose import check_prose, cited_addresses
from .check_quotations import quotable
from .check_walk import fault_at
from .faults import Fault
from .lines import Lines
from .load import Reading
from .markdown import read_markdown
from .yaml_lines import read_yaml


def check_notebooks(root: Path, reading: Reading) -> Iterator[Fault]:
    """Every fault of the notebooks, and every lesson without one."""
    allowed, cited = quotable(reading), cited_addresses(reading)
    found = sorted((root / "notebooks").glob("*.ipynb"))
    for path in found:
        shown = path.relative_to(root)
        notebook, lines, faults = read_notebook(path, shown)
        yield from faults
        if notebook is None:
            continue
        if path.stem not in reading.declared["lessons"]:
            message = _("there is no lesson {stem!r}: write data/lessons/{stem}.yml or rename the notebook").format(
                stem=path.stem
            )
            yield Fault(shown, 0, message)
        wrong_calls = 0
        for index, cell in enumerate(notebook["cells"]):
            yield from _check_cell_id(shown, lines, index, notebook["cells"])
            source = source_of(cell)
            line_of = _line_of(lines, index, cell)
            if cell.get("cell_type") == "markdown":
                yield from check_prose(root, shown, read_markdown(source), allowed, line_of, cited)
            elif cell.get("cell_type") == "code":
                yield from _check_outputs(shown, lines, index, cell)
                for message in check_code(source, path.stem, reading):
                    wrong_calls += 1
                    yield Fault(shown, line_of(1), message)
        if not wrong_calls:
            yield from _check_shown(path.stem, notebook["cells"], reading)
    stems = {path.stem for path in found}
    for name in reading.course.lessons if reading.course else ():
        if name not in stems:
            place = reading.course.places["lessons", name]  # type: ignore[union-attr]
            message = _("lesson {name!r} has no notebook: write notebooks/{name}.ipynb").format(name=name)
            yield fault_at(place, ("id",), message)


def _check_shown(name: str, cells: Iterable[Mapping[str, Any]], reading: Reading) -> Iterator[Fault]:
    """What the lesson lists and its notebook never shows."""
    course = reading.course
    lesson = course.lessons.get(name) if course else None
    if course is None or lesson is None:
        return
    named = set()
    for cell in cells:
        if cell.get("cell_type") == "code":
            named |= {node.value for node in ast.walk(ast.parse(source_of(cell))) if isinstance(node, ast.Constant)}
    place = course.places["lessons", name]
    listed = [
        *(("quiz", ("quizzes", i), one) for i, one in enumerate(lesson.quizzes) if one in course.quizzes),
        *(("activity", ("activities", i), one) for i, one in enumerate(lesson.activities) if one in course.activities),
        *(("writing task", ("writing", i, "id"), task.id) for i, task in enumerate(lesson.writing)),
    ]
    for what, location, one in listed:
        if one not in named:
            yield fault_at(
                place,
                location,
                _("the notebook does not show {thing} {name!r}: add its cell, or take it out").format(
                    thing=_(what), name=one
                ),
            )


def read_notebook(path: Path, shown: Path) -> tuple[dict[str, Any] | None, Lines, list[Fault]]:
    """A notebook, the lines of its parts, and what is wrong with it; ``None`` for one that cannot be read."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        return None, Lines(), [Fault(shown, line, _("not a notebook: it is not JSON; open and save it in JupyterLab"))]
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        return None, Lines(), [Fault(shown, 1, _("not a notebook of format 4: open and save it in JupyterLab"))]
    # JSON is YAML, but for rarities that only cost the line numbers.
    _data, lines, _faults = read_yaml(path, shown)
    return notebook, lines, []


def source_of(cell: Mapping[str, Any]) -> str:
    """What stands in a cell."""
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def _check_cell_id(shown: Path, lines: Lines, index: int, cells: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    name = cells[index].get("id")
    line = lines.nearest(("cells", index, "id"))
    if not name:
        yield Fault(shown, line, _("a cell has no id: give it a short, readable one"))
    elif name in [cell.get("id") for cell in cells[:index]]:
        yield Fault(shown, line, _("cell id {name!r} stands twice: rename one").format(name=name))


def _line_of(lines: Lines, index: int, cell: Mapping[str, Any]) -> Callable[[int], int]:
    listed = isinstance(cell.get("source"), list)

    def line_of(line: int) -> int:
        return lines.nearest(("cells", index, "source", line - 1) if listed else ("cells", index, "source"))

    return line_of


def _check_outputs(shown: Path, lines: Lines, index: int, cell: Mapping[str, Any]) -> Iterator[Fault]:
    if cell.get("outputs"):
        line = lines.nearest(("cells", index, "outputs"))
        yield Fault(shown, line, _("the notebook has outputs: clear them (nbstripout does it) before you commit"))
    if cell.get("execution_count") is not None:
        line = lines.nearest(("cells", index, "execution_count"))
        yield Fault(
            shown, line, _("the notebook has execution counts: clear them (nbstripout does it) before you commit")
        )
