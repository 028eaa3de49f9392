"""The minutes that a lesson announces are those that its words, activities and items take."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from coldwar_lessons.content.load import load_course

ROOT = Path(__file__).resolve().parents[2]
COURSE = load_course(ROOT)
#: Words a minute: for the prose, somewhat under the 238 that adults read silently (Brysbaert, "How many words do we
#: read per minute?", Journal of Memory and Language 109, 2019); for the paper, read twice and slowly; for writing.
PROSE, PAPER, WRITING = 200, 100, 12
#: Minutes for what has no minutes of its own.
STARTER, LOOKING_BACK, OVERVIEW = 2, 3, 1
TIMELINE, PLACING, ANNOTATING, CARDS = 3, 3, 6, 5
CHOICE, OTHER_ITEM, SELF_CHECK = 0.8, 1.3, 3


def estimate(lesson_id: str) -> float:
    """Minutes of a careful reader who does everything but the extension."""
    lesson = COURSE.lessons[lesson_id]
    notebook = json.loads((ROOT / "notebooks" / f"{lesson_id}.ipynb").read_text(encoding="utf-8"))
    cells = [("".join(cell["source"]), cell["cell_type"]) for cell in notebook["cells"]]
    prose = " ".join(text for text, kind in cells if kind == "markdown" and not text.startswith("## Going further"))
    code = "\n".join(text for text, kind in cells if kind == "code")
    words = len(re.sub(r"\(?\[([^]]*)\]\([^)]*\)\)?", r"\1", prose).split())
    (passage,) = re.findall(r"lesson\.passage\((.*)\)", code)
    read = sum(len(COURSE.sentence(one).text.split()) for one in re.findall(r'"([^"]+)"', passage))
    done = sum(COURSE.activities[name].minutes for name in lesson.activities)
    done += TIMELINE * code.count("lesson.timeline(") + PLACING * code.count("place=")
    done += ANNOTATING * code.count("lesson.annotate(") + CARDS * code.count("lesson.flashcards(")
    items = [item for name in lesson.quizzes for item in COURSE.quizzes[name].items]
    answered = sum(CHOICE if item.interaction == "choice" else OTHER_ITEM for item in items)
    written = sum(sum(task.words) / 2 / WRITING + SELF_CHECK for task in lesson.writing)
    around = STARTER + LOOKING_BACK + OVERVIEW
    return around + words / PROSE + 2 * read / PAPER + done + answered + written


@pytest.mark.parametrize("lesson_id", COURSE.lessons)
def test_a_lesson_takes_as_long_as_it_says(lesson_id: str) -> None:
    lesson = COURSE.lessons[lesson_id]
    assert estimate(lesson_id) == pytest.approx(lesson.minutes + lesson.home_minutes, rel=0.12)


@pytest.mark.parametrize("lesson_id", COURSE.lessons)
def test_a_lesson_fits_into_an_hour_of_class(lesson_id: str) -> None:
    assert 45 <= COURSE.lessons[lesson_id].minutes <= 60
