"""Nothing in the folder that students get tells the answer of a graded question."""

from __future__ import annotations

import base64
import codecs
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coldwar_lessons.cli import main
from coldwar_lessons.content.items import ChoiceItem, Item
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.content.seal import seal_quiz
from coldwar_lessons.widgets.quiz import quiz_spec
from coldwar_lessons.widgets.spec import static_html
from tests.book.leaks import letters
from tests.grading.bundle_leaks import find_key_fields, find_leaks, forms_of_key, secret_texts

#: With graded quizzes of its own; a practice quiz that is graded here; all lessons at once.
ASSIGNED = {"own": ["9"], "practice": ["3"], "all": [str(number) for number in range(1, 10)]}


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(teaching=True)


@pytest.fixture(scope="module", params=ASSIGNED)
def bundle(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("assigned") / str(request.param)
    assert main(["assign", *ASSIGNED[request.param], "--out", str(folder), "--graded", "--class", "10B"]) == 0
    return folder


def graded_in(bundle: Path, course: Course) -> list[str]:
    quizzes = json.loads((bundle / "assignment.json").read_text(encoding="utf-8"))["quizzes"]
    graded = [name for name, quiz in quizzes.items() if quiz["behaviour"] == "graded"]
    assert graded
    return [name for name in graded if name in course.quizzes]


def test_no_feedback_hint_or_answer_in_any_form(bundle: Path, course: Course) -> None:
    graded = graded_in(bundle, course)
    secrets = {text for name in graded for text in secret_texts(course.quizzes[name])}
    assert len(secrets) > 40
    shown = letters("\n".join(seal_quiz(course, course.quizzes[name]).model_dump_json() for name in graded))
    public = shown + letters(course.paper.plain_text())
    assert find_leaks(bundle, secrets, public) == []


def test_no_field_and_no_data_gives_a_key(bundle: Path, course: Course) -> None:
    graded = graded_in(bundle, course)
    items: dict[str, Item] = {item.id: item for name in graded for item in course.quizzes[name].items}
    assert find_key_fields(bundle, items, course) == []


def test_the_page_of_a_sealed_quiz_gives_nothing_either(bundle: Path, course: Course) -> None:
    graded = graded_in(bundle, course)
    assigned = load_course(bundle)
    assert set(assigned.sealed) == set(graded)
    folder = bundle.parent / f"{bundle.name}-pages"
    folder.mkdir(exist_ok=True)
    for name in graded:
        spec = quiz_spec(assigned, assigned.sealed[name], f"l/quiz/{name}")
        (folder / f"{name}.txt").write_text(static_html(spec) + json.dumps(spec.tree.to_json()), encoding="utf-8")
    secrets = {text for name in graded for text in secret_texts(course.quizzes[name])}
    shown = letters("\n".join(seal_quiz(course, course.quizzes[name]).model_dump_json() for name in graded))
    assert find_leaks(folder, secrets, shown + letters(course.paper.plain_text())) == []


def test_nothing_for_teachers_is_in_the_folder(bundle: Path) -> None:
    assert not [path for path in bundle.rglob("*") if "teacher" in path.relative_to(bundle).parts]


SECRET = "Right. Gains close p3.s10, and French support closes p4.s10."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", SECRET),
        ("a.yml", "feedback: >-\n  Right. Gains close p3.s10, and\n  French support closes p4.s10.\n"),
        ("a.ipynb", json.dumps({"cells": [{"source": [SECRET[:20], SECRET[20:]]}]})),
        ("a.json", json.dumps({"x": json.dumps({"y": SECRET})})),
        ("a.json", json.dumps("".join(f"\\u{ord(one):04x}" for one in SECRET))),
        ("a.md", codecs.encode(SECRET, "rot13")),
        ("a.md", SECRET.encode().hex()),
        ("a.md", base64.b64encode(SECRET.encode()).decode()),
        ("a.md", base64.b64encode(b"xy" + SECRET.encode() + b"z").decode()),
        ("a.md", base64.urlsafe_b64encode(b"x" + SECRET.encode()).decode()),
    ],
)
def test_a_leak_is_found_in_any_form(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert find_leaks(tmp_path, {SECRET}, "") != []


def test_a_key_is_found_as_data(course: Course, tmp_path: Path) -> None:
    [item] = [one for one in course.quizzes["end-of-course"].items if one.id == "end-paragraph-three"]
    assert '["c","e","f","a","d","b"]' in forms_of_key(item, course)
    (tmp_path / "data" / "sealed").mkdir(parents=True)
    for text in (
        "- {id: end-paragraph-three, prompt: P, key: [c, e, f, a, d, b]}",
        "- {id: end-paragraph-three, prompt: P, note: x}",
        '"[\\"c\\", \\"e\\"]" # ["c", "e", "f", "a", "d", "b"]',
    ):
        (tmp_path / "data" / "sealed" / "end-of-course.yml").write_text(text, encoding="utf-8")
        assert find_key_fields(tmp_path, {item.id: item}, course) != [], text


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_the_sealed_course_quiz_is_the_same_whatever_is_right(course: Course, data: st.DataObject, seed: int) -> None:
    """Draw another key for each question of one right answer, and another sequence of its options: nothing changes."""
    quiz = course.quizzes["end-of-course"]
    items = []
    for item in quiz.items:
        if isinstance(item, ChoiceItem):
            options = data.draw(st.permutations(item.options))
            key = data.draw(st.sampled_from([one.id for one in item.options]))
            items.append(item.model_copy(update={"options": tuple(options), "key": key}))
        else:
            items.append(item)
    other = quiz.model_copy(update={"items": tuple(items)})
    assert seal_quiz(course, other, str(seed)) == seal_quiz(course, quiz, str(seed))
