"""A lesson in a real JupyterLab: it runs, Python hears each click, and nothing breaks when it is opened again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from coldwar_lessons.cli import main
from tests.browser.harness import browser
from tests.browser.lab import distrust, jupyterlab, open_notebook, run_all, run_code, save, shut_down_kernel

pytestmark = [pytest.mark.browser, pytest.mark.lab]

ROOT = Path(__file__).resolve().parents[2]
LESSON = "03-gestures.ipynb"
#: Finds the quiz among what the notebook's cells returned.
THE_QUIZ = "next(one for one in Out.values() if type(one).__name__ == 'Quiz')"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    base = tmp_path_factory.mktemp("lab")
    folder = base / "course"
    state = base / "state"
    folder.mkdir()
    state.mkdir()
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        shutil.copy(notebook, folder)
    with jupyterlab(folder, state) as address:
        yield address, folder


@pytest.fixture(scope="module")
def page(lab: tuple[str, Path]) -> Iterator[Page]:
    """One page, on which the lesson has been run."""
    with browser() as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 1200})
        page.set_default_timeout(90_000)
        open_notebook(page, lab[0], LESSON)
        run_all(page)
        yield page


def show_all(page: Page) -> None:
    """Scroll through the notebook once, since JupyterLab draws only what is near the window."""
    cells = page.locator(".jp-Notebook .jp-Cell")
    for index in range(cells.count()):
        cells.nth(index).scroll_into_view_if_needed()
    page.wait_for_timeout(500)


def test_every_cell_runs_without_an_error(page: Page) -> None:
    errors = page.evaluate(
        """() => [...window.jupyterapp.shell.currentWidget.content.model.cells]
          .filter((cell) => cell.type === 'code')
          .flatMap((cell) => cell.toJSON().outputs)
          .filter((output) => output.output_type === 'error')
          .map((output) => output.evalue)"""
    )
    assert errors == []


def test_the_lesson_shows_its_widgets_live(page: Page) -> None:
    show_all(page)
    for kind in ("overview", "passage", "timeline", "quiz", "writing"):
        expect(page.locator(f".cwl-{kind}.cwl-live").first).to_be_attached()


def test_a_click_reaches_python_at_once(page: Page) -> None:
    option = page.locator(".cwl-quiz input[type=radio]").first
    option.scroll_into_view_if_needed()
    name, value = option.get_attribute("name"), option.get_attribute("value")
    option.check()
    heard = ""
    for _ in range(40):
        heard = run_code(page, f"print({THE_QUIZ}.responses)")
        if str(value) in heard:
            break
        page.wait_for_timeout(100)
    assert name
    assert f"'{value}'" in heard
    assert float(run_code(page, f"print({THE_QUIZ}.score)")) >= 0


def test_the_progress_follows_the_click(page: Page) -> None:
    progress = page.locator(".cwl-progress")
    progress.scroll_into_view_if_needed()
    expect(progress.locator(".cwl-prog-lesson > .cwl-prog-said")).to_have_text("0 of 15 done")
    # The book's other pages are not there: nothing leads to them.
    assert progress.locator("a[href]").count() == 0


def test_what_was_done_is_in_the_workbook_beside_the_notebook(page: Page, lab: tuple[str, Path]) -> None:
    workbook = lab[1] / "03-gestures.workbook.json"
    for _ in range(50):
        if workbook.exists():
            break
        page.wait_for_timeout(100)
    assert "03-gestures/quiz/gestures" in workbook.read_text(encoding="utf-8")


def test_a_wrong_name_gives_one_line_that_says_what_there_is(page: Page) -> None:
    said = run_code(page, "lesson.quiz('gesture')")
    assert "no quiz 'gesture': did you mean gestures?" in said
    assert "Traceback" not in said
    said = run_code(page, "lesson.quizz('gestures')")
    assert "a lesson has no 'quizz': did you mean quiz" in said
    assert "Traceback" not in said


def test_a_saved_lesson_opened_again_shows_the_work_and_no_error(page: Page, lab: tuple[str, Path]) -> None:
    checked = page.locator(".cwl-quiz input[type=radio]:checked").first.get_attribute("value")
    save(page)
    shut_down_kernel(page)
    open_notebook(page, lab[0], LESSON)
    show_all(page)
    assert page.get_by_text("Error displaying widget").count() == 0
    assert page.get_by_text("model not found").count() == 0
    expect(page.locator(".cwl-quiz").first).to_be_attached()
    assert page.locator(".cwl-quiz input[type=radio]:checked").first.get_attribute("value") == checked


def test_a_lesson_that_is_not_trusted_shows_the_readable_fallback(page: Page, lab: tuple[str, Path]) -> None:
    save(page)
    distrust(lab[1] / LESSON)
    open_notebook(page, lab[0], LESSON)
    show_all(page)
    assert page.get_by_text("Error displaying widget").count() == 0
    quiz = page.locator(".cwl-quiz").first
    quiz.scroll_into_view_if_needed()
    expect(quiz).to_contain_text("Which Soviet act does the paper rank first")
    expect(page.locator(".cwl-passage").first).to_contain_text("The most important gesture so far")


def test_an_assignment_is_graded_in_its_folder(lab: tuple[str, Path], page: Page, tmp_path: Path) -> None:
    address, folder = lab
    settings = tmp_path / "settings.yml"
    settings.write_text("graded: true\nonly_quizzes: true\n", encoding="utf-8")
    out = folder / "test"
    assert main(["assign", "9", "--out", str(out), "--settings", str(settings)]) == 0
    open_notebook(page, address, "test/09-hindsight.ipynb")
    run_all(page)
    show_all(page)
    quiz = page.locator(".cwl-quiz").last
    expect(quiz).to_contain_text("15 questions · graded: your answers are kept for your teacher")
    assert quiz.get_by_role("button", name="Check").count() == 0
    quiz.get_by_label("What one minister wanted his colleagues to accept").check()
    expect(quiz.locator(".cwl-saved")).to_have_text("Saved in 09-hindsight.workbook.json.")
    assert "its key is with your teacher" in run_code(page, f"{THE_QUIZ.replace('next(', 'list(')}[-1].score")
    assert main(["hand-in", str(out), "--name", "Ann"]) == 0
    (tmp_path / "roster.csv").write_text("number,name\n1,Ann\n", encoding="utf-8")
    grades = ["--roster", str(tmp_path / "roster.csv"), "--db", str(tmp_path / "grades.db")]
    assert main(["mark", str(out / "coldwar-lessons-Ann.json"), *grades, "--assignment", str(out)]) == 0
    assert main(["export", str(tmp_path / "grades.csv"), "--db", str(tmp_path / "grades.db")]) == 0
    assert "1.0" in (tmp_path / "grades.csv").read_text(encoding="utf-8")
