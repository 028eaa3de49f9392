"""The verification of a built book finds what is missing or asks others; and the real book is whole."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from coldwar_lessons.book.build import main as build_main
from coldwar_lessons.book.verify import CALLS, main, read_page, toc_pages, verify, wanted_kinds
from coldwar_lessons.book.work import INVENTORY_AFTER, INVENTORY_BEFORE, INVENTORY_FILE
from coldwar_lessons.content.load import content_root
from coldwar_lessons.lesson import Lesson

TOC = """
format: jb-book
root: book/index
parts:
  - caption: Part
    chapters:
      - file: notebooks/01-one
"""
PAGE = (
    '<html><head><link rel="stylesheet" href="{up}_static/a.css">'
    '<script src="{up}_static/quiz.page.js"></script></head>'
    "<body><h1>{title}<a class='headerlink' href='#'>§</a></h1>{body}</body></html>"
)
QUIZ = '<div data-cwl-kind="quiz"><script type="application/json">{}</script></div>'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with two pages, built without a fault."""
    (tmp_path / "book").mkdir()
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "_toc.yml").write_text(TOC)
    (tmp_path / "book" / "index.md").write_text("# The *First* Page\n\n```{quiz} q\n```\n\n    ```{quiz} code\n")
    cells = [
        {"cell_type": "markdown", "source": ["# Lesson's one\n", "\n", "Text"]},
        {"cell_type": "code", "source": ["lesson = Lesson('x')\n", "lesson.quiz('q')"]},
    ]
    (tmp_path / "notebooks" / "01-one.ipynb").write_text(json.dumps({"cells": cells}))
    output = tmp_path / "html"
    (output / "notebooks").mkdir(parents=True)
    (output / "_static").mkdir()
    (output / "_static" / "a.css").write_text("body{background:url(data:,x)}")
    (output / "_static" / "quiz.page.js").write_text("")
    (output / "index.html").write_text(PAGE.format(up="", title="The First Page", body=QUIZ))
    (output / "notebooks" / "01-one.html").write_text(PAGE.format(up="../", title="Lesson’s one", body=QUIZ))
    return tmp_path


def faults(checkout: Path) -> list[str]:
    return verify(checkout, checkout / "html")


def change(checkout: Path, old: str, new: str, page: str = "notebooks/01-one.html") -> None:
    path = checkout / "html" / page
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_whole_book_has_no_fault(checkout: Path) -> None:
    assert faults(checkout) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Lesson’s one", "Another", "headed 'Another', but its source says"),
        ("<h1>", "<h1>x</h1><h1>", "2 headings of the first level, one is wanted"),
        ('data-cwl-kind="quiz"', "", "0 widgets of kind quiz, but 01-one.ipynb calls for 1"),
        ('data-cwl-kind="quiz"', 'data-cwl-kind="timeline"', "the script of its timeline widgets is not asked for"),
        ("../_static/quiz.page.js", "../_static/gone.js", "asks for ../_static/gone.js, which is not there"),
        ("../_static/a.css", "https://cdn.example/a.css", "asks another host for https://cdn.example/a.css"),
        ("../_static/a.css", "//cdn.example/a.css", "asks another host for //cdn.example/a.css"),
        ("<body>", '<body><img src="http://x.example/i.png">', "asks another host for http://x.example/i.png"),
        (
            "<body>",
            '<body><p style="background:url(https://x.example/i)">',
            "asks another host for https://x.example/i",
        ),
        (
            "<body>",
            "<body><style>@import 'https://x.example/f.css'</style>",
            "asks another host for https://x.example/f.css",
        ),
        ("<body>", "<body><script>alert(1)</script>", "inline script: move it to a file"),
        ("<body>", '<body onload="x()">', "event handler onload on <body>: move it to a file"),
        ("<body>", '<body><a href="javascript:x()">x</a>', "script address in href of <a>: move it to a file"),
        ("<body>", '<body><a href="../book/gone.html">x</a>', "links to ../book/gone.html, which is not there"),
        (
            "<body>",
            '<body><a href="../index.html#gone">x</a>',
            "links to ../index.html#gone, but that page has no such place",
        ),
    ],
)
def test_a_fault_is_named_with_its_page(checkout: Path, old: str, new: str, said: str) -> None:
    change(checkout, old, new)
    assert any(fault.startswith("notebooks/01-one.html: ") and said in fault for fault in faults(checkout))


def test_a_missing_page_is_named(checkout: Path) -> None:
    (checkout / "html" / "index.html").unlink()
    assert "index.html: missing, though _toc.yml lists book/index" in faults(checkout)


def test_styles_may_not_ask_others(checkout: Path) -> None:
    (checkout / "html" / "_static" / "a.css").write_text("@font-face{src:url('https://fonts.example/f.woff2')}")
    assert "_static/a.css: asks another host for https://fonts.example/f.woff2" in faults(checkout)


def test_data_blocks_and_canonical_addresses_are_no_faults() -> None:
    page = read_page('<link rel="canonical" href="https://x.example/"><script type="application/json">{}</script>')
    assert (page.fetched, page.faults) == ([], [])


def test_directives_in_code_do_not_count(checkout: Path) -> None:
    text = "# T\n\n```{quiz} q\n```\n:::{timeline}\n:::\n```{people}\n```\nAn inline ```{quiz} here```.\n"
    (checkout / "book" / "index.md").write_text(text)
    assert wanted_kinds(checkout / "book" / "index.md") == Counter(quiz=1, timeline=1)


def test_every_widget_of_a_lesson_is_known_by_its_call() -> None:
    methods = {name for name in vars(Lesson) if not name.startswith("_")}
    assert methods == set(CALLS)


def test_the_command_says_what_it_found(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([]) == 2
    assert main([str(tmp_path / "nowhere")]) == 1
    assert "make book builds it" in capsys.readouterr().out
    (tmp_path / "empty").mkdir()
    assert main([str(tmp_path / "empty")]) == 1
    assert "index.html: missing" in capsys.readouterr().out


def test_the_build_says_when_there_is_no_book(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("coldwar_lessons.book.build.content_root", lambda: tmp_path)
    assert build_main() == 2
    assert "no book here" in capsys.readouterr().out


@pytest.mark.book
def test_the_real_book_is_whole(book: Path) -> None:
    assert verify(content_root(), book) == []
    assert len(list(toc_pages(content_root()))) >= 15


def test_what_progress_counts_must_be_on_the_page(checkout: Path) -> None:
    tasks = [{"id": "01-one/quiz/q", "items": [{"id": "a"}, {"id": "b"}]}]
    inventory = json.dumps({"lessons": [{"id": "01-one", "tasks": tasks}]})
    (checkout / "html" / INVENTORY_FILE).write_text(f"{INVENTORY_BEFORE}{inventory}{INVENTORY_AFTER}")
    change(checkout, "<body>", '<body><div id="01-one-quiz-q"><p id="01-one-quiz-q-a"></p></div>')
    assert faults(checkout) == ["notebooks/01-one.html: progress counts 01-one-quiz-q-b, which is not there"]
