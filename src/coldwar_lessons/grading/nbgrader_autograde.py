"""Fill nbgrader's graded cells from the student's workbook, outside the student's kernel.

nbgrader runs a submission's cells and then believes what the test cells print. Whatever runs in that kernel, a
student's cell can have changed beforehand. So lessons are marked in nbgrader's own process instead, by the very code
that ``coldwar-lessons mark`` runs, and no cell of the submission is executed at all.

The workbook is read where nbgrader collected it. The copy in ``autograded/`` will not do: nbgrader overwrites there
every file that has a namesake in ``source/``, and a teacher who tried the lesson in ``source/`` left one.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat.v4 import new_output
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from nbgrader.utils import compute_checksum, is_grade, is_solution
from traitlets import Bool, Unicode

from coldwar_lessons.content.bundle import MARKER
from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.items import Item
from coldwar_lessons.content.load import Course, load_course, speaking
from coldwar_lessons.content.teaching import Rubric
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h

from .assignment import Assignment, read_assignment
from .collect import find_hand_ins
from .essays import writing_tasks
from .gradebook import MarkedHandIn
from .marker import Marker, SetAside
from .nbgrader_source import CONFIG, HIDDEN, QUIZ, WRITING, own_answers, set_items
from .roster import Roster, RosterEntry
from .scoring import is_scored


def configure(config: Any, *, content: str | Path | None = None, execute: bool = False) -> None:
    """Set nbgrader up to mark lessons; call it in ``nbgrader_config.py``.

    Parameters
    ----------
    config
        What ``get_config()`` returns.
    content
        Folder that holds the teacher's ``data/``; by default the installed content.
    execute
        Whether to run the students' notebooks as well, for tests of your own. Answers to the lessons are marked in
        the same way with it and without it.
    """
    preprocessors = [one for one in Autograde.autograde_preprocessors.default() if execute or one is not Execute]
    preprocessors.insert(int(execute), MarkFromWorkbook)
    releasing = [RefuseWorkbooks, *GenerateAssignment.preprocessors.default()]
    # By name, so that the formgrader can show the settings.
    config.Autograde.autograde_preprocessors = [f"{one.__module__}.{one.__name__}" for one in preprocessors]
    config.GenerateAssignment.preprocessors = [f"{one.__module__}.{one.__name__}" for one in releasing]
    config.MarkFromWorkbook.content = str(content or "")
    config.MarkFromWorkbook.executed = execute
    if shutil.which("alembic") is None:
        # nbgrader calls it by its bare name, and fails where the environment is not active.
        os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    # A graded cell that a student deleted is marked like any other.
    config.OverwriteCells.add_missing_cells = True


class RefuseWorkbooks(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader ships no types
    """Refuse to release an assignment with the answers that a teacher gave while trying it."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Look beside the source notebook.

        Raises
        ------
        CourseError
            If a workbook lies there.
        """
        folder = _source_folder(self, resources)
        if found := sorted(folder.rglob("*.workbook.json*")):
            raise CourseError(own_answers(found[0]))
        return nb, resources


class MarkFromWorkbook(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader ships no types
    """Put the score of each quiz and the text of each piece of writing into the cells that nbgrader grades."""

    content = Unicode("", help="Folder that holds the teacher's data/; empty: the installed content.").tag(config=True)
    executed = Bool(False, help="Whether nbgrader runs the students' notebooks, too.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Fill the graded cells of one notebook of one student."""
        about = resources["nbgrader"]
        coursedir = self.parent.parent.coursedir
        folder = coursedir.format_path(coursedir.submitted_directory, about["student"], about["assignment"])
        course = load_course(Path(self.content).resolve() if self.content else None, teaching=True)
        source = _source_folder(self, resources)
        # The teacher's copy: what a student hands in says nothing of how it counts.
        assignment = read_assignment(source) if (source / MARKER).is_file() else None
        with speaking(course):
            work = read_work(Path(folder), about["student"], course, assignment)
            for fault in work.faults:
                self.log.warning("%s: set aside: %s", about["student"], fault)
            self._fill(nb, work, course, assignment)
        return nb, resources

    def _fill(self, nb: Any, work: Work, course: Course, assignment: Assignment | None) -> None:
        for cell in filter(is_grade, nb.cells):
            kind, _dash, name = cell.metadata.nbgrader.grade_id.partition("-")
            if f"{kind}-" == QUIZ and name in course.quizzes:
                cell.source = cell.source.partition(HIDDEN)[0].rstrip()
                items = set_items(course.quizzes[name], assignment)
                cell.outputs = quiz_outputs(items, work.scores(name), work.faults, cell.metadata.nbgrader.points)
            elif f"{kind}-" == WRITING and name in writing_tasks(course):
                fill_writing(cell, name, work, course)
            elif not self.executed and not is_solution(cell):
                # nbgrader would take silence for a test that was passed.
                cell.outputs = [
                    _refusal(_("not run: say {line} in {file}").format(line="configure(c, execute=True)", file=CONFIG))
                ]


@dataclass(frozen=True)
class Work:
    """What one student handed in for one assignment.

    Attributes
    ----------
    hand_ins
        What could be marked, the latest first.
    faults
        Why other files could not.
    """

    hand_ins: Sequence[MarkedHandIn]
    faults: Sequence[str]

    def scores(self, quiz_id: str) -> Mapping[str, float]:
        """Points for a quiz by item, from the hand-in that was made last and has any."""
        return next((of.scores() for one in self.hand_ins for of in one.quizzes if of.quiz == quiz_id), {})

    def text(self, task_id: str) -> str:
        """What was written last for a task; empty if nothing was."""
        return next((of.text for one in self.hand_ins for of in one.writings if of.task == task_id), "")


def read_work(folder: Path, student: str, course: Course, assignment: Assignment | None = None) -> Work:
    """Mark everything in one student's submission, as ``coldwar-lessons mark`` does.

    Parameters
    ----------
    folder
        ``submitted/<student>/<assignment>``.
    student
        As nbgrader names the student.
    course
        The teacher's content.
    assignment
        How the quizzes were set, if ``assign`` set them.
    """
    roster = Roster((RosterEntry(student, student, student),))
    marker = Marker(course, roster, assignment=assignment)
    marked, faults = [], []
    for found in find_hand_ins([folder]):
        if not found.origin.endswith(".json"):
            continue
        outcome = marker.mark(found._replace(student=student, folder=folder))
        if isinstance(outcome, SetAside):
            faults.append(f"{outcome.origin}: {outcome.reason}")
        elif outcome is not None:
            marked.append(outcome)
    return Work(sorted(marked, key=lambda one: one.created, reverse=True), faults)


def quiz_outputs(items: Sequence[Item], scores: Mapping[str, float], faults: Sequence[str], points: float) -> list[Any]:
    """What stands under a quiz's test cell: a table of points, then the score, which nbgrader reads.

    Parameters
    ----------
    items
        The items that were set.
    scores
        The points of each answered item.
    faults
        Why files could not be marked.
    points
        What nbgrader knows the quiz to be worth.
    """
    if not scores and faults:
        return [_refusal(_("not marked: {reason}").format(reason=faults[0]))]
    of = _("{points} of {most}")
    lines = [
        h(
            "tr",
            h("td", str(number)),
            h("td", item.prompt),
            h("td", of.format(points=f"{scores[item.id]:.4g}" if item.id in scores else "–", most=item.points)),
        )
        for number, item in enumerate(filter(is_scored, items), 1)
    ]
    head = h("tr", h("th", _("No.")), h("th", _("Question")), h("th", _("Points")))
    table = h("table", h("thead", head), h("tbody", lines), class_=_PLAIN)
    # Content that was changed after the release may be worth more than nbgrader knows; it refuses such a score.
    score = min(float(points), sum(scores.values()))
    answered = _("{done} of {all} answered").format(done=len(scores), all=len(lines))
    return [
        _output("display_data", data={"text/html": table.to_html(), "text/plain": answered}),
        _output("execute_result", data={"text/plain": repr(float(score))}, execution_count=None),
    ]


def fill_writing(cell: Any, task_id: str, work: Work, course: Course) -> None:
    """Show a student's text in the cell that the teacher marks, above the rubric.

    A cell of an empty text stays as it was released: nbgrader gives it no points and says that there is no response.
    """
    text = work.text(task_id)
    if not text.strip():
        return
    written_here = compute_checksum(cell) != cell.metadata.nbgrader.checksum
    paragraphs = [h("p", line) for line in text.splitlines() if line.strip()]
    # One line of HTML is one block of Markdown: nothing in the text is taken for Markdown or, by the class, for TeX.
    block = h("div", paragraphs, _rubric(writing_tasks(course)[task_id].rubric), class_=_PLAIN).to_html()
    cell.source = f"{block}\n\n{cell.source}" if written_here else block


#: Keeps MathJax, of versions 2 and 3, from what a student wrote.
_PLAIN = "tex2jax_ignore mathjax_ignore"


def _rubric(rubric: Rubric) -> Element:
    rows = (
        h("tr", h("th", row.label), (h("td", f"{points}: {level}") for points, level in enumerate(row.levels, 1)))
        for row in rubric.rows
    )
    return h("details", h("summary", _("Rubric, with points")), h("table", h("tbody", rows)))


def _source_folder(preprocessor: Any, resources: Any) -> Path:
    coursedir = preprocessor.parent.parent.coursedir
    return Path(coursedir.format_path(coursedir.source_directory, ".", resources["nbgrader"]["assignment"]))


def _refusal(reason: str) -> Any:
    """An error, for which nbgrader gives no points."""
    return _output("error", ename="NotMarked", evalue=reason, traceback=[reason])


def _output(kind: str, **fields: Any) -> Any:
    return new_output(kind, **fields)  # type: ignore[no-untyped-call]  # nbformat's types stop here
