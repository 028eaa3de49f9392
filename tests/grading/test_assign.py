"""Assigning: the folder that students get, the settings that shape it, and marking what comes back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml

from coldwar_lessons import Lesson
from coldwar_lessons.content.items import Quiz
from coldwar_lessons.content.load import load_course
from coldwar_lessons.content.questions import SealedQuiz
from coldwar_lessons.grading.assignment import read_assignment

ROOT = Path(__file__).resolve().parents[2]
RunAssign: TypeAlias = Callable[..., tuple[int, str, str]]


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


# --- the folder ----------------------------------------------------------------------------------


def test_the_folder_has_the_lessons_and_what_they_need(assign: RunAssign, tmp_path: Path) -> None:
    code, said, warned = assign("2", "03-gestures", "--due", "2026-12-01", "--class", "10B")
    assert (code, warned) == (0, "")
    assert "02-after-stalin, 03-gestures; nothing graded; class 10B; due Tuesday 1 December 2026, 23:59 UTC." in said
    files = files_in(tmp_path / "out")
    assert {"README.md", "links.md", "assignment.json", "02-after-stalin.ipynb", "03-gestures.ipynb"} <= files
    assert {name for name in files if name.startswith("data/quizzes/")} == {
        "data/quizzes/after-stalin.yml",
        "data/quizzes/gestures.yml",
    }
    assert not [name for name in files if name.startswith(("data/teacher", "data/sealed", "data/schemas"))]
    assert {"data/paper.yml", "data/rubrics/worth-of-gestures.yml", "data/activities/white-out-gestures.yml"} <= files
    page = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    for line in ("**Class:** 10B", "**Due:** Tuesday 1 December 2026, 23:59 UTC", "coldwar-lessons hand-in --name"):
        assert line in page


def test_each_notebook_runs_on_the_content_beside_it(
    assign: RunAssign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = "quizzes:\n  gestures:\n    items: [gestures-annex, gestures-korea-order]\n    behaviour: tries\n"
    assert assign("3", "9", "--graded", settings=settings)[0] == 0
    (tmp_path / "out" / "deeper").mkdir()
    monkeypatch.chdir(tmp_path / "out" / "deeper")  # a student may put notebooks into a folder of their own
    for path in sorted((tmp_path / "out").glob("*.ipynb")):
        names: dict[str, Any] = {}
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
        assert names["lesson"].course.root == tmp_path / "out"
    lesson = Lesson("03-gestures")
    quiz = lesson.quiz("gestures").spec.quiz
    assert [item.id for item in quiz.items] == ["gestures-annex", "gestures-korea-order"]
    assert not isinstance(quiz, SealedQuiz)
    assert (quiz.behaviour, quiz.tries) == ("tries", 3)
    assert isinstance(Lesson("09-hindsight").quiz("end-of-course").spec.quiz, SealedQuiz)
    # What there is to do is what the notebooks beside the content show.
    assert "Place the events in time" in str(lesson.progress().payload)
    assert "Quiz: End of course: the whole argument" in str(Lesson("09-hindsight").progress().payload)
    # Elsewhere the course is whole.
    monkeypatch.chdir(tmp_path)
    assert len(Lesson("03-gestures").quiz("gestures").spec.quiz.items) == 12


def test_links_to_other_lessons_lead_to_the_book_or_are_text(assign: RunAssign, tmp_path: Path) -> None:
    assign("3")
    text = (tmp_path / "out" / "03-gestures.ipynb").read_text(encoding="utf-8")
    assert ".ipynb)" not in text
    (tmp_path / "first").mkdir()
    (tmp_path / "out").rename(tmp_path / "first" / "out")
    assign("3", settings="links: {book: 'https://example.org/cold-war/'}")
    text = (tmp_path / "out" / "03-gestures.ipynb").read_text(encoding="utf-8")
    assert "(https://example.org/cold-war/notebooks/04-three-explanations.html)" in text


def test_links_for_every_place_or_a_line_that_says_there_are_none(assign: RunAssign, tmp_path: Path) -> None:
    _, said, _ = assign("3")
    assert "No links: the settings give no address" in said
    assert "No links" in (tmp_path / "out" / "links.md").read_text(encoding="utf-8")
    (tmp_path / "out").rename(tmp_path / "other")
    settings = (
        "links:\n  book: https://example.org/book\n  jupyterlite: https://example.org/lite/\n"
        "  jupyterhub: https://hub.example.org\n  repository: https://git.example.org/history/tasks.git\n"
        "  branch: main\n  folder: week 5\n"
    )
    _, said, _ = assign("3", settings=settings)
    links = (tmp_path / "out" / "links.md").read_text(encoding="utf-8")
    assert "Links: 3, in" in said
    assert "https://example.org/book/notebooks/03-gestures.html" in links
    assert "https://example.org/lite/lab/index.html?path=03-gestures.ipynb" in links
    assert (
        "https://hub.example.org/hub/user-redirect/git-pull?repo=https%3A%2F%2Fgit.example.org%2Fhistory%2Ftasks.git"
        "&branch=main&urlpath=lab%2Ftree%2Ftasks%2Fweek%205%2F03-gestures.ipynb"
    ) in links
    assert links.splitlines()[2] in (tmp_path / "out" / "README.md").read_text(encoding="utf-8")


def test_nothing_is_overwritten(assign: RunAssign, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert assign("3")[0] == 0  # an empty folder is taken
    (tmp_path / "out" / "README.md").write_text("mine", encoding="utf-8")
    code, said, warned = assign("3")
    assert (code, said) == (2, "")
    assert "holds something already, and nothing is overwritten: name a new folder, or empty it" in warned
    assert (tmp_path / "out" / "README.md").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["3-gestures"], 1, "no lesson '3-gestures': did you mean 03-gestures?"),
        (["3", "--due", "soon"], 2, "'soon' is no date: write 2026-12-01"),
        (["3", "--settings", "nowhere.yml"], 2, "no settings file nowhere.yml"),
    ],
)
def test_mistakes_are_one_line(assign: RunAssign, tmp_path: Path, arguments: list[str], code: int, says: str) -> None:
    got, _, warned = assign(*arguments)
    assert got == code
    assert says in warned
    assert len(warned.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_practice_quiz_that_is_graded_is_sealed_with_a_warning(assign: RunAssign, tmp_path: Path) -> None:
    code, said, warned = assign("3", "--graded")
    assert code == 0
    assert "graded: gestures" in said
    assert warned.startswith("Warning: gestures: this folder has no key, but the key of a practice quiz is public")
    assert files_in(tmp_path / "out") & {"data/quizzes/gestures.yml", "data/sealed/gestures.yml"} == {
        "data/sealed/gestures.yml"
    }


def test_a_graded_quiz_of_the_lesson_comes_at_its_end_and_practice_stays_practice(
    assign: RunAssign, tmp_path: Path
) -> None:
    code, said, warned = assign("9", "--graded")
    assert (code, warned) == (0, "")
    assert "graded: end-of-course" in said
    cells = json.loads((tmp_path / "out" / "09-hindsight.ipynb").read_text(encoding="utf-8"))["cells"]
    assert ["".join(cell["source"]) for cell in cells[-2:]] == [
        "## End of course: the whole argument",
        'lesson.quiz("end-of-course")',
    ]
    assert {"data/quizzes/hindsight.yml", "data/sealed/end-of-course.yml"} <= files_in(tmp_path / "out")


def test_a_test_is_a_notebook_with_nothing_but_the_quizzes(assign: RunAssign, tmp_path: Path) -> None:
    assert assign("9", settings="graded: true\nonly_quizzes: true\n")[0] == 0
    cells = json.loads((tmp_path / "out" / "09-hindsight.ipynb").read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert code == [
        "from coldwar_lessons import Lesson",
        'lesson = Lesson("09-hindsight")',
        'lesson.quiz("hindsight")',
        'lesson.quiz("end-of-course")',
    ]


def test_the_same_settings_make_the_same_folder(assign: RunAssign, tmp_path: Path) -> None:
    settings = "seed: 7\nquizzes: {end-of-course: {order: shuffled}}\n"
    assign("9", "--graded", settings=settings)
    (tmp_path / "out").rename(tmp_path / "before")
    assign("9", "--graded", settings=settings)
    for name in files_in(tmp_path / "out"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "before" / name).read_bytes()
    order = [one["id"] for one in load_yaml(tmp_path / "out" / "data" / "sealed" / "end-of-course.yml")["items"]]
    (tmp_path / "out").rename(tmp_path / "seven")
    assign("9", "--graded", settings=settings.replace("7", "8"))
    other = [one["id"] for one in load_yaml(tmp_path / "out" / "data" / "sealed" / "end-of-course.yml")["items"]]
    assert order != other
    assert sorted(order) == sorted(other)


def load_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_an_assignment_of_another_version_says_which_to_install(
    assign: RunAssign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assign("3")
    record = tmp_path / "out" / "assignment.json"
    record.write_text(record.read_text(encoding="utf-8").replace('"version": "0.1.0"', '"version": "0.2.0"'))
    with (tmp_path / "out" / "data" / "lanes.yml").open("a", encoding="utf-8") as file:
        file.write("- {id: new, label: New, description: D, colour: red}\n")
    monkeypatch.chdir(tmp_path / "out")
    with pytest.raises(Exception, match=r"made with version 0\.2\.0 .* pip install coldwar-lessons==0\.2\.0"):
        Lesson("03-gestures")


# --- settings --------------------------------------------------------------------------------------


SETTINGS = """\
class: 10B
due: 2026-12-01
seed: 3
quizzes:
  gestures:
    behaviour: tries
    tries: 2
    items:
      - gestures-annex
      - gestures-other-noun
links:
  book: https://example.org
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("class: 10B", "clas: 10B", 1, "unknown key 'clas': did you mean class"),
        ("class: 10B", "class: 10", 1, "text is wanted, found 10: put it in quotation marks"),
        ("due: 2026-12-01", "due: tomorrow", 2, "'tomorrow' is no date: write 2026-12-01"),
        ("seed: 3", "seed: three", 3, "a whole number is wanted"),
        ("  gestures:", "  gesture:", 5, "no quiz 'gesture' in these lessons: did you mean gestures?"),
        ("  gestures:", "  talks:", 5, "quiz 'talks' belongs to no lesson that is assigned"),
        ("  gestures:", "  end-of-course:", 5, "no lesson that is assigned|is graded, and this assignment is not"),
        ("behaviour: tries", "behaviour: try", 6, "is none of 'practice', 'tries' or 'graded'"),
        ("behaviour: tries", "behaviour: practice", 7, "tries counts only with 'behaviour: tries', and this is prac"),
        ("tries: 2", "tries: 20", 7, "less than or equal to 10"),
        ("    tries: 2", "    trys: 2", 7, "unknown key 'trys': did you mean tries"),
        ("- gestures-annex", "- gestures-anex", 9, "no item 'gestures-anex' in quiz 'gestures': did you mean"),
        ("- gestures-other-noun", "- gestures-annex", 10, "item 'gestures-annex' stands twice: keep one"),
        ("book: https", "book: ftp", 12, "does not have the right form"),
        ("  book: https://example.org", "  jupyterhub: https://hub.org", 12, "add 'repository: https://…'"),
        ("seed: 3", "seed: [3", 4, "bad YAML"),
        ("seed: 3", "seed: 3\nseed: 4", 4, "key 'seed' stands twice: keep one"),
    ],
)
def test_a_fault_of_the_settings_is_named_by_line(
    assign: RunAssign, tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    assert SETTINGS.count(old) >= 1
    code, said, _ = assign("3", settings=SETTINGS.replace(old, new, 1))
    assert code == 1
    [fault, *more] = said.splitlines()
    assert more == []
    assert fault.startswith(f"{tmp_path / 'settings.yml'}:{line}: ")
    assert any(phrase in fault for phrase in says.split("|"))
    assert not (tmp_path / "out").exists()


def test_the_key_of_a_graded_quiz_cannot_be_given_away(assign: RunAssign) -> None:
    code, said, _ = assign("9", settings="graded: true\nquizzes:\n  end-of-course:\n    behaviour: practice\n")
    assert code == 1
    assert "settings.yml:4: quiz 'end-of-course' is kept for grading" in said
    code, said, _ = assign("9", settings="quizzes:\n  end-of-course: {}\n")
    assert "settings.yml:2: quiz 'end-of-course' is graded, and this assignment is not" in said


def test_what_the_page_for_teachers_says_works(assign: RunAssign, tmp_path: Path) -> None:
    page = (ROOT / "book" / "for-teachers.md").read_text(encoding="utf-8")
    settings, retired = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    quiz = load_course(ROOT).quizzes["gestures"]
    assert Quiz.model_validate({**quiz.model_dump(), **yaml.safe_load(retired)}).retired
    [command] = re.findall(r"^coldwar-lessons assign (.*) --out", page, re.MULTILINE)
    code, said, _ = assign(*command.split(), settings=settings)
    assert code == 0
    assert "class 10B; due Tuesday 1 December 2026, 17:00 UTC." in said
    quizzes = read_assignment(tmp_path / "out").quizzes
    assert list(quizzes["gestures"].items) == ["gestures-most-important", "gestures-annex", "gestures-best-fit"]
    assert (quizzes["gestures"].behaviour, quizzes["after-stalin"].behaviour) == ("tries", "practice")


def test_an_empty_settings_file_changes_nothing(assign: RunAssign) -> None:
    assert assign("3", settings="# nothing yet\n")[0] == 0
