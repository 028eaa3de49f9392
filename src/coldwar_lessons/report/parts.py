"""Parts that every section of the report is made of. Every text is escaped by the tree that it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.statistics import SMALL_CLASS
from coldwar_lessons.language import gettext as _
from coldwar_lessons.language import ngettext, semicolons
from coldwar_lessons.markup import Child, Element, h

from .figures import Figure

Cell: TypeAlias = "Child | Sequence[Child]"


def table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], *, numbers: Iterable[int] = (), marked: str = ""
) -> Element:
    """A table whose first cell of each row heads it.

    Parameters
    ----------
    caption
        What it is about.
    head
        Its columns.
    rows
        Its rows; the class ``marked`` is given to rows whose first cell begins with a tab, which is taken off.
    numbers
        Columns of numbers, counted from 0.
    marked
        See ``rows``.
    """
    right = frozenset(numbers)

    def classed(column: int) -> str | None:
        return "num" if column in right else None

    def line(cells: Sequence[Cell]) -> Element:
        first, *rest = cells
        special = isinstance(first, str) and first.startswith("\t")
        label = first.removeprefix("\t") if isinstance(first, str) else first
        return h(
            "tr",
            h("th", label, scope="row", class_=classed(0)),
            [h("td", cell, class_=classed(column)) for column, cell in enumerate(rest, 1)],
            class_=marked if special else None,
        )

    return h(
        "div",
        h(
            "table",
            h("caption", caption),
            h("thead", h("tr", [h("th", name, scope="col", class_=classed(n)) for n, name in enumerate(head)])),
            h("tbody", [line(row) for row in rows]),
        ),
        class_="table",
        # A wide table scrolls by the keyboard too; no landmark, since there are many.
        tabindex=0,
        role="group",
        aria_label=caption,
    )


def figure_html(figure: Figure, note: str) -> str:
    """A figure with its caption; the only part of the page that is not built as a tree, and holds no student's text."""
    alt = h("div", role="img", aria_label=figure.alt).to_html().removesuffix("</div>")
    return f"<figure>{alt}{figure.for_page()}</div>{h('figcaption', note).to_html()}</figure>"


def count(n: int) -> Child:
    """How many students a statistic rests on."""
    return h("span", ngettext("n = {count} student", "n = {count} students", n).format(count=n), class_="n")


def small_class(n: int) -> Element | None:
    """A warning where a statistic says more about chance than about the class."""
    if n >= SMALL_CLASS:
        return None
    return h("span", _("small class (n < {number}): a hint, not a finding").format(number=SMALL_CLASS), class_="warn")


def as_sentence(reasons: Iterable[str]) -> str:
    """Reasons, which begin with small letters, as one sentence."""
    said = semicolons(reasons)
    return f"{said[:1].upper()}{said[1:]}."


def quotation(course: Course, sentence: str) -> Element:
    """A sentence of the paper, to the letter."""
    return h("blockquote", f"“{course.sentence(sentence).text}” ", h("cite", sentence))


def meter(share: float) -> Element:
    """A bar for a share; the number always stands beside it."""
    return h(
        "span", h("span", style=f"width:{100 * min(1.0, max(0.0, share)):.0f}%"), class_="meter", aria_hidden="true"
    )


def anchor(quiz: str, item: str) -> str:
    """Id of an item's place on the page."""
    return f"item-{quiz}-{item}"
