"""Directives, so that a Markdown page can show what a notebook shows, without a notebook."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from coldwar_lessons.content.faults import CourseError, unknown
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.content.models import Note
from coldwar_lessons.markup import Element
from coldwar_lessons.widgets.passage import paper_spec, passage_spec
from coldwar_lessons.widgets.progress import progress_spec
from coldwar_lessons.widgets.quiz import quiz_spec
from coldwar_lessons.widgets.spec import WidgetSpec, static_html
from coldwar_lessons.widgets.timeline import timeline_spec

from .bibliography import SourcesDirective
from .desk import DESKS
from .downloads import PLACE
from .trees import coverage_tree, lessons_tree, people_tree, terms_tree
from .work import published_inventory

logger = logging.getLogger(__name__)


def names(text: str | None) -> tuple[str, ...]:
    """Read names separated by spaces, commas or new lines."""
    return tuple((text or "").replace(",", " ").split())


def all_notes(course: Course) -> tuple[Note, ...]:
    """The notes of every lesson, those of the first lesson first."""
    return tuple(note for lesson in course.lessons.values() for note in lesson.notes)


class CourseDirective(SphinxDirective):
    """A directive that shows something of the course; an unknown name is a warning with its file and line."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Build the HTML, or warn and show nothing."""
        try:
            html = self.html(load_course())
        except CourseError as error:
            logger.warning("%s: %s", self.name, error, location=self.get_location())
            return []
        return [nodes.raw("", html, format="html")]

    def html(self, course: Course) -> str:
        """Build the HTML."""
        raise NotImplementedError

    def widget_id(self, kind: str, name: str) -> str:
        """Name a widget of this page; a second one of the same name gets a number."""
        wanted = f"{self.env.docname}/{kind}/{name}"
        taken: dict[str, int] = self.env.temp_data.setdefault("cwl_widgets", {})
        taken[wanted] = taken.get(wanted, 0) + 1
        return wanted if taken[wanted] == 1 else f"{wanted}-{taken[wanted]}"

    def published_lessons(self) -> frozenset[str]:
        """Ids of the lessons that this book holds."""
        found = (name.partition("notebooks/") for name in self.env.found_docs)
        return frozenset(lesson for before, folder, lesson in found if folder and not before)


class WidgetDirective(CourseDirective):
    """A directive that shows a widget."""

    def html(self, course: Course) -> str:
        """Write the widget for a page without a kernel."""
        return static_html(self.spec(course))

    def spec(self, course: Course) -> WidgetSpec:
        """Build the widget."""
        raise NotImplementedError


class PassageDirective(WidgetDirective):
    """Sentences of the paper in context: ``{passage} p3.s6 p3.s8``."""

    required_arguments = 1
    final_argument_whitespace = True

    def spec(self, course: Course) -> WidgetSpec:
        """Build the passage."""
        chosen = names(self.arguments[0])
        return passage_spec(course, self.widget_id("passage", "+".join(chosen)), chosen, all_notes(course))


class PaperDirective(WidgetDirective):
    """The whole paper with the notes of all lessons; its sentences can be linked to (``#p3.s8``)."""

    def spec(self, course: Course) -> WidgetSpec:
        """Build the annotated paper."""
        return paper_spec(course, self.widget_id("passage", "paper"), all_notes(course))


class QuizDirective(WidgetDirective):
    """A quiz: ``{quiz} first-look``."""

    required_arguments = 1

    def spec(self, course: Course) -> WidgetSpec:
        """Build the quiz."""
        quiz = course.named("quizzes", self.arguments[0])
        return quiz_spec(course, quiz, self.widget_id("quiz", quiz.id))


class TimelineDirective(WidgetDirective):
    """Events in time; all of them by default."""

    option_spec: ClassVar[dict[str, Any]] = {
        "lanes": directives.unchanged,
        "since": directives.unchanged,
        "until": directives.unchanged,
        "events": directives.unchanged,
        "place": directives.unchanged,
    }

    def spec(self, course: Course) -> WidgetSpec:
        """Build the timeline."""
        place = names(self.options.get("place"))
        return timeline_spec(
            course,
            self.widget_id("timeline", "+".join(place) or "events"),
            names(self.options.get("events")) or tuple(course.events),
            lanes=names(self.options.get("lanes")),
            since=self.options.get("since"),
            until=self.options.get("until"),
            place=place,
        )


class ProgressDirective(WidgetDirective):
    """What is done of each lesson of this book, where to go next, what to read again."""

    def spec(self, course: Course) -> WidgetSpec:
        """Build the checklist."""
        return progress_spec(published_inventory(course, self.env.found_docs), {}, "progress", alone=False)


class TreeDirective(CourseDirective):
    """A directive that shows plain HTML."""

    def html(self, course: Course) -> str:
        """Write the tree."""
        return self.tree(course).to_html()

    def tree(self, course: Course) -> Element:
        """Build the tree."""
        raise NotImplementedError


class PeopleDirective(TreeDirective):
    """Everybody in or around the paper."""

    def tree(self, course: Course) -> Element:
        """Build the list."""
        return people_tree(course)


class TermsDirective(TreeDirective):
    """Every term."""

    def tree(self, course: Course) -> Element:
        """Build the list."""
        return terms_tree(course)


class LessonsDirective(TreeDirective):
    """The lessons of this book."""

    def tree(self, course: Course) -> Element:
        """Build the list."""
        return lessons_tree(course, self.published_lessons())


class CoverageDirective(TreeDirective):
    """Which lesson reads which sentence."""

    def tree(self, course: Course) -> Element:
        """Build the table."""
        return coverage_tree(course, self.published_lessons())


class WorkDirective(TreeDirective):
    """What can be done with one's work: ``{work} keep``, ``{work} hand-in`` or ``{work} start-again``."""

    required_arguments = 1

    def tree(self, course: Course) -> Element:
        """Build the form."""
        name = self.arguments[0]
        if name not in DESKS:
            raise unknown("thing to do with work", name, DESKS)
        return DESKS[name](published_inventory(course, self.env.found_docs))


class DownloadsDirective(CourseDirective):
    """The place for links to the book as PDF, EPUB and zip; it stays empty when there are none."""

    def html(self, _course: Course) -> str:
        """Keep the place."""
        return PLACE


DIRECTIVES: dict[str, type[SphinxDirective]] = {
    "passage": PassageDirective,
    "paper": PaperDirective,
    "quiz": QuizDirective,
    "timeline": TimelineDirective,
    "people": PeopleDirective,
    "terms": TermsDirective,
    "sources": SourcesDirective,
    "lessons": LessonsDirective,
    "coverage": CoverageDirective,
    "progress": ProgressDirective,
    "work": WorkDirective,
    "downloads": DownloadsDirective,
}

#: Directives that show a widget, and its kind.
WIDGET_DIRECTIVES = {
    "passage": "passage", "paper": "passage", "quiz": "quiz", "timeline": "timeline", "progress": "progress",
}  # fmt: skip
