"""Rules of item writing, one by one: what they find, and what they leave alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from coldwar_lessons.content import check_items
from coldwar_lessons.content.check_items import RULES, count_syllables, reading_grade
from coldwar_lessons.content.items import Item
from coldwar_lessons.content.load import load_course

ROOT = Path(__file__).resolve().parents[2]
COMMON = {"id": "x", "skill": "argument", "level": "analysis", "sentences": ["p3.s8"]}


def make(interaction: str = "choice", **fields: Any) -> Item:
    """An item that keeps to every rule, but for the fields given."""
    options = fields.pop("options", ["Weighty deeds", "Small signs", "Plain tricks"])
    made = {
        **COMMON,
        "interaction": interaction,
        "prompt": "What are they?",
        "options": [
            {"id": "abcdef"[i], "text": text, "feedback": f"Look at word {i} of p3.s8."}
            for i, text in enumerate(options)
        ],
        "key": {"choice": "b", "multiple-choice": ["b"], "order": ["b", "a", "c"]}.get(interaction),
        **fields,
    }
    return TypeAdapter(Item).validate_python(made)


def found(rule: str, item: Item) -> list[tuple[Any, ...]]:
    return [location for location, _ in RULES[rule](item)]


def test_item_that_keeps_to_every_rule() -> None:
    for interaction in ("choice", "multiple-choice", "order"):
        assert [name for name in RULES if found(name, make(interaction))] == []


def test_each_rule_names_its_source_and_where_it_is_published() -> None:
    for rule in RULES.values():
        text = f"{rule.__doc__} {check_items.__doc__}"
        assert re.search(r"HDR 2002, guidelines? \d|Shute.* 2008|Kincaid.* 1975", rule.__doc__ or "", re.DOTALL)
        assert "10.1207/s15324818ame1503_5" in text


@pytest.mark.parametrize(
    ("options", "at"),
    [
        (["short one", "a key of 23 characters!", "the next 20 charact."], []),
        (["short one", "a key of 24 characters!!", "the next 20 charact."], [("key",)]),
        (["the longest option is wrong here", "a short key", "other"], []),
    ],
)
def test_longest_key(options: Sequence[str], at: list[Any]) -> None:
    assert found("longest-key", make(options=options)) == at
    assert found("longest-key", make("multiple-choice", options=options)) == []


@pytest.mark.parametrize(
    "text",
    ["All of the above", "None of these.", "both of them", "A and B", "Both a and c", "None of the above is true"],
)
def test_all_or_none(text: str) -> None:
    assert found("all-or-none", make(options=["One", "Two", text])) == [("options", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "All of the allies agreed",
        "None of the ministers saw it",
        "Both the Americans and the French",
        "A plan and a hope",
    ],
)
def test_options_that_only_sound_like_all_or_none(text: str) -> None:
    assert found("all-or-none", make(options=["One", "Two", text])) == []


@pytest.mark.parametrize(
    "prompt",
    [
        "Which reason does the author not give?",
        "Which of these is NOT a gesture?",
        "Pick the view that fits. Which of them fits least?",
        "All of these were gestures except which?",
        "Select the sentence which doesn’t fit.",
    ],
)
def test_negative_stem(prompt: str) -> None:
    assert found("negative-stem", make(prompt=prompt)) == [("prompt",)]


@pytest.mark.parametrize(
    "prompt",
    [
        "Which words show that the author is not the Prime Minister?",
        "Which words say “not yet” of the gestures?",
        "He does not know. Which words admit it?",
        "At least two words hedge. Which?",
        "Which assumption do they need, although they do not state it?",
        "Which note fits?",
    ],
)
def test_stems_that_ask_for_what_is_so(prompt: str) -> None:
    assert found("negative-stem", make(prompt=prompt)) == []


@pytest.mark.parametrize(
    ("options", "at"),
    [
        (["A small sign", "A trick", "a small sign!"], [("options", 2)]),
        (["sign", "trick", "small sign"], [("options", 2)]),
        (["1950 to 1953", "1952 to 1954", "1955-1956"], [("options", 1)]),
        (["1950 to 1951", "1952 to 1954", "1955-1956"], []),
        (["signs", "trick", "small sign"], []),
    ],
)
def test_overlap(options: Sequence[str], at: list[Any]) -> None:
    assert found("overlap", make(options=options)) == at


def test_steps_to_order_may_hold_one_another() -> None:
    assert found("overlap", make("order", options=["a test", "a fair test", "a plan"])) == []
    assert found("overlap", make("order", options=["a test", "a test", "a plan"])) == [("options", 1)]


def feedback_item(*feedback: str, **fields: Any) -> Item:
    options = [{"id": "abc"[i], "text": f"Text {'xyz'[i]}", "feedback": text} for i, text in enumerate(feedback)]
    made = {**COMMON, "interaction": "choice", "prompt": "Which?", "options": options, "key": "b", **fields}
    return TypeAdapter(Item).validate_python(made)


def test_same_feedback() -> None:
    item = feedback_item("See p3.s8.", "Yes.", "See p3.s8!")
    assert found("same-feedback", item) == [("options", 2, "feedback")]


@pytest.mark.parametrize(
    "text",
    [
        "Read on (p3.s8).",
        "Look at “not yet”.",
        "Whose voice is the footnote?",
        "Look at the heading.",
        "Compare paragraph 4.",
        "See fn1.s1.",
        "What do the brackets in […] mean?",
    ],
)
def test_feedback_that_sends_to_the_words(text: str) -> None:
    assert found("unanchored-feedback", feedback_item(text, "Yes.", text + " Again p3.s1.")) == []


def test_feedback_that_sends_nowhere() -> None:
    item = feedback_item("Try again.", "Yes.", "Think of p3.s8.")
    assert found("unanchored-feedback", item) == [("options", 0, "feedback")]
    cited = feedback_item("Try again.", "Yes.", "Think of p3.s8.", sources=[{"source": "frus"}])
    assert found("unanchored-feedback", cited) == []


def test_feedback_of_other_interactions() -> None:
    match = TypeAdapter(Item).validate_python(
        {
            **COMMON,
            "interaction": "match",
            "prompt": "Match.",
            "premises": [
                {"id": "p", "text": "P", "feedback": "Hm."},
                {"id": "q", "text": "Q", "feedback": "See p3.s7."},
            ],
            "options": [{"id": "a", "text": "one"}, {"id": "b", "text": "two"}],
            "key": {"p": "a", "q": "b"},
        }
    )
    assert found("unanchored-feedback", match) == [("premises", 0, "feedback")]
    short = TypeAdapter(Item).validate_python(
        {
            **COMMON,
            "interaction": "short-text",
            "prompt": "Which word is not his?",
            "key": ["gesture"],
            "near": [{"answers": ["step"], "feedback": "Close."}],
            "feedback": {"correct": "Yes.", "incorrect": "No."},
        }
    )
    assert found("unanchored-feedback", short) == [("feedback", "incorrect"), ("near", 0, "feedback")]
    assert found("negative-stem", short) == []


def test_hard_prompt() -> None:
    hard = "Evaluate the argumentative characteristics of governmental communication."
    assert found("hard-prompt", make(prompt=hard)) == [("prompt",)]
    assert found("hard-prompt", make(prompt="How does he weigh the signs?")) == []
    assert found("hard-prompt", make(prompt="Who says “" + "extraordinarily complicated " * 9 + "”?")) == []


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1), ("test", 1), ("quote", 1), ("changed", 1), ("wanted", 2), ("ended", 2), ("table", 2), ("people", 2),
        ("notes", 1), ("places", 2), ("gestures", 2), ("houses", 2), ("armistice", 3), ("Eisenhower", 4), ("policy", 3),
        ("evidence", 3), ("Churchill", 2), ("naïve", 1), ("x", 1),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert count_syllables(word) == count


def test_reading_grade_is_that_of_the_formula() -> None:
    # 9 words, 1 sentence, 12 syllables
    assert reading_grade("The paper says that the gestures weigh little yet.") == pytest.approx(
        0.39 * 9 + 11.8 * 12 / 9 - 15.59
    )
    assert reading_grade("1953?") == 0


def test_waivers_of_the_real_course_give_reasons() -> None:
    for quiz in load_course(ROOT).quizzes.values():
        for item in quiz.items:
            assert set(item.waive) <= set(RULES)
            assert all(len(reason.split()) >= 3 for reason in item.waive.values()), item.id
