"""The commands in the language of the terminal: their help, what they print, and what they refuse."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
import typer

from coldwar_lessons import cli
from coldwar_lessons.language import SOURCE, current_language, terminal_language
from tests.grading.conftest import ROOT
from tests.grading.hand_ins import as_bytes, hand_in
from tests.hard_coded import hard_coded_words
from tests.pseudo import LEFT_TO_RIGHT, pseudo_locale

Run: TypeAlias = Callable[..., tuple[int, str]]
#: What is typed as it is: the program, its options, names of files and of kinds of things.
TYPED = re.compile(
    r"coldwar-lessons\b|--?[a-z-]+\b|\b[A-Z][A-Z_|-]+\b|[\w.-]*[./][\w./-]*|\[[^\]⟦]*\]|<[^>]*>|\{[^}]*\}|\d\S*"
)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in a terminal of the pseudo-language."""
    pseudo_locale(tmp_path / "locale")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", LEFT_TO_RIGHT.replace("-", "_"))
    monkeypatch.setenv("COLUMNS", "200")

    def run_command(*arguments: str) -> tuple[int, str]:
        try:
            code = cli.main(arguments)
        except SystemExit as error:
            code = int(error.code or 0)
        said = capsys.readouterr()
        return code, said.out + said.err

    return run_command


def plain_words(text: str, *known: str) -> set[str]:
    """Words of an output that are neither translated nor typed as they are."""
    return set(hard_coded_words(TYPED.sub(" ", text))) - set(known)


def verbs() -> list[tuple[str, ...]]:
    command = typer.main.get_command(cli.app)
    found: list[tuple[str, ...]] = [()]
    for name, verb in getattr(command, "commands", {}).items():
        found += [(name,), *((name, one) for one in getattr(verb, "commands", {}))]
    return found


@pytest.mark.parametrize("verb", verbs(), ids=" ".join)
def test_help_has_no_hard_coded_text(run: Run, verb: tuple[str, ...]) -> None:
    code, shown = run(*verb, "--help")
    assert code == 0
    names = {part for one in verbs() for name in one for part in name.split("-")}
    # Values that an option has by itself, and what arguments are called.
    defaults = {"csv", "latest", "lab", "folder", "out"}
    assert plain_words(shown, *names, *defaults) == set()
    assert shown.startswith("⟦Ûšåĝé: ~⟧ coldwar-lessons")


def test_what_commands_print_has_no_hard_coded_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.json").write_bytes(as_bytes(hand_in("", "1")))
    (tmp_path / "in" / "2.json").write_bytes(b'{"1": 1, "1": 2}')
    (tmp_path / "roster.csv").write_text("number,name\n1,1\n")
    ids = ("gestures", "mark", "end", "course")
    for arguments, expected in (
        (("start", "3", "--no-lab"), 0),
        (("hand-in", "3"), 1),
        (("mark", "in", "--roster", "roster.csv", "--db", "1.db"), 1),
        (("mark-again", "--db", "1.db"), 0),
        (("export", "1.csv", "--db", "1.db"), 0),
        (("report", "--db", "1.db", "--out", "1.html"), 0),
        (("assign", "3", "--out", "4", "--due", "2026-12-01"), 0),
        (("assign", "3", "--out", "4"), 2),
        (("worksheet", "3", "--key", "--out", "1.pdf"), 0),
        (("nbgrader", "3", "--course", "5"), 0),
        (("schemas", "--write", "6"), 0),
        (("check", "--stats"), 0),
        (("rubric", "--db", "1.db", "--task", "worth-of-gestures", "--no-open"), 1),
        (("rubric", "--db", "2.db"), 2),
        (("worksheet", "99"), 1),
        ((), 2),
    ):
        code, said = run(*arguments)
        assert code == expected, (arguments, said)
        said = re.sub(
            r"jupyter lab|nbgrader generate_assignment|from coldwar.*|configure\(.*|worth-of-gestures", "", said
        )
        assert plain_words(said.replace(str(tmp_path), ""), *ids) == set(), arguments
        assert "⟦" in said, arguments


def test_a_hard_coded_text_is_found(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coldwar_lessons.cli._counted", lambda _count, _kind: "many things")
    assert plain_words(run("check")[1]) == {"many", "things"}


def test_a_page_speaks_the_language_of_its_course_and_not_the_terminals(run: Run, tmp_path: Path) -> None:
    assert run("assign", "3", "--out", "out", "--root", str(ROOT))[0] == 0
    assert "## How to hand in" in (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert current_language() == SOURCE


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, SOURCE),
        ({"LANG": "C.UTF-8"}, SOURCE),
        ({"LANG": "en_XA.UTF-8"}, "en-XA"),
        ({"LANG": "en_XA.UTF-8", "LC_ALL": "C"}, SOURCE),
        ({"LANG": "C", "LC_MESSAGES": "en_XA@euro"}, "en-XA"),
        ({"LANG": "C", "LANGUAGE": "xx:en_XA:de"}, "en-XA"),
        ({"LANGUAGE": "en:en_XA"}, SOURCE),
        ({"LANG": "xx_YY"}, SOURCE),
        ({"LANG": "../../etc"}, SOURCE),
    ],
)
def test_the_terminals_language_comes_from_the_environment_in_gettexts_order(
    tmp_path: Path, environment: dict[str, str], language: str
) -> None:
    assert terminal_language(environment, [pseudo_locale(tmp_path)]) == language
