"""The timeline in a real browser: by mouse, touch and keyboard, over reload, on paper, without scripts."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from coldwar_lessons.content.load import Course, content_root, read_course
from coldwar_lessons.widgets.live import STATIC
from coldwar_lessons.widgets.timeline import TimelineSpec, events_spec, timeline_spec
from tests.browser.harness import axe_violations, browser, write_page
from tests.browser.hosts import render_in_notebook, small_targets
from tests.widgets.test_timeline import HOSTILE, make_event

pytestmark = pytest.mark.browser

LANES = ("soviet-internal", "korea", "germany", "western")
STORY = [
    make_event("stalin", "1953-03-05", title="Stalin is dead", lane="soviet-internal"),
    make_event("amnesty", "1953-03-27", title="An amnesty", lane="soviet-internal", sentences=["p3.s2"]),
    make_event("switch", "1953-04-20/1953-05-03", title="Prisoners go home", lane="korea"),
    make_event("speech", "1953-04-16", title="A chance for peace", lane="western"),
    make_event("june", "1953-06", title="Some time in June", lane="western"),
    make_event("rising", "1953-06-17", title="The rising", lane="germany"),
    make_event("arrest", "1953-06-26", title="A secret arrest", lane="soviet-internal", known_by_author=False),
    make_event("armistice", "1953-07-27", title="The armistice", lane="korea", known_by_author=False),
]

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def course() -> Course:
    found, _ = read_course(content_root())
    assert found is not None
    return found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as running:
        yield running


@pytest.fixture
def show(chromium: Any, tmp_path: Path) -> Iterator[Open]:
    """Open a page with a timeline; at the end nothing may have gone wrong on it, or out to the network."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_page(spec: TimelineSpec, *, width: int = 1280, theme: str = "light", **options: Any) -> Any:
        file = write_page(tmp_path, spec, theme=theme)
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.on(
            "request",
            lambda request: wrong.append(request.url) if not request.url.startswith(("file:", "blob:")) else None,
        )
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def story(course: Course) -> TimelineSpec:
    return events_spec(course, "lesson/timeline/events", STORY)


@pytest.fixture
def exercise(course: Course) -> TimelineSpec:
    return events_spec(course, "lesson/timeline/place", STORY[:6], place=["amnesty", "speech"])


def many(count: int) -> list[Any]:
    chance = random.Random(7)
    start = date(1945, 1, 1)
    return [
        make_event(
            f"e{i}", (start + timedelta(days=chance.randrange(4400))).isoformat(), lane=LANES[chance.randrange(4)]
        )
        for i in range(count)
    ]


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"))


def mark(page: Any, title: str) -> Any:
    return page.locator(f'.cwl-mark[aria-label^="{title}"]')


def window(page: Any) -> tuple[float, float]:
    """Width of the line and how far it is scrolled."""
    found = page.evaluate(
        "[document.querySelector('.cwl-line').offsetWidth, document.querySelector('.cwl-band').scrollLeft]"
    )
    return found[0], found[1]


# --- reading ---------------------------------------------------------------------------------------


def test_marks_are_drawn_where_their_dates_are(show: Open, story: TimelineSpec) -> None:
    page = show(story)
    assert page.locator(".cwl-mark").count() == len(STORY)
    assert not page.locator(".cwl-events").is_visible()
    left = {title: mark(page, title).bounding_box()["x"] for title in ("Stalin", "An amnesty", "The rising")}
    assert left["Stalin"] < left["An amnesty"] < left["The rising"]
    line = page.locator(".cwl-horizon").bounding_box()["x"]
    assert left["The rising"] < line < mark(page, "The armistice").bounding_box()["x"]
    # A day is a mark, a span a bar with ends, a month a bar without.
    for title, classes in {
        "Stalin": "cwl-mark",
        "Prisoners": "cwl-mark cwl-span",
        "Some": "cwl-mark cwl-span cwl-soft",
    }.items():
        assert mark(page, title).get_attribute("class") == classes
    assert mark(page, "A secret arrest, 26 June 1953, Inside the Soviet Union, the author could not know it").count()


def test_no_two_marks_overlap(show: Open, course: Course) -> None:
    for width in (1280, 390):
        page = show(timeline_spec(course, "x/timeline/events", tuple(course.events)), width=width)
        for _ in range(3):
            boxes = page.evaluate(
                "[...document.querySelectorAll('.cwl-mark')]"
                ".map(m => [m, ...m.children].map(e => e.getBoundingClientRect()))"
                ".map(r => [Math.min(...r.map(b => b.left)), Math.max(...r.map(b => b.right)), r[0].top, r[0].bottom])"
            )
            assert len(boxes) > 5
            boxes.sort(key=lambda box: (box[2], box[0]))
            for one, two in pairwise(boxes):
                assert one[2] != two[2] or one[1] <= two[0] + 2, (one, two)
            page.get_by_role("button", name="Zoom in").click()


def test_details_open_beside_or_below(show: Open, story: TimelineSpec) -> None:
    page = show(story)
    mark(page, "An amnesty").click()
    details = page.get_by_role("region", name="Details")
    for said in (
        "27 March 1953",
        "An amnesty",
        "Inside the Soviet Union",
        "Summary of amnesty.",
        "Significance of amnesty.",
    ):
        assert said in details.inner_text()
    assert details.get_by_role("link", name="3.2").get_attribute("href") == "../book/the-paper.html#p3.s2"
    assert "C.(53)187, p. 7" in details.inner_text()
    details.get_by_role("button", name="After").click()
    assert "A chance for peace" in details.inner_text()
    details.get_by_role("button", name="Close details").click()
    assert not details.is_visible()
    assert focused(page).startswith("A chance for peace")


def test_list_view_holds_the_same_and_can_be_filtered(show: Open, story: TimelineSpec) -> None:
    page = show(story)
    page.get_by_role("button", name="List").click()
    entries = page.locator(".cwl-events .cwl-event")
    assert entries.count() == len(STORY)
    assert entries.first.is_visible()
    assert not page.locator(".cwl-band").is_visible()
    page.locator("summary").click()
    page.get_by_label("Find").fill("rising")
    assert [entries.nth(i).is_visible() for i in range(len(STORY))] == [i == 5 for i in range(len(STORY))]
    assert not page.locator(".cwl-period", has_text="March 1953").is_visible()
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("checkbox", name="Korea").uncheck()
    visible = [entries.nth(i).is_visible() for i in range(len(STORY))]
    assert visible.count(False) == 2


def test_filters_in_the_band(show: Open, story: TimelineSpec) -> None:
    page = show(story)
    page.locator("summary").click()
    page.get_by_role("checkbox", name="Inside the Soviet Union").uncheck()
    assert page.locator(".cwl-mark").count() == 5
    assert page.locator(".cwl-matches").inner_text() == "5 of 8 events"
    page.get_by_label("Find").fill("nothing like it")
    assert page.get_by_text("No event fits.").is_visible()
    page.get_by_role("button", name="Show all").click()
    assert page.locator(".cwl-mark").count() == len(STORY)


def test_what_the_author_could_know(show: Open, story: TimelineSpec) -> None:
    page = show(story)
    mark(page, "A secret arrest").click()
    switch = page.get_by_label("What the author could know")
    switch.check()
    secret = ("A secret arrest", "Summary of arrest.", "The armistice")
    said = page.locator("body").inner_text()
    assert [text for text in secret if text in said] == []
    assert "Held back" in page.get_by_role("region", name="Details").inner_text()
    assert page.locator(".cwl-mark").count() == len(STORY)
    hollow = page.locator('.cwl-mark[aria-label="26 June 1953, Inside the Soviet Union, the author could not know it"]')
    assert hollow.count() == 1
    page.get_by_role("button", name="List").click()
    # What is near the window is drawn a moment after the list is shown.
    page.wait_for_function("document.body.innerText.includes('26 June 1953')")
    shown = page.inner_text("body")
    assert not any(text in shown for text in secret)
    assert "26 June 1953" in shown
    assert "Stalin is dead" in shown
    page.locator("summary").click()
    page.get_by_label("Find").fill("secret arrest")
    assert page.locator(".cwl-matches").inner_text() == "0 of 8 events", "a search must not tell what is held back"
    page.get_by_label("Find").fill("")
    switch.uncheck()
    assert "A secret arrest" in page.inner_text("body")


# --- moving ----------------------------------------------------------------------------------------


def test_keyboard_alone(show: Open, story: TimelineSpec) -> None:
    page = show(story)
    for _ in range(12):
        page.keyboard.press("Tab")
        if "Stalin is dead" in focused(page):
            break
    assert focused(page) == "Stalin is dead, 5 March 1953, Inside the Soviet Union"
    steps = {
        "ArrowRight": "An amnesty",
        "ArrowDown": "Prisoners go home",
        "ArrowLeft": "A chance for peace",
        "ArrowUp": "The rising",
        "End": "The armistice",
        "Home": "Stalin",
    }
    for key, title in steps.items():
        page.keyboard.press(key)
        assert focused(page).startswith(title), key
    before = window(page)
    page.keyboard.press("+")
    assert window(page)[0] > before[0]
    assert focused(page).startswith("Stalin")
    page.keyboard.press("-")
    page.keyboard.press("Enter")
    assert "Summary of stalin." in page.get_by_role("region", name="Details").inner_text()
    page.keyboard.press("ArrowRight")
    assert focused(page).startswith("An amnesty")
    page.keyboard.press("Escape")
    assert not page.get_by_role("region", name="Details").is_visible()
    assert page.locator('.cwl-mark[tabindex="0"]').count() == 1


def test_arrows_reach_every_event_even_in_a_crowd(show: Open, course: Course) -> None:
    events = [make_event(f"e{i:02}", f"1953-03-{i // 4 + 1:02}", title=f"Event {i:02}") for i in range(40)]
    page = show(events_spec(course, "x/timeline/events", [*events, make_event("late", "1956-01-01")]))
    page.get_by_role("button", name="Whole timeline").click()
    assert page.locator(".cwl-cluster").count() >= 1
    page.locator(".cwl-mark").first.focus()
    page.keyboard.press("Home")
    for i in range(40):
        assert focused(page).startswith(f"Event {i:02}"), i
        page.keyboard.press("ArrowRight")
    assert focused(page).startswith("Title of late")


def test_clusters_open(show: Open, course: Course) -> None:
    events = [make_event(f"e{i:02}", f"1953-03-{i + 1:02}", title=f"Event {i:02}") for i in range(20)]
    page = show(events_spec(course, "x/timeline/events", [*events, make_event("late", "1956-01-01")]))
    page.get_by_role("button", name="Whole timeline").click()
    cluster = page.locator(".cwl-cluster")
    assert cluster.inner_text() == "20 events"
    cluster.click()
    assert page.locator(".cwl-cluster").count() == 0
    assert mark(page, "Event 19").is_visible()
    assert focused(page).startswith("Event 00")


def test_events_of_one_day_are_listed(show: Open, course: Course) -> None:
    events = [make_event(f"e{i}", "1953-03-05", title=f"Event {i}") for i in range(9)]
    page = show(events_spec(course, "x/timeline/events", [*events, make_event("late", "1953-06-01")]))
    page.locator(".cwl-cluster").click()
    details = page.get_by_role("region", name="Details")
    details.get_by_role("button", name="Event 7").click()
    assert "Summary of e7." in details.inner_text()
    assert mark(page, "Event 7").is_visible()


def test_mouse(show: Open, story: TimelineSpec) -> None:
    page = show(story)
    whole = window(page)[0]
    box = page.locator(".cwl-band").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 20
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    page.wait_for_function(f"document.querySelector('.cwl-line').offsetWidth > {whole}")
    _, before = window(page)
    page.mouse.down()
    page.mouse.move(x - 120, y, steps=4)
    page.mouse.up()
    page.wait_for_function(f"document.querySelector('.cwl-band').scrollLeft > {before} + 80")
    assert not page.get_by_role("region", name="Details").is_visible()
    page.evaluate("document.body.style.paddingBottom = '2000px'")
    wide, _ = window(page)
    page.mouse.wheel(0, 300)
    page.wait_for_function("scrollY > 100")
    assert window(page)[0] == wide, "the plain wheel belongs to the page"
    page.get_by_role("button", name="Whole timeline").click()
    assert window(page)[0] == whole


def test_touch(show: Open, story: TimelineSpec) -> None:
    page = show(story, width=390, has_touch=True)
    page.evaluate("document.body.style.paddingBottom = '2000px'")
    send = page.context.new_cdp_session(page).send
    box = page.locator(".cwl-band").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def touch(kind: str, *points: tuple[float, float]) -> None:
        send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]})

    whole = window(page)[0]
    touch("touchStart", (x - 30, y), (x + 30, y))
    for spread in range(35, 130, 8):
        touch("touchMove", (x - spread, y), (x + spread, y))
    touch("touchEnd")
    page.wait_for_function(f"document.querySelector('.cwl-line').offsetWidth > {whole} * 1.5")
    wide, before = window(page)
    touch("touchStart", (x, y))
    for step in range(1, 12):
        touch("touchMove", (x - step * 10, y))
    touch("touchEnd")
    page.wait_for_function(f"document.querySelector('.cwl-band').scrollLeft > {before} + 20")
    touch("touchStart", (x, y))
    for step in range(1, 12):
        touch("touchMove", (x, y - step * 15))
    touch("touchEnd")
    page.wait_for_function("scrollY > 50")
    assert window(page)[0] == wide, "a finger that scrolls the page must not be caught"


def test_all_is_kept_over_reload(show: Open, story: TimelineSpec) -> None:
    page = show(story)
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Later").click()
    page.locator("summary").click()
    page.get_by_role("checkbox", name="Korea").uncheck()
    page.get_by_label("What the author could know").check()
    mark(page, "The rising").click()
    before = window(page)
    page.reload()
    after = window(page)
    assert after == pytest.approx(before, abs=2)
    assert not page.get_by_role("checkbox", name="Korea").is_checked()
    assert page.get_by_label("What the author could know").is_checked()
    assert "The rising" in page.get_by_role("region", name="Details").inner_text()
    page.get_by_role("button", name="List").click()
    page.reload()
    assert page.get_by_role("button", name="List").get_attribute("aria-pressed") == "true"
    assert not page.locator(".cwl-event", has_text="The armistice").is_visible()


@pytest.mark.parametrize(
    "kept",
    ["[]", '"x"', "{", '{"state":{"window":["a",0],"off":7,"find":9,"open":99,"list":"x"}}', "null", '{"state":3}'],
)
def test_any_kept_state_is_borne(show: Open, story: TimelineSpec, kept: str) -> None:
    page = show(story)
    page.evaluate("kept => localStorage.setItem('coldwar-lessons/2/lesson/timeline/events', kept)", kept)
    page.reload()
    assert page.locator(".cwl-mark").count() == len(STORY)


def test_a_link_to_an_event_opens_it(show: Open, story: TimelineSpec) -> None:
    page = show(story)
    page.goto(f"{page.url}#lesson-timeline-events-rising")
    page.reload()
    assert "Summary of rising." in page.get_by_role("region", name="Details").inner_text()


def test_two_thousand_events_make_few_elements(show: Open, course: Course) -> None:
    page = show(events_spec(course, "x/timeline/events", many(2000)))
    assert 20 < page.locator(".cwl-mark").count() < 200
    for _ in range(6):
        page.get_by_role("button", name="Zoom in").click()
        page.get_by_role("button", name="Later").click()
        assert page.locator(".cwl-mark").count() < 400
    assert page.evaluate("performance.getEntriesByName('cwl-timeline-mounted').length") == 1


def test_the_code_is_small() -> None:
    assert len(gzip.compress((STATIC / "timeline.page.js").read_bytes())) <= 15_000


# --- for everyone ----------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(show: Open, story: TimelineSpec, exercise: TimelineSpec, theme: str) -> None:
    page = show(story, theme=theme)
    page.locator("summary").click()
    mark(page, "The rising").click()
    assert axe_violations(page) == []
    page.get_by_label("What the author could know").check()
    mark(page, "Stalin").hover()
    assert axe_violations(page) == []
    page.get_by_role("button", name="List").click()
    assert axe_violations(page) == []
    page = show(exercise, theme=theme)
    assert axe_violations(page) == []
    page.get_by_label("Place of: An amnesty").select_option("after:stalin")
    page.get_by_label("Place of: A chance for peace").select_option("after:rising")
    page.get_by_role("button", name="Check").click()
    assert axe_violations(page) == []


@pytest.mark.parametrize("width", [320, 390, 640, 1280])
def test_nothing_is_wider_than_the_page_and_targets_are_large_enough(
    show: Open, story: TimelineSpec, exercise: TimelineSpec, width: int
) -> None:
    for spec in (story, exercise):
        page = show(spec, width=width)
        if spec is story:
            page.locator("summary").click()
            mark(page, "Stalin").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert small_targets(page, ".cwl button, .cwl select, .cwl summary, .cwl label:has([type=checkbox])") == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text(show: Open, course: Course, text: str) -> None:
    hostile = make_event("bad", "1953-04-01", title=text, summary=text, significance=text, note=text)
    events = [hostile, make_event("x", "1953-05-01", title="Calm")]
    page = show(events_spec(course, "x/timeline/events", events), width=390)
    assert page.locator(".cwl img, .cwl-stage script").count() == 0
    page.locator(".cwl-mark").first.click()
    assert page.evaluate("document.querySelector('.cwl-details .cwl-title').textContent") == text.strip()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page = show(events_spec(course, "x/timeline/place", events, place=["bad"]), width=390)
    page.locator("select").select_option("before:x")
    page.get_by_role("button", name="Check").click()
    assert text.strip() in page.evaluate("document.querySelector('.cwl-card').textContent")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_readable_without_scripts(show: Open, story: TimelineSpec, exercise: TimelineSpec) -> None:
    page = show(story, java_script_enabled=False)
    text = page.locator("body").inner_text()
    for event in STORY:
        assert event.title in text
        assert event.summary in text
    assert "early July 1953: the author writes" in text
    page = show(exercise, java_script_enabled=False)
    assert page.locator("select, .cwl-button").count() == 0
    page.locator("summary").click()
    assert "Significance of amnesty." in page.locator("body").inner_text()


def test_on_paper_the_list_is_whole(show: Open, story: TimelineSpec, exercise: TimelineSpec) -> None:
    page = show(story)
    page.get_by_label("What the author could know").check()
    page.get_by_role("button", name="List").click()
    page.locator("summary").click()
    page.get_by_label("Find").fill("rising")
    page.emulate_media(media="print")
    for event in STORY:
        assert page.locator(f"#lesson-timeline-events-{event.id}").is_visible()
        assert event.title in page.locator(".cwl-events").inner_text()
    assert not page.locator(".cwl-tools").is_visible()
    page = show(exercise)
    page.emulate_media(media="print")
    assert page.locator(".cwl-gap").first.is_visible()
    assert not page.locator("select").first.is_visible()


# --- placing ---------------------------------------------------------------------------------------


def gap_of(page: Any, title: str) -> str | None:
    card = page.locator(".cwl-card", has_text=title)
    found = card.evaluate("card => card.closest('.cwl-gap')?.dataset.slot ?? null")
    return str(found) if found else None


def test_placing_by_list_and_what_the_order_teaches(show: Open, exercise: TimelineSpec) -> None:
    page = show(exercise)
    assert "27 March 1953" not in page.inner_text("body")
    assert page.get_by_role("button", name="Check").is_disabled()
    page.get_by_label("Place of: An amnesty").select_option("after:stalin")
    page.get_by_label("Place of: A chance for peace").select_option("before:stalin")
    assert gap_of(page, "An amnesty") == "after:stalin"
    assert "Right" not in page.inner_text("body"), "nothing is said before it is asked"
    page.get_by_role("button", name="Check").click()
    amnesty = page.locator(".cwl-card", has_text="An amnesty").inner_text()
    for said in ("Right.", "27 March 1953", "Significance of amnesty.", "C.(53)187"):
        assert said in amnesty
    chance = page.locator(".cwl-card", has_text="A chance for peace").inner_text()
    assert "Not here: it happened later." in chance
    assert "16 April 1953" not in chance
    assert page.get_by_text("1 of 2 in the right place.").first.is_visible()
    page.get_by_label("Place of: A chance for peace").select_option("after:stalin")
    assert "Not here" not in page.inner_text("body")
    page.get_by_role("button", name="Check").click()
    assert page.get_by_text("2 of 2 in the right place.").first.is_visible()


def test_placing_is_kept_over_reload(show: Open, exercise: TimelineSpec) -> None:
    page = show(exercise)
    page.get_by_label("Place of: An amnesty").select_option("after:rising")
    page.get_by_role("button", name="Check").click()
    assert page.get_by_text("Saved in this browser.").is_visible()
    page.reload()
    assert gap_of(page, "An amnesty") == "after:rising"
    assert "Not here: it happened earlier." in page.inner_text("body")
    page.get_by_role("button", name="Show the order").click()
    assert gap_of(page, "An amnesty") == "after:stalin"
    assert "Significance of speech." in page.inner_text("body")
    page.get_by_role("button", name="Start again").click()
    assert gap_of(page, "An amnesty") is None


def test_placing_by_buttons_and_keyboard(show: Open, exercise: TimelineSpec) -> None:
    page = show(exercise)
    page.get_by_role("button", name="Later: An amnesty").focus()
    page.keyboard.press("Enter")
    assert gap_of(page, "An amnesty") == "before:stalin"
    assert focused(page) == "Later: An amnesty", "the focus stays with the card"
    page.keyboard.press("Enter")
    assert gap_of(page, "An amnesty") == "after:stalin"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert gap_of(page, "An amnesty") == "before:stalin"
    assert focused(page) == "Place of: An amnesty"
    assert page.get_by_role("button", name="Earlier: An amnesty").is_disabled()


def test_placing_by_dragging(show: Open, exercise: TimelineSpec) -> None:
    page = show(exercise)
    handle = page.locator(".cwl-card", has_text="An amnesty").locator(".cwl-handle").bounding_box()
    gap = page.locator('[data-slot="after:stalin"]').bounding_box()
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(gap["x"] + 60, gap["y"] + 10, steps=6)
    page.mouse.up()
    assert gap_of(page, "An amnesty") == "after:stalin"
    handle = page.locator(".cwl-card", has_text="An amnesty").locator(".cwl-handle").bounding_box()
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(5, 5, steps=3)
    page.mouse.up()
    assert gap_of(page, "An amnesty") == "after:stalin", "dropped nowhere, a card goes back"


def test_hostile_placing_state_is_borne(show: Open, exercise: TimelineSpec) -> None:
    page = show(exercise)
    page.evaluate(
        "localStorage.setItem('coldwar-lessons/2/lesson/timeline/place', JSON.stringify({state:"
        " {placed: {amnesty: 'nowhere', other: 'after:stalin', speech: ['after:stalin']}, checked: 3}}))"
    )
    page.reload()
    assert gap_of(page, "An amnesty") is None
    assert gap_of(page, "A chance for peace") is None


# --- in a notebook ---------------------------------------------------------------------------------


def test_in_a_notebook(show: Open, story: TimelineSpec, exercise: TimelineSpec) -> None:
    page = show(story)
    render_in_notebook(page, story, {"knowing": True})
    assert page.locator(".view-0 .cwl-mark").count() == len(STORY) == page.locator(".view-1 .cwl-mark").count()
    assert "A secret arrest" not in page.inner_text("body")
    page.locator(".view-0 .cwl-mark").first.click()
    assert "Summary of stalin." in page.locator(".view-0 .cwl-details").inner_text()
    assert page.evaluate("model.get('state').open") == 0
    render_in_notebook(page, exercise, {})
    page.locator(".view-0").get_by_label("Place of: An amnesty").select_option("after:stalin")
    assert page.evaluate("model.get('state').placed") == {"amnesty": "after:stalin"}
    assert page.locator(".view-1 .cwl-gap .cwl-card").count() == 1, "the other view follows"


def test_rendered_before_it_is_shown(show: Open, story: TimelineSpec) -> None:
    page = show(story)
    page.evaluate("document.querySelector('main').style.display = 'none'")
    render_in_notebook(page, story, {}, views=1)
    assert page.locator(".cwl-mark").count() == 0
    page.evaluate("document.querySelector('main').style.display = ''")
    page.wait_for_function(f"document.querySelectorAll('.cwl-mark').length === {len(STORY)}")
