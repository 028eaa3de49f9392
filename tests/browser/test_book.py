"""The built book in a real browser, served with a strict policy and cut off from every other host."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from coldwar_lessons.book.verify import toc_pages
from coldwar_lessons.content.load import content_root, load_course
from tests.browser.conftest import Visit
from tests.browser.harness import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.book]

PAGES = [page for _, page in toc_pages(content_root())]
LESSONS = [page for page in PAGES if page.startswith("notebooks/")]
EVERY_PAGE = [*PAGES, "search.html", "404.html"]
LESSON = LESSONS[0]
BUDGET = 200 * 1024


# --- every page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_axe_finds_nothing_light_or_dark(visit: Visit, path: str) -> None:
    page = visit.page(path, bypass_csp=True, reduced_motion="reduce")
    page.wait_for_load_state("load")
    light = axe_violations(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => document.documentElement.dataset.theme === 'dark'")
    assert (light, axe_violations(page)) == ([], [])


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_a_page_weighs_little(visit: Visit, book: Path, path: str) -> None:
    asked: list[str] = []
    context = visit.context()
    page = visit.watched(context)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(visit.url + path)
    page.wait_for_load_state("networkidle")
    # The browser asks for the favicon once a book, headless not at all; it is counted on every page.
    files = {urlsplit(url).path.lstrip("/") or "index.html" for url in asked} | {"_static/favicon.svg"}
    sizes = {name: len(gzip.compress((book / name).read_bytes(), 6)) for name in files}
    if path == "search.html":
        sizes.pop("_static/search-data.js")  # what the search knows is fetched on this page alone
    assert sum(sizes.values()) <= BUDGET, sizes


@pytest.mark.parametrize("path", ["index.html", LESSON, "book/timeline.html", "book/for-teachers.html"])
def test_nothing_moves_when_a_page_comes_to_life_on_a_phone(visit: Visit, path: str) -> None:
    page = visit.page(path, viewport={"width": 390, "height": 844}, has_touch=True)
    page.wait_for_load_state("networkidle")
    moved = page.evaluate(
        """() => new Promise(told => {
          new PerformanceObserver(list => told(list.getEntries().reduce((sum, one) => sum + one.value, 0)))
            .observe({type: "layout-shift", buffered: true});
          setTimeout(() => told(0), 500);
        })"""
    )
    assert moved == 0


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_scrolls_sideways(visit: Visit, width: int) -> None:
    context = visit.context(viewport={"width": width, "height": 800})
    page = visit.watched(context)
    too_wide = []
    for path in PAGES:
        page.goto(visit.url + path)
        over = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            too_wide.append((path, over))
    assert too_wide == []


@pytest.mark.parametrize("path", PAGES)
def test_paper_clips_nothing(visit: Visit, path: str) -> None:
    # A4 less its margins is 170 mm wide, 643 px at 96 dpi.
    page = visit.page(path, viewport={"width": 643, "height": 900})
    page.emulate_media(media="print")
    clipped = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter((element) => {
          const box = element.getBoundingClientRect();
          if (box.width === 0 || box.height === 0 || element.closest('.cwl-hidden, svg')) return false;
          const style = getComputedStyle(element);
          // An ellipsis is meant: the words stand in full nearby.
          const hides = style.textOverflow !== 'ellipsis' && style.overflowX !== 'visible'
            && element.scrollWidth > element.clientWidth + 1
            && !['INPUT', 'SELECT', 'TEXTAREA'].includes(element.tagName);
          return hides || box.right > window.innerWidth + 1;
        }).map((element) => element.outerHTML.slice(0, 160))"""
    )
    assert clipped == []
    for gone in (".contents", ".find", ".tool", ".onward"):
        assert not page.locator(gone).first.is_visible()
    for kept in (".wordmark", "h1"):
        assert page.locator(kept).first.is_visible()


def test_a_lesson_prints(visit: Visit) -> None:
    page = visit.page(LESSON)
    pdf = page.pdf(format="A4", prefer_css_page_size=True, print_background=True)
    assert 4 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 40


# --- without scripts -------------------------------------------------------------------------------


# Text that is skipped while it is off screen (content-visibility) is not in innerText, yet it is shown.
_SHOWN = """(root) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const shown = [];
  while (walker.nextNode()) {
    const { data, parentElement: parent } = walker.currentNode;
    if (!parent.closest('script, style, noscript') && parent.checkVisibility()) shown.push(data);
  }
  return shown.join('');
}"""


@pytest.mark.parametrize("path", LESSONS)
def test_a_lesson_is_whole_without_scripts(visit: Visit, path: str) -> None:
    course = load_course()
    lesson = course.lessons[Path(path).stem]
    page = visit.page(path, java_script_enabled=False)
    text = _folded(page.locator("main").evaluate(_SHOWN))
    chosen = page.locator(".cwl-passage .cwl-chosen").evaluate_all("(all) => all.map((one) => one.dataset.sentence)")
    assert set(chosen) <= set(lesson.sentences)
    assert chosen
    for sentence_id in chosen:
        assert _folded(course.sentence(sentence_id).text) in text, sentence_id
    for quiz in lesson.quizzes:
        for item in course.quizzes[quiz].items:
            assert _folded(item.prompt) in text, item.id
            assert page.locator(f'[data-item="{item.id}"]').is_visible()
    for task in lesson.writing:
        assert _folded(task.prompt) in text
    assert page.locator('.cwl-writing textarea[id$="-text"]').first.is_visible()
    assert page.locator("#contents").is_visible()
    assert not page.locator(".scripted").first.is_visible()


def test_the_paper_and_the_timeline_are_whole_without_scripts(visit: Visit) -> None:
    course = load_course()
    paper = visit.page("book/the-paper.html", java_script_enabled=False)
    text = _folded(paper.locator("main").evaluate(_SHOWN))
    for sentence in course.paper.sentences():
        assert _folded(sentence.text) in text
    timeline = visit.page("book/timeline.html", java_script_enabled=False)
    text = _folded(timeline.locator("main").evaluate(_SHOWN))
    for event in course.events.values():
        assert _folded(event.title) in text
        assert _folded(event.summary) in text


def test_the_search_says_that_it_needs_scripts(visit: Visit) -> None:
    page = visit.page("search.html?q=Korea", java_script_enabled=False)
    assert "needs scripts" in page.locator("main").inner_text()


# --- finding the way -------------------------------------------------------------------------------


def test_the_first_page_leads_to_the_first_lesson_and_back(visit: Visit) -> None:
    page = visit.page()
    assert page.url == visit.url
    page.get_by_role("link", name="Begin with the first lesson").click()
    page.wait_for_url(f"**/{LESSON}")
    page.get_by_role("link", name="Four Months after Stalin").click()
    page.wait_for_url(visit.url + "index.html")


def test_next_leads_through_the_whole_book(visit: Visit) -> None:
    page = visit.page()
    seen = [urlsplit(page.url).path.lstrip("/") or "index.html"]
    while (onward := page.locator(".onward-next")).count():
        onward.click()
        page.wait_for_load_state("load")
        seen.append(urlsplit(page.url).path.lstrip("/"))
    assert seen == PAGES


def test_the_search_finds_the_place(visit: Visit) -> None:
    page = visit.page()
    page.get_by_label("Search the book").first.fill("pinpricks")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=pinpricks")
    assert re.match(r"(One place|\d+ places) found", page.locator("#search-status").inner_text())
    sentence = page.get_by_role("link", name="The paper: 4.4")
    assert sentence.get_attribute("href") == "book/the-paper.html#p4.s4"
    assert page.locator("#search-results mark").first.is_visible()
    page.locator("#q").fill("pinpricks xyzzy")
    page.get_by_text("Nothing found.").wait_for()
    page.locator("#q").fill("Hammarskjold")
    page.locator("#search-results li", has_text="Hammarskjöld").first.wait_for()
    page.locator("#q").fill("<b>(")
    page.get_by_text("places found").wait_for()
    page.locator("#q").fill("pinpricks")
    sentence.click()
    page.wait_for_url("**/book/the-paper.html#p4.s4")


def test_the_search_works_from_the_disk(visit: Visit, book: Path) -> None:
    page = visit.watched(visit.context())
    page.goto((book / "search.html").as_uri() + "?q=pinpricks")
    page.get_by_role("link", name="The paper: 4.4").wait_for()


def test_every_event_that_the_search_finds_is_shown(visit: Visit) -> None:
    page = visit.page("search.html?q=Potsdam victors")
    page.locator('#search-results a[href^="book/timeline.html#"]').first.click()
    page.wait_for_url("**/book/timeline.html#*")
    page.get_by_text("In a palace outside Berlin").first.wait_for()


def test_a_missing_address_leads_back(visit: Visit) -> None:
    page = visit.page("a/deep/address/that-is-not-there.html")
    visit.faults[:] = [fault for fault in visit.faults if "that-is-not-there" not in fault]
    assert page.get_by_role("heading", level=1).inner_text() == "This page is not in the file"
    assert page.evaluate("() => getComputedStyle(document.querySelector('.masthead')).display") == "flex"
    page.get_by_role("link", name="the paper", exact=True).click()
    page.wait_for_url(visit.url + "book/the-paper.html")


def test_contents_open_on_a_phone(visit: Visit) -> None:
    page = visit.page(LESSON, viewport={"width": 390, "height": 844}, has_touch=True)
    contents = page.locator("#contents")
    assert not contents.is_visible()
    page.get_by_role("button", name="Contents").click()
    assert contents.is_visible()
    page.keyboard.press("Escape")
    assert not contents.is_visible()
    page.get_by_role("button", name="Contents").click()
    contents.get_by_role("link", name="Check your reading").click()
    assert not contents.is_visible()
    assert page.url.endswith("#check-your-reading")
    page.get_by_role("button", name="Contents").click()
    contents.get_by_role("link", name="Timeline").click()
    page.wait_for_url("**/book/timeline.html")


def test_the_section_being_read_is_marked(visit: Visit) -> None:
    page = visit.page(LESSON)
    page.evaluate("() => document.getElementById('whose-intention').scrollIntoView()")
    page.locator('.sections a[aria-current="true"]', has_text="Whose intention?").wait_for()


def test_the_choice_of_colours_is_kept(visit: Visit) -> None:
    context = visit.context(color_scheme="dark")
    page = visit.watched(context)
    page.goto(visit.url)
    theme = "() => document.documentElement.dataset.theme"
    button = page.get_by_role("button", name="Colours:")
    assert (page.evaluate(theme), button.inner_text()) == ("dark", "Colours: automatic")
    button.click()
    assert (page.evaluate(theme), button.inner_text()) == ("light", "Colours: light")
    page.goto(visit.url + LESSON)
    assert page.evaluate(theme) == "light"
    button.click()
    button.click()
    assert (page.evaluate(theme), button.inner_text()) == ("dark", "Colours: automatic")


# --- by keyboard -----------------------------------------------------------------------------------

_FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const within = box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0;
  return { outlined, within, html: element.outerHTML.slice(0, 140) };
}"""


@pytest.mark.parametrize("path", ["index.html", LESSON, "book/the-paper.html", "search.html"])
def test_the_keyboard_reaches_the_end_and_focus_is_seen(visit: Visit, path: str) -> None:
    page = visit.page(path, reduced_motion="reduce")
    page.keyboard.press("Tab")
    if path != "404.html":
        assert "Skip to the text" in page.evaluate(_FOCUSED)["html"]
    unseen, count = [], 0
    while (focused := page.evaluate(_FOCUSED)) and count < 900:
        if not (focused["outlined"] and focused["within"]):
            unseen.append(focused["html"])
        page.keyboard.press("Tab")
        count += 1
    assert unseen == []
    assert 10 < count < 900


def test_the_skip_link_leads_to_the_text(visit: Visit) -> None:
    page = visit.page(LESSON)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"


# --- widgets in the book -----------------------------------------------------------------------------


def test_answers_outlive_a_reload(visit: Visit) -> None:
    page = visit.page(LESSON)
    quiz = page.locator(".cwl-quiz.cwl-live")
    quiz.get_by_role("button", name="Show all questions").click()
    choice = quiz.locator('[data-interaction="choice"]').first
    radio = choice.locator('input[type="radio"]').nth(1)
    radio.check()
    choice.get_by_role("button", name="Check").click()
    page.reload()
    assert choice.locator('input[type="radio"]').nth(1).is_checked()
    writing = page.locator('.cwl-writing textarea[id$="-text"]').first
    writing.fill("The sheet itself tells us that it was secret.")
    page.locator(".cwl-writing .cwl-saved", has_text="Saved in this browser.").first.wait_for()
    page.reload()
    page.wait_for_load_state("load")
    assert writing.input_value() == "The sheet itself tells us that it was secret."


def test_what_the_author_could_know_outlives_a_reload(visit: Visit) -> None:
    page = visit.page("book/timeline.html")
    switch = page.get_by_label("What the author could know")
    switch.check()
    page.reload()
    assert switch.is_checked()


def test_a_sentence_of_a_passage_can_be_followed_to_the_paper(visit: Visit) -> None:
    page = visit.page(LESSON)
    page.get_by_role("link", name="Read the whole paper with its notes").first.click()
    page.wait_for_url("**/book/the-paper.html")
    page.goto(visit.url + "book/the-paper.html#p4.s8")
    assert page.locator('[id="p4.s8"]').evaluate("(element) => element.matches(':target')")


@pytest.mark.parametrize("path", LESSONS)
def test_every_widget_comes_to_life(visit: Visit, path: str) -> None:
    page = visit.page(path)
    page.wait_for_load_state("load")
    still = page.locator(".cwl-host > .cwl:not(.cwl-live)")
    assert still.evaluate_all("(all) => all.map((one) => one.className)") == []


def _folded(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold()
