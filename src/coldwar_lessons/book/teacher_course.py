"""What the pages for teachers show of the whole course: banks, questions by board, and things to print."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from coldwar_lessons.content.dates import date_range, describe_date, month_name
from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Block, Footnote, Lesson, Paragraph
from coldwar_lessons.content.teaching import TeacherNotes
from coldwar_lessons.language import gettext as _
from coldwar_lessons.language import listed
from coldwar_lessons.markup import Element, h

from .teacher_parts import READING_KINDS, misconception_card, prose, reading_card, section, table

_BOARDS = ("OCR", "AQA", "Edexcel", "AP", "IB")


def notes_in_order(course: Course) -> Iterator[tuple[Lesson, TeacherNotes]]:
    """Lessons with their notes, in the order of the course."""
    return ((lesson, course.teacher[name]) for name, lesson in course.lessons.items() if name in course.teacher)


def close_reading_tree(course: Course) -> Element:
    """All words to stop at, by what they do."""
    groups = []
    for kind, heading in READING_KINDS.items():
        found = [one for _lesson, notes in notes_in_order(course) for one in notes.close_reading if one.kind == kind]
        order = {name: index for index, name in enumerate(course.sentence_ids())}
        cards = (reading_card(course, one) for one in sorted(found, key=lambda one: order[one.sentence]))
        if found:
            groups.append(section(kind, _(heading), h("ul", cards, class_="cwl-t-cards")))
    return h("div", groups, class_="cwl-page cwl-teacher")


def misconceptions_tree(course: Course) -> Element:
    """All misreadings to expect, lesson by lesson."""
    groups = [
        section(
            f"lesson-{lesson.number}",
            f"{lesson.number}. {lesson.title}",
            h("ul", (misconception_card(course, one) for one in notes.misconceptions), class_="cwl-t-cards"),
        )
        for lesson, notes in notes_in_order(course)
    ]
    return h("div", groups, class_="cwl-page cwl-teacher")


def exam_tree(course: Course) -> Element:
    """All exam-type questions by board, each with the lesson whose notes hold its sources and descriptors."""
    groups = []
    for board in _BOARDS:
        rows = [
            h(
                "tr",
                h("td", one.type),
                h("td", prose(course, one.question)),
                h("td", f"{one.marks}"),
                h("td", h("a", f"{lesson.number}. {lesson.title}", href=f"{lesson.id}.html#exam")),
            )
            for lesson, notes in notes_in_order(course)
            for one in notes.exam
            if one.board == board
        ]
        headers = (_("Type"), _("Question"), _("Marks"), _("Sources and descriptors"))
        groups.append(
            section(
                f"board-{board.lower()}",
                _("{board} types").format(board=board),
                table(headers, rows, _("Questions of {board} types").format(board=board), "cwl-t-boards"),
            )
        )
    return h("div", groups, class_="cwl-page cwl-teacher")


def transcript_tree(course: Course) -> Element:
    """The paper with a number before each sentence, and room to write beside it."""
    parts: list[Element] = []
    for part in course.paper.parts:
        if isinstance(part, Block):
            parts.append(h("p", part.text, class_=f"cwl-t-{part.role}"))
            continue
        rows = (h("tr", h("th", one.id, scope="row"), h("td", one.text), h("td")) for one in part.sentences)
        parts.append(table((_("No."), _("Sentence"), _("Your notes")), rows, _name_of(part), "cwl-t-transcript"))
    return h("div", parts, class_="cwl-page cwl-teacher cwl-t-sheet")


def _name_of(part: Paragraph | Footnote) -> str:
    if isinstance(part, Footnote):
        return _("The editor’s footnote")
    return _("Paragraph {number}").format(number=part.number or part.id[1:])


def cards_tree(course: Course, lesson: Lesson) -> Element:
    """The lesson's events as cards without dates, and the key to them."""
    events = [course.events[name] for name in lesson.events]
    by_title = sorted(events, key=lambda event: event.title.casefold())
    by_date = sorted(events, key=lambda event: event.date)
    cards = (
        h("li", h("p", event.title, class_="cwl-t-lead"), h("p", course.lanes[event.lane].label)) for event in by_title
    )
    key = (
        h(
            "tr",
            h("td", describe_date(event.date)),
            h("td", event.title),
            h("td", _("yes") if event.known_by_author else _("no")),
        )
        for event in by_date
    )
    return h(
        "div",
        h("ul", cards, class_="cwl-t-cutout"),
        h("h3", _("Key, for you")),
        table(
            (_("Date"), _("Event"), _("Could the author know?")),
            key,
            _("Key to the cards of lesson {number}").format(number=lesson.number),
            "cwl-t-boards",
        ),
        class_="cwl-page cwl-teacher",
    )


def strip_tree(course: Course, since: str) -> Element:
    """An empty strip of months, up to the one in which the author wrote, with the edge of what he could know.

    Parameters
    ----------
    course
        The content.
    since
        The first month (EDTF).

    Raises
    ------
    CourseError
        If this is no date, or a later one than the author's.
    """
    first, edge = date_range(since)[0], course.about.horizon.span[0]
    count = (edge.year - first.year) * 12 + edge.month - first.month
    if count < 0:
        words = _("the strip begins in {month}, after the author wrote: give an earlier month")
        raise CourseError(words.format(month=since))
    words = describe_date(course.about.horizon.date).removesuffix(f" {edge.year}")
    months = (
        h(
            "li",
            month_name(date(first.year, (first.month - 1 + number) % 12 + 1, 1)),
            h("span", _("the author’s edge, about {dates}").format(dates=words), class_="cwl-t-edge")
            if number == count
            else None,
        )
        for number in range(count + 1)
    )
    years = listed(dict.fromkeys((f"{first.year}", f"{edge.year}")))
    # i18n: of a year, or of two.
    label = _("Months of {years}").format(years=years)
    return h("div", h("ol", months, class_="cwl-t-strip", aria_label=label), class_="cwl-page cwl-teacher")
