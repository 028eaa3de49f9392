"""The report's figures, drawn by matplotlib: once for files, once in the page's own colours.

No student's name or words are ever in a figure. Every figure stands beside a table of the same numbers.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from coldwar_lessons.grading.essays import Task
from coldwar_lessons.language import commas, semicolons
from coldwar_lessons.language import gettext as _

from .analysis import QuizReport, Report, percent
from .judged import EssayReport, QuestionReport

#: Each colour by the custom property that the page draws it with, and for files. None carries meaning alone.
_LIGHT = {"ink": "#1d1b18", "soft": "#57524a", "line": "#cfc6b4", "accent": "#8a1c1c", "second": "#3a6ea5"}
#: Stand for the properties in the page's copy: colours that nobody would choose.
_PAGE = {name: f"#0102{number:02x}" for number, name in enumerate(_LIGHT, 16)}
_SHADES = ("#8a1c1c", "#d99a6c", "#8fa9c4", "#3a6ea5", "#1f3f66")


@dataclass(frozen=True)
class Figure:
    """One figure.

    Attributes
    ----------
    name
        Names its files.
    title
        What it is about.
    alt
        What it shows, for who cannot see it.
    """

    name: str
    title: str
    alt: str
    draw: Callable[[dict[str, str]], Any]

    @cached_property
    def _svg(self) -> str:
        file = io.StringIO()
        with _style(_PAGE, self.name):
            self.draw(_PAGE).savefig(file, format="svg", transparent=True, metadata={"Date": None})
        return file.getvalue()

    def for_page(self) -> str:
        """SVG in the page's own colours, light or dark; only this program's texts are in it."""
        text = _recoloured(self._svg, {name: f"var(--{name})" for name in _PAGE})
        # Its style sheet would be one for the whole page, which has the same rules for all figures in its own.
        text = re.sub(r"<(metadata|style)\b.*?</\1>", "", text[text.index("<svg") :], flags=re.DOTALL)
        # Every figure calls its parts by the same names, to which nothing refers.
        text = re.sub(r' id="[A-Za-z0-9.]+_\d+"', "", text)
        return text.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)

    def write(self, folder: Path) -> list[Path]:
        """Write it as SVG and PNG."""
        svg, png = folder / f"{self.name}.svg", folder / f"{self.name}.png"
        svg.write_text(_recoloured(self._svg, _LIGHT), encoding="utf-8")
        with _style(_LIGHT, self.name):
            self.draw(_LIGHT).savefig(png, dpi=150, facecolor="white")
        return [svg, png]


def _recoloured(svg: str, colours: Mapping[str, str]) -> str:
    for name, stand_in in _PAGE.items():
        svg = svg.replace(stand_in, colours[name])
    return svg


def _style(colours: dict[str, str], name: str) -> Any:
    import matplotlib as mpl  # noqa: PLC0415  # takes half a second

    return mpl.rc_context(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": name,
            "font.family": "sans-serif",
            "font.size": 10,
            "text.color": colours["ink"],
            "axes.edgecolor": colours["line"],
            "axes.labelcolor": colours["soft"],
            "xtick.color": colours["soft"],
            "ytick.color": colours["soft"],
            "axes.spines.top": False,
            "axes.spines.right": False,
        }
    )


def _axes(width: float, height: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure as Canvas  # noqa: PLC0415  # takes half a second

    canvas = Canvas(figsize=(width, height), layout="constrained")
    return canvas, canvas.subplots()


def make_figures(report: Report) -> Iterator[Figure]:
    """Every figure that this report has numbers for."""
    shares = [one.share for one in report.present if one.share is not None]
    if shares:
        bins = distribution(shares)
        numbers = semicolons(f"{label}: {count}" for label, count in bins)
        alt = _("Students by share of the points: {numbers}").format(numbers=numbers)
        yield Figure("distribution", _("Scores"), alt, lambda colours: _draw_distribution(bins, colours))
    if report.sentences:
        said = commas(f"{one.id} {percent(one.missed)}" for one in report.sentences[:5])
        # i18n: sentences are such as: p3.s8 56 %, p4.s1 50 %.
        alt = _("Share of the points lost at each sentence. Most at {sentences}.").format(sentences=said)
        yield Figure(
            "sentences", _("Points lost, sentence by sentence"), alt, lambda colours: _draw_sentences(report, colours)
        )
    for quiz in report.quizzes:
        if any(one.discrimination is not None for one in quiz.items):
            yield _items_figure(quiz)
    if report.forecasts:
        said = semicolons(f"{one.question}: Brier {one.brier:.2f}" for one in report.forecasts)
        alt = _("What each student held likely, in per cent, and what happened. {scores}.").format(scores=said)
        yield Figure("forecasts", _("Forecasts"), alt, lambda colours: _draw_forecasts(report.forecasts, colours))
    for essay in report.essays:
        if essay.marked:
            yield _essay_figure(essay)


def distribution(shares: list[float]) -> list[tuple[str, int]]:
    """How many students stand in each tenth of the points."""
    counts = [0] * 10
    for share in shares:
        counts[min(9, int(share * 10 + 1e-9))] += 1
    words = _("{low} to {high} %")
    return [
        (words.format(low=10 * tenth, high=10 * tenth + (10 if tenth == 9 else 9)), count)
        for tenth, count in enumerate(counts)
    ]


def _draw_distribution(bins: list[tuple[str, int]], colours: dict[str, str]) -> Any:
    canvas, axes = _axes(6.4, 2.6)
    counts = [count for _, count in bins]
    bars = axes.bar(range(10), counts, width=0.86, color=colours["accent"], align="edge")
    axes.bar_label(bars, [str(count) if count else "" for count in counts], padding=2, fontsize=9)
    axes.set_xticks(range(11), [str(10 * tenth) for tenth in range(11)])
    axes.set_xlabel(_("per cent of the points, by first answers"))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.margins(y=0.15)
    return canvas


def _draw_sentences(report: Report, colours: dict[str, str]) -> Any:
    in_order = sorted(report.sentences, key=lambda one: _reading_order(one.id))
    canvas, axes = _axes(6.4, 2.8)
    worst = {one.id for one in report.sentences[:3]}
    values = [100 * one.missed for one in in_order]
    bars = axes.bar([one.id for one in in_order], values, width=0.8)
    for bar, one in zip(bars, in_order, strict=True):
        bar.set_facecolor(colours["accent"] if one.id in worst else colours["soft"])
        if one.id in worst:
            axes.annotate(
                percent(one.missed), (bar.get_x() + bar.get_width() / 2, bar.get_height()), (0, 3),
                textcoords="offset points", ha="center", fontsize=9,
            )  # fmt: skip
    axes.set_ylabel(_("per cent lost"))
    axes.set_ylim(0, max(40, *(value * 1.15 for value in values)))
    axes.tick_params(axis="x", labelrotation=60 if len(in_order) > 10 else 0, labelsize=8)
    return canvas


def _reading_order(sentence: str) -> tuple[bool, str, int]:
    part, _, number = sentence.partition(".s")
    return part.startswith("fn"), part, int(number)


def _items_figure(quiz: QuizReport) -> Figure:
    told = [one for one in quiz.items if one.discrimination is not None]
    said = semicolons(f"{one.number}: {one.difficulty:.2f}, {one.discrimination:+.2f}" for one in told)
    alt = _("Each question by how easy it was and how well it tells students apart. {numbers}.").format(numbers=said)
    return Figure(f"items-{quiz.quiz.id}", quiz.quiz.title, alt, lambda colours: _draw_items(quiz, colours))


def _draw_items(quiz: QuizReport, colours: dict[str, str]) -> Any:
    canvas, axes = _axes(6.4, 3.2)
    axes.axhspan(-1, 0.2, color=colours["line"], alpha=0.35, linewidth=0)
    axes.axvline(0.5, color=colours["line"], linewidth=1)
    told = [(one.number, one.difficulty, one.discrimination) for one in quiz.items if one.discrimination is not None]
    axes.scatter([easy for _, easy, _ in told], [apart for *_, apart in told], s=36, color=colours["accent"])
    places: dict[tuple[float, float], list[int]] = {}
    for number, easy, apart in told:
        # Numbers that would stand on each other share a label.
        places.setdefault((round(easy * 30), round(apart * 15)), []).append(number)
    for numbers in places.values():
        easy, apart = next((easy, apart) for number, easy, apart in told if number == numbers[0])
        axes.annotate(commas(map(str, numbers)), (easy, apart), (5, 4), textcoords="offset points", fontsize=9)
    lowest = min([-0.1, *(apart - 0.08 for *_, apart in told)])
    axes.set_xlim(0, 1.04)
    axes.set_ylim(lowest, 1)
    axes.set_xlabel(_("difficulty: share of the points earned (right = easy)"))
    axes.set_ylabel(_("discrimination"))
    return canvas


def _draw_forecasts(questions: tuple[QuestionReport, ...], colours: dict[str, str]) -> Any:
    canvas, axes = _axes(6.4, 0.7 + 0.62 * len(questions))
    for row, one in enumerate(questions):
        place = len(questions) - 1 - row
        counts: dict[float, int] = {}
        for value in one.said:
            counts[value] = counts.get(value, 0) + 1
        sizes = [18 + 240 * count / len(one.said) for count in counts.values()]
        axes.scatter(list(counts), [place] * len(counts), s=sizes, color=colours["second"], alpha=0.75, linewidths=0)
        axes.scatter([100 if one.outcome else 0], [place], marker="|", s=420, color=colours["accent"], linewidths=3)
    axes.set_yticks(range(len(questions)), [f"{one.question}\nBrier {one.brier:.2f}" for one in reversed(questions)])
    axes.set_xlim(-4, 104)
    axes.set_ylim(-0.6, len(questions) - 0.4)
    axes.set_xlabel(_("per cent said; the bar is what happened"))
    return canvas


def _essay_figure(essay: EssayReport) -> Figure:
    names = essay.task.rubric.level_names
    said = semicolons(
        f"{label}: {commas(f'{name} {count}' for name, count in zip(names, counts, strict=False))}"
        for label, counts in essay.rows
    )
    alt = _("Students at each level of each row of the rubric. {numbers}.").format(numbers=said)
    return Figure(
        f"essays-{essay.task.id}", essay.task.rubric.title, alt, lambda colours: _draw_essay(essay, essay.task, colours)
    )


def _draw_essay(essay: EssayReport, task: Task, colours: dict[str, str]) -> Any:
    canvas, axes = _axes(6.4, 0.9 + 0.42 * len(essay.rows))
    labels = [label for label, _ in reversed(essay.rows)]
    left = [0] * len(labels)
    levels = max(len(counts) for _, counts in essay.rows)
    for level in range(levels):
        widths = [counts[level] if level < len(counts) else 0 for _, counts in reversed(essay.rows)]
        name = task.rubric.level_names[level] if level < len(task.rubric.level_names) else str(level + 1)
        shade = _SHADES[round(level * (len(_SHADES) - 1) / max(1, levels - 1))]
        bars = axes.barh(labels, widths, left=left, color=shade, height=0.7, label=name)
        texts = [str(width) if width else "" for width in widths]
        white = level in (0, levels - 1)
        axes.bar_label(bars, texts, label_type="center", fontsize=9, color="#ffffff" if white else "#1d1b18")
        left = [start + width for start, width in zip(left, widths, strict=True)]
    axes.set_xlabel(_("students"))
    axes.legend(ncols=levels, loc="lower left", bbox_to_anchor=(0, 1), frameon=False, fontsize=9)
    axes.xaxis.get_major_locator().set_params(integer=True)
    del colours
    return canvas
