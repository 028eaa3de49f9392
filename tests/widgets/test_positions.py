"""Positions: empty axes, a list of names, dated evidence for each, regions held back."""

from __future__ import annotations

from coldwar_lessons.content.activities import Positions
from tests.widgets.activity_trees import having, names_of, real_course, spec_of

(NAME,) = names_of("positions")
ACTIVITY = real_course().activities[NAME]
assert isinstance(ACTIVITY, Positions)


def test_names_wait_beside_an_empty_field_with_words_at_its_ends() -> None:
    tree = spec_of(NAME).tree
    (plot,) = having(tree, class_="cwl-ps-plot")
    assert plot.children == ()
    waiting = [dict(one.attributes)["data-token"] for one in having(tree, "li") if "data-token" in dict(one.attributes)]
    assert waiting == [placed.person for placed in ACTIVITY.people]
    (frame,) = having(tree, class_="cwl-ps-frame")
    for word in (ACTIVITY.x.low, ACTIVITY.x.high, ACTIVITY.y.low, ACTIVITY.y.high):
        assert word in frame.text()


def test_everybody_can_be_placed_by_two_selects_and_has_dated_evidence() -> None:
    for box, placed in zip(having(spec_of(NAME).tree, "fieldset"), ACTIVITY.people, strict=True):
        assert [dict(one.attributes)["data-axis"] for one in having(box, "select")] == ["x", "y"]
        radios = having(box, "input", type="radio")
        assert [dict(one.attributes)["value"] for one in radios] == [one.id for one in placed.evidence]
        assert all(one.text in box.text() for one in placed.evidence)
        assert box.text().count("195") >= len(placed.evidence)


def test_a_region_is_told_in_words_too_and_only_in_what_is_folded() -> None:
    spec = spec_of(NAME)
    for box, placed, given in zip(having(spec.tree, "fieldset"), ACTIVITY.people, spec.payload["people"], strict=True):
        (reveal,) = having(box, "details", class_="cwl-reveal")
        assert placed.region.reason in reveal.text()
        assert f"{given['x'][0]} to {given['x'][1]} %" in reveal.text()
        assert f"{given['y'][0]} to {given['y'][1]} %" in reveal.text()
        assert given["x"] == [round(100 * side) for side in placed.region.x]
