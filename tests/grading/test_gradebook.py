"""The gradebook: the same on SQLite and PostgreSQL, and whole however many programs write into it at once."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from coldwar_lessons.content.faults import ContentError, CourseError
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.grading.export import grades_table
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.grades import collect_grades
from coldwar_lessons.grading.mark import Tally, mark_hand_ins
from coldwar_lessons.grading.parsing import parse_hand_in
from coldwar_lessons.grading.records import RecordError, parse_json
from coldwar_lessons.grading.roster import Roster, RosterEntry, read_roster
from coldwar_lessons.grading.tables import hand_ins, quiz_results, set_aside, students
from tests.databases import fresh_database
from tests.grading.classroom import hand_in_of, make_class, roster_of
from tests.grading.conftest import ROOT
from tests.grading.hand_ins import as_bytes, hand_in

LESSONS = ["03-gestures", "08-talks-at-the-top"]


def write_class(folder: Path, course: Course, size: int) -> Roster:
    """Hand-ins of a class, a file a student."""
    folder.mkdir(parents=True, exist_ok=True)
    pupils = make_class(size)
    for pupil in pupils:
        document = hand_in_of(pupil, course, LESSONS, essays=False)
        (folder / f"{pupil.entry.number}.json").write_bytes(as_bytes(document))
    return roster_of(pupils)


def mark_all(folder: Path, course: Course, roster: Roster, gradebook: Gradebook) -> Tally:
    *_, tally = mark_hand_ins([folder], course, roster, gradebook)
    assert tally.adds_up()
    return tally


def test_both_databases_export_the_same_grades(course: Course, tmp_path: Path, postgres: str) -> None:
    roster = write_class(tmp_path / "in", course, 40)
    exports = []
    for address in (str(tmp_path / "grades.db"), fresh_database(postgres)):
        gradebook = Gradebook(address)
        assert mark_all(tmp_path / "in", course, roster, gradebook).marked == 40
        columns, grades = collect_grades(gradebook, "latest")
        exports.append(grades_table(grades, columns, "csv"))
        gradebook.close()
    assert exports[0] == exports[1]
    assert len(exports[0]) == 41


def test_who_has_handed_in_nothing_is_in_the_gradebook_too(
    course: Course, gradebook: Gradebook, tmp_path: Path
) -> None:
    roster = write_class(tmp_path / "in", course, 3)
    absent = RosterEntry("77", "Zoë", "77", "12A")
    mark_all(tmp_path / "in", course, Roster((*roster.entries, absent)), gradebook)
    assert [grade["name"] for grade in collect_grades(gradebook, "latest")[1]][-1] == "Zoë"


def test_a_later_roster_renames(gradebook: Gradebook) -> None:
    gradebook.enrol([RosterEntry("1", "Anne", "1", "12A"), RosterEntry("2", "Bob", "2", "12A")])
    gradebook.enrol([RosterEntry("1", "Ann", "1", "12B")])
    rows = gradebook.rows(sa.select(students).order_by(students.c.key))
    assert [(row["name"], row["class"]) for row in rows] == [("Ann", "12B"), ("Bob", "12A")]


def test_what_was_set_aside_is_remembered_until_it_is_marked(
    course: Course, gradebook: Gradebook, tmp_path: Path
) -> None:
    roster = Roster((RosterEntry("1", "Ann", "1"),))
    path = tmp_path / "in" / "ann.json"
    path.parent.mkdir()
    path.write_bytes(b'{"\\u0000\\n": 1}')
    mark_all(path.parent, course, roster, gradebook)
    [row] = gradebook.rows(sa.select(set_aside))
    assert row["origin"] == "in/ann.json"
    assert row["reason"].isprintable()
    path.write_bytes(as_bytes(hand_in()))
    mark_all(path.parent, course, roster, gradebook)
    assert gradebook.rows(sa.select(set_aside)) == []


def _mark_in_a_process(folder: str, address: str, size: int) -> None:
    gradebook = Gradebook(address)
    mark_all(Path(folder), load_course(ROOT), roster_of(make_class(size)), gradebook)
    gradebook.close()


def test_two_marks_at_once_lose_nothing_and_count_nothing_twice(course: Course, database: str, tmp_path: Path) -> None:
    """Both programs get an overlapping half of the same class, and an empty database whose tables neither has made."""
    roster = write_class(tmp_path / "both", course, 60)
    folders = [tmp_path / "a", tmp_path / "b"]
    for index, path in enumerate(sorted((tmp_path / "both").iterdir())):
        for folder, wanted in zip(folders, (index < 45, index >= 15), strict=True):
            folder.mkdir(exist_ok=True)
            if wanted:
                (folder / path.name).write_bytes(path.read_bytes())
    spawn = multiprocessing.get_context("spawn")
    programs = [spawn.Process(target=_mark_in_a_process, args=(str(one), database, 60)) for one in folders]
    for program in programs:
        program.start()
    for program in programs:
        program.join(120)
    assert [program.exitcode for program in programs] == [0, 0]
    gradebook = Gradebook(database)
    try:
        assert len(gradebook.rows(sa.select(hand_ins))) == 60
        assert len(gradebook.rows(sa.select(quiz_results))) == 60 * len(LESSONS)
        # Marking everything once more finds nothing new.
        assert mark_all(tmp_path / "both", course, roster, gradebook).known == 60
    finally:
        gradebook.close()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://u:secret@h/x", "a gradebook in mysql: there is SQLite and PostgreSQL"),
        ("nonsense://u:secret@h/x", "a gradebook in nonsense: there is SQLite and PostgreSQL"),
        ("sqlite:////nowhere/at/all/grades.db", "unable to open database file"),
        ("postgresql://u:secret@127.0.0.1:1/x", "cannot be opened"),
        ("://", "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_had_is_said_in_one_line_without_its_password(address: str, said: str) -> None:
    with pytest.raises(CourseError, match=said) as caught:
        Gradebook(address)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_the_command_says_when_the_disk_is_full_or_the_file_is_none(tmp_path: Path) -> None:
    (tmp_path / "grades.db").write_text("not a database, but long enough to be taken for one" * 40)
    (tmp_path / "roster.csv").write_text("number,name\n1,Ann\n")
    done = subprocess.run(
        [sys.executable, "-m", "coldwar_lessons", "mark", ".", "--roster", "roster.csv", "--db", "grades.db"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "file is not a database" in done.stderr


def test_a_roster_that_the_gradebook_cannot_hold_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(f"number,name\n1,{'x' * 201}\n2,Bob\n{'3' * 81},Eve\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_roster(path)
    assert [fault.line for fault in caught.value.faults] == [2, 4]


# --- the fast parser is the careful one -------------------------------------------------------------

JSON_LETTERS = '{}[]":,\\utrefalsnN0123456789.eE+- \n\ud83d'
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(["", "\0", '"', "\\", "{", "[1]", "a"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


def outcome(parse: object, data: bytes) -> object:
    try:
        return parse(data)  # type: ignore[operator]
    except RecordError:
        return RecordError


@settings(deadline=None, max_examples=300)
@given(VALUES, st.booleans(), st.sampled_from([None, 0, 1]))
def test_the_fast_parser_says_what_the_careful_one_says(value: object, plain: bool, indent: int | None) -> None:
    data = json.dumps(value, ensure_ascii=not plain, indent=indent).encode("utf-8", "surrogatepass")
    assert outcome(parse_hand_in, data) == outcome(parse_json, data)


@settings(deadline=None, max_examples=300)
@given(
    st.binary(max_size=40) | st.text(JSON_LETTERS, max_size=30).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_no_bytes_tell_the_parsers_apart(data: bytes) -> None:
    assert outcome(parse_hand_in, data) == outcome(parse_json, data)


@pytest.mark.parametrize(
    "data",
    [
        b"1e400",
        b"[1e400]",
        b"\xef\xbb\xbf[1]",
        b"[" * 64 + b"]" * 64,
        b"[" * 65 + b"]" * 65,
        b"[" * 66 + b"]" * 66,
        b"[" * 201 + b"]" * 201,
        b'{"a":1,"\\u0061":2}',
        b'"\\ud83d\\ude00"',
        b'"\\ud83d"',
        b"1" * 5000,
        b'"' + b"x" * 100_001 + b'"',
        b'{"' + b"x" * 100_001 + b'": 1}',
        b'["' + b"x" * 100_000 + b'"]',
    ],
)
def test_both_parsers_draw_the_same_bounds(data: bytes) -> None:
    assert outcome(parse_hand_in, data) == outcome(parse_json, data)
