"""The marking desk in a real browser, served by the real command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from coldwar_lessons.grading.essays import MarkedEssay, marked_essays
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.markings import change
from tests.browser.harness import axe_violations
from tests.browser.hosts import small_targets
from tests.grading.essay_class import course
from tests.grading.hand_ins import LESSON
from tests.marking_desk.desks import Served, essay_of, make_class, serve_desk

pytestmark = pytest.mark.browser


class Teacher:
    """Opens a desk in contexts of its own; notes every fault that a page shows and every request to another host."""

    def __init__(self, chromium: Any) -> None:
        self.chromium, self.faults = chromium, list[str]()
        self.contexts: list[Any] = []

    def open(self, desk: Served, *, watch: bool = True, **options: Any) -> Any:
        """The list of essays, entered by the address that the command printed."""
        context = self.chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        self.contexts.append(context)
        return self.tab(context, desk, watch=watch)

    def leave(self) -> None:
        """Close every page."""
        while self.contexts:
            self.contexts.pop().close()

    def tab(self, context: Any, desk: Served, *, watch: bool = True) -> Any:
        """One more tab of the same browser."""
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda dialog: (self.faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda one: None if one.url.startswith(desk.url) else self.faults.append(one.url))
        if watch:
            page.on("console", lambda one: self.faults.append(one.text) if one.type in {"error", "warning"} else None)
        page.goto(desk.address)
        page.wait_for_url(desk.url)
        return page


@pytest.fixture
def teacher(chromium: Any) -> Iterator[Teacher]:
    teacher = Teacher(chromium)
    yield teacher
    teacher.leave()
    assert teacher.faults == []


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Five essays."""
    path = str(tmp_path / "grades.db")
    make_class(path, tmp_path / "in", [essay_of(number) for number in range(5)])
    return path


@contextmanager
def serving(teacher: Teacher, database: str, *options: str) -> Iterator[Served]:
    """Serve a desk, and leave its pages before it is closed: an open page would miss it."""
    with serve_desk(database, *options) as desk:
        try:
            yield desk
        finally:
            teacher.leave()


@pytest.fixture
def desk(teacher: Teacher, database: str) -> Iterator[Served]:
    with serving(teacher, database, "--marker", "Ms Hill") as desk:
        yield desk


def marks(database: str) -> list[MarkedEssay]:
    gradebook = Gradebook(database)
    try:
        return marked_essays(gradebook, course())
    finally:
        gradebook.close()


def begin(page: Any) -> None:
    """From the list to the first essay that is not marked."""
    page.keyboard.press("Enter")
    page.locator(".desk-ready").wait_for(state="attached")


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def next_essay(page: Any, name: str) -> None:
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1).filter(has_text=name).wait_for()
    page.locator(".desk-ready").wait_for(state="attached")


def saved(page: Any) -> None:
    page.locator("#saved").filter(has_text=re.compile("^Saved")).wait_for()


def look(page: Any) -> None:
    """Come back to a tab: it asks at once how things stand."""
    with page.expect_response("**/state?*"):
        page.evaluate("dispatchEvent(new Event('focus'))")


def test_three_essays_are_marked_by_keys_alone(teacher: Teacher, desk: Served, database: str) -> None:
    page = teacher.open(desk)
    begin(page)
    bank = course().teacher[LESSON].tasks[0].comment_bank
    press(page, "a", "3", "2", "2", "1")
    page.locator("#points").filter(has_text="8 of 12 points").wait_for()
    next_essay(page, "Ben Adeyemi")
    # Back a row and mend it; write a comment; keys are letters while it is typed.
    press(page, "3", "3", "k", "1", "3", "3", "k", "k", "w")
    page.keyboard.type("So 1 or 2? u")
    press(page, "Escape", "l")
    page.get_by_role("heading", level=1).filter(has_text="Chloé").wait_for()
    page.locator(".desk-ready").wait_for(state="attached")
    press(page, "1", "1", "1", "1")
    page.locator("#progress-words").filter(has_text="3 of 5 marked").wait_for()
    ann, ben, chloe, *_ = marks(database)
    assert (ann.levels, ann.comments) == (
        {"phrase": 3, "cases": 2, "horizon": 2, "verdict": 1},
        {"phrase": bank["phrase"][0]},
    )
    assert ben.levels == {"phrase": 3, "cases": 1, "horizon": 3, "verdict": 3}
    assert (ben.comments, ben.later) == ({"horizon": "So 1 or 2? u"}, True)
    assert chloe.points == 4
    assert {one.markers for one in (ann, ben, chloe)} == {("Ms Hill",)}
    press(page, "Shift+Enter")
    page.get_by_role("heading", level=1).filter(has_text="Ben Adeyemi").wait_for()


def test_undo_goes_back_to_the_essay_before_and_a_reload_shows_what_is_kept(
    teacher: Teacher, desk: Served, database: str
) -> None:
    page = teacher.open(desk)
    begin(page)
    press(page, "2", "3", "w")
    page.keyboard.type("Who says so?")
    press(page, "Control+Enter")
    page.get_by_role("heading", level=1).filter(has_text="Ben Adeyemi").wait_for()
    page.locator(".desk-ready").wait_for(state="attached")
    press(page, "u")
    page.get_by_role("heading", level=1).filter(has_text="Aisha Adeyemi").wait_for()
    page.get_by_text("Undone: the comment on Then and now is as it was before.").wait_for()
    page.locator(".desk-ready").wait_for(state="attached")
    press(page, "u")
    page.locator("#saved").filter(has_text="Undone: Two gestures has no level again.").wait_for()
    assert page.get_by_role("radiogroup", name="Two gestures").get_by_role("radio", checked=True).count() == 0
    page.reload()
    group = page.get_by_role("radiogroup", name="The phrase about leaving off")
    assert group.get_by_role("radio", name="Emergent").is_checked()
    assert page.get_by_label("Comment on: Then and now").input_value() == ""
    assert marks(database)[0].levels == {"phrase": 2}


def test_a_comment_is_offered_again_in_its_row_and_taken_out_by_the_same_key(
    teacher: Teacher, desk: Served, database: str
) -> None:
    page = teacher.open(desk)
    begin(page)
    press(page, "j", "j", "j", "w")
    page.keyboard.type("Say how sure you are.")
    press(page, "Control+Enter")
    page.get_by_role("heading", level=1).filter(has_text="Ben").wait_for()
    page.locator(".desk-ready").wait_for(state="attached")
    press(page, "j", "j", "j")
    panel = page.get_by_role("region", name="Comments to reuse: Decision")
    assert panel.get_by_role("button").all_inner_texts()[-1].endswith("Say how sure you are.")
    press(page, "c")
    saved(page)
    assert marks(database)[1].comments == {"verdict": "Say how sure you are."}
    press(page, "a", "c")
    saved(page)
    assert marks(database)[1].comments == {"verdict": course().teacher[LESSON].tasks[0].comment_bank["verdict"][0]}


def test_two_tabs_lose_nothing_and_show_each_others_marks(teacher: Teacher, desk: Served, database: str) -> None:
    one = teacher.open(desk, watch=False, bypass_csp=True)  # the refused change is noted in the console
    begin(one)
    two = teacher.tab(one.context, desk, watch=False)
    begin(two)
    press(one, "3")
    saved(one)
    look(two)
    phrase = two.get_by_role("radiogroup", name="The phrase about leaving off")
    assert phrase.get_by_role("radio", name="Proficient").is_checked()
    whole = "Comment on the whole essay"
    one.get_by_label(whole).fill("From the first tab.")
    one.get_by_label(whole).blur()
    saved(one)
    two.get_by_label(whole).fill("From the second.")
    two.get_by_label(whole).blur()
    alert = two.get_by_role("alert").filter(has_text="Ms Hill changed this meanwhile. It now says:")
    assert "From the first tab." in alert.inner_text()
    assert two.get_by_label(whole).input_value() == "From the second."
    assert axe_violations(two) == []
    two.locator("#saved.trouble").filter(has_text="Not saved: changed elsewhere meanwhile").wait_for()
    # Nobody leaves, and nothing is written over what stands there, before the choice is made.
    two.get_by_label(whole).fill("From the second tab.")
    press(two, "Control+Enter")
    assert two.get_by_role("heading", level=1).inner_text().startswith("Aisha Adeyemi")
    assert marks(database)[0].comment == "From the first tab."
    alert.get_by_role("button", name="Keep both").click()
    saved(two)
    assert marks(database)[0].comment == "From the first tab.\nFrom the second tab."
    look(one)
    assert one.get_by_label(whole).input_value() == "From the first tab.\nFrom the second tab."


def test_a_power_cut_loses_nothing_that_was_said_to_be_saved(teacher: Teacher, database: str) -> None:
    with serving(teacher, database) as desk:
        page = teacher.open(desk, watch=False)  # the browser notes that the desk is gone
        begin(page)
        press(page, "2", "3", "a")
        saved(page)
        desk.kill()
        press(page, "1")
        page.locator("#saved.trouble").filter(has_text="The desk does not answer").wait_for()
        press(page, "Enter")
        assert page.get_by_role("heading", level=1).inner_text().startswith("Aisha Adeyemi")
    bank = course().teacher[LESSON].tasks[0].comment_bank
    assert marks(database)[0].levels == {"phrase": 2, "cases": 3}
    with serving(teacher, database) as again:
        page = teacher.open(again)
        begin(page)
        assert page.get_by_role("radio", checked=True).count() == 2
        assert page.get_by_label("Comment on: Then and now").input_value() == bank["horizon"][0]
        assert page.locator(".row.current legend").inner_text().startswith("Then and now")


HOSTILE = [
    "<script>parent.pwned = top.pwned = 1; alert(1)</script>",
    "</textarea></p></div><img src=x onerror=\"alert('img')\">",
    "\"><svg/onload=alert(1)>' autofocus onfocus=alert(1) x='",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe><object data=javascript:alert(1)></object>",
    "javascript:alert(1) [x](javascript:alert(1)) ${alert(1)} {{constructor.constructor('alert(1)')()}}",
    "<a href=//evil.example>p3.s8</a> <form action=//evil.example><button name=go value=next>",
    "<!--<script>-->&lt;script&gt;alert(1)&lt;/script&gt; &#x3c;script>",
    "\u202ep3.s8 turned round\u202c \u2066isolated\u2067 \u200f\u200e and on",
    "Z\u0351\u036b\u0343\u036a\u0302" * 400,
    "W" * 10_000,
    "\U0001f469\u200d\U0001f4bb \x1b[2J \x07 \ufeff \ufffe \U000e0041 " * 50,
    "p3.s8 " * 2_000,
    "\n" * 3_000 + "x",
    "<style>*{display:none}</style><base href=//evil.example><meta http-equiv=refresh content='0;url=//evil.example'>",
]


def test_no_text_of_a_student_runs_or_breaks_the_page(teacher: Teacher, tmp_path: Path) -> None:
    path = str(tmp_path / "grades.db")
    make_class(path, tmp_path / "in", HOSTILE)
    gradebook = Gradebook(path)
    for writing, text in enumerate(HOSTILE, 1):
        change(gradebook, writing, "comment.phrase", text[:4000].replace("\x00", "").strip(), base=0, marker=text[:150])
    gradebook.close()
    with serving(teacher, path, "--marker", HOSTILE[0]) as desk:
        page = teacher.open(desk)
        begin(page)
        for _ in HOSTILE:
            assert page.evaluate(
                "[window.pwned, document.querySelectorAll('iframe, object, img, style, base').length]"
            ) == [
                None,
                0,
            ]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert page.locator(".masthead").bounding_box()["height"] < 70
            box = page.locator("#essay").bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] < page.locator("#marks").bounding_box()["x"]
            # The rubric still works, whatever stands beside it.
            press(page, "1")
            saved(page)
            here = page.locator("h1 .facts").inner_text()
            for cite in page.locator(".cite").all()[:1]:
                cite.click()
                assert course().sentence("p3.s8").text in page.locator(".opened").inner_text()
            press(page, "Enter")
            page.locator("h1 .facts").filter(has_not_text=re.compile(f"^{here}$")).wait_for()
            page.locator(".desk-ready").wait_for(state="attached")
    assert [one.levels for one in marks(path)] == [{"phrase": 1}] * len(HOSTILE)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_everybody_can_use_it(teacher: Teacher, desk: Served, colours: str) -> None:
    page = teacher.open(desk, color_scheme=colours, bypass_csp=True, reduced_motion="reduce")
    assert axe_violations(page) == []
    begin(page)
    press(page, "2", "a", "s")
    page.locator(".cite").last.click()
    page.get_by_text("Plan", exact=True).click()
    page.get_by_text("The student’s own view").click()
    saved(page)
    assert axe_violations(page) == []
    assert small_targets(page, "main a:not(.cite), button:not(.cwl-hidden), summary, textarea, .cell") == []
    press(page, "?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    assert axe_violations(page) == []
    press(page, "Shift+Tab", "Space", "Escape", "3")
    assert page.get_by_role("radio", checked=True).count() == 1, "keys are off"


@pytest.mark.parametrize(
    "options",
    [
        {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
        {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
    ],
    ids=["phone", "200 %"],
)
def test_it_fits_a_phone_and_a_page_at_200_per_cent(
    teacher: Teacher, desk: Served, database: str, options: dict[str, Any]
) -> None:
    page = teacher.open(desk, bypass_csp=True, **options)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Begin marking").click()
    page.locator(".desk-ready").wait_for(state="attached")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    row = page.get_by_role("group", name="The phrase about leaving off")
    row.get_by_role("radio", name="Emergent").check()
    row.locator("summary").click()
    row.get_by_role("button").first.click()
    saved(page)
    assert axe_violations(page) == []
    page.get_by_role("button", name="Next essay", exact=True).click()
    page.get_by_role("heading", level=1).filter(has_text="Ben Adeyemi").wait_for()
    first = marks(database)[0]
    assert (first.levels, list(first.comments)) == ({"phrase": 2}, ["phrase"])


def test_it_works_without_scripts(teacher: Teacher, desk: Served, database: str) -> None:
    page = teacher.open(desk, java_script_enabled=False)
    page.get_by_role("link", name="Begin marking").click()
    for name in ("The phrase about leaving off", "Two gestures", "Then and now", "Decision"):
        page.get_by_role("radiogroup", name=name).get_by_role("radio", name="Emergent").check()
    page.get_by_label("Comment on the whole essay").fill("Well argued.")
    page.get_by_role("button", name="Next essay", exact=True).click()
    page.get_by_role("heading", level=1).filter(has_text="Ben Adeyemi").wait_for()
    assert page.locator("#progress-words").inner_text() == "1 of 5 marked"
    page.get_by_role("button", name="Hide names").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Essay ")
    first = marks(database)[0]
    assert (first.points, first.comment) == (8, "Well argued.")


def test_hidden_names_stay_hidden_all_the_way(teacher: Teacher, database: str) -> None:
    with serving(teacher, database, "--anonymous") as desk:
        page = teacher.open(desk)
        begin(page)
        seen = []
        for number in range(1, 6):
            heading = page.get_by_role("heading", level=1)
            heading.filter(has_text=f"Essay {number}").wait_for()
            page.locator(".desk-ready").wait_for(state="attached")
            assert "Adeyemi" not in page.content()
            seen.append(re.findall(r"My answer no\. (\d)", page.locator("#essay").inner_text())[0])
            press(page, "1", "1", "1", "1", "Enter")
        page.get_by_text("That was the last").wait_for()
        assert sorted(seen) == list("01234")
        assert seen != sorted(seen)
