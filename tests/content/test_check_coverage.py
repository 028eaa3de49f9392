"""Rules over the whole course: recall, positions and lengths of keys, coverage of the paper; and the schemas."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from coldwar_lessons.content.check_coverage import ENOUGH, check_coverage
from coldwar_lessons.content.items import Item, Quiz
from coldwar_lessons.content.load import Course, Reading, content_root, load_course, read_content
from coldwar_lessons.content.schemas import build_schemas
from coldwar_lessons.content.yaml_lines import read_yaml

ROOT = Path(__file__).resolve().parents[2]


def choice(number: int, *, key: int, size: int = 4, level: str = "analysis", longest: bool = False) -> Item:
    """A choice item whose key stands at a position, and is the longest option or is not."""
    options = [
        {"id": "abcdef"[i], "text": f"Option {i} {'x' * (9 if (i + 1 == key) == longest else 3)}", "feedback": "Hm."}
        for i in range(size)
    ]
    made = {
        "id": f"item-{number}",
        "interaction": "choice",
        "prompt": "Which?",
        "skill": "argument",
        "level": level,
        "sentences": ["p3.s8"],
        "options": options,
        "key": "abcdef"[key - 1],
    }
    return TypeAdapter(Item).validate_python(made)


def faults(items: Iterable[Item], **changes: Any) -> list[str]:
    reading = read_content(ROOT)
    assert reading.course is not None
    quiz = Quiz(id="q", title="Q", items=tuple(items))
    course: Course = replace(reading.course, quizzes={"q": quiz}, **{"lessons": {}, **changes})
    return [str(fault) for fault in check_coverage(replace(reading, course=course))]


def test_even_course_has_no_fault() -> None:
    assert faults(choice(n, key=n % 4 + 1) for n in range(40)) == []


def test_too_much_recall() -> None:
    levels = ["recall"] * 11 + ["analysis"] * 29
    (fault,) = faults(choice(n, key=n % 4 + 1, level=level) for n, level in enumerate(levels))
    assert fault == ("data/quizzes: 11 of 40 items ask for recall, more than a quarter: ask for comprehension or more")
    assert faults(choice(n, key=n % 4 + 1, level=level) for n, level in enumerate([*levels[1:], "analysis"])) == []


def test_key_in_the_middle() -> None:
    keys = [1] * 4 + [2] * 16 + [3] * 10 + [4] * 10
    start = "data/quizzes: among 40 choice items of 4 options the key stands too"
    assert faults(choice(n, key=key) for n, key in enumerate(keys)) == [
        f"{start} seldom in position 1 (4 times): 5 to 15 is even",
        f"{start} often in position 2 (16 times): 5 to 15 is even",
    ]


def test_positions_count_apart_for_each_number_of_options() -> None:
    threes = [choice(n, key=n % 3 + 1, size=3) for n in range(30)]
    fours = [choice(100 + n, key=n % 4 + 1) for n in range(40)]
    assert faults([*threes, *fours]) == []


def test_key_too_often_the_longest() -> None:
    def course(longest: int) -> list[str]:
        return faults(choice(n, key=n % 4 + 1, longest=n < longest) for n in range(40))

    assert course(14) == []
    (fault,) = course(15)
    assert fault.startswith("data/quizzes: the key is the longest option in 15 of 40 choice items, by chance in 10: ")
    assert fault.endswith("shorten keys until it is in 14 at most")


def test_a_handful_of_items_is_not_judged() -> None:
    assert faults(choice(n, key=2, level="recall", longest=True) for n in range(ENOUGH - 1)) == []


def test_sentences_that_no_lesson_reads() -> None:
    course = load_course(ROOT)
    lesson = next(iter(course.lessons.values())).model_copy(
        update={"sentences": tuple(name for name in course.sentence_ids() if name not in {"p4.s5", "fn1.s2"})}
    )
    nine = {f"l{n}": lesson for n in range(course.about.lessons)}
    items = [choice(1, key=1)]
    assert faults(items, lessons=nine) == [
        "data/lessons: no lesson reads p4.s5: add it to the sentences of one",
        "data/lessons: no lesson reads fn1.s2: add it to the sentences of one",
    ]
    assert faults(items, lessons={"l1": lesson}) == []


def test_no_course_no_fault() -> None:
    assert list(check_coverage(Reading(None, (), (), complete=False, declared={}))) == []


# --- schemas ----------------------------------------------------------------------------------------


def test_schemas_that_are_checked_in_are_those_of_the_models() -> None:
    folder = ROOT / "data" / "schemas"
    committed = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    assert committed == dict(build_schemas()), "run: coldwar-lessons schemas --write data/schemas"


@pytest.mark.parametrize("name", build_schemas())
def test_schema_is_valid_and_documented(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(build_schemas()[name]))
    assert f"`{name}`" in (ROOT / "data" / "schemas" / "README.md").read_text(encoding="utf-8")


def schema_of(path: Path) -> str:
    folder = path.parent.name if path.parent.name != "data" else path.stem
    return {"quizzes": "quiz", "activities": "activity", "lessons": "lesson", "rubrics": "rubric"}.get(folder, folder)


CONTENT = sorted(path for path in (content_root() / "data").rglob("*.yml"))


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_real_files_fit_their_schema(path: Path) -> None:
    data, _, found = read_yaml(path, path)
    assert found == []
    validator = Draft202012Validator(json.loads(build_schemas()[f"{schema_of(path)}.json"]))
    assert [error.message for error in validator.iter_errors(data)] == []
