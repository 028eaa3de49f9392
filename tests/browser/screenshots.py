"""Make the pictures of the README and the book from what is built: ``make screenshots``."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from coldwar_lessons.content.load import load_course
from coldwar_lessons.grading.essays import read_essays, writing_tasks
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.mark import mark_hand_ins
from coldwar_lessons.grading.markings import change
from coldwar_lessons.report.write import write_report
from tests.browser.conftest import serving
from tests.browser.harness import browser
from tests.browser.lab import jupyterlab, open_notebook, run_all
from tests.grading import classroom
from tests.grading.essay_class import course
from tests.marking_desk.desks import make_class, serve_desk

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "book" / "screens"
LESSON = "notebooks/03-gestures.html"
#: Written for the picture: sample answers are for teachers alone.
ESSAY = """In my opinion the author is fair to the Russians. He begins with praise, since he calls the gestures
significant (p3.s8), and then he takes most of it back. The phrase about leaving off means that Moscow stopped doing
harm which nobody had done to it. The offer to Turkey fits this well. It gave up a claim that was going nowhere.
The speech printed in Pravda fits less well (FRUS VIII, doc. 587), because printing it was something new.
So the verdict holds for the list as a whole and not for every line of it, and I think that he knew this."""


def of_the_book(browser: Browser, address: str) -> None:
    """A lesson on a desktop, on a phone, in the dark and on paper."""
    views: dict[str, dict[str, Any]] = {
        "lesson-desktop": {"viewport": {"width": 1280, "height": 900}},
        "lesson-phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
        "lesson-dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    }
    for name, options in views.items():
        context = browser.new_context(**options)
        page = context.new_page()
        page.goto(f"{address}{LESSON}")
        page.locator(".cwl-quiz.cwl-live, .cwl-passage.cwl-live").first.wait_for(state="attached")
        if name != "lesson-desktop":
            page.locator(".cwl-timeline" if name == "lesson-dark" else ".cwl-quiz").first.scroll_into_view_if_needed()
            page.wait_for_timeout(600)
        page.screenshot(path=OUT / f"{name}.png")
        context.close()
    page = browser.new_page()
    page.goto(f"{address}{LESSON}")
    page.locator(".cwl-passage.cwl-live").first.wait_for(state="attached")
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "lesson.pdf"
        page.pdf(path=str(pdf), format="A4")
        if shutil.which("pdftoppm"):
            subprocess.run(
                ["pdftoppm", "-png", "-r", "60", "-f", "1", "-l", "1", str(pdf), str(pdf.with_suffix(""))], check=True
            )
            shutil.copy(next(Path(folder).glob("*.png")), OUT / "lesson-print.png")
    page.close()


def of_jupyterlab(browser: Browser) -> None:
    """The same lesson with a kernel."""
    with tempfile.TemporaryDirectory() as folder:
        course, state = Path(folder) / "course", Path(folder) / "state"
        course.mkdir()
        state.mkdir()
        shutil.copy(ROOT / "notebooks" / "03-gestures.ipynb", course)
        with jupyterlab(course, state) as address:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(60_000)
            open_notebook(page, address, "03-gestures.ipynb")
            run_all(page)
            page.locator(".cwl-passage.cwl-live").first.scroll_into_view_if_needed()
            page.wait_for_timeout(1500)
            page.screenshot(path=OUT / "lesson-lab.png")
            page.close()


def of_the_marking_desk(browser: Browser) -> None:
    """An essay in the middle of being marked."""
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "gradebook.db")
        make_class(database, Path(folder) / "in", [" ".join(ESSAY.split())] * 24)
        gradebook = Gradebook(database)
        for essay in read_essays(gradebook, writing_tasks(course()))[:9]:
            for row in essay.task.rubric.rows:
                change(gradebook, essay.newest.writing, f"level.{row.id}", "2", base=0, marker="me")
        gradebook.close()
        with serve_desk(database, "--marker", "me") as desk:
            page = browser.new_page(viewport={"width": 1280, "height": 760})
            page.goto(desk.address)
            page.wait_for_url(desk.url)
            page.get_by_role("link", name="Go on marking").click()
            page.locator(".desk-ready").wait_for(state="attached")
            for key in "a1b1":
                page.keyboard.press(key)
            page.locator(".cite").first.click()
            page.locator("#saved").filter(has_text="Saved").wait_for()
            page.mouse.move(0, 0)
            page.screenshot(path=OUT / "marking-desk.png")
            page.close()


def make_small(path: Path) -> None:
    """Give a picture of a screen a palette: few colours, a third of the bytes, and readers wait for each of them."""
    from PIL import Image

    with Image.open(path) as picture:
        if picture.mode == "P":
            return
        small = picture.convert("RGB").quantize(64, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def of_the_report(browser: Browser) -> None:
    """What the report says of a class on lesson 3, and one of its questions."""
    course = load_course(ROOT, teaching=True)
    pupils = classroom.make_class(32)
    with tempfile.TemporaryDirectory() as folder:
        hand_ins = Path(folder) / "hand-ins"
        hand_ins.mkdir()
        for pupil in pupils[:-2]:
            document = classroom.hand_in_of(pupil, course, ["03-gestures"])
            (hand_ins / f"{pupil.entry.number}.json").write_text(json.dumps(document), encoding="utf-8")
        gradebook = Gradebook(Path(folder) / "gradebook.db")
        list(mark_hand_ins([hand_ins], course, classroom.roster_of(pupils), gradebook))
        classroom.mark_essays(gradebook, course)
        out = Path(folder) / "report.html"
        write_report(gradebook, course, out, class_name="12A", lesson="03-gestures")
        gradebook.close()
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(out.as_uri())
        page.screenshot(path=OUT / "report.png")
        question = page.locator("#item-gestures-gestures-annex")
        question.locator("summary").click()
        question.screenshot(path=OUT / "report-question.png")
        page.close()


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with browser() as chromium:
        with serving(ROOT / "_build" / "html") as address:
            of_the_book(chromium, address)
        of_jupyterlab(chromium)
        of_the_marking_desk(chromium)
        of_the_report(chromium)
    for path in sorted(OUT.glob("*.png")):
        make_small(path)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
