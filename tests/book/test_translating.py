"""From the commands of CONTRIBUTING.md to a page in another language, with the kernel that a build starts."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from coldwar_lessons.content.check import check_content
from coldwar_lessons.content.load import content_root
from coldwar_lessons.language import SOURCE, use_language

from .conftest import Built

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = re.findall(r"^pybabel .*$", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE)
FRENCH: dict[str | tuple[str, str], str | tuple[str, str]] = {
    "Contents": "Sommaire",
    "Lesson {number}": "Leçon {number}",
    "Link to this heading": "Lien vers ce titre",
    ("{count} question", "{count} questions"): ("{count} question", "{count} questions"),
    "Quiz: {title}": "Questionnaire : {title}",
    "practice: you see at once how you did": "entraînement : vous voyez aussitôt le résultat",
    "{day} {month} {year}": "{day} {month} {year}",
    "Read again in {document}: {sentences}.": "Dans {document}, relisez {sentences}.",
}
LESSON = """---
jupytext:
  text_representation:
    format_name: myst
kernelspec:
  name: python3
---
# Leçon

```{code-cell}
from coldwar_lessons import Lesson
Lesson("03-gestures").quiz("gestures")
```
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the course that says that it is in French."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "notebooks").symlink_to(ROOT / "notebooks")
    about = tmp_path / "data" / "course.yml"
    about.write_text(about.read_text(encoding="utf-8").replace("language: en-GB", "language: fr"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert content_root() == tmp_path
    yield tmp_path
    use_language(SOURCE)


def run(command: str, course: Path) -> None:
    """Run a command of the guide for a course that lies elsewhere."""
    words = [f"{course / 'locale'}" if word == "locale" else word for word in shlex.split(command)]
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", *words[1:]], cwd=ROOT, check=True)


def translate(course: Path, texts: dict[str | tuple[str, str], str | tuple[str, str]]) -> None:
    """Write translations into the file that the commands made."""
    file = course / "locale" / "fr" / "LC_MESSAGES" / "coldwar_lessons.po"
    with file.open("rb") as read:
        catalogue = read_po(read, locale="fr")
    for text, translation in texts.items():
        message = catalogue.get(text[0] if isinstance(text, tuple) else text)
        assert message is not None, text
        message.string = translation
    with file.open("wb") as written:
        write_po(written, catalogue)


def test_the_commands_of_the_guide_lead_to_a_translated_page(course: Path, small_book: Callable[..., Built]) -> None:
    init, update, compile_ = COMMANDS
    run(init, course)
    translate(course, FRENCH)
    run(update, course)
    run(compile_, course)
    built = small_book(
        "# Essai\n\n```{quiz} gestures\n```\n",
        config={
            "nb_execution_mode": "force",
            "nb_ipywidgets_js": {},
            "nb_mime_priority_overrides": [
                ("html", "application/vnd.jupyter.widget-view+json", None),
                ("html", "text/html", 5),
            ],
        },
        **{"notebooks/03-gestures": LESSON},
    )
    assert built.warnings == ""
    page = built.page()
    assert '<html lang="fr"' in page
    assert ">Sommaire<" in page
    assert 'title="Lien vers cette rubrique"' in page, "Sphinx's own translation comes before ours"
    assert "entraînement : vous voyez aussitôt le résultat" in page
    lesson = built.page("notebooks/03-gestures")
    assert "<span>Leçon 3</span>" in lesson
    # Said by the kernel, which found the course and its translation by the folder it runs in.
    assert 'aria-label="Questionnaire : ' in lesson
    assert re.search(r'Dans the paper, relisez <a class="cwl-q-ref"', lesson)
    # What has no translation yet.
    assert "Choose all that fit." in lesson


def test_check_tells_what_is_wrong_with_a_translation(course: Path) -> None:
    init, _, compile_ = COMMANDS
    run(init, course)
    folder = "locale/fr/LC_MESSAGES"
    (fault,) = check_content(course).faults
    assert f"{fault}" == (
        f"{folder}/coldwar_lessons.po: the translation is not compiled: "
        "run pybabel compile -D coldwar_lessons -d locale"
    )
    translate(course, {"Lesson {number}": "Leçon {numero}", "Saved in {file}.": "Dans {file", "Undo": "Annuler"})
    run(compile_, course)
    unclosed, unknown = check_content(course).faults
    assert f"{unclosed}" == (
        f"{folder}/coldwar_lessons.mo: 'Dans {{file', for 'Saved in {{file}}.': "
        "expected '}' before end of string; write braces as the text has them"
    )
    assert f"{unknown}" == (
        f"{folder}/coldwar_lessons.mo: 'Leçon {{numero}}', for 'Lesson {{number}}': "
        "no {numero} there; the text has {number}"
    )
