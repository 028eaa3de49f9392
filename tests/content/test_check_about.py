"""What the course says of itself and of its document: faults with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from coldwar_lessons.content.check import check_content


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("course.yml", "epigraph: p3.s5", "epigraph: p3.s55", "no sentence 'p3.s55': did you mean p3.s5"),
        ("course.yml", "date: 1953-07\n", "date: July 1953\n", "document.date"),
        ("course.yml", "date: 1953-07-01/1953-07-05", "date: 1953-07-05/1953-07-01", "horizon.date"),
        ("course.yml", "language: en-GB", "language: English, British", "language"),
        ("course.yml", "lessons: 9", "lessons: 0", "lessons"),
        ("course.yml", "subtitle:", "subtle:", "subtle"),
        ("paper.yml", "footnote: fn1", "footnote: fn2", "no footnote 'fn2': write it, or take this out"),
        ("paper.yml", "- id: p3.s3\n", "- id: p3.s2\n", "duplicate id 'p3.s2': rename one"),
        ("paper.yml", "- id: p4.s3\n", "- id: p3.s13\n", "'p3.s13' stands in p4: its id begins with p4.s"),
        ("paper.yml", "{id: p4-heading,", "{id: p3-heading,", "duplicate id 'p3-heading': rename one"),
    ],
)
def test_a_fault_is_named_with_its_line(small_course: Path, file: str, old: str, new: str, fault: str) -> None:
    path = small_course / "data" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    found = [str(one) for one in check_content(small_course).faults]
    assert any(one.startswith(f"data/{file}:{line}:") and fault in one for one in found), found


def test_a_course_that_says_nothing_of_itself_is_no_course(small_course: Path) -> None:
    (small_course / "data" / "course.yml").unlink()
    assert [str(one) for one in check_content(small_course).faults] == [
        "data/course.yml: cannot be read: No such file or directory"
    ]
