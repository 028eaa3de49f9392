"""Every activity, the passage and the desk in a real JupyterLab: shown in full, heard by Python, kept beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.harness import browser
from tests.browser.lab import jupyterlab, open_notebook, run_all, run_code

pytestmark = [pytest.mark.browser, pytest.mark.lab]

CELLS = {
    "passage": 'Lesson("04-three-explanations").passage("p3.s6", "p3.s7")',
    "evidence-matrix": 'Lesson("04-three-explanations").weigh("weigh-three-explanations")',
    "writing": 'Lesson("04-three-explanations").write("three-explanations-weigh")',
    "argument-map": 'Lesson("05-testing-the-situation").argument_map("map-paragraph-3")',
    "forecast": 'Lesson("05-testing-the-situation").forecast("forecast-july-1953")',
    "white-out": 'Lesson("06-liberation-or-restraint").white_out("white-out-pinpricks")',
    "data-figure": 'Lesson("06-liberation-or-restraint").figure("refugees")',
    "claim-against-source": 'Lesson("07-judging-by-his-press-conference").compare("press-conference")',
    "positions": 'Lesson("08-talks-at-the-top").positions("positions")',
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a notebook that shows one widget of each kind."""
    folder = tmp_path_factory.mktemp("course")
    sources = ["from coldwar_lessons import Lesson", *CELLS.values()]
    cells = [
        {
            "cell_type": "code",
            "id": f"c{index}",
            "source": source,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        for index, source in enumerate(sources)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (folder / "all.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def page(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    state = tmp_path_factory.mktemp("state")
    with jupyterlab(folder, state) as address, browser() as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 1300})
        page.set_default_timeout(90_000)
        open_notebook(page, address, "all.ipynb")
        run_all(page)
        yield page


def shown(page: Page, kind: str) -> Any:
    """The widget of a kind, brought into the window."""
    page.locator(".jp-Notebook .jp-Cell").nth(list(CELLS).index(kind) + 1).scroll_into_view_if_needed()
    widget = page.locator(f".jp-OutputArea .cwl-{kind}").first
    widget.wait_for()
    widget.scroll_into_view_if_needed()
    return widget


def heard(page: Page, kind: str, expected: str) -> dict[str, Any]:
    """The state that Python has, as soon as it holds the expected text."""
    ask = f"print(__import__('json').dumps(next(one for one in Out.values() if one.kind == {kind!r}).state))"
    for _ in range(60):
        state: dict[str, Any] = json.loads(run_code(page, ask))
        if expected in json.dumps(state):
            return state
        page.wait_for_timeout(250)
    raise AssertionError(f"Python never heard {expected}: {state}")


@pytest.mark.parametrize("kind", CELLS)
def test_each_is_alive_and_takes_the_width_of_the_cell(page: Page, kind: str) -> None:
    widget = shown(page, kind)
    assert "cwl-live" in widget.get_attribute("class")
    assert widget.bounding_box()["width"] > 500
    assert page.locator(".jp-OutputArea-output[data-mime-type*=error]").count() == 0


def test_python_hears_what_is_done_in_each(page: Page, folder: Path) -> None:
    shown(page, "forecast").get_by_role("slider").first.press("End")
    assert heard(page, "forecast", "100")["values"] == {"armistice": 100}

    box = shown(page, "white-out").locator("fieldset").first
    box.get_by_role("radio").first.check()
    box.get_by_role("button", name="Reveal").click()
    assert heard(page, "white-out", "revealed")["revealed"] == {"hitherto": True}

    shown(page, "claim-against-source").get_by_label("Hoped").first.check()
    assert heard(page, "claim-against-source", "hoped")["sorted"] == {"s1": "hoped"}

    shown(page, "evidence-matrix").get_by_role("radio", name="neutral").first.check(force=True)
    assert heard(page, "evidence-matrix", "neutral")["cells"]["korea"]["i"]["verdict"] == "neutral"

    shown(page, "argument-map").get_by_label("This is").first.select_option("hedge")
    assert heard(page, "argument-map", "hedge")["kinds"] == {"p3-11": "hedge"}

    shown(page, "data-figure").get_by_label("Your answer").fill("A peak in 1953.")
    assert heard(page, "data-figure", "peak") == {"answer": "A peak in 1953."}

    shown(page, "passage").get_by_role("button", name="Show the whole paragraph").click()
    assert heard(page, "passage", "open") == {"open": True}

    desk = shown(page, "writing")
    desk.get_by_role("textbox", name="Your answer", exact=True).press_sequentially("The b key types a b.")
    assert heard(page, "writing", "types a b.")["text"] == "The b key types a b."
    assert desk.locator(".cwl-saved").inner_text().startswith("Saved in 04-three-explanations.workbook.json")
    kept = (folder / "04-three-explanations.workbook.json").read_text(encoding="utf-8")
    assert "The b key types a b." in kept


def test_a_name_is_dragged_and_moved_by_keys(page: Page) -> None:
    widget = shown(page, "positions")
    plot, token = widget.locator(".cwl-ps-plot"), widget.locator(".cwl-ps-token", has_text="Dulles")
    widget.locator(".cwl-ps-board").scroll_into_view_if_needed()
    start, end = token.bounding_box(), plot.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] * 0.1, end["y"] + end["height"] * 0.2, steps=8)
    page.mouse.up()
    assert heard(page, "positions", "dulles")["at"] == {"dulles": [10, 80]}
    token.press("ArrowRight")
    assert heard(page, "positions", "15")["at"] == {"dulles": [15, 80]}
