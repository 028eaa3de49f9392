"""The paper as edited equals the original to the letter, and any changed letter is noticed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldwar_lessons.content.check_quotations import check_paper, digest, paper_parts
from coldwar_lessons.content.load import load_course, load_paper, read_content
from coldwar_lessons.content.models import Block, Paper

ROOT = Path(__file__).resolve().parents[2]
PAPER = load_paper(ROOT)
IDS = [sentence.id for sentence in PAPER.sentences()]


def original() -> str:
    """The text as it was handed down, without the word processor's marks for its one footnote."""
    text = (ROOT / "tests" / "paper.txt").read_text(encoding="utf-8")
    for artefact, instead in ((r"\[footnoteRef:1\]", ""), (r"\[1:\s", " "), (r"\]\s*\Z", "")):
        text, count = re.subn(artefact, instead, text)
        assert count == 1
    return " ".join(text.split())


def edited(paper: Paper) -> str:
    """All parts of the edited paper, with the numbers of its paragraphs."""
    parts = []
    for part in paper.parts:
        number = f"{part.number}. " if part.role == "paragraph" else ""
        parts.append(part.text if isinstance(part, Block) else number + " ".join(s.text for s in part.sentences))
    return " ".join(" ".join(parts).split())


def with_sentence(paper: Paper, name: str, text: str) -> Paper:
    data = paper.model_dump()
    for part in data["parts"]:
        for sentence in part.get("sentences", ()):
            if sentence["id"] == name:
                sentence["text"] = text
    return Paper.model_validate(data)


def test_paper_equals_the_original_to_the_letter() -> None:
    assert edited(PAPER) == original()


def test_sentences_are_numbered_in_reading_order() -> None:
    numbered = [f"p{paragraph}.s{number}" for paragraph in (3, 4) for number in range(1, 11)]
    assert [*numbered, "fn1.s1", "fn1.s2"] == IDS


def test_parts_stand_in_reading_order() -> None:
    assert [(part.id, part.role) for part in PAPER.parts] == [
        ("head-mark", "mark"),
        ("head-number", "number"),
        ("head-body", "body"),
        ("head-title", "title"),
        ("omission", "omission"),
        ("p3-heading", "heading"),
        ("p3", "paragraph"),
        ("p4-heading", "heading"),
        ("p4", "paragraph"),
        ("fn1", "footnote"),
    ]


def test_footnote_hangs_where_the_original_calls_it() -> None:
    called = [sentence for sentence in PAPER.sentences() if sentence.footnote]
    assert [sentence.id for sentence in called] == ["p4.s8"]
    raw = (ROOT / "tests" / "paper.txt").read_text(encoding="utf-8")
    assert raw.split("[footnoteRef:1]")[0].endswith(called[0].text)


@given(name=st.sampled_from(IDS), data=st.data())
def test_any_changed_letter_is_noticed(name: str, data: st.DataObject) -> None:
    text = PAPER.sentence(name).text
    at = data.draw(st.sampled_from([i for i, letter in enumerate(text) if not letter.isspace()]))
    letter = data.draw(st.characters(codec="utf-8").filter(lambda other: other != text[at]))
    try:
        changed = with_sentence(PAPER, name, text[:at] + letter + text[at + 1 :])
    except ValueError:  # a sentence cannot be empty
        return
    assert edited(changed) != original()
    assert marks(changed) != marks(PAPER)


@given(name=st.sampled_from(IDS), data=st.data())
def test_any_lost_letter_is_noticed(name: str, data: st.DataObject) -> None:
    text = PAPER.sentence(name).text
    at = data.draw(st.sampled_from([i for i, letter in enumerate(text) if not letter.isspace()]))
    changed = with_sentence(PAPER, name, text[:at] + text[at + 1 :])
    assert edited(changed) != original()
    assert marks(changed) != marks(PAPER)


def marks(paper: Paper) -> str:
    return digest("\n".join(f"{name}|{fixed}" for name, fixed, _ in paper_parts(paper)))


def test_check_knows_the_paper_to_the_letter() -> None:
    assert list(check_paper(read_content(ROOT))) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("CABINET", "PARLIAMENT", "head-body is not the paper to the letter"),
        ("      - id: p3.s3\n", "      - id: p3.s33\n", "p3.s33 is no part of the paper as edited here"),
        ("number: 4", "number: 5", "p4.s1 is not the paper to the letter"),
        (
            '  - {id: head-mark, role: mark, text: "SECRET"}\n  - {id: head-number, role: number, text: "C.(53)187"}\n',
            '  - {id: head-number, role: number, text: "C.(53)187"}\n  - {id: head-mark, role: mark, text: "SECRET"}\n',
            "out of order",
        ),
        ('  - {id: head-mark, role: mark, text: "SECRET"}\n', "", "the paper lacks head-mark: restore it"),
    ],
)
def test_check_names_what_was_changed(small_course: Path, old: str, new: str, message: str) -> None:
    path = small_course / "data" / "paper.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert message in str(next(check_paper(read_content(small_course))))


def test_course_and_paper_agree() -> None:
    assert load_course(ROOT).paper == PAPER
