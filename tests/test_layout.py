"""How the house is built: imports point one way, modules are small, nothing of a machine leaks in."""

from __future__ import annotations

import ast
import json
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import coldwar_lessons
from coldwar_lessons import cli

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "coldwar_lessons"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "static" not in path.parts)
SCRIPTS = sorted(
    path
    for folder in (ROOT / "js" / "src", PACKAGE / "book")
    for path in folder.rglob("*")
    if path.suffix in {".ts", ".js", ".mjs", ".html"}
)

#: From left to right: a module imports only from its own place and from what stands before it.
#: The marking desk is a page of its own, with the book's colours; nothing but its command knows of it.
LINE = "language content markup grading widgets lesson worksheet book marking_desk report cli"
ORDER = tuple(LINE.split())
PLACES = {
    "workbook": "lesson",
    "notebook_merge": "lesson",
    "lessons_folder": "lesson",
    "work_file": "lesson",
    "scaffold": "lesson",
    "scaffold_texts": "lesson",
    "__main__": "cli",
    "__init__": "lesson",
}


def place_of(module: str) -> str:
    """The place on the line of a module such as ``coldwar_lessons.widgets.quiz``."""
    _, _, rest = module.partition(".")
    first = rest.partition(".")[0] or "__init__"
    return PLACES.get(first, first)


def imports_of(path: Path) -> Iterator[str]:
    """Every module of ours that a file imports, wherever the import stands in it."""
    package = ["coldwar_lessons", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "coldwar_lessons")
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            if module == "coldwar_lessons":
                yield from (f"{module}.{alias.name}" for alias in node.names if (PACKAGE / alias.name).is_dir())
                yield from (
                    f"{module}.{alias.name}" for alias in node.names if (PACKAGE / f"{alias.name}.py").is_file()
                )
            elif module.startswith("coldwar_lessons."):
                yield module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    own = place_of(".".join(["coldwar_lessons", *path.relative_to(PACKAGE).with_suffix("").parts]))
    assert own in ORDER, f"{own} has no place on the line"
    against = [name for name in imports_of(path) if ORDER.index(place_of(name)) > ORDER.index(own)]
    assert against == []


def test_import_reader_sees_relative_and_local_imports() -> None:
    assert "coldwar_lessons.widgets.spec" in list(imports_of(PACKAGE / "widgets" / "live.py"))
    assert "coldwar_lessons.content.load" in list(imports_of(PACKAGE / "lesson.py"))


def test_modules_are_small() -> None:
    lines = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: count for name, count in lines.items() if count > 400} == {}
    assert statistics.median(lines.values()) <= 160
    long_scripts = [path.name for path in SCRIPTS if path.suffix == ".ts" and path.read_text("utf-8").count("\n") > 400]
    assert long_scripts == []


SINKS = re.compile(
    r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment)\b|\.srcdoc\b"
    r"|\bdocument\s*\.\s*write(?:ln)?\b|\beval\s*\(|\bnew\s+Function\b|\bDOMParser\b"
)


def without_comments(script: str) -> str:
    """A script without its comments; a ``//`` within an address is no comment."""
    return re.sub(r"/\*.*?\*/|(?<![:\w\"'`])//[^\n]*|<!--.*?-->", "", script, flags=re.DOTALL)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_script_turns_text_into_markup_or_code(path: Path) -> None:
    assert SINKS.findall(without_comments(path.read_text(encoding="utf-8"))) == []


def test_sinks_are_recognised() -> None:
    for bad in ("e.innerHTML = x", "document.write(x)", "eval (x)", "new Function(x)", "e.insertAdjacentHTML('a', x)"):
        assert SINKS.search(without_comments(bad))
    assert not SINKS.search(without_comments("// never innerHTML\n/* nor\neval( */ const evaluate = 'https://a.b/c'"))


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert coldwar_lessons.__version__ == project
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert package.get("version", project) == project
    assert f"## {project}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").replace("[", "").replace("]", "")


# --- what is committed ----------------------------------------------------------------------------

HOSTS = ("py" + "pi.org", "pythonhosted" + ".org", "registry." + "npmjs.org", "npm" + "mirror.com", "yarnpkg" + ".com")
#: The home of a container's user is no machine's.
MACHINE = re.compile(
    r"(?<![\w.~$}/-])/(?:work|root|home(?!/jovyan)|Users|private|mnt)/\w|\b[A-Z]:\\Users\\|\blocalhost:\d{5}\b"
)


def committed() -> list[Path]:
    """Every committed text file; none outside a git checkout."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return []
    paths = [ROOT / name for name in listed.decode().split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:1024]]


def test_nothing_committed_names_a_registry_or_a_machine() -> None:
    found = []
    for path in committed():
        text = path.read_text(encoding="utf-8")
        found += [f"{path.relative_to(ROOT)}: {host}" for host in HOSTS if host in text]
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in MACHINE.finditer(text)]
    assert found == []


def test_committed_notebooks_have_no_outputs() -> None:
    for path in committed():
        if path.suffix == ".ipynb":
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                assert not cell.get("outputs"), path
                assert cell.get("execution_count") is None, path


# --- the command ------------------------------------------------------------------------------------


def test_every_verb_and_option_has_help() -> None:
    command = typer.main.get_command(cli.app)
    verbs = getattr(command, "commands", {})
    assert {"paper", "check", "schemas"} <= set(verbs)
    for verb in verbs.values():
        assert verb.help, verb.name
        for parameter in verb.params:
            assert getattr(parameter, "help", None), f"{verb.name} {parameter.name}"
        shown = CliRunner().invoke(cli.app, [verb.name, "--help"])
        assert shown.exit_code == 0
        assert verb.help.splitlines()[0][:40] in shown.output


def loaded(code: str) -> set[str]:
    """Modules that are loaded after some code has run in a fresh Python."""
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_command_starts_without_the_content() -> None:
    names = loaded("import coldwar_lessons.cli")
    assert not names & {"yaml", "anywidget", "matplotlib", "edtf", "coldwar_lessons.content.load", "markdown_it"}


def test_notebook_starts_without_what_it_does_not_use() -> None:
    names = loaded("from coldwar_lessons import Lesson\nLesson('03-gestures').passage()")
    unwanted = {"matplotlib", "edtf", "typer", "markdown_it", "sphinx", "coldwar_lessons.content.teaching"}
    assert not names & unwanted
    assert not [name for name in names if name.startswith("coldwar_lessons.content.check")]
