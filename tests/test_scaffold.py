"""coldwar-lessons new: what it makes is valid at once, and nothing that exists is lost."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from coldwar_lessons import cli
from coldwar_lessons.content.check import check_content
from coldwar_lessons.content.load import load_course
from coldwar_lessons.content.unwritten import MARK
from coldwar_lessons.lesson import Lesson
from tests.example import EXAMPLE, LESSON, build, copy_example

ROOT = EXAMPLE.parents[1]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return copy_example(tmp_path)


@pytest.fixture
def own_course(tmp_path: Path) -> Path:
    """A copy of the course on the Cabinet paper, as far as its content goes."""
    root = tmp_path / "own"
    for folder in ("data", "notebooks", "book"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns(".*", "*.workbook.json"))
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy(ROOT / name, root / name)
    return root


def new(root: Path, *arguments: str) -> int:
    return cli.main(("new", *arguments, "--root", str(root)))


def files(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): path.read_text(encoding="utf-8")
        for path in root.rglob("*")
        if path.is_file() and path.suffix in {".yml", ".ipynb"}
    }


def cells(root: Path, lesson: str) -> list[str]:
    notebook = json.loads((root / "notebooks" / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"]]


def test_a_new_lesson_with_a_quiz_and_an_event_is_valid_and_builds(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(course, "lesson", "the-reply") == 0
    assert new(course, "quiz", "the-reply", "--lesson", "2") == 0
    assert new(course, "event", "carranza-asks", "--date", "1917-03-17", "--lesson", "02-the-reply") == 0
    said = capsys.readouterr().out
    assert "wrote data/lessons/02-the-reply.yml" in said
    assert "added to _toc.yml" in said

    report = check_content(course)
    assert report.faults == ()
    written = {str(fault.path) for fault in report.unwritten}
    assert written == {
        "data/events.yml",
        "data/lessons/02-the-reply.yml",
        "data/quizzes/the-reply.yml",
        "notebooks/02-the-reply.ipynb",
    }
    assert cli.main(("check", "--root", str(course))) == 0
    out = capsys.readouterr().out
    assert "data/quizzes/the-reply.yml:4: still to write: what the quiz is called" in out
    assert re.search(r"\d+ texts still to write\.$", out.strip())

    assert cells(course, "02-the-reply")[5:11] == [
        "lesson.passage()",
        "## Check your reading",
        'lesson.quiz("the-reply")',
        "## In time",
        "lesson.timeline()",
        f"## Looking back\n\n{MARK} one question that the lesson leaves with its readers.",
    ]
    assert load_course(course).events["carranza-asks"].known_by_author is False
    Lesson("02-the-reply", root=course, folder=course).quiz("the-reply")
    assert "Built 8 pages" in build(course)
    page = (course / "_build" / "html" / "notebooks" / "02-the-reply.html").read_text(encoding="utf-8")
    assert f"{MARK} a question that the words answer?" in page


def test_the_same_in_the_course_on_the_cabinet_paper(own_course: Path) -> None:
    assert new(own_course, "lesson", "the-annex") == 0
    assert new(own_course, "quiz", "the-annex", "--lesson", "10") == 0
    assert new(own_course, "quiz", "gestures-again", "--lesson", "3") == 0
    assert new(own_course, "event", "something-in-june", "--date", "1953-06", "--lesson", "3") == 0
    assert check_content(own_course).faults == ()
    assert "      - file: notebooks/10-the-annex\n" in (own_course / "_toc.yml").read_text(encoding="utf-8")
    course = load_course(own_course)
    assert course.lessons["03-gestures"].quizzes == ("gestures", "gestures-again")
    assert course.lessons["03-gestures"].events[-1] == "something-in-june"
    shown = cells(own_course, "03-gestures")
    assert shown[shown.index('lesson.quiz("gestures")') + 1] == 'lesson.quiz("gestures-again")'


def test_what_was_written_by_hand_stays_as_it_stands(course: Path) -> None:
    before = files(course)
    new(course, "quiz", "more", "--lesson", "1")
    after = files(course)
    for name, text in before.items():
        kept, added = text.splitlines(), after[name].splitlines()
        gone = [line for line in kept if line not in added]
        assert gone in ([], ["quizzes: [reading-the-offer]"]), name


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("quizzes: [reading-the-offer]", "quizzes: [reading-the-offer, more]"),
        ("quizzes: []", "quizzes: [more]"),
        ("quizzes: [ reading-the-offer, ]", "quizzes: [ reading-the-offer, more]"),
        ("quizzes:\n  - reading-the-offer  # the first", "quizzes:\n  - reading-the-offer  # the first\n  - more"),
        ("quizzes:\n- reading-the-offer", "quizzes:\n- reading-the-offer\n- more"),
        ("# none yet", "quizzes: [more]"),
    ],
)
def test_a_quiz_is_added_however_the_list_is_written(course: Path, listed: str, expected: str) -> None:
    path = course / "data" / "lessons" / f"{LESSON}.yml"
    text = path.read_text(encoding="utf-8").replace("quizzes: [reading-the-offer]", listed)
    path.write_text(text, encoding="utf-8")
    assert new(course, "quiz", "more", "--lesson", "1") == 0
    assert expected in path.read_text(encoding="utf-8")
    assert load_course(course).lessons[LESSON].quizzes[-1] == "more"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("quiz", "Bad Name"), 2, "'Bad Name' is no name: use small letters a to z, figures and hyphens"),
        (("quiz", "../escape"), 2, "'../escape' is no name"),
        (("event", "é"), 2, "'é' is no name"),
        (("quiz", "reading-the-offer"), 1, "'reading-the-offer' is taken, in data/quizzes/reading-the-offer.yml"),
        (("event", "pless"), 1, "'pless' is taken, in data/events.yml"),
        (("lesson", "01-other"), 1, "lesson number 1 is taken by 01-an-offer-to-mexico: the next free one is 2"),
        (("quiz", "more", "--lesson", "9"), 1, "no lesson '9': there is 01-an-offer-to-mexico"),
        (("event", "more", "--date", "1917-13"), 1, "1917-13"),
        (("poem", "more"), 2, "No such command 'poem'"),
    ],
)
def test_one_line_says_what_is_wrong_and_nothing_is_written(
    course: Path, arguments: tuple[str, ...], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(course)
    assert new(course, *arguments) == code
    shown = capsys.readouterr().err
    assert message in shown
    assert len(shown.splitlines()) == 1
    assert files(course) == before


@pytest.mark.parametrize("what", ["quiz", "event"])
@pytest.mark.parametrize(
    ("damaged", "message"),
    [
        ("{ not json", "01-an-offer-to-mexico.ipynb:1: not a notebook: it is not JSON"),
        ('{"worksheets": []}', "01-an-offer-to-mexico.ipynb:1: not a notebook of format 4"),
        (None, "lesson '01-an-offer-to-mexico' has no notebook: write notebooks/01-an-offer-to-mexico.ipynb"),
    ],
)
def test_a_damaged_notebook_is_named_and_stays_as_it_is(
    course: Path, what: str, damaged: str | None, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = course / "notebooks" / "01-an-offer-to-mexico.ipynb"
    if damaged is None:
        notebook.unlink()
    else:
        notebook.write_text(damaged, encoding="utf-8")
    before = files(course)
    assert new(course, what, "more", "--lesson", "1") == 1
    shown = capsys.readouterr().err
    assert message in shown
    assert len(shown.splitlines()) == 1
    assert files(course) == before


def test_a_file_that_exists_is_never_written_over(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "notebooks" / "02-mine.ipynb").write_text("mine", encoding="utf-8")
    before = files(course)
    assert new(course, "lesson", "02-mine") == 1
    assert "notebooks/02-mine.ipynb exists already: nothing was written" in capsys.readouterr().err
    assert files(course) == before


def test_the_installed_course_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "_content"
    shutil.copytree(EXAMPLE / "data", root / "data")
    assert new(root, "quiz", "more") == 2
    assert "an update replaces" in capsys.readouterr().err


def test_nothing_is_left_to_write_in_what_we_publish() -> None:
    assert check_content(ROOT).unwritten == ()
