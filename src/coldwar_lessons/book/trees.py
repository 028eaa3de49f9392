"""What a page shows of the whole course: people, terms, lessons, and which lesson reads which sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Lesson, Person, Term
from coldwar_lessons.content.questions import skill_name
from coldwar_lessons.language import commas, ngettext, pgettext
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Child, Element, h, phrase, row
from coldwar_lessons.widgets.citing import cite_links
from coldwar_lessons.widgets.panels import time_of
from coldwar_lessons.widgets.passage import short_name


def people_tree(course: Course) -> Element:
    """Everybody in or around the paper, in alphabetical order."""
    people = sorted(course.people.values(), key=lambda person: person.sort_name.casefold())
    return h("dl", (_person(course, person) for person in people), class_="cwl-page cwl-people")


def _person(course: Course, person: Person) -> Element:
    return h(
        "div",
        h("dt", h("b", person.name), h("span", f" {person.country}", class_="cwl-country")),
        h(
            "dd",
            h("p", person.office, class_="cwl-office"),
            h("p", person.role, _in_sentences(course, person.sentences), None if person.verified else _not_verified()),
            h("p", person.note, class_="cwl-doubt") if person.note else None,
            h("p", cite_links(course, person.sources), class_="cwl-cites"),
        ),
        id=f"person-{person.id}",
        class_="cwl-entry",
    )


def terms_tree(course: Course) -> Element:
    """Every term, in alphabetical order."""
    terms = sorted(course.terms.values(), key=lambda term: term.term.casefold())
    return h("dl", (_term(course, term) for term in terms), class_="cwl-page cwl-glossary")


def _term(course: Course, term: Term) -> Element:
    # i18n: other names of a term.
    also = _("also: {names}").format(names=commas(term.aliases)) if term.aliases else None
    return h(
        "div",
        h("dt", h("b", term.term), h("span", " ", also, class_="cwl-also") if also else None),
        h(
            "dd",
            h(
                "p",
                term.definition,
                _in_sentences(course, _sentences_with(course, term.in_paper)) if term.in_paper else None,
                None if term.verified else _not_verified(),
            ),
            h("p", term.note, class_="cwl-doubt") if term.note else None,
            h("p", cite_links(course, term.sources), class_="cwl-cites"),
        ),
        id=f"term-{term.id}",
        class_="cwl-entry",
    )


def lessons_tree(course: Course, published: Collection[str]) -> Element:
    """The lessons that the book holds, each with its question and its minutes."""
    lessons = [lesson for lesson in course.lessons.values() if lesson.id in published]
    return h("ol", (_lesson(lesson) for lesson in lessons), class_="cwl-page cwl-lessons")


def _lesson(lesson: Lesson) -> Element:
    return h(
        "li",
        h("span", f"{lesson.number}", class_="cwl-lesson-number", aria_hidden="true"),
        h(
            "div",
            h("a", lesson.title, href=_page_of(lesson)),
            h("p", lesson.question, class_="cwl-lesson-question"),
            h("p", _facts(lesson), class_="cwl-lesson-facts"),
        ),
        value=lesson.number,
    )


def _facts(lesson: Lesson) -> str:
    skills = dict.fromkeys(skill_name(objective.skill) for objective in lesson.objectives)
    return f"{time_of(lesson)} · {commas(skills)}"


def coverage_tree(course: Course, published: Collection[str]) -> Element:
    """Which lesson reads which sentence, and how many quiz items rest on it there."""
    lessons = [lesson for lesson in course.lessons.values() if lesson.id in published]
    header = h(
        "tr",
        h("th", _("Sentence"), scope="col"),
        # i18n: head of a column: the first words of the sentence.
        h("th", _("begins"), scope="col"),
        (
            h("th", h("a", f"{lesson.number}", href=_page_of(lesson), aria_label=_named(lesson)), scope="col")
            for lesson in lessons
        ),
    )
    rows = [_coverage_row(course, sentence.id, sentence.text, lessons) for sentence in course.paper.sentences()]
    table = h(
        "table",
        h(
            "caption",
            _(
                "Sentences of {document} by lesson. A dot: the lesson reads the sentence. "
                "The figure: so many quiz items of the lesson rest on it."
            ).format(document=course.about.document.name),
        ),
        h("thead", header),
        h("tbody", rows),
        class_="cwl-coverage",
    )
    return h(
        "div",
        table,
        class_="cwl-page cwl-scroll",
        tabindex="0",
        role="region",
        aria_label=_("Sentences of {document} by lesson").format(document=course.about.document.name),
    )


def _coverage_row(course: Course, sentence_id: str, text: str, lessons: Iterable[Lesson]) -> Element:
    return h(
        "tr",
        h("th", h("a", short_name(sentence_id), href=f"../book/the-paper.html#{sentence_id}"), scope="row"),
        h("td", f"{' '.join(text.split()[:5])} …", class_="cwl-begins"),
        (_coverage_cell(course, sentence_id, lesson) for lesson in lessons),
    )


def _coverage_cell(course: Course, sentence_id: str, lesson: Lesson) -> Element:
    items = sum(
        sentence_id in item.sentences
        for quiz in lesson.quizzes
        if quiz in course.quizzes
        for item in course.quizzes[quiz].items
    )
    reads = sentence_id in lesson.sentences
    if not reads and not items:
        return h("td")
    return h(
        "td",
        h("span", pgettext("by a lesson", "read"), class_="cwl-hidden") if reads else None,
        h("span", "●" if reads else "○", aria_hidden="true"),
        _items(items) if items else None,
    )


def _items(count: int) -> list[Child]:
    # The number alone is seen.
    before, _number, after = ngettext("{count} item", "{count} items", count).partition("{count}")
    around = [h("span", text, class_="cwl-hidden") if text else None for text in (before, after)]
    return [" ", around[0], f"{count}", around[1]]


def _named(lesson: Lesson) -> str:
    return f"{lesson.number}: {lesson.title}"


def _page_of(lesson: Lesson) -> str:
    return f"../notebooks/{lesson.id}.html"


def _sentences_with(course: Course, words: str) -> tuple[str, ...]:
    return tuple(sentence.id for sentence in course.paper.sentences() if words in sentence.text)


def _in_sentences(course: Course, ids: Collection[str]) -> list[Element | str]:
    if not ids:
        return []
    links = (h("a", short_name(one), href=f"../book/the-paper.html#{one}", class_="sentence") for one in ids)
    words = _("In {document}: {sentences}.")
    return [" ", *phrase(words, document=course.about.document.name, sentences=row(links, "commas"))]


def _not_verified() -> Element:
    return h("em", " ", _("Not verified."), class_="cwl-doubt")
