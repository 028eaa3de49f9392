"""A lesson on paper: what stands on a worksheet, what does not, and what its key says."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldwar_lessons import cli
from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.content.questions import ExtendedTextQuestion
from coldwar_lessons.grading.scoring import score_response
from coldwar_lessons.widgets.quiz_items import shuffle
from coldwar_lessons.worksheet.blocks import block, letter, numbered
from coldwar_lessons.worksheet.items import item_block, short_answer
from coldwar_lessons.worksheet.sheet import answer_key, graded_test, graded_test_key, worksheet
from coldwar_lessons.worksheet.typeset import print_sheet
from tests.pdf_files import bookmarks_of, tags_of, text_of

COURSE = load_course(teaching=True)
LESSONS = tuple(COURSE.lessons)
#: Names a sentence as files do; a printed sheet says 3.8.
FILE_NAME = re.compile(r"\b(?:p\d|fn\d)\.s\d")


@lru_cache
def printed(lesson: str, *, key: bool = False) -> bytes:
    made = (answer_key if key else worksheet)(COURSE, COURSE.lessons[lesson])
    return print_sheet(made).pdf


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


# --- the worksheet ----------------------------------------------------------------------------------


def test_worksheet_has_question_numbered_passage_words_questions_writing_and_time() -> None:
    lesson = COURSE.lessons["03-gestures"]
    text = text_of(printed("03-gestures"))
    assert lesson.question in text
    for name in ("3.6", "3.8"):
        assert name in text
    assert "gesture: A step that shows good will" in text
    for heading in ("The passage", "Check your reading", "Write", "In time"):
        assert heading in text
    assert "The verdict fits … very well, because …" in text
    assert "Cut along the lines." in text


def test_worksheet_shows_a_white_out_before_the_words_that_it_hides() -> None:
    made = worksheet(COURSE, COURSE.lessons["03-gestures"])
    first, second = made["parts"][:2]
    assert first["heading"].startswith("Before you read")
    assert second["heading"] == "The passage"
    assert second["new_page"]


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_worksheet_gives_an_answer_away(lesson: str) -> None:
    about = COURSE.lessons[lesson]
    shown = "\n".join(strings(worksheet(COURSE, about)))
    told = []
    for name in about.quizzes:
        for item in COURSE.quizzes[name].items:
            told += [one.feedback for one in getattr(item, "options", ()) if hasattr(one, "feedback")]
            told += item.hints
    for name in about.activities:
        activity = COURSE.activities[name].model_dump()
        told += [activity[part] for part in ("conclusion",) if part in activity]
        told += [row["reason"] for one in activity.get("rows", ()) for row in one["edition"].values()]
        told += [one["reveal"] for one in activity.get("blanks", ())]
        told += [one["answer"] for one in activity.get("questions", ())]
        told += [one["region"]["reason"] for one in activity.get("people", ())]
    told += [sample.text for task in COURSE.teacher[lesson].tasks for sample in task.samples]
    assert told
    assert [one for one in told if one in shown] == []
    assert not FILE_NAME.search(shown)


def test_each_interaction_has_a_form_for_the_pen() -> None:
    essay = ExtendedTextQuestion(
        id="essay", interaction="extended-text", prompt="Why?", skill="argument", level="evaluation"
    )
    items = [*(item for quiz in COURSE.quizzes.values() for item in quiz.items), essay]
    forms = {item.interaction: [part["kind"] for part in item_block(COURSE, item, 1)["form"]] for item in items}
    assert forms == {
        "choice": ["options"],
        "multiple-choice": ["options"],
        "select-passage": ["sentences"],
        "order": ["order"],
        "match": ["match"],
        "place-event": ["place"],
        "short-text": ["lines"],
        "extended-text": ["starters", "lines"],
    }


def test_activities_have_grids_axes_and_room_to_write() -> None:
    kinds = {
        one["kind"]: one
        for lesson in COURSE.lessons.values()
        for part in worksheet(COURSE, lesson)["parts"]
        for one in part["blocks"]
    }
    assert {"grid", "axes", "blank", "marking", "image", "strip", "cards", "lines"} <= set(kinds)
    assert kinds["axes"]["regions"] == []


# --- the key ------------------------------------------------------------------------------------------


def test_key_has_the_reason_for_every_option_and_the_sample_answers() -> None:
    text = text_of(printed("03-gestures", key=True))
    for item in COURSE.quizzes["gestures"].items:
        for option in getattr(item, "options", ()):
            if hasattr(option, "feedback"):
                assert numbered(COURSE, option.feedback)[:25].strip() in text
    assert "A sample answer: proficient" in text
    assert "A marker’s comment:" in text


def test_what_the_key_says_is_scored_as_right() -> None:
    """Read the key as a teacher does, with the letters that the worksheet prints."""
    for quiz in COURSE.quizzes.values():
        for item in quiz.items:
            short = short_answer(COURSE, item)
            options = list(getattr(item, "options", ()))
            if item.interaction in {"order", "match", "place-event"}:
                never = {
                    "order": lambda item: item.key,
                    "match": lambda item: [item.key[one.id] for one in item.premises],
                    "place-event": lambda _: (),
                }[item.interaction](item)
                options = shuffle(options, item.id, never)
            named = {letter(n): one.id for n, one in enumerate(options)}
            if item.interaction == "choice":
                response: Any = named[short]
            elif item.interaction == "select-passage":
                response = [f"{'fn1' if one[0] == 'n' else 'p' + one[0]}.s{one.split('.')[1]}" for one in short.split()]
            elif item.interaction in {"multiple-choice", "order"}:
                response = [named[one] for one in short.split()]
            elif item.interaction == "match":
                premises = {str(n): one.id for n, one in enumerate(item.premises, 1)}
                response = {premises[n]: named[one] for n, one in (pair.split() for pair in short.split(", "))}
            elif item.interaction == "place-event":
                slots = [f"before:{item.anchors[0]}", *(f"after:{one}" for one in item.anchors)]
                pairs = (pair.split(maxsplit=1) for pair in short.split(", "))
                response = {named[one]: slots[int(lines.split()[0]) - 1] for one, lines in pairs}
            else:
                response = short
            assert score_response(item, response, COURSE) == 1, (item.id, short)


def test_no_key_without_the_notes_for_teachers() -> None:
    student = Course(**{**vars(COURSE), "teacher": {}})
    with pytest.raises(CourseError, match="no notes for teachers on 03-gestures"):
        answer_key(student, COURSE.lessons["03-gestures"])


def test_graded_quiz_is_a_test_on_paper_with_a_key_of_its_own() -> None:
    quiz = COURSE.quizzes["end-of-course"]
    shown = "\n".join(strings(graded_test(COURSE, quiz)))
    told = "\n".join(strings(graded_test_key(COURSE, quiz)))
    for item in quiz.items:
        assert numbered(COURSE, item.prompt) in shown
        for option in getattr(item, "options", ()):
            if hasattr(option, "feedback"):
                assert numbered(COURSE, option.feedback) in told
                assert numbered(COURSE, option.feedback) not in shown
    text = text_of(print_sheet(graded_test(COURSE, quiz)).pdf)
    assert text.startswith(f"TEST · {len(quiz.items)} questions {quiz.title}")


# --- the file -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [False, True])
def test_files_are_tagged_titled_bookmarked_and_in_english(*, key: bool) -> None:
    pdf = printed("08-talks-at-the-top", key=key)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "en-GB"
        assert root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == f"{'Key' if key else 'Worksheet'}: lesson 8, Talks at the top"
    assert {"The passage", "Where did they stand?"} & {title for _, title in bookmarks_of(pdf)}
    tags = tags_of(pdf)
    assert {"H1", "H2", "Table", "TH", "L", "LI", "Figure"} <= {name for name, _ in tags}
    assert all(alt for name, alt in tags if name == "Figure")
    place = next(alt for name, alt in tags if name == "Figure" and alt.startswith("Two axes"))
    assert ("Churchill stands at" in place) is key


def test_each_lesson_makes_a_universally_accessible_worksheet_and_key() -> None:
    for lesson in COURSE.lessons.values():
        for make in (worksheet, answer_key):
            assert print_sheet(make(COURSE, lesson)).universal, (lesson.id, make.__name__)


def test_the_same_sheet_gives_the_same_bytes() -> None:
    made = worksheet(COURSE, COURSE.lessons["06-liberation-or-restraint"])
    assert print_sheet(made).pdf == print_sheet(worksheet(COURSE, COURSE.lessons["06-liberation-or-restraint"])).pdf


def small(text: str) -> dict[str, Any]:
    every = [
        block("text", text=text),
        block("table", columns=[text], rows=[[text]], widths=["1"]),
        block("item", number=1, prompt=text, facts="", form=[block("options", square=True, options=[text])]),
        block("axes", alt=text or "-", x=[text, text], y=[text, text], up=text, across=text, regions=[]),
        block("cards", cards=[{"letter": "A", "title": text}]),
        block(
            "answer",
            number=1,
            prompt=text,
            short=text,
            rows=[{"name": text, "text": text, "reason": text, "right": True}],
            notes=text,
        ),
    ]
    parts = [{"heading": text or "-", "blocks": every, "new_page": False}]
    return {
        "title": f"t {text}",
        "name": "Worksheet",
        "key": False,
        "label": text,
        "heading": text or "-",
        "question": text,
        "about": [{"text": text, "title": False}, {"text": text, "title": True}],
        "reference": text,
        "author": text,
        "language": "en-GB",
        "direction": "ltr",
        "texts": {"fields": [text]} | dict.fromkeys(("for_teachers", "words", "begin", "own_word", "cut"), text),
        "parts": parts,
    }


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_text_is_shown_and_none_is_run(text: str) -> None:
    assert print_sheet(small(text)).pdf.startswith(b"%PDF")


@pytest.mark.parametrize(
    "text",
    [
        "#panic(1)",
        '#import "x.typ"',
        "*a* _b_ `c` $d$",
        "= head",
        "<label> @cite",
        "\\u{41} // no comment",
        "] ) } [ ( {",
        '"quoted" \\" end',
        "#read(sys.inputs.sheet)",
    ],
)
def test_markup_in_a_text_stays_text(text: str) -> None:
    assert text_of(print_sheet(small(text)).pdf).count(text) >= 5


def test_letters_that_no_font_has_cost_the_standard_and_not_the_sheet() -> None:
    made = print_sheet(small("\ufdd0 \U000e0041 \x07 漢字"))
    assert made.pdf.startswith(b"%PDF")


# --- the command --------------------------------------------------------------------------------------


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = cli.main(["worksheet", *arguments])
    shown = capsys.readouterr()
    return code, shown.out + shown.err


def test_command_writes_a_worksheet_and_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("3", capsys=capsys) == (0, "Wrote 03-gestures.worksheet.pdf.\n")
    code, said = run("03-gestures", "--key", "--paper", "letter", "--out", "key.pdf", capsys=capsys)
    assert (code, said) == (0, "Wrote key.pdf. It holds answers: keep it from students.\n")
    with pikepdf.open("03-gestures.worksheet.pdf") as sheet, pikepdf.open("key.pdf") as key:
        assert [round(float(side)) for side in sheet.pages[0].mediabox[2:]] == [595, 842]
        assert [round(float(side)) for side in key.pages[0].mediabox[2:]] == [612, 792]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["gestures"], 1, "no lesson or graded quiz 'gestures': did you mean 03-gestures?"),
        (["3", "--paper", "a5"], 2, "no paper 'a5': there is a4 and letter"),
        (["3", "--out", "."], 2, ". is a folder: name the file to write"),
        ([], 2, "Missing argument 'lesson'"),
    ],
)
def test_command_explains_mistakes_in_one_line(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, shown = run(*arguments, capsys=capsys)
    assert (found, shown.count("\n")) == (code, 1)
    assert said in shown
