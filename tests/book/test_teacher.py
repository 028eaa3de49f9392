"""The teacher edition: its sources, its pages, and that it builds without a warning."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from coldwar_lessons.book.teacher_course import (
    cards_tree,
    close_reading_tree,
    exam_tree,
    misconceptions_tree,
    transcript_tree,
)
from coldwar_lessons.book.teacher_lesson import lesson_tree
from coldwar_lessons.book.teacher_source import COURSE_PAGES, EXTENSION, prepare_source, teacher_config, teacher_toc
from coldwar_lessons.book.teacher_tasks import glossary_tree, map_table, tasks_table
from coldwar_lessons.content.activities import ArgumentMap
from coldwar_lessons.content.items import ChoiceItem
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.markup import Element
from tests.book.leaks import ROOT, leaks, secret_passages

PAGES = ROOT / "book" / "teacher"
LESSONS = list(load_course().lessons)


@cache
def course() -> Course:
    return load_course(teaching=True)


@cache
def notes_page(lesson: str) -> Element:
    return lesson_tree(course(), course().teacher[lesson])


def tags(tree: Element, tag: str) -> list[Element]:
    inner = [found for child in tree.children if isinstance(child, Element) for found in tags(child, tag)]
    return [tree, *inner] if tree.tag == tag else inner


def plain(text: str) -> str:
    return " ".join(text.split())


# --- sources ---------------------------------------------------------------------------------------


def test_the_configuration_differs_in_title_address_and_extension_only() -> None:
    student = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    student["html"] = {**student.get("html", {}), "baseurl": "https://example.org/"}
    teacher = teacher_config(student)
    assert teacher["title"] == f"{student['title']} · teacher edition"
    assert teacher["html"] == {**student["html"], "baseurl": ""}
    extensions = teacher["sphinx"]["config"].pop("extensions")
    assert extensions == [*student["sphinx"]["config"].pop("extensions"), EXTENSION]
    same = set(student) - {"title", "html"}
    assert {name: teacher[name] for name in same} == {name: student[name] for name in same}


def test_the_table_of_contents_has_the_students_after_the_teachers() -> None:
    student = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    teacher = teacher_toc(student, ["03-gestures"])
    assert teacher["root"] == student["root"]
    assert teacher["parts"][2:] == student["parts"]
    assert teacher["parts"][1]["chapters"] == [{"file": "book/teacher/03-gestures"}]


def test_sources_keep_their_dates_and_drop_what_was_left(tmp_path: Path) -> None:
    target = tmp_path / "src"
    (target / "book").mkdir(parents=True)
    (target / "book" / "stale.md").write_text("# Stale\n", encoding="utf-8")
    assert prepare_source(ROOT, target) == target
    assert not (target / "book" / "stale.md").exists()
    copied, original = target / "book" / "teacher" / "index.md", PAGES / "index.md"
    assert copied.read_bytes() == original.read_bytes()
    assert copied.stat().st_mtime == original.stat().st_mtime


def test_every_page_for_teachers_is_listed() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.md")) == sorted([*COURSE_PAGES, *LESSONS])


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_lesson_has_its_page_under_its_own_title(lesson: str) -> None:
    text = (PAGES / f"{lesson}.md").read_text(encoding="utf-8")
    about = course().lessons[lesson]
    assert text == f"# Lesson {about.number}: {about.title}\n\n```{{teacher-notes}} {lesson}\n```\n"


# --- pages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lessons_page_leaves_nothing_out(lesson: str) -> None:
    notes, shown = course().teacher[lesson], plain(notes_page(lesson).text())
    wanted = [notes.gist, *notes.aims, *notes.before, notes.shorter, notes.homework]
    wanted += [text for one in notes.timings for text in (one.what, one.teacher)]
    wanted += [text for one in notes.misconceptions for text in (one.error, one.why, one.mend)]
    wanted += [text for one in notes.discussion for text in (one.question, one.listen_for)]
    wanted += [text for one in notes.close_reading for text in (one.quote, one.question, one.reading)]
    wanted += [text for one in notes.retrieval for text in (one.question, one.answer)]
    wanted += [
        text for one in notes.exam for text in (one.type, one.question, *(level.descriptor for level in one.levels))
    ]
    wanted += [*notes.activities.values(), *notes.differentiation.model_dump().values(), *notes.terms.values()]
    for task in notes.tasks:
        wanted += [one for comments in task.comment_bank.values() for one in comments]
        wanted += [*(sample.comment for sample in task.samples)]
        wanted += [part for sample in task.samples for part in sample.text.split("\n") if part]
        wanted += [level for row in course().rubrics[task.task].rows for level in row.levels]
    assert [text for text in wanted if plain(text) not in shown] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_keys_come_with_the_reason_for_every_option(lesson: str) -> None:
    shown = plain(notes_page(lesson).text())
    items = [item for quiz in course().lessons[lesson].quizzes for item in course().quizzes[quiz].items]
    for item in items:
        assert plain(item.prompt) in shown
        if isinstance(item, ChoiceItem):
            key = next(option for option in item.options if option.id == item.key)
            assert f"Right: {plain(key.text)}" in shown
            assert [option.id for option in item.options if plain(option.feedback) not in shown] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_exam_type_question_says_that_it_is_adapted(lesson: str) -> None:
    shown = notes_page(lesson).text()
    for question in course().teacher[lesson].exam:
        assert f"Adapted by this course from a type of question that {question.board} sets." in shown


def test_the_closing_sentence_of_an_activity_is_for_teachers() -> None:
    name = "07-judging-by-his-press-conference"
    assert course().teacher[name].model_sentences["press-conference"] in notes_page(name).text()


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_task_is_tagged_with_skill_level_objective_and_minutes(lesson: str) -> None:
    about, notes = course().lessons[lesson], course().teacher[lesson]
    rows = [[cell.text() for cell in row.children if isinstance(cell, Element)]
            for row in tags(tasks_table(course(), notes, about), "tr")[1:]]  # fmt: skip
    assert len(rows) == len(about.activities) + len(about.quizzes) + len(about.writing)
    for _, kind, skill, level, objectives, minutes in rows:
        assert kind
        assert skill
        assert level
        assert re.fullmatch(r"AO[123](, AO[123])*", objectives)
        assert re.fullmatch(r"(about )?\d+", minutes)


def test_the_editions_map_names_what_each_piece_bears_on() -> None:
    activity = course().activities["map-paragraph-3"]
    assert isinstance(activity, ArgumentMap)
    rows = [row.text() for row in tags(map_table(course(), activity), "tr")[1:]]
    assert len(rows) == len(activity.claims)
    assert rows[1].endswith("hedgesupports 7; supports 8; qualifies 1")
    assert map_table(course(), activity).text() in notes_page("05-testing-the-situation").text()


def test_the_glossary_has_every_term_in_two_levels() -> None:
    shown = glossary_tree(course()).text()
    assert [term.id for term in course().terms.values() if term.definition not in shown] == []


def test_banks_hold_what_all_lessons_hold() -> None:
    banks = {
        "close_reading": (close_reading_tree, "reading"),
        "misconceptions": (misconceptions_tree, "mend"),
        "exam": (exam_tree, "question"),
    }
    for field, (tree, words) in banks.items():
        shown = tree(course()).text()
        for notes in course().teacher.values():
            assert all(getattr(one, words) in shown for one in getattr(notes, field))


def test_cards_give_no_date_away_before_the_key() -> None:
    lesson = course().lessons["03-gestures"]
    cards, _, key = cards_tree(course(), lesson).children
    assert isinstance(cards, Element)
    assert isinstance(key, Element)
    assert len(cards.children) == len(lesson.events)
    assert "1953" not in cards.text()
    assert key.text().count("1953") >= len(lesson.events)


def test_the_transcript_is_the_paper() -> None:
    shown = transcript_tree(course()).text()
    at = [shown.index(sentence.text) for sentence in course().paper.sentences()]
    assert at == sorted(at)


# --- the edition -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The teacher edition, built strictly, with the lessons not executed."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace

    place = tmp_path_factory.mktemp("teacher")
    source = prepare_source(ROOT, place / "src")
    config = yaml.safe_load((source / "_config.yml").read_text(encoding="utf-8"))
    overrides = {
        **config["sphinx"]["config"],
        "extensions": [name for name in config["sphinx"]["config"]["extensions"] if name != "jupyter_book"],
        "myst_enable_extensions": config["parse"]["myst_enable_extensions"],
        "html_title": config["title"],
        "nb_execution_mode": "off",
        "external_toc_path": "_toc.yml",
        "external_toc_exclude_missing": True,
        "nitpicky": True,
    }
    warnings = io.StringIO()
    with docutils_namespace():
        app = Sphinx(
            srcdir=source,
            confdir=None,
            outdir=place / "html",
            doctreedir=place / "doctrees",
            buildername="html",
            confoverrides=overrides,
            status=None,
            warning=warnings,
        )
        app.build()
    return place / "html", re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue())


@pytest.mark.book
def test_the_edition_builds_without_a_warning(edition: tuple[Path, str]) -> None:
    assert edition[1] == ""


@pytest.mark.book
def test_every_page_says_whom_it_is_for_and_wears_its_style(edition: tuple[Path, str]) -> None:
    for name in [*COURSE_PAGES, *LESSONS]:
        page = (edition[0] / "book" / "teacher" / f"{name}.html").read_text(encoding="utf-8")
        assert "<strong>Teacher edition.</strong>" in page
        assert "_static/teacher.css" in page
    lesson = (edition[0] / "notebooks" / "03-gestures.html").read_text(encoding="utf-8")
    assert "teacher.css" not in lesson


@pytest.mark.book
def test_what_is_kept_from_students_stands_here(edition: tuple[Path, str]) -> None:
    found = set().union(*leaks(edition[0], secret_passages()).values())
    # A few lines of the Markdown pages are broken up by roles and links.
    assert len(found) > 0.97 * len(secret_passages())
