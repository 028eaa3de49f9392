"""The few names that a notebook calls."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    from coldwar_lessons.content.load import Course
    from coldwar_lessons.widgets.live import CourseWidget, Panel, Passage, Writing
    from coldwar_lessons.widgets.quiz_live import Quiz
    from coldwar_lessons.widgets.spec import WidgetSpec
    from coldwar_lessons.widgets.timeline_live import Timeline

    W = TypeVar("W", bound=CourseWidget)

# Imports stand inside the methods, so that importing the package costs a notebook only what it uses.
# ruff: noqa: PLC0415


class Lesson:
    """One lesson: ask it for the passage, the quiz, the timeline and so on, one a cell.

    Parameters
    ----------
    lesson_id
        The name of the lesson's notebook, for example ``03-gestures``.
    root
        Folder that holds ``data/``; by default that of the assignment or of the course in which the notebook lies,
        else this checkout, else the installed content.
    folder
        Folder where the student's workbook is kept; by default the notebook's own.

    Raises
    ------
    UnknownNameError
        If there is no such lesson; the message names the nearest.
    ContentError
        If the content has faults.
    """

    def __init__(self, lesson_id: str, *, root: Path | None = None, folder: Path | None = None) -> None:
        from coldwar_lessons.content.bundle import find_bundle, load_bundle
        from coldwar_lessons.content.load import content_root, load_course, speak
        from coldwar_lessons.workbook import Workbook

        bundle = find_bundle(folder or Path.cwd()) if root is None else None
        self.course: Course = load_bundle(bundle) if bundle else load_course(root or content_root(folder))
        speak(self.course)
        self.about = self.course.named("lessons", lesson_id)
        self.workbook = Workbook(self.about.id, folder or Path.cwd(), self.course.about.id)
        #: Every view of the progress follows the work.
        self._progress: list[CourseWidget] = []

    def overview(self) -> Panel:
        """Show the lesson's question, minutes and objectives, and where it stands in the paper."""
        from coldwar_lessons.widgets.live import Panel
        from coldwar_lessons.widgets.panels import overview_spec

        return self._show(Panel, overview_spec(self.course, self.about))

    def passage(self, *sentence_ids: str) -> Passage:
        """Show sentences of the paper in context; without ids, all that the lesson reads.

        Raises
        ------
        UnknownNameError
            If a sentence id does not exist.
        """
        from coldwar_lessons.widgets.live import Passage
        from coldwar_lessons.widgets.passage import passage_spec

        chosen = sentence_ids or self.about.sentences
        widget_id = f"{self.about.id}/passage/{'+'.join(map(str, chosen))}"
        return self._show(Passage, passage_spec(self.course, widget_id, chosen, self.about.notes))

    def quiz(self, quiz_id: str) -> Quiz:
        """Show a quiz.

        Raises
        ------
        UnknownNameError
            If there is no quiz of this id.
        """
        from coldwar_lessons.widgets.quiz import quiz_spec
        from coldwar_lessons.widgets.quiz_live import Quiz

        quiz = self.course.sealed.get(quiz_id) or self.course.named("quizzes", quiz_id)
        return self._show(Quiz, quiz_spec(self.course, quiz, f"{self.about.id}/quiz/{quiz.id}"))

    def timeline(
        self,
        *,
        lanes: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        events: Sequence[str] = (),
        place: Sequence[str] = (),
    ) -> Timeline:
        """Show the lesson's events in time.

        Parameters
        ----------
        lanes
            Ids of the lanes to show; all by default.
        since, until
            First and last date to show (EDTF).
        events
            Ids of the events; by default the lesson's own.
        place
            Ids of events that the student is to place in time; they are shown without a date at first.

        Raises
        ------
        UnknownNameError
            If an event or lane does not exist.
        CourseError
            If a date is not EDTF.
        """
        from coldwar_lessons.widgets.timeline import timeline_spec
        from coldwar_lessons.widgets.timeline_live import Timeline

        spec = timeline_spec(
            self.course,
            f"{self.about.id}/timeline/{'+'.join(place) or 'events'}",
            events or self.about.events,
            lanes=lanes,
            since=since,
            until=until,
            place=place,
        )
        return self._show(Timeline, spec)

    def write(self, task_id: str) -> Writing:
        """Show a writing task.

        Raises
        ------
        UnknownNameError
            If the lesson has no task of this id.
        """
        from coldwar_lessons.content.faults import unknown
        from coldwar_lessons.widgets.live import Writing
        from coldwar_lessons.widgets.writing import writing_spec

        tasks = {task.id: task for task in self.about.writing}
        if task_id not in tasks:
            raise unknown("writing task", task_id, tasks)
        spec = writing_spec(self.course, self.about, tasks[task_id], f"{self.about.id}/writing/{task_id}")
        return self._show(Writing, spec)

    def weigh(self, activity_id: str) -> CourseWidget:
        """Show an evidence matrix: weigh evidence against rival explanations."""
        return self._activity("evidence-matrix", activity_id)

    def positions(self, activity_id: str) -> CourseWidget:
        """Show two axes on which people are to be placed, each with evidence."""
        return self._activity("positions", activity_id)

    def compare(self, activity_id: str) -> CourseWidget:
        """Show a claim of the paper against its source: what is said, inferred, hoped."""
        return self._activity("claim-against-source", activity_id)

    def white_out(self, activity_id: str) -> CourseWidget:
        """Show words of the paper hidden: predict, reveal, compare."""
        return self._activity("white-out", activity_id)

    def words_of_doubt(self, activity_id: str) -> CourseWidget:
        """Show the paper for tagging certainty and doubt."""
        return self._activity("words-of-doubt", activity_id)

    def forecast(self, activity_id: str) -> CourseWidget:
        """Show open questions of July 1953, to be answered with a probability."""
        return self._activity("forecast", activity_id)

    def argument_map(self, activity_id: str) -> CourseWidget:
        """Show claims of the paper to be classified and linked."""
        return self._activity("argument-map", activity_id)

    def figure(self, activity_id: str) -> CourseWidget:
        """Show a small sourced data set as a figure and a table, with its doubt."""
        return self._activity("figure", activity_id)

    def annotate(self, *sentence_ids: str) -> CourseWidget:
        """Show sentences of the paper for highlighting, tagging and notes; without ids, all that the lesson reads.

        Raises
        ------
        UnknownNameError
            If a sentence id does not exist.
        """
        from coldwar_lessons.widgets.annotate import annotate_spec
        from coldwar_lessons.widgets.live import widget_class

        chosen = sentence_ids or self.about.sentences
        widget_id = f"{self.about.id}/annotate/{'+'.join(map(str, chosen))}"
        return self._show(widget_class("annotate"), annotate_spec(self.course, widget_id, chosen))

    def flashcards(self) -> CourseWidget:
        """Show flashcards of the lesson's terms and people, scheduled by spaced repetition."""
        from coldwar_lessons.widgets.flashcards import flashcards_spec
        from coldwar_lessons.widgets.live import widget_class

        # One deck for the whole course: a card learnt in one lesson is known in the next.
        return self._show(widget_class("flashcards"), flashcards_spec(self.course, self.about, "flashcards"))

    def progress(self) -> CourseWidget:
        """Show what is done of the lesson, where to go next and what to read again; it follows the work."""
        from coldwar_lessons.content.inventory import lesson_inventory
        from coldwar_lessons.widgets.live import widget_class
        from coldwar_lessons.widgets.progress import progress_spec

        records = self.workbook.records()
        spec = progress_spec([lesson_inventory(self.course, self.about)], records, f"{self.about.id}/progress")
        widget = widget_class("progress")(spec, {"records": records})
        self._progress.append(widget)
        return widget

    def terms(self) -> Panel:
        """Show the lesson's key terms."""
        from coldwar_lessons.widgets.live import Panel
        from coldwar_lessons.widgets.panels import terms_spec

        return self._show(Panel, terms_spec(self.course, self.about))

    def sources(self) -> Panel:
        """Show the sources that the lesson rests on."""
        from coldwar_lessons.widgets.live import Panel
        from coldwar_lessons.widgets.panels import sources_spec

        return self._show(Panel, sources_spec(self.course, self.about))

    def _activity(self, kind: str, activity_id: str) -> CourseWidget:
        """Show an activity of one kind; an id of another kind is an error that names those that fit."""
        from importlib import import_module

        from coldwar_lessons.content.faults import unknown
        from coldwar_lessons.widgets.live import widget_class

        fitting = {name: activity for name, activity in self.course.activities.items() if activity.kind == kind}
        if activity_id not in fitting:
            raise unknown(kind.replace("-", " "), activity_id, fitting)
        module = import_module(
            f"coldwar_lessons.widgets.{'data_figure' if kind == 'figure' else kind.replace('-', '_')}"
        )
        spec = module.activity_spec(self.course, fitting[activity_id], f"{self.about.id}/{kind}/{activity_id}")
        return self._show(widget_class(spec.kind), spec)

    def _show(self, widget_class: type[W], spec: WidgetSpec) -> W:
        workbook = self.workbook
        if not spec.widget_id.startswith(f"{self.about.id}/"):
            # Of the whole course, such as the flashcards: kept in a file of its own beside the lessons'.
            from coldwar_lessons.workbook import Workbook

            workbook = Workbook(spec.widget_id, self.workbook.path.parent, self.workbook.course_id)
        widget = widget_class(spec, workbook.state(spec.widget_id))

        def keep(change: Any) -> None:
            said = workbook.keep(spec.widget_id, change["new"])
            widget.unsaved = workbook.refused
            widget.saved = said
            for shown in self._progress:
                shown.state = {"records": self.workbook.records()}

        widget.observe(keep, "state")
        return widget

    def __getattr__(self, name: str) -> NoReturn:
        from coldwar_lessons.content.faults import UnknownAttributeError, did_you_mean
        from coldwar_lessons.language import gettext as _

        known = [method for method in dir(type(self)) if not method.startswith("_")]
        words = _("a lesson has no {name}: {hint}")
        raise UnknownAttributeError(words.format(name=repr(name), hint=did_you_mean(name, known)))

    def __repr__(self) -> str:
        return f"Lesson({self.about.id!r})"
