"""Sealing: what is left of an item when its answer must not be known."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from coldwar_lessons.content import items, questions
from coldwar_lessons.content.items import ChoiceItem
from coldwar_lessons.content.load import load_course
from coldwar_lessons.content.questions import SealedQuiz
from coldwar_lessons.content.seal import seal_item, seal_quiz, unseal
from coldwar_lessons.grading.scoring import is_scored, score_response
from coldwar_lessons.widgets.quiz import key_of
from tests.browser.quizzes import every_interaction

#: Everything a student may know of an item. A field that is added to the questions must be added here on purpose.
ALLOWED = {"id", "prompt", "skill", "level", "points", "interaction", "options", "premises", "anchors", "text", "title"}
ALLOWED |= {"max_length", "rubric", "words", "starters"}
COURSE = load_course(teaching=True)
QUIZZES = [*COURSE.quizzes.values(), every_interaction()]


def keys_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys_in(inner)}
    return {key for inner in value for key in keys_in(inner)} if isinstance(value, list) else set()


@pytest.mark.parametrize(
    "quiz", [*load_course(teaching=True).quizzes.values(), every_interaction()], ids=lambda q: q.id
)
def test_a_sealed_quiz_has_only_allowed_fields(quiz: items.Quiz) -> None:
    sealed = seal_quiz(COURSE, quiz, "seed")
    document = sealed.model_dump(mode="json")
    assert set(document) == {"id", "title", "items"}
    assert set().union(*(keys_in(item) for item in document["items"])) <= ALLOWED
    assert [type(item).__module__ for item in sealed.items] == [questions.__name__] * len(quiz.items)
    for item, question in zip(quiz.items, sealed.items, strict=True):
        assert len(getattr(item, "options", ())) == len(getattr(question, "options", ()))
        if item.interaction != "select-passage":
            letters = [one.id for one in getattr(question, "options", ())]
            assert sorted(letters) == list("abcdefghij"[: len(letters)])


@pytest.mark.parametrize("quiz", QUIZZES, ids=lambda quiz: quiz.id)
def test_a_response_to_a_sealed_item_is_scored_as_one_to_the_item(quiz: items.Quiz) -> None:
    for item in quiz.items:
        if is_scored(item):
            question = seal_item(COURSE, item, "seed")
            assert score_response(item, unseal(COURSE, item, sealed_key(item, question), "seed"), COURSE) == 1


def sealed_key(item: Any, question: Any) -> Any:
    """The right response in the ids of the sealed question, found by the texts that a student sees."""
    key = key_of(item, COURSE)
    texts = {"place-event": lambda one: COURSE.events[one.id].title}.get(item.interaction, lambda one: one.text)
    if item.interaction in {"select-passage", "short-text"}:
        return key if item.interaction == "select-passage" else key[0]
    old = {one.id: texts(one) for one in item.options}
    new = {getattr(one, "title", None) or one.text: one.id for one in question.options}
    if item.interaction == "match":
        sides = {one.text: one.id for one in question.premises}
        return {sides[one.text]: new[old[key[one.id][0]]] for one in item.premises}
    if item.interaction == "place-event":
        return {new[old[event]]: slots[0] for event, slots in key.items()}
    return new[old[key]] if isinstance(key, str) else [new[old[one]] for one in key]


@given(
    value=st.recursive(
        st.none() | st.integers() | st.text(max_size=3) | st.sampled_from(["a", "p1", "b"]),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
        max_leaves=6,
    )
)
def test_any_response_is_unsealed_without_complaint(value: Any) -> None:
    for item in every_interaction().items:
        assert 0 <= score_response(item, unseal(COURSE, item, value), COURSE) <= 1


def test_a_sealed_quiz_reads_back_and_refuses_a_key() -> None:
    document = json.loads(seal_quiz(COURSE, every_interaction()).model_dump_json())
    assert SealedQuiz.model_validate(document) == seal_quiz(COURSE, every_interaction())
    document["items"][0]["key"] = "b"
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        SealedQuiz.model_validate(document)


def test_every_question_has_an_item_and_only_that_has_the_key() -> None:
    assert len(items.BaseItem.__subclasses__()) == len(questions.BaseQuestion.__subclasses__()) - 1 == 8
    for model in questions.BaseQuestion.__subclasses__():
        if model is not items.BaseItem:
            assert not {"key", "near", "feedback", "hint", "sentences", "sources"} & set(model.model_fields)


def test_the_sequence_of_options_follows_the_seed() -> None:
    choice = every_interaction().items[0]
    sequences = {tuple(one.text for one in seal_item(COURSE, choice, str(seed)).options) for seed in range(60)}
    assert len(sequences) == 6
    assert seal_item(COURSE, choice, "7") == seal_item(COURSE, choice, "7")


TEXTS = {"a": "Prestige", "b": "Fear", "c": "A wish to divide", "d": "Peace"}


@given(
    right=st.sampled_from("abcd"),
    order=st.permutations("abcd"),
    names=st.permutations("abcd"),
    seed=st.text(max_size=8),
)
def test_nothing_that_students_see_depends_on_the_key(
    right: str, order: list[str], names: list[str], seed: str
) -> None:
    """Whatever is right, and whatever ids and sequence the author chose, the sealed item is the same to a letter."""

    def sealed(key: str, ids: list[str], own: dict[str, str]) -> Any:
        return seal_item(
            COURSE,
            ChoiceItem(
                id="i",
                prompt="p",
                skill="argument",
                level="recall",
                sentences=("p3.s1",),
                interaction="choice",
                options=tuple(items.Option(id=own[one], text=TEXTS[one], feedback=f"{one} {key}") for one in ids),
                key=own[key],
            ),
            seed,
        )

    plain = sealed("a", list("abcd"), dict(zip("abcd", "abcd", strict=True)))
    assert sealed(right, order, dict(zip("abcd", names, strict=True))) == plain
    assert [one.id for one in plain.options] == list("abcd")


def test_the_key_stands_in_each_place_about_equally_often() -> None:
    """Over many seeds the right option is in no place more often than chance puts it there."""
    choice = every_interaction().items[0]
    assert isinstance(choice, ChoiceItem)
    rounds = 3000
    right = next(one.text for one in choice.options if one.id == choice.key)
    places = [
        [one.text for one in seal_item(COURSE, choice, str(seed)).options].index(right)  # type: ignore[union-attr]
        for seed in range(rounds)
    ]
    for place in range(3):
        # 5 standard deviations of a binomial distribution with p = 1/3
        assert abs(places.count(place) - rounds / 3) < 5 * (rounds * 2 / 9) ** 0.5
