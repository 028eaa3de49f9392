"""Tries: how they are kept and counted, and what they are worth by a quiz's behaviour."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldwar_lessons.content.items import Quiz
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.grading.tries import Try, count_tries, read_tries, score_answer, score_tries
from coldwar_lessons.widgets.quiz import quiz_spec
from coldwar_lessons.widgets.quiz_live import Quiz as LiveQuiz
from tests.browser.quizzes import every_interaction

AT = "2026-11-24T17:00:00.123Z"


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course()


def with_tries(tries: int = 3, penalty: float = 0.25) -> Quiz:
    return every_interaction().model_copy(update={"behaviour": "tries", "tries": tries, "penalty": penalty})


def kept(*values: Any, **more: Any) -> dict[str, Any]:
    tries = [{"value": value, "at": AT} for value in values]
    return {"value": values[-1], "checked": True, "attempts": len(values), "tries": tries, **more}


def test_every_try_is_read_with_its_time() -> None:
    assert read_tries(kept("a", "b")) == (Try("a", AT), Try("b", AT))
    assert count_tries(kept("a", "b")) == 2


@pytest.mark.parametrize("at", ["yesterday", "2026-11-24T17:00:00", "2026-11-24T17:00:00+02:00", 3, None, "9" * 5000])
def test_what_is_no_time_in_utc_is_no_time(at: Any) -> None:
    assert read_tries({"tries": [{"value": "a", "at": at}]}) == (Try("a"),)


def test_a_state_from_before_tries_still_reads(course: Course) -> None:
    quiz = with_tries()
    choice = quiz.items[0]
    old = {"value": "b", "checked": True, "attempts": 2, "score": 1}
    assert read_tries(old) == ()
    assert count_tries(old) == 2
    assert score_answer(quiz, choice, old, course) == 0.75
    assert score_answer(every_interaction(), choice, old, course) == 1


@pytest.mark.parametrize(
    ("response", "score"),
    [
        (kept("b"), 1),
        (kept("a", "b"), 0.75),
        (kept("a", "c", "b"), 0.5),
        (kept("a", "c", "a"), 0),
        (kept("a", "c", "a", "b"), 0),  # practice after the end
        (kept("b", "a"), 1),  # begun again after it was right
        (kept("a", value="b", checked=False), 0),  # changed, but not checked
        ({"value": "b", "checked": False, "attempts": 0}, 1),  # answered, never checked: a first try
        ({}, 0),
        (None, 0),
    ],
)
def test_three_tries_at_a_quarter_each(course: Course, response: Any, score: float) -> None:
    quiz = with_tries()
    assert score_answer(quiz, quiz.items[0], response, course) == score


def test_in_practice_the_last_answer_counts(course: Course) -> None:
    quiz = every_interaction()
    assert score_answer(quiz, quiz.items[0], kept("a", "c", "a", "b"), course) == 1
    assert score_answer(quiz, quiz.items[0], kept("b", "a"), course) == 0


def test_a_notebook_sees_every_try_and_the_score(course: Course) -> None:
    state = {"seed": 1, "responses": {"one-choice": kept("a", "b"), "many": kept(["a"], ["a", "c"], value=None)}}
    widget = LiveQuiz(quiz_spec(course, with_tries(), "l/quiz/all"), state)
    assert widget.responses == {"one-choice": "b"}
    assert [one.value for one in widget.tries["many"]] == [["a"], ["a", "c"]]
    assert widget.scores == {"one-choice": 0.75, "many": 1.5}


@given(st.lists(st.floats(0, 1), max_size=6), st.integers(1, 5), st.floats(0, 1))
def test_a_score_of_tries_is_within_bounds_and_never_above_the_best(
    scores: list[float], most: int, penalty: float
) -> None:
    got = score_tries(scores, most, penalty)
    assert 0 <= got <= max(scores[:most], default=0)
    assert got <= score_tries(scores, most, 0)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["value", "tries", "at", "attempts"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(response=JSON)
def test_any_kept_response_is_borne(response: Any) -> None:
    quiz, course = with_tries(), load_course()
    for item in quiz.items:
        assert 0 <= score_answer(quiz, item, response, course) <= 1
    assert count_tries(response) >= 0
