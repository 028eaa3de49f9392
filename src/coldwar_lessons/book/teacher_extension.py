"""The Sphinx extension that only the teacher edition loads: its directives, its style, its warning."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.html._assets import _CascadingStyleSheet
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from coldwar_lessons import __version__
from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.load import Course, content_root, load_course
from coldwar_lessons.language import N_
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h

from .freshness import digest_of
from .teacher_course import cards_tree, close_reading_tree, exam_tree, misconceptions_tree, strip_tree, transcript_tree
from .teacher_lesson import lesson_tree
from .teacher_source import FOLDER
from .teacher_tasks import glossary_tree

logger = logging.getLogger(__name__)

STYLE = Path(__file__).resolve().parent / "teacher.css"
#: Pages made for handing out.
_HANDOUTS = frozenset({f"{FOLDER}/print-pack"})
_KEEP = N_("Keys, sample answers and notes: keep this page from students.")
_HAND_OUT = N_("These sheets are made for handing out, all but the keys.")


class TeacherDirective(SphinxDirective):
    """A directive that shows something of the notes; an unknown name is a warning with its file and line."""

    optional_arguments = 1
    has_content = False

    def run(self) -> list[nodes.Node]:
        """Build the HTML, or warn and show nothing."""
        try:
            tree = self.tree(load_course(teaching=True), *self.arguments)
        except CourseError as error:
            logger.warning("%s: %s", self.name, error, location=self.get_location())
            return []
        return [nodes.raw("", tree.to_html(), format="html")]

    def tree(self, course: Course, *arguments: str) -> Element:
        """Build the tree."""
        raise NotImplementedError


class NotesDirective(TeacherDirective):
    """All notes on one lesson: ``{teacher-notes} 03-gestures``."""

    required_arguments = 1

    def tree(self, course: Course, *arguments: str) -> Element:
        """Build the notes."""
        return lesson_tree(course, course.named("teacher", arguments[0]))


class CardsDirective(TeacherDirective):
    """The events of one lesson as cards to cut out: ``{teacher-cards} 03-gestures``."""

    required_arguments = 1

    def tree(self, course: Course, *arguments: str) -> Element:
        """Build the cards."""
        return cards_tree(course, course.named("lessons", arguments[0]))


class CloseReadingDirective(TeacherDirective):
    """The close-reading bank of all lessons."""

    def tree(self, course: Course, *_arguments: str) -> Element:
        """Build the bank."""
        return close_reading_tree(course)


class MisconceptionsDirective(TeacherDirective):
    """The misreadings to expect in all lessons."""

    def tree(self, course: Course, *_arguments: str) -> Element:
        """Build the list."""
        return misconceptions_tree(course)


class ExamDirective(TeacherDirective):
    """The exam-type questions of all lessons, by board."""

    def tree(self, course: Course, *_arguments: str) -> Element:
        """Build the list."""
        return exam_tree(course)


class GlossaryDirective(TeacherDirective):
    """The terms of all lessons in two levels."""

    def tree(self, course: Course, *_arguments: str) -> Element:
        """Build the list."""
        return glossary_tree(course)


class TranscriptDirective(TeacherDirective):
    """The paper with its sentence numbers and room to write, for printing."""

    def tree(self, course: Course, *_arguments: str) -> Element:
        """Build the transcript."""
        return transcript_tree(course)


class StripDirective(TeacherDirective):
    """An empty strip of the months from one to the paper's, for printing: ``{teacher-strip} 1953-03``."""

    required_arguments = 1

    def tree(self, course: Course, *arguments: str) -> Element:
        """Build the strip."""
        return strip_tree(course, arguments[0])


DIRECTIVES = {
    "teacher-notes": NotesDirective,
    "teacher-cards": CardsDirective,
    "teacher-close-reading": CloseReadingDirective,
    "teacher-misconceptions": MisconceptionsDirective,
    "teacher-exam": ExamDirective,
    "teacher-glossary": GlossaryDirective,
    "teacher-transcript": TranscriptDirective,
    "teacher-strip": StripDirective,
}


def dress_page(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document) -> None:
    """Give the pages for teachers their style, and a warning at their head."""
    if isinstance(app.builder, StandaloneHTMLBuilder) and pagename.startswith(f"{FOLDER}/"):
        context["style_files"] = [*context["style_files"], _CascadingStyleSheet("_static/teacher.css")]
        warning = h("p", h("strong", _("Teacher edition.")), " ", _(_HAND_OUT if pagename in _HANDOUTS else _KEEP))
        context["body"] = h("div", warning, class_="cwl-t-edition").to_html() + context["body"]


def copy_style(app: Sphinx) -> None:
    """Copy the style before the pages name it."""
    if app.builder.format == "html":
        folder = Path(app.outdir) / "_static"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(STYLE, folder / STYLE.name)


def note_notes(_app: Sphinx, config: Config) -> None:
    """Put a digest of the notes into the configuration: when they change, Sphinx reads the pages anew."""
    config["cwl_notes"] = digest_of([content_root() / "data" / "teacher"])


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.add_config_value("cwl_notes", "", "env", str)
    app.connect("config-inited", note_notes)
    app.connect("builder-inited", copy_style)
    # After the extension that both editions load.
    app.connect("html-page-context", dress_page, priority=950)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
