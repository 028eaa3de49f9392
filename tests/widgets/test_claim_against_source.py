"""Claim against source: texts side by side, and statements to be sorted into heaps."""

from __future__ import annotations

from coldwar_lessons.content.activities import ClaimAgainstSource
from tests.widgets.activity_trees import having, names_of, real_course, spec_of

(NAME,) = names_of("claim-against-source")
ACTIVITY = real_course().activities[NAME]
assert isinstance(ACTIVITY, ClaimAgainstSource)


def test_columns_show_the_paper_to_the_letter_and_paraphrases_with_sources() -> None:
    columns = having(spec_of(NAME).tree, class_="cwl-cs-column")
    for shown, column in zip(columns, ACTIVITY.columns, strict=True):
        sentences = [real_course().sentence(one).text for one in column.sentences]
        found = [one.text() for one in having(shown, class_="cwl-words")]
        assert len(found) == len(sentences)
        assert all(one.endswith(f" {text}") for one, text in zip(found, sentences, strict=True))
        assert all(text in shown.text() for text in column.paraphrase)
        assert bool(having(shown, class_="cwl-citation")) == bool(column.sources)


def test_each_statement_offers_every_heap_and_keeps_its_answer_folded() -> None:
    spec = spec_of(NAME)
    heaps = [category.id for category in ACTIVITY.categories]
    for line, statement in zip(having(spec.tree, "li"), ACTIVITY.statements, strict=True):
        radios = [dict(one.attributes) for one in having(line, "input", type="radio")]
        assert [one["value"] for one in radios] == heaps
        assert len({one["name"] for one in radios}) == 1
        assert not any("checked" in one for one in radios)
        (reveal,) = having(line, "details", class_="cwl-reveal")
        assert line.text().count(statement.feedback) == reveal.text().count(statement.feedback) == 1
    assert spec.payload["statements"] == {
        one.id: {"key": one.key, "feedback": one.feedback} for one in ACTIVITY.statements
    }
