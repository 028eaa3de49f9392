"""Style sheets for e-readers, many of which know left and right, but not the start and the end of a line."""

from __future__ import annotations

import re

_PAIR = re.compile(r"\b(margin|padding)-(block|inline): *([^;\s]+)(?: +([^;\s]+))? *;")
_SIDE = re.compile(r"\b(margin|padding|border)-inline-(start|end)\b")
_VALUE = re.compile(r"\b(text-align|float): *(?:inline-)?(start|end)\b")


def with_sides(sheet: str, direction: str) -> str:
    """Name the sides of the page where a style sheet names the start and the end of a line.

    Parameters
    ----------
    sheet
        The style sheet.
    direction
        ``ltr`` or ``rtl``.

    Examples
    --------
    >>> with_sides("p { padding-inline: 1em 0; text-align: end; }", "rtl")
    'p { padding-right: 1em; padding-left: 0; text-align: left; }'
    """
    side = {"start": "left", "end": "right"} if direction == "ltr" else {"start": "right", "end": "left"}

    def pair(found: re.Match[str]) -> str:
        name, axis, first, second = found.groups()
        ends = ("top", "bottom") if axis == "block" else (side["start"], side["end"])
        return f"{name}-{ends[0]}: {first}; {name}-{ends[1]}: {second or first};"

    sheet = _PAIR.sub(pair, sheet)
    sheet = _SIDE.sub(lambda found: f"{found[1]}-{side[found[2]]}", sheet)
    return _VALUE.sub(lambda found: f"{found[1]}: {side[found[2]]}", sheet)
