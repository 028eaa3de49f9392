"""What the book takes in of the lessons for browsers, and the list that Python in the browser loads from."""

from __future__ import annotations

import hashlib
import json
import subprocess
import zipfile
from pathlib import Path

from build_browser import node_commands

from coldwar_lessons.book.lite import say_in_language
from coldwar_lessons.book.lite_lock import write_lock
from coldwar_lessons.book.lite_site import DIGEST, OUTPUT, address_in_lite, find_lite, lite_digest, take_in
from coldwar_lessons.language import in_language
from tests.pseudo import LEFT_TO_RIGHT, pseudo, pseudo_locale

ROOT = Path(__file__).resolve().parents[2]


def write_wheel(folder: Path, name: str, *requires: str, module: str = "") -> Path:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{module or name}/__init__.pyc", b"")
        wanted = "".join(f"Requires-Dist: {one}\n" for one in requires)
        archive.writestr(f"{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.4\nName: {name}\n{wanted}\nText\n")
    return path


def test_the_list_names_only_what_lies_beside_it(tmp_path: Path) -> None:
    info = {"abi_version": "2026_0", "python": "3.14.2"}
    elsewhere = {"numpy": {"file_name": "https://elsewhere.example/numpy.whl"}}
    (tmp_path / "pyodide-lock.json").write_text(json.dumps({"info": info, "packages": elsewhere}), encoding="utf-8")
    wheel = write_wheel(tmp_path, "some_course", "Typing_Helper>=1", "numpy>2", "extra-one; extra == 'x'")
    write_wheel(tmp_path, "typing_helper", module="helper")
    assert write_lock(tmp_path) == ["some-course", "typing-helper"]
    lock = json.loads((tmp_path / "pyodide-lock.json").read_text(encoding="utf-8"))
    assert lock["info"] == info
    entry = lock["packages"]["some-course"]
    assert entry["file_name"] == wheel.name
    assert entry["depends"] == ["typing-helper"]
    assert entry["sha256"] == hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert lock["packages"]["typing-helper"]["imports"] == ["helper"]


def test_a_site_built_from_something_older_is_not_taken_in(tmp_path: Path) -> None:
    for folder in ("data", "notebooks", "js/lite", "js/src/lite"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("requirements-lite.txt", "package-lock.json", "data/paper.yml", "notebooks/01-x.ipynb"):
        (tmp_path / file).write_text("x", encoding="utf-8")
    (tmp_path / OUTPUT).mkdir(parents=True)
    assert find_lite(tmp_path) is None
    (tmp_path / OUTPUT / DIGEST).write_text(lite_digest(tmp_path), encoding="utf-8")
    assert find_lite(tmp_path) == tmp_path / OUTPUT
    (tmp_path / "notebooks" / "01-x.ipynb").write_text("y", encoding="utf-8")
    assert find_lite(tmp_path) is None


def test_the_book_takes_the_site_in_and_out(tmp_path: Path) -> None:
    page = tmp_path / "site" / "notebooks" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("lite", encoding="utf-8")
    book = tmp_path / "book"
    book.mkdir()
    take_in(tmp_path / "site", book)
    assert (book / address_in_lite("03-gestures").partition("?")[0]).read_text(encoding="utf-8") == "lite"
    take_in(None, book)
    assert not (book / "lite").exists()
    assert page.is_file()


def test_the_extension_says_its_texts_in_the_language_in_use(tmp_path: Path) -> None:
    script = tmp_path / "remoteEntry.js"
    subprocess.run([*node_commands()[0], "js/lite/bundle.mjs", str(tmp_path)], cwd=ROOT, check=True)
    english = script.read_text(encoding="utf-8")
    say_in_language(script)
    assert script.read_text(encoding="utf-8") == english
    with in_language(LEFT_TO_RIGHT, [pseudo_locale(tmp_path)]):
        say_in_language(script)
    said = script.read_text(encoding="utf-8")
    assert said.endswith(english)
    assert pseudo("Ready. Your answers are kept in this browser.") in said
