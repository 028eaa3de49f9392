"""Forecast: what is asked, what is held back, and room for a pen."""

from __future__ import annotations

from coldwar_lessons.content.activities import Forecast
from tests.widgets.activity_trees import having, names_of, real_course, spec_of

(NAME,) = names_of("forecast")
ACTIVITY = real_course().activities[NAME]
assert isinstance(ACTIVITY, Forecast)


def test_each_question_has_a_slider_in_per_cent_and_what_could_be_known() -> None:
    fieldsets = having(spec_of(NAME).tree, "fieldset")
    for fieldset, question in zip(fieldsets, ACTIVITY.questions, strict=True):
        (legend,) = having(fieldset, "legend")
        assert legend.text() == question.question
        (slider,) = having(fieldset, "input")
        given = dict(slider.attributes)
        assert (given["type"], given["min"], given["max"]) == ("range", "0", "100")
        (known,) = having(fieldset, id=given["aria-describedby"])
        assert known.text() == question.known


def test_the_outcome_stands_only_in_what_is_folded() -> None:
    spec = spec_of(NAME)
    assert spec.payload["outcomes"] == {question.id: question.outcome for question in ACTIVITY.questions}
    for fieldset, question in zip(having(spec.tree, "fieldset"), ACTIVITY.questions, strict=True):
        (reveal,) = having(fieldset, "details")
        assert fieldset.text().count(question.answer) == reveal.text().count(question.answer) == 1


def test_on_paper_there_is_a_row_of_numbers_to_ring() -> None:
    for fieldset in having(spec_of(NAME).tree, "fieldset"):
        (row,) = having(fieldset, class_="cwl-fc-numbers")
        assert "cwl-static" in dict(row.attributes)["class"].split()
        assert row.text().split("number.")[1].split() == [str(number) for number in range(0, 101, 10)]
