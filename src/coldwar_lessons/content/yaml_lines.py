"""YAML with the line of every key and item; duplicate keys and aliases are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from coldwar_lessons.language import gettext as _

from .faults import Fault
from .lines import Lines, Location

_NUMBERS = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"})
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path, shown: Path) -> tuple[Any, Lines, list[Fault]]:
    """Read one YAML file.

    Parameters
    ----------
    path
        The file to read.
    shown
        The path to name in faults.

    Returns
    -------
    tuple
        The data (``None`` if it could not be read), the line of each place in it, and the faults found.
    """
    lines = Lines()
    faults: list[Fault] = []
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return None, lines, [Fault(shown, line, _("not UTF-8 text: save the file as UTF-8"))]
    except OSError as error:
        return None, lines, [Fault(shown, 0, _("cannot be read: {reason}").format(reason=error.strerror))]
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                return None, lines, faults
            _refuse_aliases(node)
            data = _construct(node, (), lines, faults, shown, loader)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        return None, lines, [Fault(shown, mark.line + 1 if mark else 1, f"bad YAML: {problem}")]
    except RecursionError:
        return None, lines, [Fault(shown, 1, _("bad YAML: nested too deeply"))]
    return data, lines, faults


def _refuse_aliases(top: Any) -> None:
    """Nested aliases could make a small file huge, or endless; a text that stands once is easier to mend too."""
    seen: set[int] = set()
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.CollectionNode):
            if id(node) in seen:
                problem = _("an anchor (&) is used by an alias (*): write the text out in both places")
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
            seen.add(id(node))
            waiting += (
                node.value if isinstance(node, yaml.SequenceNode) else [part for pair in node.value for part in pair]
            )


def _construct(node: Any, at: Location, lines: Lines, faults: list[Fault], shown: Path, loader: Any) -> Any:
    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node, deep=True)
            line = key_node.start_mark.line + 1
            if not isinstance(key, str | int):
                faults.append(Fault(shown, line, _("a key must be a plain word")))
                continue
            if key in mapping:
                faults.append(Fault(shown, line, _("key {key!r} stands twice: keep one").format(key=key)))
                continue
            mapping[key] = _construct(value_node, (*at, key), lines, faults, shown, loader)
            lines[(*at, key)] = line
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_construct(child, (*at, index), lines, faults, shown, loader) for index, child in enumerate(node.value)]
    # YAML reads 1953-03-05 as a date and 1953 as a number; where a date is meant, the text counts as it stands.
    if node.tag == "tag:yaml.org,2002:timestamp" or (at[-1:] == ("date",) and node.tag in _NUMBERS):
        return node.value
    try:
        return loader.construct_object(node, deep=True)
    except ValueError:
        faults.append(
            Fault(shown, lines[at], _("{value!r} cannot be read: put it in quotation marks").format(value=node.value))
        )
        return node.value
