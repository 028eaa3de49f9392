"""From the controls of a screen to boxes and lines for a pen, and from what is folded to what is open."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from coldwar_lessons.content.load import Course
from coldwar_lessons.language import N_, ngettext
from coldwar_lessons.language import gettext as _
from coldwar_lessons.widgets.passage import short_name

from .links import anchor
from .pages import Chapter
from .tree import add_class, drop, filled, find, has, make, put, turn_into, words

#: Parts that only a screen has a use for.
_SCREEN = (
    "cwl-scripted",
    "headerlink",
    "cwl-to-paper",
    "begin",
    "cwl-q-aim",
    "cwl-q-review",
    "cwl-em-label",
    "cwl-saved",
    "downloads",
)
#: What the welcome page says of screens, said of paper.
_HOW_TO = (
    N_("Read with a pen: tick boxes, number what is to be put in order, write on the lines."),
    N_("Hints and answers stand at the end of the book, each answer with a reason for every option. Try first."),
    N_("Numbers such as {short} are paragraph and sentence of {document}; in the text they may be written {id}."),
)
#: How many words a student writes on one line by hand.
_WORDS_A_LINE = 9
_BLOCKS = ("cwl-ps-evidence", "cwl-wd-level", "cwl-label")


def drop_screen_parts(chapter: Chapter, course: Course) -> None:
    """Take out what works only on a screen."""
    body = chapter.body
    for element in [*find(body, *_SCREEN), *body.xpath(".//script | .//button | .//*[@hidden]")]:
        drop(element)
    for element in find(body, "cwl-facts"):
        if has(element, "cwl-static"):
            drop(element)
    example, document = course.paper.example, course.about.document.name
    how_to = [_(text).format(short=short_name(example), id=example, document=document) for text in _HOW_TO]
    for doors in list(find(body, "doors")):
        doors.getparent().replace(doors, make("div", (make("p", text) for text in how_to)))


def open_folds(chapter: Chapter) -> None:
    """What is folded on a screen is open on paper, under its title."""
    for details in chapter.body.xpath(".//details"):
        for summary in details.xpath("./summary"):
            turn_into(summary, "p", class_="fold-title")
        turn_into(details, "div")
        add_class(details, "fold")


def shorten_passages(chapter: Chapter) -> None:
    """Of a passage in a lesson, keep the sentences that it reads and their neighbours: the whole has a chapter."""
    for text in find(chapter.body, "cwl-text"):
        sentences = list(find(text, "cwl-sentence"))
        chosen = [has(one, "cwl-chosen") for one in sentences]
        kept = [any(chosen[max(0, place - 1) : place + 2]) for place in range(len(sentences))]
        for place, sentence in enumerate(sentences):
            if kept[place]:
                continue
            if place == 0 or kept[place - 1]:
                sentence.addprevious(make("span", "· · · ", class_="cwl-left-out"))
            sentence.tail = None
            drop(sentence)


def refer_to_sources(chapter: Chapter) -> None:
    """A lesson's list of full references repeats the chapter on sources, where a book needs it once."""
    for panel in find(chapter.body, "cwl-sources"):
        count = len(panel.xpath(".//li"))
        for child in list(panel):
            drop(child)
        words = ngettext(
            "This lesson rests on {count} work. It is cited where it is used; the full reference stands under "
            "{sources}.",
            "This lesson rests on {count} works. Each is cited where it is used; the full references stand under "
            "{sources}.",
            count,
        )
        link = make("a", _("Sources"), href=f"#{anchor('sources')}")
        put(panel, make("p", filled(words, count=f"{count}", sources=link)))


def set_notes(chapter: Chapter) -> None:
    """Notes on the words of a passage become a list below it; those on words that the lesson does not read go."""
    for glosses in list(find(chapter.body, "cwl-glosses")):
        for gloss in list(find(glosses, "cwl-gloss")):
            if has(gloss, "cwl-gloss-chosen"):
                turn_into(gloss, "li")
            else:
                drop(gloss)
        if len(glosses):
            turn_into(glosses, "ul")
        else:
            drop(glosses)
    for link in find(chapter.body, "cwl-sid"):
        turn_into(link, "span")


def to_pen(chapter: Chapter) -> None:
    """Turn all controls of a chapter into their forms on paper."""
    body = chapter.body
    for options in list(find(body, "cwl-q-options")):
        _list_options(options)
    for pair in find(body, "cwl-q-pair"):
        for slot in list(find(pair, "cwl-q-slot")):
            pair.insert(0, slot)
    # Who writes by hand reads first what counts and how one may begin.
    for side in list(find(body, "cwl-wd-side")):
        side.getparent().insert(0, side)
    _letter_lists(body)
    _draw_rails(body)
    # A verdict is ringed: it needs no box.
    ringed = "ancestor::*[contains(@class, 'cwl-em-verdicts')]"
    for control in body.xpath(f".//select | .//input[@type='range'] | .//input[{ringed}]"):
        drop(control)
    for control in body.xpath(".//input"):
        shapes = {"radio": "pen-circle", "checkbox": "pen-box"}
        _replace(control, make("span", class_=shapes.get(control.get("type", "text"), "pen-blank")))
    for area in body.xpath(".//textarea"):
        _replace(area, make("div", (make("div") for _line in range(_lines(area))), class_="pen-lines"))
    for label in body.xpath(".//label"):
        turn_into(label, "div" if any(has(label, name) for name in _BLOCKS) else "span")
    # A picture has its alternative text itself; a figure round it would be one without, as PDF tags have it.
    for figure in body.xpath(".//figure"):
        turn_into(figure, "div")
        add_class(figure, "figure")
    for caption in body.xpath(".//figcaption"):
        turn_into(caption, "p")
        add_class(caption, "cwl-citation")
    for fieldset in body.xpath(".//fieldset"):
        turn_into(fieldset, "div")
        add_class(fieldset, "question")
    for legend in body.xpath(".//legend"):
        turn_into(legend, "p")
        add_class(legend, "legend")
    for element in body.iter():
        for name in list(element.attrib):
            if name.startswith("data-") and name != "data-to":
                del element.attrib[name]
            if name in {"tabindex", "role", "aria-describedby", "for", "title", "popover"}:
                del element.attrib[name]
            if name == "aria-label" and element.tag not in {"section", "sup"}:
                del element.attrib[name]


def _list_options(options: HtmlElement) -> None:
    """Options become a list; what stands between them stays in its place."""
    listed = make("ul", class_="options")
    for child in list(options):
        if has(child, "cwl-q-how"):
            continue
        item = make("li", class_=child.get("class"))
        for part in list(child.xpath("./label/*")) or [child.text]:
            put(item, part)
        listed.append(item)
        drop(child)
    options.append(listed)


def _letter_lists(body: HtmlElement) -> None:
    for letters in find(body, "cwl-q-chips", "cwl-q-cards"):
        letters.set("type", "A")
        letters.attrib.pop("aria-label", None)
    for plain in find(body, "cwl-q-order", "cwl-cards"):
        turn_into(plain, "ul")
    for gap in find(body, "cwl-gap"):
        add_class(gap, "pen-blank")


def _draw_rails(body: HtmlElement) -> None:
    """Between the dated events of a quiz item, lines to write letters on."""
    for rail in find(body, "cwl-q-rail"):
        turn_into(rail, "ul")
        for place in range(len(rail), -1, -1):
            rail.insert(place, make("li", class_="cwl-gap"))


def _lines(area: HtmlElement) -> int:
    """Lines enough for the words that the task asks for, else for the rows of the field."""
    desk = next(area.iterancestors("section"), None)
    if desk is not None and has(area, "cwl-wd-text"):
        said = " ".join(words(one) for one in find(desk, "cwl-activity-kind"))
        # Such as: aim for 300 to 400 words.
        if numbers := re.findall(r"\d+", said):
            return -(-int(numbers[-1]) // _WORDS_A_LINE)
    return int(area.get("rows") or 3)


def _replace(old: HtmlElement, new: HtmlElement) -> None:
    new.tail = old.tail
    old.getparent().replace(old, new)
