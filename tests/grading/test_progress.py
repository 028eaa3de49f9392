"""Progress: the same counts in Python and in the browser, and calm whatever is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldwar_lessons.content.inventory import LessonInventory, Task, TaskItem
from coldwar_lessons.grading.merging import merge_states
from coldwar_lessons.grading.progress import count_words, lesson_progress, still_open
from tests.javascript import Module

TESTS = Path(__file__).resolve().parents[1]
CASES: list[dict[str, Any]] = json.loads((TESTS / "progress_cases.json").read_text(encoding="utf-8"))
MERGES: list[dict[str, Any]] = json.loads((TESTS / "merge_cases.json").read_text(encoding="utf-8"))


def task_of(case: dict[str, Any]) -> Task:
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in case["task"].items()}
    items = tuple(
        TaskItem(one["id"], one.get("check", False), tuple(one.get("sentences", ()))) for one in fields.get("items", ())
    )
    return Task(**{**fields, "items": items})


def lesson_of(case: dict[str, Any]) -> LessonInventory:
    return LessonInventory("l", 1, "Lesson", (task_of(case),))


@pytest.fixture(scope="module")
def counting(tmp_path_factory: pytest.TempPathFactory) -> Module:
    return Module("js/src/student-work/count.ts", tmp_path_factory.mktemp("count"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_counts_as_done(case: dict[str, Any]) -> None:
    task = task_of(case)
    progress = lesson_progress(lesson_of(case), {task.id: case["state"]})
    (one,) = progress.tasks
    counted = {name: getattr(one, name) for name in case["is"]}
    assert {name: list(value) if isinstance(value, tuple) else value for name, value in counted.items()} == case["is"]
    assert list(still_open(progress)) == case["open"]
    assert list(progress.read_again) == case["again"]


def test_the_browser_counts_the_same(counting: Module) -> None:
    lessons = [lesson_of(case).to_json() for case in CASES]
    states = [{case["task"]["id"]: case["state"]} for case in CASES]
    counted = counting.call("lessonProgress", [list(pair) for pair in zip(lessons, states, strict=True)])
    assert [{name: one["tasks"][0][name] for name in case["is"]} for one, case in zip(counted, CASES, strict=True)] == [
        case["is"] for case in CASES
    ]
    assert [one["readAgain"] for one in counted] == [case["again"] for case in CASES]
    assert counting.call("stillOpen", [[one] for one in counted]) == [case["open"] for case in CASES]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["a", "checked", "value"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "responses", "text", "value", "checked", "score", "notes"]), inner)
    ),
    max_leaves=12,
)


@given(st.sampled_from(CASES), JSON)
def test_nothing_that_is_kept_raises_and_no_step_counts_twice(case: dict[str, Any], state: Any) -> None:
    progress = lesson_progress(lesson_of(case), {case["task"]["id"]: state})
    assert 0 <= progress.done <= progress.all
    assert progress.begun or progress.done == 0
    assert len(still_open(progress)) == (progress.done < progress.all)


def test_both_count_the_words_of_any_text_alike(counting: Module) -> None:
    spaces = [chr(code) for code in range(0x3100) if not chr(code).strip() or code in {0xFEFF, 0x200B, 0x180E}]
    texts = [f"a{space}b" for space in [*spaces, "\ufeff"]]
    assert counting.call("countWords", [[text] for text in texts]) == [count_words(text) for text in texts]


# --- two pages of one lesson -------------------------------------------------------------------


def test_both_put_states_together_alike(tmp_path: Path) -> None:
    cases = [[case["base"], case["mine"], case["theirs"]] for case in MERGES]
    wanted = [case["merged"] for case in MERGES]
    assert [merge_states(*case) for case in cases] == wanted
    assert Module("js/src/student-work/merge.ts", tmp_path).call("mergeStates", cases) == wanted
