"""A timeline for paper, drawn with matplotlib: what a printed page shows above the list of events.

This is the only module of the widgets that imports matplotlib; nothing imports it before a figure is asked for.
"""

from __future__ import annotations

import html
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from coldwar_lessons.content.dates import short_month_name
from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.language import gettext as _
from coldwar_lessons.language import semicolons

from .figure_layout import Placed, Scale, lay_out
from .timeline_scene import Mark, Scene

try:
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties, findfont, get_font
    from matplotlib.ft2font import LoadFlags
    from matplotlib.lines import Line2D
    from matplotlib.patches import FancyBboxPatch, Rectangle
    from matplotlib.text import Text
except ImportError as error:  # as in a browser without it
    raise CourseError(
        _("the figure needs matplotlib, which is not installed here: the list has the same events")
    ) from error

#: The colours of timeline.css on light ground, and a marker for each lane: no two lanes share either.
COLOURS = ("#601517", "#1d5fa3", "#614405", "#298a7b", "#532b67", "#2e333b", "#aa5f0a", "#6a864e")
MARKERS = ("o", "s", "^", "D", "P", "*", "v", "h")
INK, SOFT, LINE, ACCENT = "#1d1b18", "#57524a", "#cfc6b4", "#8a1c1c"

_ROW, _NAME, _HEAD, _FOOT, _MARGIN = 0.185, 0.2, 0.4, 0.42, 0.04
_TEXT, _SMALL = 7.5, 6.8
#: Bitmaps round the place of each letter, which makes a text a little wider than the font says.
_ROUNDING = 1.03
SCHEME: dict[Any, Any] = {
    "svg.hashsalt": "coldwar-lessons",
    "svg.fonttype": "path",
    "hatch.linewidth": 0.5,
    "text.hinting": "none",
}


class TimelineFigure(Figure):
    """A timeline as a matplotlib figure; ``savefig`` writes SVG, PNG or PDF.

    Attributes
    ----------
    alt
        What the figure shows, in words, for who cannot see it; it is also written into saved files.
    """

    alt: str = ""

    def savefig(self, fname: Any, **options: Any) -> None:
        """Save the figure, with its description as metadata; the same figure gives the same file."""
        kind = str(options.get("format") or str(fname).rpartition(".")[2]).lower()
        known: dict[str, dict[str, Any]] = {
            "svg": {"Description": self.alt, "Date": None},
            "png": {"Description": self.alt},
        }
        metadata = {"Title": _("Timeline"), **known.get(kind, {}), **(options.pop("metadata", None) or {})}
        with mpl.rc_context(SCHEME):
            super().savefig(fname, **{"dpi": 200, "metadata": metadata, **options})

    def svg(self) -> str:
        """The figure as SVG."""
        with io.StringIO() as file:
            self.savefig(file, format="svg")
            return file.getvalue()

    def _repr_html_(self) -> str:
        from base64 import b64encode  # noqa: PLC0415

        data = b64encode(self.svg().encode()).decode()
        return f'<img src="data:image/svg+xml;base64,{data}" alt="{html.escape(self.alt)}">'

    def _repr_png_(self) -> bytes:
        with io.BytesIO() as file:
            self.savefig(file, format="png")
            return file.getvalue()


def timeline_figure(scene: Scene, *, width: float = 7.0) -> TimelineFigure:
    """Draw a timeline.

    Parameters
    ----------
    scene
        What to draw.
    width
        Width in inches; the height follows from the number of events.

    Raises
    ------
    CourseError
        If the width leaves no room to draw.
    """
    if width < 3:
        raise CourseError(
            _("a figure {width} inches wide has no room for its labels: give at least 3").format(width=width)
        )
    pen = _Pen(scene, width)
    figure = TimelineFigure(figsize=(width, pen.height), facecolor="white")
    FigureCanvasAgg(figure)
    figure.alt = figure_alt(scene)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(pen.height, 0))
    axes.set_axis_off()
    for artist in pen.draw():
        artist.set_clip_on(False)
        axes.add_artist(artist)
    return figure


def figure_alt(scene: Scene) -> str:
    """What a figure of the timeline shows, in words."""
    labels = {index: lane.label for index, lane in scene.lanes}
    # i18n: an event on a timeline: its number in the list, its date, its title.
    event = _("{number}, {date}: {title}")
    told = [event.format(number=m.number, date=m.reading.words, title=m.event.title) for m in scene.marks]
    if len(told) > 12:
        # i18n: a strand of events, and how many there are in it.
        strand = _("{strand}, {count}")
        counts = semicolons(
            strand.format(strand=label, count=sum(mark.symbol == index for mark in scene.marks))
            for index, label in labels.items()
        )
        body = _("{count} numbered events by strand: {counts}. The first is {first}; the last {last}.").format(
            count=len(told), counts=counts, first=told[0], last=told[-1]
        )
    else:
        body = f"{semicolons(told)}."
    sentences = [_("Timeline, {dates}.").format(dates=scene.words), body]
    if scene.horizon:
        sentences.append(_horizon_alt(scene))
    sentences.append(_("The list of events says the same in words."))
    return " ".join(sentences)


def _horizon_alt(scene: Scene) -> str:
    date, before = scene.writes_when, scene.before_horizon()
    if not before:
        return _("A line marks {date}, when the author writes, before the first event.").format(date=date)
    words = _("A line marks {date}, when the author writes, after event {number}.")
    return words.format(date=date, number=before)


@dataclass(frozen=True)
class _Style:
    """How a piece of text looks."""

    size: float
    weight: str = "normal"
    colour: str = INK
    family: str = "DejaVu Sans"

    def properties(self) -> FontProperties:
        return FontProperties(family=self.family, size=self.size, weight=self.weight)


_LABEL, _NUMBER = _Style(_TEXT), _Style(_TEXT, "bold")
_NOTE, _TICK, _YEAR = _Style(_SMALL, colour=SOFT), _Style(_SMALL, colour=SOFT), _Style(_TEXT, "bold")
_WRITES = _Style(_SMALL, colour=ACCENT, family="DejaVu Sans Mono")


class _Pen:
    """Draws one scene; all lengths are inches from the top left."""

    def __init__(self, scene: Scene, width: float) -> None:
        self.scene = scene
        self.scale = Scale(scene, _MARGIN + 0.1, width - _MARGIN - min(1.3, width / 5))
        self.right = width - _MARGIN
        self.lanes = [
            (
                index,
                lane.label,
                lay_out([m for m in scene.marks if m.symbol == index], self.scale, self.right, _label_width),
            )
            for index, lane in scene.lanes
        ]
        rows = sum(1 + max(placed.row for placed in items) for _index, _label, items in self.lanes)
        self.bottom = _HEAD + rows * _ROW + len(self.lanes) * _NAME
        self.notes = list(self._notes())
        self.height = self.bottom + _FOOT + 0.13 * len(self.notes)

    def draw(self) -> Iterator[Any]:
        yield from self._time()
        yield from self._horizon()
        top = _HEAD
        for index, label, items in self.lanes:
            yield _line([_MARGIN, self.right], [top, top], LINE, 0.6)
            yield _marker(index, _MARGIN + 0.06, top + _NAME / 2 + 0.015, 3.6, COLOURS[index % 8])
            yield _text(_MARGIN + 0.16, top + _NAME / 2 + 0.015, label, _NOTE)
            for item in items:
                yield from self._mark(item, index, top + _NAME + (item.row + 0.5) * _ROW)
            top += _NAME + (1 + max(item.row for item in items)) * _ROW
        yield _line([_MARGIN, self.right], [top, top], LINE, 0.6)
        for number, note in enumerate(self.notes):
            yield _text(_MARGIN, self.bottom + _FOOT - 0.1 + 0.13 * number, note, _NOTE)

    def _time(self) -> Iterator[Any]:
        for x in self.scale.breaks:
            yield _line([x, x], [0.02, self.bottom], SOFT, 1.0, (0, (1, 1.6)))
        for year, x, starts in self.scale.years():
            if starts:
                yield _line([x, x], [0.03, self.bottom], LINE, 0.6)
            if year:
                yield _text(x + 0.04, 0.12, str(year), _YEAR)
        for day, x in self.scale.months():
            yield _line([x, x], [0.21, self.bottom], LINE, 0.4)
            yield _text(x + 0.04, 0.3, short_month_name(day), _TICK)

    def _horizon(self) -> Iterator[Any]:
        if not self.scene.horizon:
            return
        left = self.scale.x(self.scene.horizon[0])
        right = max(left + 0.02, self.scale.x(self.scene.horizon[1] + timedelta(days=1)))
        yield Rectangle(
            (left, _HEAD), right - left, self.bottom + 0.2 - _HEAD, facecolor=ACCENT, alpha=0.16, linewidth=0
        )
        for x in (left, right):
            yield _line([x, x], [_HEAD, self.bottom + 0.2], ACCENT, 0.6)
        writes = self.scene.writes
        room = measure(writes, _WRITES)
        x = right + 0.05 if right + 0.05 + room < self.right else left - 0.05 - room
        yield _text(max(_MARGIN, x), self.bottom + 0.11, writes, _WRITES)

    def _mark(self, item: Placed, index: int, y: float) -> Iterator[Any]:
        colour = COLOURS[index % 8]
        height = _ROW * 0.72
        if item.bar and item.mark.reading.firm:
            box = (item.x, y - height / 2)
            yield Rectangle(box, item.bar, height, facecolor=colour + "33", edgecolor=colour, linewidth=0.7)
        elif item.bar:
            yield FancyBboxPatch(
                (item.x + height / 2, y - height / 4),
                max(0.001, item.bar - height),
                height / 2,
                boxstyle=f"round,pad={height / 4}",
                mutation_aspect=1,
                facecolor=colour + "22",
                edgecolor=colour + "88",
                hatch="//////",
                linewidth=0,
            )
        yield _marker(index, item.symbol, y, 4.6, "white" if item.mark.held else colour, colour)
        number = str(item.mark.number)
        x = item.symbol + 0.08
        yield _text(x, y, number, _NUMBER)
        title = fit(
            printable(item.mark.event.title), item.room - (x - item.x) - measure(number, _NUMBER) - 0.05, _LABEL
        )
        if title:
            yield _text(x + measure(number, _NUMBER) + 0.04, y, title, _LABEL)

    def _notes(self) -> Iterator[str]:
        if any(mark.held for mark in self.scene.marks):
            yield _("Hollow marks: the author could not know of it.")
        if any(not mark.reading.firm for mark in self.scene.marks):
            yield _("Hatched bars: the day is not known, or the date is an estimate.")
        if self.scale.breaks:
            yield _("The scale of time changes at the dotted lines.")
        yield _("The numbers are those of the list.")


def _label_width(mark: Mark) -> float:
    return measure(str(mark.number), _NUMBER) + measure(mark.event.title, _LABEL) + 0.14


def measure(text: str, style: _Style) -> float:
    """Width of a text in inches."""
    return sum(_width(character, style) for character in printable(text))


def _width(character: str, style: _Style) -> float:
    return _advance(character, style.family, style.weight) * style.size * _ROUNDING / 7200


@lru_cache(maxsize=4096)
def _advance(character: str, family: str, weight: str) -> float:
    """Width of a character of 100 points, in points."""
    font = get_font(findfont(FontProperties(family=family, weight=weight)))
    font.set_size(100, 72)
    return float(font.load_char(ord(character), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536


def fit(text: str, room: float, style: _Style) -> str:
    """The text, or as much of it as there is room for, with an ellipsis; nothing rather than a stump."""
    if measure(text, style) <= room:
        return text
    room -= measure("…", style)
    end = 0
    for character in text:
        room -= _width(character, style)
        if room < 0:
            break
        end += 1
    return f"{text[:end].rstrip()}…" if end > 6 else ""


def printable(text: str) -> str:
    """The text in one line, with a box for each character that the figure's font does not have."""
    line = " ".join(text.split())[:400]
    return line if line.isascii() else "".join(_glyph(character) for character in line)


@lru_cache(maxsize=4096)
def _glyph(character: str) -> str:
    fonts = [
        get_font(findfont(FontProperties(family=style.family, weight=style.weight))) for style in (_LABEL, _NUMBER)
    ]
    return character if all(font.get_char_index(ord(character)) for font in fonts) else "□"


def _text(x: float, y: float, text: str, style: _Style) -> Text:
    return Text(
        x,
        y,
        printable(text),
        color=style.colour,
        fontproperties=style.properties(),
        verticalalignment="center_baseline",
        parse_math=False,
    )


def _line(x: Sequence[float], y: Sequence[float], colour: str, width: float, dashes: Any = "-") -> Line2D:
    return Line2D(x, y, color=colour, linewidth=width, linestyle=dashes)


def _marker(index: int, x: float, y: float, size: float, face: str, edge: str | None = None) -> Line2D:
    larger = 1.25 if MARKERS[index % 8] in "*P" else 1
    return Line2D(
        [x],
        [y],
        marker=MARKERS[index % 8],
        markersize=size * larger,
        markerfacecolor=face,
        markeredgecolor=edge or face,
        markeredgewidth=0.9,
        linestyle="",
    )
