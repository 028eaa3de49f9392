"""Figures: drawn by matplotlib as letters that stay letters, with every number in a table beside them."""

from __future__ import annotations

import base64
import sys
from xml.etree import ElementTree as ET

import pytest

from coldwar_lessons.content.activities import Figure
from coldwar_lessons.widgets.data_figure import NO_MATPLOTLIB, draw_figure
from tests.widgets.activity_trees import HOSTILE, having, names_of, real_course, spec_of

NAMES = names_of("figure")


def figure_of(name: str) -> Figure:
    figure = real_course().activities[name]
    assert isinstance(figure, Figure)
    return figure


def svg_of(figure: Figure) -> str:
    (image,) = having(spec_of(figure).tree, "img")
    head, _, data = dict(image.attributes)["src"].partition(",")
    assert head == "data:image/svg+xml;base64"
    return base64.b64decode(data).decode("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_number_stands_in_the_table(name: str) -> None:
    figure = figure_of(name)
    (table,) = having(spec_of(name).tree, "table")
    assert [one.text() for one in having(table, "th", scope="row")] == list(figure.x)
    cells = [one.text() for one in having(table, "td")]
    assert cells == [f"{series.values[row]:g}" for row in range(len(figure.x)) for series in figure.series]


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_has_words_for_who_cannot_see_it_its_source_and_its_doubt(name: str) -> None:
    figure, tree = figure_of(name), spec_of(name).tree
    (image,) = having(tree, "img")
    assert dict(image.attributes)["alt"] == figure.alt
    assert figure.doubt in tree.text()
    assert "Source: " in tree.text()


@pytest.mark.parametrize("name", NAMES)
def test_letters_stay_letters_and_the_same_numbers_give_the_same_bytes(name: str) -> None:
    figure = figure_of(name)
    drawn = svg_of(figure)
    assert drawn == svg_of(figure)
    written = "".join(ET.fromstring(drawn).itertext())
    assert all(label in written for label in figure.x)


def test_a_number_that_was_not_seen_is_a_gap_and_not_a_nought() -> None:
    figure = figure_of("price-cuts")
    first, *others = figure.series
    gappy = figure.model_copy(
        update={"series": (first.model_copy(update={"values": (None, *first.values[1:])}), *others)}
    )
    (table,) = having(spec_of(gappy).tree, "table")
    assert having(table, "td")[0].text() == "not seen"
    (line, *_) = draw_figure(gappy).axes[0].lines
    assert str(line.get_ydata()[0]) == "nan"


def test_bars_begin_at_nought() -> None:
    assert draw_figure(figure_of("refugees")).axes[0].get_ylim()[0] == 0


def test_hostile_labels_and_dollars_are_drawn_as_letters() -> None:
    figure = figure_of("price-cuts")
    bad = figure.model_copy(update={"y_label": f"$5 and $6, 50 % {HOSTILE}", "alt": HOSTILE, "doubt": HOSTILE})
    drawn = svg_of(bad)
    assert "$5 and $6" in "".join(ET.fromstring(drawn).itertext())
    assert not ET.fromstring(drawn).findall(".//{http://www.w3.org/2000/svg}script")


def test_without_matplotlib_the_table_says_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    tree = spec_of(figure_of("refugees")).tree
    assert NO_MATPLOTLIB in tree.text()
    assert not having(tree, "img")
    assert having(tree, "td")
