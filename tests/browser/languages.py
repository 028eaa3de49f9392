"""Widgets in the pseudo-language, with content in other letters, and what drives them through their states."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coldwar_lessons import Lesson
from coldwar_lessons.book.desk import hand_in_tree, keep_tree, start_again_tree
from coldwar_lessons.content.inventory import course_inventory
from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.records import COURSE_ID
from coldwar_lessons.markup import h, script_json
from coldwar_lessons.widgets.live import STATIC
from coldwar_lessons.widgets.progress import progress_spec
from coldwar_lessons.widgets.quiz import quiz_spec
from coldwar_lessons.widgets.spec import WidgetSpec
from tests.browser.harness import write_page
from tests.browser.quizzes import every_interaction
from tests.hard_coded import with_other_letters
from tests.pseudo import pseudo

Call = tuple[str, str, tuple[str, ...], Mapping[str, Any]]
#: A cell of a real lesson for each kind of widget.
CALLS: dict[str, Call] = {
    "overview": ("01-a-paper-marked-secret", "overview", (), {}),
    "passage": ("05-testing-the-situation", "passage", ("p3.s9", "fn1.s1"), {}),
    "annotate": ("01-a-paper-marked-secret", "annotate", ("p3.s1", "p4.s3"), {}),
    "timeline": ("08-talks-at-the-top", "timeline", (), {}),
    "place": ("04-three-explanations", "timeline", (), {"place": ["amnesty-decree", "turkey-claims-dropped"]}),
    "writing": ("01-a-paper-marked-secret", "write", ("source-note",), {}),
    "evidence-matrix": ("04-three-explanations", "weigh", ("weigh-three-explanations",), {}),
    "words-of-doubt": ("05-testing-the-situation", "words_of_doubt", ("words-of-doubt",), {}),
    "argument-map": ("05-testing-the-situation", "argument_map", ("map-paragraph-3",), {}),
    "forecast": ("05-testing-the-situation", "forecast", ("forecast-july-1953",), {}),
    "white-out": ("03-gestures", "white_out", ("white-out-gestures",), {}),
    "data-figure": ("02-after-stalin", "figure", ("price-cuts",), {}),
    "claim-against-source": ("07-judging-by-his-press-conference", "compare", ("press-conference",), {}),
    "positions": ("08-talks-at-the-top", "positions", ("positions",), {}),
    "flashcards": ("09-hindsight", "flashcards", (), {}),
}
PROGRESS: Call = ("03-gestures", "progress", (), {})
QUIZZES = ("practice", "tries", "graded")
NAMES = (*CALLS, *QUIZZES)


def spec_in(course: Course, name: str, folder: Path) -> WidgetSpec:
    """A widget of a lesson, or a quiz with every interaction that behaves in one of three ways."""
    if name not in QUIZZES:
        lesson_id, method, given, named = (CALLS | {"progress": PROGRESS})[name]
        shown: WidgetSpec = getattr(Lesson(lesson_id, root=course.root, folder=folder), method)(*given, **named).spec
        return shown
    quiz = with_other_letters(every_interaction()).model_copy(update={"behaviour": name})
    if name == "tries":
        quiz = quiz.model_copy(update={"tries": 3, "penalty": 0.25})
    return quiz_spec(course, quiz, f"l/quiz/{name}")


def write_work_page(folder: Path, course: Course) -> Path:
    """Write a page on which work is counted, saved, loaded, handed in and begun afresh, as the book has it."""
    lessons = course_inventory(course)
    page = write_page(folder, progress_spec(lessons, {}, "progress", alone=False), title="Ж")
    inventory = {"course": COURSE_ID, "version": "1", "lessons": [lesson.to_json() for lesson in lessons]}
    (folder / "_static" / "inventory.js").write_text(f"globalThis.coldwarInventory={script_json(inventory)};", "utf-8")
    shutil.copy(STATIC / "work.css", folder / "_static")
    line = h("div", h("p", h("a", href="#"), class_="work-line"), data_work="line", data_work_lesson=lessons[2].id)
    desks = "".join(one.to_html() for one in (line, keep_tree(), hand_in_tree(lessons), start_again_tree(lessons)))
    files = '<script defer src="_static/inventory.js"></script><link rel="stylesheet" href="_static/work.css">'
    # As the book's own sheet and its pages have it.
    files += "<style>* { box-sizing: border-box }</style>"
    text = (
        page.read_text("utf-8")
        .replace("</head>", f"{files}</head>")
        .replace("</main>", f"{desks}</main>")
        .replace("</h1>", "</h1><h2>Ж</h2>")
    )
    # The inventory comes before the scripts that ask for it.
    page.write_text(text.replace(files, "").replace("<script defer", f"{files}<script defer", 1), "utf-8")
    return page


#: Keeps every text that the page ever shows or reads aloud.
GATHER = """
window.said = new Set();
const ATTRIBUTES = ["aria-label", "aria-description", "aria-valuetext", "title", "alt", "placeholder", "label"];
const UNREAD = "script, style, noscript";
window.gather = (node) => {
  if (node.nodeType === Node.TEXT_NODE) {
    if (!node.parentElement?.closest(UNREAD)) said.add(node.data);
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(UNREAD)) return;
  for (const name of ATTRIBUTES) if (node.hasAttribute(name)) said.add(node.getAttribute(name));
  const held = node.style?.getPropertyValue("--cwl-held");
  if (held) said.add(JSON.parse(held));
  node.childNodes.forEach(gather);
};
new MutationObserver((records) => {
  for (const { target, addedNodes, type } of records) {
    if (type === "childList") addedNodes.forEach(gather);
    else gather(target);
  }
}).observe(document, { subtree: true, childList: true, characterData: true, attributeFilter: ATTRIBUTES });
"""

#: Answers everything in the same way, then presses every button once, whatever is shown of it.
DRIVE = """async (round) => {
  const all = (selector) => [...document.querySelectorAll(`main ${selector}`)];
  const tell = (one, ...types) => types.forEach((type) => one.dispatchEvent(new Event(type, { bubbles: true })));
  const press = (one, key) => one.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const breathe = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  if (round > 0) {
    const groups = [...Map.groupBy(all("input[type=radio]"), (one) => one.name).values()];
    for (const [at, group] of groups.entries()) group[(round - 1 + (round > 2 ? at : 0)) % group.length].click();
    for (const box of all("input[type=checkbox]:not(.cwl-filters *)")) box.click();
    for (const [at, select] of all("select").entries()) {
      select.selectedIndex = (round + (round > 1 ? at : 0)) % select.options.length;
      tell(select, "change");
    }
    for (const area of all("textarea, input[type=text], input[type=search]")) {
      area.value = "яя ".repeat([0, 1, 150, 7, 900][round]).trim();
      tell(area, "focus", "input", "change");
    }
    for (const [at, slider] of all("input[type=range]").entries()) {
      slider.value = [0, 8 + 13 * at, 50, at % 2 ? 99 : 62, 100][round];
      tell(slider, "input", "change");
    }
    // Of words that can be pressed, some in each paragraph.
    for (const [at, word] of all(".cwl-w").entries()) if (at % 41 === round) word.click();
  }
  for (const node of all(".cwl-am-node")) node.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  for (const token of all(".cwl-ps-token")) {
    for (const key of ["ArrowLeft", "ArrowUp"]) press(token, key);
    token.click();
    document.querySelector(".cwl-ps-plot").click();
  }
  for (const word of all(".cwl-w").slice(0, 1)) press(word, String(round + 1));
  await breathe();
  for (const button of all("button:not(.cwl-w), .cwl-mark, a[role=button], a.cwl-term, a.cwl-sid")) {
    if (button.isConnected && !button.disabled) button.click();
    await breathe();
  }
  for (let card = 0; round === 4 && card < 90; card += 1) {
    for (const button of all(".cwl-flash-turn, .cwl-flash-grading button:last-child")) button.click();
  }
  await breathe(30);
}"""
ROUNDS = range(5)


def drive(page: Any) -> None:
    """Bring a widget through its states, in the end one in which nothing can be kept."""
    for turn in ROUNDS:
        page.evaluate(DRIVE, turn)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('forbidden') } }")
    page.evaluate(DRIVE, 1)
    page.evaluate("gather(document.documentElement)")


def load_files(page: Any, field: str, answer: str, *files: object) -> None:
    """Choose files one after the other; each brings another answer."""
    for file in files:
        before = page.locator(answer).first.text_content()
        buffer = (file if isinstance(file, str) else json.dumps(file)).encode()
        page.locator(field).first.set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": buffer})
        page.wait_for_function(
            "([answer, before]) => ![null, '', before].includes(document.querySelector(answer).textContent)",
            arg=[answer, before],
        )


def said_on(page: Any) -> set[str]:
    """Every text that the page has shown or read aloud."""
    return set(page.evaluate("[...said]"))


def is_among(message: str, texts: set[str]) -> bool:
    """Whether a message of the catalogue, with anything in its places, is in one of the texts."""
    parts = re.split(r"\{\w+\}", pseudo(message))
    return any(_holds(parts, text) for text in texts)


def _holds(parts: list[str], text: str) -> bool:
    at = 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


#: What is wrong with where things stand: wider than the page, cut off, one over another.
LAYOUT = """() => {
  const width = document.documentElement.clientWidth;
  const faults = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > width) faults.push(`the page is ${scrollWidth} px wide`);
  const name = (one) => `${one.tagName} ${one.className} ${(one.innerText || one.value || "").slice(0, 30)}`;
  // The words of the document run together as words do, and what is drawn is scrolled or moved about.
  const apart = ".cwl-band, .cwl-ps-plot, .cwl-typed-words, .cwl-hidden, .cwl-text";
  const controls = [...document.querySelectorAll("main :is(button, input, select, textarea, summary)")].filter(
    (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !one.closest(apart),
  );
  const placed = controls.map((one) => [one, one.getBoundingClientRect()]);
  const boxes = placed.filter(([, box]) => box.width > 1 && box.height > 1);
  for (const [one, box] of boxes) {
    if (box.left < -1 || box.right > width + 1) faults.push(`${name(one)} is beyond the edge`);
    if (one.matches("button") && one.scrollWidth > one.clientWidth + 1) faults.push(`${name(one)} is cut off`);
  }
  for (const [at, [one, a]] of boxes.entries()) {
    for (const [other, b] of boxes.slice(at + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 2 && down > 2) faults.push(`${name(one)} and ${name(other)} lie over each other`);
    }
  }
  return faults;
}"""
