"""A small sourced data set: a matplotlib figure, its numbers as a table, and how far to trust them."""

from __future__ import annotations

import base64
import io
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from coldwar_lessons.content.activities import Figure
from coldwar_lessons.content.load import Course
from coldwar_lessons.language import N_, current_language
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h

from .citing import source_line
from .framing import activity_frame, sentences_named
from .quiz_items import linked
from .spec import WidgetSpec, slug

if TYPE_CHECKING:
    from matplotlib.figure import Figure as MatplotlibFigure

#: Okabe and Ito's colours, told apart by readers with any common colour blindness; each has its own marker too.
_STYLES = (("#0072b2", "o", "-"), ("#d55e00", "s", "--"), ("#009e73", "^", ":"), ("#cc79a7", "D", "-."))
NO_MATPLOTLIB = N_("The figure cannot be drawn here, since matplotlib is missing; its numbers stand in the table.")


def activity_spec(course: Course, figure: Figure, widget_id: str) -> WidgetSpec:
    """Build a figure with the question to ask of it, room for the answer, its table, its doubt and its sources."""
    base = slug(widget_id)
    tree = activity_frame(
        course,
        figure,
        "data-figure",
        _("Figure"),
        h(
            "figure",
            _image(course, figure),
            h("figcaption", source_line(course, figure.sources)),
        ),
        h("details", h("summary", _("The numbers")), _table(figure), class_="cwl-df-numbers cwl-on-paper"),
        h("p", h("b", _("How far to trust it:"), " "), linked(course, figure.doubt), class_="cwl-df-doubt"),
        h("label", _("Your answer"), for_=f"{base}-answer", class_="cwl-label"),
        h("textarea", id=f"{base}-answer", rows=3, spellcheck="true", lang=current_language()),
    )
    return WidgetSpec(
        "data-figure", widget_id, tree, {"paper": sentences_named(course, tree)}, f"{figure.title}. {figure.alt}"
    )


def draw_figure(figure: Figure) -> MatplotlibFigure:
    """Draw the data set, print-ready.

    Raises
    ------
    ImportError
        If matplotlib is not installed, as in a browser without it.
    """
    import matplotlib as mpl  # noqa: PLC0415

    # A dollar sign is a dollar sign, not the beginning of a formula.
    with mpl.rc_context({"text.parse_math": False, "font.family": "sans-serif"}):
        return _draw(figure)


def _draw(figure: Figure) -> MatplotlibFigure:
    from matplotlib.figure import Figure as MatplotlibFigure  # noqa: PLC0415

    drawing = MatplotlibFigure(figsize=(7, 3.7), layout="constrained")
    axes = drawing.subplots()
    positions = range(len(figure.x))
    width = 0.8 / len(figure.series)
    for index, series in enumerate(figure.series):
        colour, marker, dashes = _STYLES[index % len(_STYLES)]
        values = [float("nan") if value is None else value for value in series.values]
        if figure.form == "line":
            axes.plot(positions, values, color=colour, marker=marker, linestyle=dashes, label=series.label)
        else:
            left = [place - 0.4 + width * (index + 0.5) for place in positions]
            bars = axes.bar(left, values, width * 0.92, color=colour, label=series.label)
            axes.bar_label(bars, fmt="{:g}", fontsize=8, padding=2)
    axes.set_xticks(list(positions), figure.x)
    axes.set_xlabel(figure.x_label)
    # Above the axis, level: a long label turned on its side is cut off and hard to read.
    axes.set_title(textwrap.fill(figure.y_label, 95), loc="left", fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#d9d4c8", linewidth=0.7)
    axes.set_axisbelow(True)
    if figure.form == "bar":
        axes.set_ylim(bottom=0)
    if len(figure.series) > 1:
        # Beside the lines, not over them.
        drawing.legend(loc="outside lower center", ncols=len(figure.series), frameon=False)
    return drawing


def figure_svg(figure: Figure) -> bytes:
    """The drawing as an SVG file, the same bytes for the same numbers.

    Raises
    ------
    ImportError
        If matplotlib is not installed, as in a browser without it.
    """
    drawing = draw_figure(figure)
    import matplotlib as mpl  # noqa: PLC0415

    data = io.BytesIO()
    # Letters stay letters.
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": figure.id, "font.family": "sans-serif"}):
        drawing.savefig(data, format="svg", metadata={"Date": None, "Title": figure.title})
    return data.getvalue()


def drawn_path(figure_id: str) -> Path:
    """Where, beside ``data/``, the drawing of a figure may lie that was made ahead, for readers without matplotlib."""
    return Path("figures", f"{figure_id}.svg")


def _image(course: Course, figure: Figure) -> Element:
    try:
        svg = figure_svg(figure)
    except ImportError:
        drawn = course.root / drawn_path(figure.id)
        if not drawn.is_file():
            return h("p", _(NO_MATPLOTLIB))
        svg = drawn.read_bytes()
    encoded = base64.b64encode(svg).decode("ascii")
    return h("img", src=f"data:image/svg+xml;base64,{encoded}", alt=figure.alt, width="672", height="355")


def _table(figure: Figure) -> Element:
    # i18n: in a table, instead of a number that this edition has not seen.
    missing = _("not seen")
    return h(
        "table",
        h("caption", figure.y_label),
        h(
            "thead",
            h("tr", h("th", figure.x_label, scope="col"), (h("th", s.label, scope="col") for s in figure.series)),
        ),
        h(
            "tbody",
            (
                h(
                    "tr",
                    h("th", x, scope="row"),
                    (h("td", missing if (value := s.values[row]) is None else f"{value:g}") for s in figure.series),
                )
                for row, x in enumerate(figure.x)
            ),
        ),
    )
