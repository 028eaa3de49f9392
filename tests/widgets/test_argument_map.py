"""Argument map: pieces tied to exact words, laid out in reading order, the edition's links held back."""

from __future__ import annotations

from itertools import combinations
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldwar_lessons.content.activities import ArgumentMap
from coldwar_lessons.content.models import Claim, ClaimKind
from coldwar_lessons.markup import Element
from coldwar_lessons.widgets.argument_map import KINDS, RELATIONS, edition_links, place_in_reading_order
from tests.widgets.activity_trees import having, names_of, real_course, spec_of

NAMES = names_of("argument-map")


def claims_of(name: str) -> list[Claim]:
    activity = real_course().activities[name]
    assert isinstance(activity, ArgumentMap)
    return [real_course().claims[claim] for claim in activity.claims]


def test_every_kind_is_explained() -> None:
    assert set(KINDS) == set(get_args(ClaimKind))


@pytest.mark.parametrize("name", NAMES)
def test_pieces_are_marked_in_their_sentences_to_the_letter(name: str) -> None:
    tree = spec_of(name).tree
    claims = claims_of(name)
    spans = {dict(one.attributes)["data-span"]: one for one in having(tree, "a", class_="cwl-am-span")}
    assert set(spans) == {claim.id for claim in claims}
    for number, claim in enumerate(claims, 1):
        assert spans[claim.id].text() == f"{number}{claim.quote}"
        assert dict(spans[claim.id].attributes)["href"] == f"#{dict(card_of(name, claim).attributes)['id']}"
    shown = "".join(one.text() for one in having(tree, "p", class_="cwl-words"))
    assert all(shown.count(claim.quote) >= 1 for claim in claims)


def card_of(name: str, claim: Claim) -> Element:
    (card,) = having(spec_of(name).tree, "fieldset", data_claim=claim.id)
    return card


@pytest.mark.parametrize("name", NAMES)
def test_each_card_offers_every_kind_relation_and_other_piece(name: str) -> None:
    claims = claims_of(name)
    for claim in claims:
        kind, relation, target = (
            [dict(option.attributes)["value"] for option in having(select, "option")]
            for select in having(card_of(name, claim), "select")
        )
        assert kind == ["", *KINDS]
        assert relation == list(RELATIONS)
        assert target == ["", *(other.id for other in claims if other.id != claim.id)]


@pytest.mark.parametrize("name", NAMES)
def test_the_edition_s_reading_is_folded_with_a_reason_and_all_its_links(name: str) -> None:
    claims = claims_of(name)
    for claim in claims:
        (reveal,) = having(card_of(name, claim), "details", class_="cwl-reveal")
        assert claim.kind in reveal.text()
        assert claim.paraphrase in reveal.text()
        assert [dict(one.attributes)["data-link"] for one in having(reveal, "li")] == [
            " ".join(link) for link in edition_links(claims) if link[0] == claim.id
        ]
    assert spec_of(name).payload["links"] == edition_links(claims)


@pytest.mark.parametrize("name", NAMES)
def test_links_stay_within_the_map(name: str) -> None:
    known = {claim.id for claim in claims_of(name)}
    assert edition_links(claims_of(name))
    assert all({source, target} <= known for source, _, target in edition_links(claims_of(name)))


def made_up(sentences: list[int]) -> list[Claim]:
    return [
        Claim(id=f"c{index}", kind="claim", sentence=f"p3.s{sentence}", quote="x", paraphrase="x")
        for index, sentence in enumerate(sentences)
    ]


@given(st.lists(st.integers(1, 10), min_size=1, max_size=16).map(sorted))
def test_no_two_pieces_lie_on_each_other_and_all_lie_within(sentences: list[int]) -> None:
    claims = made_up(sentences)
    if max(sentences.count(one) for one in sentences) > 5:
        return
    places, height = place_in_reading_order(claims)
    assert len(places) == len(claims)
    for (_, (x1, y1)), (_, (x2, y2)) in combinations(places.items(), 2):
        assert (x1 - x2) ** 2 + (y1 - y2) ** 2 >= 36**2
    assert all(18 <= x <= 352 - 18 and 18 <= y <= height - 30 for x, y in places.values())


@given(st.lists(st.integers(1, 10), min_size=2, max_size=12).map(sorted))
def test_later_sentences_stand_below_earlier_ones(sentences: list[int]) -> None:
    claims = made_up(sentences)
    places, _ = place_in_reading_order(claims)
    for one, other in combinations(claims, 2):
        if int(one.sentence[4:]) < int(other.sentence[4:]):
            assert places[one.id][1] < places[other.id][1]
