"""Evidence matrix: a real table, a verdict and a reason for each cell, one column of the student's own."""

from __future__ import annotations

from coldwar_lessons.content.activities import EvidenceMatrix
from coldwar_lessons.widgets.evidence_matrix import MINE, VERDICTS
from tests.widgets.activity_trees import elements, having, names_of, real_course, spec_of

(NAME,) = names_of("evidence-matrix")
ACTIVITY = real_course().activities[NAME]
assert isinstance(ACTIVITY, EvidenceMatrix)
COLUMNS = [*(one.id for one in ACTIVITY.explanations), MINE]


def test_rows_are_evidence_and_columns_are_explanations() -> None:
    (table,) = having(spec_of(NAME).tree, "table")
    heads = [dict(one.attributes).get("scope") for one in having(table, "th")]
    assert heads == ["col"] * (len(COLUMNS) + 1) + ["row"] * len(ACTIVITY.rows)
    for body, row in zip(having(table, "tbody"), ACTIVITY.rows, strict=True):
        (head,) = having(body, "th")
        assert row.text in head.text()
        assert [dict(one.attributes).get("data-explanation") for one in having(body, "td")][:-1] == COLUMNS


def test_numbers_of_the_explanations_are_said_once() -> None:
    (listed,) = having(spec_of(NAME).tree, "dl", class_="cwl-em-explanations")
    assert "(i)" in listed.text()
    assert listed.text().count("(i)") == 1
    for one in ACTIVITY.explanations:
        assert one.quote is None or one.quote in listed.text()


def test_each_cell_takes_a_verdict_by_name_and_a_reason() -> None:
    for number, body in enumerate(having(spec_of(NAME).tree, "tbody"), 1):
        groups = having(body, role="radiogroup")
        assert all(f"Evidence {number}, " in dict(one.attributes)["aria-label"] for one in groups)
        for group in groups:
            assert [dict(one.attributes)["value"] for one in having(group, "input")] == list(VERDICTS)
            assert [one.text() for one in having(group, "span", class_="cwl-hidden")] == list(VERDICTS)
        assert [dict(one.attributes)["data-reason"] for one in having(body, "textarea")] == COLUMNS


def test_the_edition_s_readings_and_conclusion_are_folded() -> None:
    spec = spec_of(NAME)
    folded = [one for one in elements(spec.tree) if "cwl-reveal" in dict(one.attributes).get("class", "").split()]
    hidden = "".join(one.text() for one in folded)
    reasons = [reading.reason for row in ACTIVITY.rows for reading in row.edition.values()]
    for text in [*reasons, ACTIVITY.conclusion, *(one.argument for one in ACTIVITY.historians)]:
        assert spec.tree.text().count(text) == hidden.count(text) >= 1
    assert set(spec.payload["rows"]) == {row.id for row in ACTIVITY.rows}
