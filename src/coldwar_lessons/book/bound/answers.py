"""Hints and answers, moved from beside the questions to appendices, with the way there and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from coldwar_lessons.language import N_
from coldwar_lessons.language import gettext as _

from .links import anchor, page_reference
from .pages import Chapter
from .tree import drop, find, has, make, words

#: What the folded part of an activity is called, by the kind of its widget.
_UNTITLED = {"timeline": N_("Place the events in time")}


@dataclass
class Appendix:
    """Hints or answers of the whole book.

    Attributes
    ----------
    name, title
        Of the chapter.
    opening
        Its first paragraph.
    sections
        One for each chapter that has any.
    """

    name: str
    title: str
    opening: str
    sections: list[HtmlElement] = field(default_factory=list)

    def add(self, chapter: Chapter, blocks: list[HtmlElement]) -> None:
        """Add what was taken out of one chapter."""
        if blocks:
            # i18n: heading of the answers of a lesson.
            numbered = _("Lesson {number}: {title}").format(number=chapter.number, title=chapter.title)
            title = numbered if chapter.number else chapter.title
            anchors = anchor(self.name, chapter.name)
            self.sections.append(make("section", make("h2", title), blocks, id=anchors, class_="answers"))

    def chapter(self) -> Chapter:
        """The appendix as a chapter."""
        body = make("article", make("section", make("h1", self.title), make("p", self.opening), self.sections))
        return Chapter(self.name, f"{self.name}.html", self.title, _("At the end"), None, body)


def take_answers(chapters: Iterable[Chapter]) -> tuple[Chapter, ...]:
    """Move the hints and answers of all chapters into two appendices; where they stood, a reference stays.

    Returns
    -------
    tuple
        The appendices, without those that would be empty.
    """
    hints = Appendix(
        "hints", _("Hints"), _("A hint is a question back. Read one, go back to the words, and try again.")
    )
    answers = Appendix(
        "answers",
        _("Answers"),
        _(
            "The answer to each practice question, with a reason for every option, and how this edition reads what has "
            "no one answer. Its readings can be argued with: look at the words first."
        ),
    )
    for chapter in chapters:
        found = [_of_widget(chapter, host, number) for number, host in enumerate(find(chapter.body, "cwl-host"), 1)]
        hints.add(chapter, [block for block, _answer in found if block is not None])
        answers.add(chapter, [block for _hint, block in found if block is not None])
    return tuple(one.chapter() for one in (hints, answers) if one.sections)


def _of_widget(chapter: Chapter, host: HtmlElement, number: int) -> tuple[HtmlElement | None, HtmlElement | None]:
    title = next((words(one) for one in find(host, "cwl-quiz-title", "cwl-activity-title")), None)
    untitled = _UNTITLED.get(host.get("data-cwl-kind", ""))
    title = title or (_(untitled) if untitled else "")
    base = f"{chapter.name}-{number}"
    if host.get("data-cwl-kind") == "quiz":
        return _of_quiz(host, title, base)
    return None, _of_activity(host, title, base)


def _of_quiz(quiz: HtmlElement, title: str, base: str) -> tuple[HtmlElement | None, HtmlElement | None]:
    hints, answers = [], []
    for item in find(quiz, "cwl-q-item"):
        number = next(words(one) for one in find(item, "cwl-q-item-number"))
        prompt = next(words(one) for one in find(item, "cwl-q-item-prompt"))
        facts = next(find(item, "cwl-q-item-facts"))
        back = item.get("id")
        folded = [one for one in item.xpath("./details") if has(one, "cwl-q-hint")]
        if folded:
            place = anchor("hints", f"{base}-{number}")
            texts = [part for one in folded for part in _inside(one)]
            hints.append(make("div", _to_question(number, back), texts, id=place, class_="hint"))
            facts.append(_reference(" · ", _("hint"), place))
        for one in item.xpath("./details"):
            if has(one, "cwl-q-answer"):
                place = anchor("answers", f"{base}-{number}")
                head = make("p", _to_question(number, back), " ", make("span", prompt), class_="answer-to")
                answers.append(make("div", head, _inside(one), id=place, class_="answer"))
                facts.append(_reference(" · ", _("answer"), place))
        for one in item.xpath("./details"):
            drop(one)
    return _block(title, hints), _block(title, answers)


def _of_activity(host: HtmlElement, title: str, base: str) -> HtmlElement | None:
    folded = list(find(host, "cwl-reveal", "cwl-answers"))
    if not folded:
        return None
    place = anchor("answers", base)
    entries = []
    for details in folded:
        head = make("p", make("span", _context(details)), class_="answer-to")
        entries.append(make("div", head, _inside(details), class_="answer"))
        drop(details)
    section = host.xpath("./section")[0]
    section.set("id", section.get("id") or anchor("widget", base))
    section.append(make("p", _reference("", _("How this edition reads it"), place), class_="to-answers"))
    back = make("a", _("Back"), page_reference(section.get("id"), _(" to p. {page}")), href=f"#{section.get('id')}")
    head = (make("h3", title), make("p", back, class_="way-back"))
    return make("div", head, make("div", entries, class_="entries"), id=place)


def _block(title: str, entries: list[HtmlElement]) -> HtmlElement | None:
    return make("div", make("h3", title), make("div", entries, class_="entries")) if entries else None


def _to_question(number: str, target: str | None) -> HtmlElement:
    return make("a", number, href=f"#{target}", class_="answer-number") if target else make("b", number)


def _reference(before: str, text: str, target: str) -> HtmlElement:
    return make(
        "span", before, make("a", text, page_reference(target, _(" p. {page}")), href=f"#{target}"), class_="to-answer"
    )


def _inside(details: HtmlElement) -> list[HtmlElement]:
    """What a folded part holds, without its summary."""
    return [child for child in details if child.tag != "summary"]


def _context(details: HtmlElement) -> str:
    """What a folded answer answers: the question, statement or row that it stands in, else its own title."""
    for holder in details.iterancestors("fieldset", "li", "tbody"):
        if holder.tag == "fieldset":
            return words(holder.xpath("./legend")[0])
        if holder.tag == "tbody":
            return words(holder.xpath(".//th")[0])
        if statements := list(find(holder, "cwl-cs-statement")):
            return words(statements[0].xpath("./p")[0])
    return words(details.xpath("./summary")[0])
