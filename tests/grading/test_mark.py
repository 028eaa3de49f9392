"""Marking: scores come from responses and the teacher's keys, and every file is accounted for."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from coldwar_lessons.content.load import Course
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.grades import collect_grades
from coldwar_lessons.grading.mark import Tally, mark_hand_ins
from coldwar_lessons.grading.roster import Roster, RosterEntry
from coldwar_lessons.grading.tables import quiz_results, writings
from tests.grading.hand_ins import LESSON, QUIZ, RIGHT, as_bytes, hand_in, workbook

ROSTER = Roster(
    tuple(RosterEntry(number, name, number) for number, name in (("1", "Ann"), ("2", "Bob"), ("3", "Çelik")))
)


def mark(course: Course, gradebook: Gradebook, *paths: Path, **options: Any) -> Tally:
    tally = Tally()
    for tally in mark_hand_ins(paths, course, options.pop("roster", ROSTER), gradebook, **options):  # noqa: B007
        pass
    assert tally.adds_up()
    return tally


def kept(gradebook: Gradebook) -> list[Any]:
    return [row["responses"] for row in gradebook.rows(sa.select(quiz_results.c.responses))]


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


# --- what counts -----------------------------------------------------------------------------------


def test_a_score_in_the_hand_in_is_never_read(course: Course, gradebook: Gradebook, tmp_path: Path) -> None:
    wrong = hand_in(workbooks={LESSON: workbook({"gestures-most-important": "a"})})
    mark(course, gradebook, write(tmp_path, "a.json", as_bytes(wrong)))
    assert kept(gradebook) == [{"gestures-most-important": ["a", 0.0, 1]}]


def test_right_answers_earn_their_points(course: Course, gradebook: Gradebook, tmp_path: Path) -> None:
    mark(course, gradebook, write(tmp_path, "a.json", as_bytes(hand_in())))
    assert kept(gradebook) == [{item: [value, 1.0, 1] for item, value in RIGHT.items()}]
    assert [row["score"] for row in gradebook.rows(sa.select(quiz_results.c.score))] == [2.0]


def test_marking_again_adds_only_what_is_new(course: Course, gradebook: Gradebook, tmp_path: Path) -> None:
    first = write(tmp_path, "a.json", as_bytes(hand_in()))
    assert mark(course, gradebook, first).marked == 1
    second = write(tmp_path, "b.json", as_bytes(hand_in("Bob", "2")))
    tally = mark(course, gradebook, first, second)
    assert (tally.known, tally.marked) == (1, 1)


def test_latest_or_best_counts_by_policy(course: Course, gradebook: Gradebook, tmp_path: Path) -> None:
    early = hand_in(created="2026-11-19T10:00:00Z")
    late = hand_in(workbooks={LESSON: workbook({"gestures-most-important": "a"})}, created="2026-11-21T10:00:00Z")
    mark(
        course, gradebook, write(tmp_path, "early.json", as_bytes(early)), write(tmp_path, "late.json", as_bytes(late))
    )
    assert [grade.get(QUIZ) for grade in collect_grades(gradebook, "latest")[1]] == [0.0, None, None]
    assert [grade.get(QUIZ) for grade in collect_grades(gradebook, "best")[1]] == [2.0, None, None]


def test_late_work_is_flagged_not_refused(course: Course, gradebook: Gradebook, tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", as_bytes(hand_in()))
    tally = mark(course, gradebook, path, due=datetime(2026, 11, 19, tzinfo=UTC))
    assert (tally.marked, tally.late) == (1, 1)
    assert collect_grades(gradebook, "latest")[1][0]["late"] is True


def test_writing_goes_to_the_queue_as_it_was_written(course: Course, gradebook: Gradebook, tmp_path: Path) -> None:
    essay = "<script>alert(1)</script> “so far” \0 🙂"
    path = write(tmp_path, "a.json", as_bytes(hand_in(workbooks={LESSON: workbook(text=essay)})))
    mark(course, gradebook, path)
    assert [row["text"] for row in gradebook.rows(sa.select(writings))] == [essay.replace("\0", "")]


# --- where hand-ins come from ----------------------------------------------------------------------


def test_a_bulk_download_of_zips_is_read_without_unpacking(
    course: Course, gradebook: Gradebook, tmp_path: Path
) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("hand-in.json", as_bytes(hand_in("Bob", "2")))
        archive.writestr("03-gestures.ipynb", "{}")
    outer = tmp_path / "moodle.zip"
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("Ann_123_assignsubmission_file_/ann.hand-in.json", as_bytes(hand_in()))
        archive.writestr("Bob_124_assignsubmission_file_/bob.zip", inner.getvalue())
    before = sorted(tmp_path.rglob("*"))
    tally = mark(course, gradebook, outer)
    assert (tally.marked, tally.passed_over, tally.set_aside) == (2, 1, [])
    assert [path for path in sorted(tmp_path.rglob("*")) if path not in before and "grades" not in path.name] == []


def test_nbgraders_folder_names_the_student(course: Course, gradebook: Gradebook, tmp_path: Path) -> None:
    write(tmp_path, f"submitted/2/gestures/{LESSON}.workbook.json", as_bytes(workbook(RIGHT)))
    write(tmp_path, f"submitted/2/gestures/{LESSON}.ipynb", b"{}")
    write(tmp_path, "submitted/2/gestures/timestamp.txt", b"2026-11-20 10:00:00")
    tally = mark(course, gradebook, tmp_path / "submitted")
    assert (tally.marked, tally.passed_over) == (1, 2)
    assert [row["student"] for row in gradebook.rows(sa.select(quiz_results.c.student))] == ["2"]


# --- what is set aside -----------------------------------------------------------------------------

NAN = as_bytes(hand_in()).replace(b'"seed": 1', b'"seed": NaN')
SET_ASIDE: list[tuple[str, bytes, str]] = [
    ("nobody", as_bytes(hand_in("Zed", "99")), "number '99' is not on the roster"),
    ("no name", as_bytes(hand_in("", None)), "it names no student"),
    ("other course", as_bytes(hand_in(course="c53-188")), "of another course"),
    ("other version", as_bytes(hand_in(version="9.0.0")), "made with version 9.0.0"),
    ("no lesson", as_bytes(hand_in(workbooks={"x": {**workbook(), "lesson": "x"}})), "there is no lesson 'x'"),
    (
        "wrong place",
        as_bytes(hand_in(workbooks={"02-after-stalin": workbook()})),
        "it is the workbook of '03-gestures'",
    ),
    ("no item", as_bytes(hand_in(workbooks={LESSON: workbook({"nonsense": "a"})})), "there is no item 'nonsense'"),
    ("a score field", as_bytes(hand_in(score=100)), "not a hand-in: score: extra inputs are not permitted"),
    ("local time", as_bytes(hand_in(created="2026-11-20T10:00:00")), "a time in UTC is wanted"),
    ("NaN", NAN, "NaN is not a number"),
    ("deep", b'{"a":' * 5000 + b"1" + b"}" * 5000, "nested"),
    ("not UTF-8", b"\xff\xfe\x00", "not UTF-8 text"),
    ("empty", b"", "not JSON"),
    ("a list", b"[]", "not a hand-in"),
    ("half a character", as_bytes(hand_in()).replace(b"Ann", b"\\ud800"), "a lone surrogate"),
    ("a key twice", b'{"schema": 1, "schema": 2}', "a key stands twice"),
]


@pytest.mark.parametrize(("content", "reason"), [case[1:] for case in SET_ASIDE], ids=[case[0] for case in SET_ASIDE])
def test_what_cannot_be_trusted_is_set_aside_and_the_rest_is_marked(
    course: Course, gradebook: Gradebook, tmp_path: Path, content: bytes, reason: str
) -> None:
    bad = write(tmp_path, "in/bad.json", content)
    write(tmp_path, "in/good.json", as_bytes(hand_in()))
    tally = mark(course, gradebook, bad.parent)
    assert tally.marked == 1
    assert [aside.origin for aside in tally.set_aside] == ["in/bad.json"]
    assert reason in tally.set_aside[0].reason
    assert "\n" not in tally.set_aside[0].reason


def test_another_class_is_refused(course: Course, gradebook: Gradebook, tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", as_bytes({**hand_in(), "class": "12B"}))
    assert "of another class" in mark(course, gradebook, path, class_name="12A").set_aside[0].reason


def zip_of(folder: Path, *members: tuple[str, bytes], name: str = "hand-ins.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members:
            archive.writestr(member, content)
    return path


@pytest.mark.parametrize("name", ["../../escape.json", "/etc/escape.json", "C:/escape.json", "..\\..\\escape.json"])
def test_a_path_that_leads_out_is_set_aside(course: Course, gradebook: Gradebook, tmp_path: Path, name: str) -> None:
    path = zip_of(tmp_path, (name, as_bytes(hand_in())))
    assert [aside.reason for aside in mark(course, gradebook, path).set_aside] == ["its path leads out of the zip"]
    assert not list(tmp_path.parent.glob("escape.json"))


def test_links_bombs_and_damage_are_set_aside(course: Course, gradebook: Gradebook, tmp_path: Path) -> None:
    target = write(tmp_path, "secret.json", as_bytes(hand_in()))
    link = tmp_path / "link.json"
    link.symlink_to(target)
    bomb = zip_of(tmp_path, ("bomb.json", b" " * 15_000_000), name="bomb.zip")
    broken = write(tmp_path, "broken.zip", zip_of(tmp_path, ("a.json", as_bytes(hand_in()))).read_bytes()[:-30])
    in_zip = tmp_path / "link.zip"
    with zipfile.ZipFile(in_zip, "w") as archive:
        member = zipfile.ZipInfo("link.json")
        member.external_attr = 0o120777 << 16
        archive.writestr(member, "/etc/passwd")
    tally = mark(course, gradebook, link, bomb, broken, in_zip)
    assert tally.marked == 0
    assert [aside.reason.split(":")[0] for aside in tally.set_aside] == [
        "a symbolic link",
        "a zip bomb",
        "not a zip, or a damaged one",
        "a symbolic link in a zip",
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None, max_examples=200)
@given(
    value=JSON,
    place=st.sampled_from(["value", "response", "responses", "state", "widgets", "workbooks", "student", "all"]),
)
def test_no_json_in_any_place_raises(
    course: Course, tmp_path_factory: pytest.TempPathFactory, value: Any, place: str
) -> None:
    book = workbook(RIGHT)
    widget = book["widgets"][f"{LESSON}/quiz/{QUIZ}"]
    document: Any = hand_in(workbooks={LESSON: book})
    if place == "value":
        widget["state"]["responses"]["gestures-most-important"]["value"] = value
    elif place == "response":
        widget["state"]["responses"]["gestures-most-important"] = value
    elif place == "responses":
        widget["state"]["responses"] = value
    elif place == "state":
        widget["state"] = value
    elif place == "widgets":
        book["widgets"] = value
    elif place == "workbooks":
        document["workbooks"] = value
    elif place == "student":
        document["student"] = value
    else:
        document = value
    folder = tmp_path_factory.mktemp("any")
    gradebook = Gradebook(folder / "grades.db")
    try:
        path = write(folder, "any.json", json.dumps(document).encode())
        tally = mark(course, gradebook, path)
        assert tally.marked + len(tally.set_aside) == 1
    finally:
        gradebook.close()
