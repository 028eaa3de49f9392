"""`check` finds each kind of fault, at its file and line, and none where there is none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from seeded_faults import SEEDS, Seed

from coldwar_lessons.content.check import check_content
from coldwar_lessons.content.check_calls import CALLS
from coldwar_lessons.lesson import Lesson

ROOT = Path(__file__).resolve().parents[2]


def line_of(text: str, needle: str) -> int:
    """The line of text that stands exactly once."""
    assert text.count(needle) == 1, f"{needle!r} stands {text.count(needle)} times"
    return text[: text.index(needle)].count("\n") + 1


def shown(root: Path) -> list[str]:
    return [str(fault) for fault in check_content(root).faults]


def test_small_course_has_no_fault(small_course: Path) -> None:
    assert shown(small_course) == []


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_seeded_fault_is_found(seed: Seed, small_course: Path) -> None:
    path = small_course / seed.file
    before = path.read_text(encoding="utf-8")
    assert before.count(seed.old) == 1, f"{seed.old!r} stands {before.count(seed.old)} times in {seed.file}"
    path.write_text(before.replace(seed.old, seed.new), encoding="utf-8")
    named = seed.elsewhere or seed.file
    line = line_of((small_course / named).read_text(encoding="utf-8"), seed.at)

    found = shown(small_course)

    assert any(fault.startswith(f"{named}:{line}: ") and seed.phrase in fault for fault in found), found
    assert len(found) <= seed.most, found


def test_seeds_have_names_of_their_own() -> None:
    assert [name for name, count in Counter(seed.name for seed in SEEDS).items() if count > 1] == []


def test_every_fault_in_one_run(small_course: Path) -> None:
    """Faults of form, reference, quotation, item, notebook and page all show at once, sorted."""
    for file, old, new in [
        ("data/people.yml", "office: Prime", "ofice: Prime"),
        (
            "data/events.yml",
            "lane: western\n  significance: The paper",
            "lane: east\n  significance: The “whole” paper",
        ),
        ("data/quizzes/small.yml", "    key: b\n", "    key: d\n"),
        ("notebooks/01-small.ipynb", "lesson.overview()", "lesson.overveiw()"),
        ("book/welcome.md", "(the-paper.md)", "(nowhere.md)"),
    ]:
        path = small_course / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
    found = check_content(small_course).faults
    assert {str(fault.path) for fault in found} == {
        "book/welcome.md",
        "data/events.yml",
        "data/people.yml",
        "data/quizzes/small.yml",
        "notebooks/01-small.ipynb",
    }
    assert list(found) == sorted(found)
    assert sum(fault.path.name == "events.yml" for fault in found) == 2


def test_faulty_entry_is_no_dangling_reference(small_course: Path) -> None:
    """What refers to an entry that has a fault is not blamed for it."""
    path = small_course / "data" / "events.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("  title: Churchill calls", "  titel: Churchill calls"))
    assert {fault.split(":")[0] for fault in shown(small_course)} == {"data/events.yml"}


def test_lesson_without_notebook(small_course: Path) -> None:
    (small_course / "notebooks" / "01-small.ipynb").unlink()
    assert shown(small_course) == [
        "book/welcome.md:8: link to a missing file, ../notebooks/01-small.ipynb: there is none",
        "data/lessons/01-small.yml:1: lesson '01-small' has no notebook: write notebooks/01-small.ipynb",
    ]


def test_notebook_without_lesson(small_course: Path) -> None:
    (small_course / "data" / "lessons" / "01-small.yml").unlink()
    assert any("notebooks/01-small.ipynb: there is no lesson '01-small'" in fault for fault in shown(small_course))


@pytest.mark.parametrize("name", ["data/event.yml", "data/quizzes/more.yaml", "data/quiz/more.yml", "data/terms.yaml"])
def test_file_that_nothing_reads(small_course: Path, name: str) -> None:
    path = small_course / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("- id: x\n", encoding="utf-8")
    (found,) = shown(small_course)
    assert found.startswith(f"{name}: nothing reads this file: put it at data/<kind>/<id>.yml")


def test_file_that_is_no_list(small_course: Path) -> None:
    """What no list declares does not dangle: one fault, not one for each event."""
    (small_course / "data" / "lanes.yml").write_text("korea:\n  label: Korea\n", encoding="utf-8")
    assert shown(small_course) == ["data/lanes.yml:1: a list of lanes is wanted: begin each entry with '- id:'"]


def test_empty_file_and_file_that_is_not_text(small_course: Path) -> None:
    (small_course / "data" / "quizzes" / "empty.yml").write_text("# nothing yet\n", encoding="utf-8")
    (small_course / "data" / "activities" / "latin.yml").write_bytes(b"id: latin\ntitle: caf\xe9\n")
    assert shown(small_course) == [
        "data/activities/latin.yml:2: not UTF-8 text: save the file as UTF-8",
        "data/quizzes/empty.yml: the file is empty: fill it or delete it",
    ]


def test_paper_that_cannot_be_read_does_not_hide_other_faults(small_course: Path) -> None:
    paper = small_course / "data" / "paper.yml"
    paper.write_text(paper.read_text(encoding="utf-8").replace("role: footnote", "role: footnot"), encoding="utf-8")
    people = small_course / "data" / "people.yml"
    people.write_text(people.read_text(encoding="utf-8").replace("office: Prime", "ofice: Prime"), encoding="utf-8")
    found = shown(small_course)
    assert any(fault.startswith("data/paper.yml:") and "'footnote'" in fault for fault in found), found
    assert any("did you mean office?" in fault for fault in found), found


def test_links_into_the_book_where_it_is_not_installed(small_course: Path) -> None:
    """The wheel holds data and notebooks, but no pages."""
    for page in (small_course / "book").iterdir():
        page.unlink()
    (small_course / "book").rmdir()
    assert shown(small_course) == []


def test_calls_are_those_of_a_lesson() -> None:
    """What a notebook may call is what a lesson has."""
    methods = {name for name in vars(Lesson) if not name.startswith("_")}
    assert methods == set(CALLS)


def test_real_content_has_no_fault() -> None:
    assert shown(ROOT) == []
