"""Reading the content: places, faults with lines, errors that help."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldwar_lessons.content.faults import ContentError, CourseError, Fault, UnknownNameError, did_you_mean
from coldwar_lessons.content.load import content_root, load_course, load_paper, read_content, read_course, singular
from coldwar_lessons.content.yaml_lines import Lines, read_yaml

ROOT = Path(__file__).resolve().parents[2]


def test_root_is_this_checkout() -> None:
    assert content_root() == ROOT


def test_small_course_loads(small_course: Path) -> None:
    course = load_course(small_course)
    assert course.named("events", "bermuda").date == "1953-12-04/1953-12-08"
    assert course.named("quizzes", "small").items[0].key == "b"
    assert course.sentence("p3.s8").text.startswith("The most important gesture so far")
    assert course.places["events", "churchill-speech"].line("title") == 13
    assert course.places["quizzes", "small"].line("items", 1, "options", 2, "feedback") == 36
    assert not course.rubrics


def test_rubrics_and_notes_load_on_demand(small_course: Path) -> None:
    course = load_course(small_course, teaching=True)
    assert list(course.rubrics) == ["weigh-gestures"]
    assert list(course.teacher) == ["01-small"]


def test_lessons_come_in_the_order_of_their_numbers(small_course: Path) -> None:
    text = (small_course / "data" / "lessons" / "01-small.yml").read_text(encoding="utf-8")
    earlier = text.replace("id: 01-small", "id: zero").replace("number: 1\n", "number: 2\n")
    (small_course / "data" / "lessons" / "zero.yml").write_text(earlier, encoding="utf-8")
    swapped = text.replace("number: 1\n", "number: 3\n")
    (small_course / "data" / "lessons" / "01-small.yml").write_text(swapped, encoding="utf-8")
    assert list(load_course(small_course).lessons) == ["zero", "01-small"]


@pytest.mark.parametrize(
    ("kind", "name", "message"),
    [
        ("events", "bermda", "no event 'bermda': did you mean bermuda?"),
        ("quizzes", "smal", "no quiz 'smal': did you mean small?"),
        ("people", "dules", "no person 'dules': did you mean dulles?"),
        ("activities", "plott", "no activity 'plott': did you mean plot?"),
        ("lanes", "xyz", "no lane 'xyz': there is korea, western"),
    ],
)
def test_unknown_name_names_the_nearest(small_course: Path, kind: str, name: str, message: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        load_course(small_course).named(kind, name)
    assert str(error.value) == message


def test_unknown_sentence_names_the_nearest(small_course: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"no sentence 'p3.s99': did you mean p3\.s9"):
        load_course(small_course).sentence("p3.s99")


def test_content_error_says_the_first_fault_and_how_many_more(small_course: Path) -> None:
    people = small_course / "data" / "people.yml"
    people.write_text(people.read_text(encoding="utf-8").replace("  country:", "  land:"), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load_course(small_course)
    first, rest = error.value.faults[0], len(error.value.faults) - 1
    assert str(error.value) == f"{first} (and {rest} more: run coldwar-lessons check)"
    assert rest > 0


def test_error_is_one_line_in_a_notebook() -> None:
    assert CourseError("no quiz 'x'")._render_traceback_() == ["CourseError: no quiz 'x'"]


def test_folder_that_is_no_course(tmp_path: Path) -> None:
    course, faults = read_course(tmp_path)
    assert course is None
    assert [str(fault) for fault in faults] == [
        f"data/{name}.yml: cannot be read: No such file or directory" for name in ("course", "paper")
    ]
    with pytest.raises(ContentError, match="cannot be read"):
        load_paper(tmp_path)


def test_declared_ids_hold_what_has_faults(small_course: Path) -> None:
    people = small_course / "data" / "people.yml"
    people.write_text(people.read_text(encoding="utf-8").replace("  country: United States\n", ""), encoding="utf-8")
    reading = read_content(small_course)
    assert reading.course is not None
    assert list(reading.course.people) == ["churchill"]
    assert reading.declared["people"] == {"churchill", "dulles"}


def test_faults_sort_and_print() -> None:
    faults = [Fault(Path("b.yml"), 1, "x"), Fault(Path("a.yml"), 9, "x"), Fault(Path("a.yml"), 0, "y")]
    assert [str(fault) for fault in sorted(faults)] == ["a.yml: y", "a.yml:9: x", "b.yml:1: x"]


@pytest.mark.parametrize(
    ("name", "known", "message"),
    [
        ("p3.s99", ["p3.s8", "p3.s9"], "did you mean p3.s9, p3.s8?"),
        ("ofice", ["office", "sources"], "did you mean office?"),
        ("zzz", ["a", "b"], "there is a, b"),
        ("zzz", [], "there is none"),
        ("zzz", [f"a{n}" for n in range(20)], "there is a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, …"),
    ],
)
def test_did_you_mean(name: str, known: list[str], message: str) -> None:
    assert did_you_mean(name, known) == message


def test_singular() -> None:
    words = ["people", "quizzes", "activities", "events"]
    assert [singular(word) for word in words] == ["person", "quiz", "activity", "event"]


# --- YAML -------------------------------------------------------------------------------------------


def read(tmp_path: Path, text: str) -> tuple[object, Lines, list[str]]:
    path = tmp_path / "x.yml"
    path.write_text(text, encoding="utf-8")
    data, lines, faults = read_yaml(path, Path("x.yml"))
    return data, lines, [str(fault) for fault in faults]


def test_lines_of_keys_items_and_folded_text(tmp_path: Path) -> None:
    data, lines, faults = read(tmp_path, "# note\na:\n  - b: >-\n      one\n      two\n    c: [x,\n      y]\nd: 1\n")
    assert (data, faults) == ({"a": [{"b": "one two", "c": ["x", "y"]}], "d": 1}, [])
    assert [lines[at] for at in [("a",), ("a", 0), ("a", 0, "b"), ("a", 0, "c"), ("a", 0, "c", 1), ("d",)]] == [
        2, 3, 3, 6, 7, 8,
    ]  # fmt: skip
    assert lines.nearest(("a", 0, "b", "deeper")) == 3
    assert Lines().nearest(("nowhere",)) == 1


@pytest.mark.parametrize("date", ["1953-03-05", "1953-02-30", "1953-03", "1953", "1953-03-05T10:00:00"])
def test_dates_stay_as_they_are_written(tmp_path: Path, date: str) -> None:
    assert read(tmp_path, f"date: {date}\n")[0] == {"date": date}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: [1, 2\nb: 3\n", "x.yml:2: bad YAML: did not find expected ',' or ']'"),
        ("a: 1\na: 2\n", "x.yml:2: key 'a' stands twice: keep one"),
        ("? [a, b]\n: 1\n", "x.yml:1: a key must be a plain word"),
        ("a: &x [1]\nb: *x\n", "x.yml:1: bad YAML: an anchor (&) is used by an alias (*): write the text out"),
        ("a: !!python/object:os.system x\n", "x.yml:1: bad YAML: could not determine a constructor for the tag"),
        ("a: !!int many\n", "x.yml:1: 'many' cannot be read: put it in quotation marks"),
        ("a: 1\n---\nb: 2\n", "x.yml:2: bad YAML: but found another document"),
        ("a: \x07\n", "x.yml:"),
        ("[" * 3000, "x.yml:"),
    ],
)
def test_yaml_that_cannot_be_used(tmp_path: Path, text: str, fault: str) -> None:
    (found,) = read(tmp_path, text)[2]
    assert found.startswith(fault)


def test_nested_aliases_end(tmp_path: Path) -> None:
    """A few lines that would stand for a thousand million."""
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 30))
    assert "write the text out" in read(tmp_path, bomb)[2][0]


@settings(max_examples=200)
@given(text=st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"# \n\t1,?%@`~"), max_size=60))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yml"
    path.write_text(text, encoding="utf-8")
    data, _, faults = read_yaml(path, Path("any.yml"))
    assert data is None or isinstance(data, dict | list | str | int | float | bool | bytes)
    assert all(fault.line >= 1 for fault in faults)
