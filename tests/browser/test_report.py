"""The teacher's report in a real browser: hostile texts, everyone's eyes and keys, and paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.grading.essays import read_essays, writing_tasks
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.markings import change
from coldwar_lessons.report.write import write_report
from tests.browser.harness import axe_violations
from tests.browser.quizzes import HOSTILE
from tests.grading.classroom import hand_in_of, make_class, mark_essays, roster_of
from tests.grading.conftest import ROOT
from tests.grading.hand_ins import as_bytes
from tests.report.classes import KEYS, mark_class

pytestmark = pytest.mark.browser

PAYLOADS = [
    *HOSTILE[:5],
    "</title><script>document.title='owned'</script>",
    "</style><script>document.title='owned'</script>",
    "--></script><img src=x onerror=document.title='owned'>",
    "<svg><animate onbegin=document.title='owned' attributeName=x dur=1s>",
    "<details open ontoggle=document.title='owned'>",
    "<a href=javascript:document.title='owned' id=main autofocus onfocus=document.title='owned'>",
    "<iframe srcdoc='<script>parent.document.title=`owned`</script>'>",
    "<meta http-equiv=refresh content='0;url=javascript:document.title=1'>",
    "<base href=https://example.invalid/><link rel=stylesheet href=//example.invalid/x.css>",
    "\"><body onload=document.title='owned'>",
    "&lt;script&gt;document.title='owned'&lt;/script&gt;",
    "<style>@import url(https://example.invalid/x.css);*{display:none}</style>",
    "<form action=https://example.invalid/><button formaction=javascript:alert(1)>x",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "\u0000<script\u0000>document.title='owned'</script>",
]


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT, teaching=True)


class Reader:
    """Opens pages from disk and notes whatever they ask for, run or complain of."""

    def __init__(self, chromium: Any) -> None:
        self._chromium = chromium
        self._contexts: list[Any] = []
        self.faults: list[str] = []

    def open(self, path: Path, **options: Any) -> Any:
        context = self._chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self.faults.append(message.text))
        page.on("dialog", lambda dialog: (self.faults.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda one: None if one.url == path.as_uri() else self.faults.append(one.url))
        page.goto(path.as_uri())
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def reader(chromium: Any) -> Iterator[Reader]:
    reader = Reader(chromium)
    yield reader
    reader.close()
    assert reader.faults == []


def test_no_text_of_a_student_ever_runs(reader: Reader, course: Course, tmp_path: Path) -> None:
    book = Gradebook(tmp_path / "g.db")
    # As names, as typed answers, as essays, as names of files that cannot be marked, and as a marker's comment.
    answers = {payload[:200].replace("\0", ""): {**KEYS, "gestures-other-noun": payload} for payload in PAYLOADS}
    (tmp_path / "in").mkdir()
    for payload in PAYLOADS:
        name = re.sub(r"[/\0]", "_", payload)[:100]
        (tmp_path / "in" / f"{name}.json").write_bytes(b'{"<img src=x onerror=alert(1)>": 1}')
    from coldwar_lessons.grading.mark import mark_hand_ins
    from coldwar_lessons.grading.roster import Roster

    *_, tally = mark_hand_ins([tmp_path / "in"], course, Roster(()), book)
    assert len(tally.set_aside) == len(PAYLOADS)
    mark_class(book, course, tmp_path / "class", answers, text="<script>document.title='owned'</script>")
    for essay, payload in zip(read_essays(book, writing_tasks(course)), PAYLOADS, strict=True):
        for row in essay.task.rubric.rows:
            change(book, essay.newest.writing, f"level.{row.id}", "2", base=0, marker="m")
            change(book, essay.newest.writing, f"comment.{row.id}", payload, base=0, marker="m")
        change(book, essay.newest.writing, "comment", payload, base=0, marker="m")
    out = tmp_path / "report.html"
    write_report(book, course, out, class_name="12A", lesson="03-gestures")
    book.close()
    # Once as it is, once with its policy off: the escaping alone must hold.
    for options in ({}, {"bypass_csp": True}):
        page = reader.open(out, **options)
        page.wait_for_timeout(300)
        assert (
            page.title() == "Lesson 3: What are gestures worth?, class 12A · Report" or "12A · Report" in page.title()
        )
        assert page.evaluate("() => window.hacked") is None
        assert page.locator("script, img, iframe, object, embed, link, base, form, math, animate").count() == 0
        shown = page.locator("#students").inner_text()
        for payload in PAYLOADS:
            words = " ".join(payload[:60].replace("\0", "").split())
            assert words[:40] in " ".join(shown.split())


@pytest.fixture(scope="module")
def full_report(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    pupils = make_class(24)
    (folder / "in").mkdir()
    for pupil in pupils:
        document = hand_in_of(pupil, course, ["05-testing-the-situation"])
        (folder / "in" / f"{pupil.entry.number}.json").write_bytes(as_bytes(document))
    from coldwar_lessons.grading.mark import mark_hand_ins

    book = Gradebook(folder / "g.db")
    *_, tally = mark_hand_ins([folder / "in"], course, roster_of(pupils), book)
    assert tally.marked == 24
    mark_essays(book, course)
    write_report(book, course, folder / "report.html", class_name="12A", lesson="05-testing-the-situation")
    book.close()
    return folder / "report.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(reader: Reader, full_report: Path, scheme: str) -> None:
    page = reader.open(full_report, color_scheme=scheme, bypass_csp=True)
    page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
    assert axe_violations(page) == []
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("width", [320, 390, 640])
def test_it_fits_a_phone_and_large_letters(reader: Reader, full_report: Path, width: int) -> None:
    page = reader.open(full_report, viewport={"width": width, "height": 800})
    page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_keys_alone_reach_an_item_and_open_it(reader: Reader, full_report: Path) -> None:
    page = reader.open(full_report)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Skip to the report"
    page.locator(".talk a").first.focus()
    page.keyboard.press("Enter")
    item = page.locator(f"[id='{page.url.partition('#')[2]}']")
    item.locator("summary").focus()
    page.keyboard.press("Enter")
    assert item.locator("table").is_visible()


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is missing: apt install poppler-utils")
def test_each_student_has_a_sheet_of_paper(reader: Reader, full_report: Path, tmp_path: Path) -> None:
    page = reader.open(full_report)
    page.pdf(path=str(tmp_path / "r.pdf"), prefer_css_page_size=True)
    command = ["pdftotext", "-layout", str(tmp_path / "r.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    sheets = text.split("\f")
    heads = [sheet.strip().splitlines()[0] for sheet in sheets if sheet.strip()]
    for pupil in make_class(24):
        assert any(head.startswith(pupil.entry.name) for head in heads), pupil.entry.name
    # No student needs a second sheet.
    first = next(
        index for index, head in enumerate(heads) if head.startswith(min(p.entry.name for p in make_class(24)))
    )
    assert len(heads) - first == 24
    # What is folded on the screen is open on paper.
    assert "What it was told" in text
