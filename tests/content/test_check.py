"""`check` finds each kind of fault, at its file and line, and none where there is none."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from coldwar_lessons.content.check import check_content
from coldwar_lessons.content.check_calls import CALLS
from coldwar_lessons.content.check_stats import describe_course
from coldwar_lessons.content.yaml_lines import read_yaml
from coldwar_lessons.lesson import Lesson
from tests.content.seeded_faults import SEEDS, Seed

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


JUNK = [None, [], {}, "", 0, -1, True, 1.5, "x" * 300, ["x"], {"a": "b"}, [[]], [None], {"id": None}, "“", "1953-02-30"]


def places_in(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    for key in data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        yield from places_in(data[key], (*at, key))


def test_no_junk_makes_the_check_fail(small_course: Path) -> None:
    """Whatever stands anywhere in a file, the check ends and says so in lines."""
    chance = random.Random(1953)
    files = [*sorted((small_course / "data").rglob("*.yml")), *small_course.glob("notebooks/*.ipynb")]
    for _ in range(60):
        path = chance.choice(files)
        before = path.read_text(encoding="utf-8")
        holder = [json.loads(before) if path.suffix == ".ipynb" else yaml.safe_load(before)]
        *steps, last = chance.choice(list(places_in(holder))[1:])
        current: Any = holder
        for step in steps:
            current = current[step]
        current[last] = chance.choice(JUNK)
        path.write_text(json.dumps(holder[0], default=str), encoding="utf-8")
        report = check_content(small_course)
        assert all("\n" not in str(fault) for fault in report.faults)
        if report.reading.course is not None:
            assert describe_course(report.reading.course)
        path.write_text(before, encoding="utf-8")


def test_files_read_alike_without_the_c_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """JupyterLite has PyYAML's own, stricter reader only."""
    for path in sorted((ROOT / "data").rglob("*.yml")):
        fast, lines, faults = read_yaml(path, path)
        monkeypatch.setattr("coldwar_lessons.content.yaml_lines._Loader", yaml.SafeLoader)
        assert read_yaml(path, path) == (fast, lines, faults)
        monkeypatch.undo()
