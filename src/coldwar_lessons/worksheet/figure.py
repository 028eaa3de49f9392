"""A figure on paper: as a drawing and as numbers."""

from __future__ import annotations

from typing import Any

from coldwar_lessons.content.activities import Figure
from coldwar_lessons.content.load import Course
from coldwar_lessons.language import gettext as _
from coldwar_lessons.widgets.citing import cite_text

from .blocks import Block, block, numbered, table


def figure_blocks(course: Course, figure: Figure) -> list[Block]:
    """The drawing, its numbers, and what is to be doubted of them."""
    from coldwar_lessons.widgets.data_figure import draw_figure  # noqa: PLC0415 - matplotlib is heavy

    numbers = [[x, *(_number(one.values[row]) for one in figure.series)] for row, x in enumerate(figure.x)]
    return [
        block("image", alt=figure.alt, svg=_svg(draw_figure(figure), figure.id)),
        table((figure.x_label, *(one.label for one in figure.series)), numbers),
        block("labelled", label=_("How far to trust it:"), text=numbered(course, figure.doubt)),
        block("small", text=_("Source: {citations}").format(citations=cite_text(course, figure.sources))),
        block("lines", count=3),
    ]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def _svg(drawing: Any, salt: str) -> str:
    import io  # noqa: PLC0415

    import matplotlib as mpl  # noqa: PLC0415

    data = io.BytesIO()
    # Letters become outlines: the sheet has no use for the fonts of the machine that drew them.
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": salt, "font.family": "sans-serif"}):
        drawing.savefig(data, format="svg", metadata={"Date": None})
    return data.getvalue().decode("utf-8")


def figure_answers(_course: Course, _figure: Figure) -> list[Block]:
    """There is no reading of this edition's own."""
    return [block("text", text=_("Open: see what the doubt beside the figure allows."))]
