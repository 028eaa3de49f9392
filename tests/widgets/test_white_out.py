"""White-out: hidden words are nowhere before they are uncovered, and no question answers another."""

from __future__ import annotations

import pytest

from coldwar_lessons.content.activities import WhiteOut
from tests.widgets.activity_trees import having, names_of, real_course, spec_of

NAMES = names_of("white-out")


@pytest.mark.parametrize("name", NAMES)
def test_a_sentence_lacks_every_word_that_is_asked_for(name: str) -> None:
    activity = real_course().activities[name]
    assert isinstance(activity, WhiteOut)
    for blank, fieldset in zip(activity.blanks, having(spec_of(name).tree, "fieldset"), strict=True):
        (words,) = having(fieldset, "p", class_="cwl-words")
        gaps = having(words, "span", class_="cwl-wo-gap")
        here = sorted(
            (one for one in activity.blanks if one.sentence == blank.sentence),
            key=lambda one: real_course().sentence(one.sentence).text.index(one.quote),
        )
        assert [dict(gap.attributes)["data-gap"] for gap in gaps] == [one.id for one in here]
        (asked,) = having(words, "span", class_="cwl-wo-asked")
        assert dict(asked.attributes)["data-gap"] == blank.id
        # With the words put back, it is the paper to the letter.
        by_id = {one.id: one.quote for one in here}
        text = "".join(
            child if isinstance(child, str) else by_id.get(dict(child.attributes).get("data-gap", ""), "")
            for child in words.children
        )
        assert text.strip() == real_course().sentence(blank.sentence).text


@pytest.mark.parametrize("name", NAMES)
def test_all_gaps_look_alike(name: str) -> None:
    gaps = having(spec_of(name).tree, "span", class_="cwl-wo-gap")
    assert len({gap.text() for gap in gaps}) == 1
    assert all(dict(gap.attributes)["role"] == "img" and dict(gap.attributes)["aria-label"] for gap in gaps)


@pytest.mark.parametrize("name", NAMES)
def test_candidates_stand_in_alphabetical_order_and_the_author_s_is_one_of_them(name: str) -> None:
    activity = real_course().activities[name]
    assert isinstance(activity, WhiteOut)
    for blank, fieldset in zip(activity.blanks, having(spec_of(name).tree, "fieldset"), strict=True):
        offered = [dict(radio.attributes)["value"] for radio in having(fieldset, "input", type="radio")]
        assert offered == sorted(offered, key=str.casefold)
        assert set(offered) == {blank.quote, *(other.text for other in blank.alternatives)}


@pytest.mark.parametrize("name", NAMES)
def test_every_wording_is_told_what_it_does(name: str) -> None:
    activity = real_course().activities[name]
    assert isinstance(activity, WhiteOut)
    for blank, fieldset in zip(activity.blanks, having(spec_of(name).tree, "fieldset"), strict=True):
        (reveal,) = having(fieldset, "details")
        assert blank.reveal in reveal.text()
        assert all(other.effect in reveal.text() for other in blank.alternatives)
