"""A book in another language: all that it says itself follows, Sphinx's part and docutils' too."""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coldwar_lessons.book.bound.binding import bind
from coldwar_lessons.book.bound.epub import pack_book
from coldwar_lessons.book.bound.whole import whole_page
from coldwar_lessons.book.directives import DIRECTIVES
from coldwar_lessons.book.teacher_course import (
    cards_tree,
    close_reading_tree,
    exam_tree,
    misconceptions_tree,
    strip_tree,
    transcript_tree,
)
from coldwar_lessons.book.teacher_lesson import lesson_tree
from coldwar_lessons.book.teacher_tasks import glossary_tree
from coldwar_lessons.content.load import Course, content_root, speak
from coldwar_lessons.language import SOURCE, use_language
from tests.hard_coded import course_in_other_letters, hard_coded_in, hard_coded_words, in_other_letters
from tests.pseudo import RIGHT_TO_LEFT, pseudo_locale

from .conftest import PAGES, Built

LESSON = "notebooks/01-a-paper-marked-secret"
#: Every directive and role of the book, with a heading and a note, which Sphinx and docutils label.
PAGE = """
# {title}

```{{note}}
{title}
```

{{where}}`p3.s8` {{sentence}}`p3.s9` {{source}}`frus-1952-54-v08`

```{{passage}} p3.s6 fn1.s1
```
```{{quiz}} first-look
```
```{{timeline}}
:place: stalin-death
:until: 1953-06
```
```{{people}}
```
```{{terms}}
```
```{{lessons}}
```
```{{coverage}}
```
```{{downloads}}
```

## {title}
## {title}
"""
PROGRESS = """
# {title}

```{{progress}}
```
```{{work}} keep
```
```{{work}} hand-in
```
```{{work}} start-again
```
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """The course in the pseudo-language that is written from right to left, its content in other letters."""
    locale = pseudo_locale(tmp_path_factory.mktemp("course") / "locale", RIGHT_TO_LEFT)
    yield course_in_other_letters(content_root(), locale, RIGHT_TO_LEFT)
    use_language(SOURCE)


@pytest.fixture
def book(course: Course, small_book: Callable[..., Built], monkeypatch: pytest.MonkeyPatch) -> Built:
    """A small book of that course."""
    for name, module in list(sys.modules.items()):
        if name.startswith("coldwar_lessons.") and hasattr(module, "load_course"):
            monkeypatch.setattr(module, "load_course", lambda *_given: course)
    title = in_other_letters("Title")
    pages = dict.fromkeys(PAGES, f"# {title}\n\n{title}.\n") | {
        "book/the-paper": f"# {title}\n\n```{{paper}}\n```\n",
        "book/sources": f"# {title}\n\n```{{sources}} scholarship\n```\n```{{sources}} document\n```\n",
        "book/progress": PROGRESS.format(title=title),
        LESSON: PAGE.format(title=title),
    }
    config = {"html_title": title, "author": title, "copyright": "2026", "cwl_redirects": {"book/old": "book/try"}}
    text = "".join(pages.values()) + PAGE
    assert [name for name in DIRECTIVES if f"{{{name}}}" not in text.replace("{{", "{").replace("}}", "}")] == []
    return small_book(PAGE.format(title=title), config=config, **pages)


def test_no_page_has_a_hard_coded_text(book: Built) -> None:
    assert book.warnings == ""
    pages = {path.relative_to(book.output).as_posix(): path for path in sorted(book.output.rglob("*.html"))}
    assert {"index.html", "search.html", "404.html", "book/old.html", f"{LESSON}.html"} <= pages.keys()
    found = {name: words for name, path in pages.items() if (words := hard_coded_in(path.read_text(encoding="utf-8")))}
    assert found == {}


def test_what_the_scripts_count_and_search_has_no_hard_coded_text(book: Built) -> None:
    inventory = (book.output / "_static/inventory.js").read_text(encoding="utf-8").partition("=")[2]
    titles = [task["title"] for lesson in json.loads(inventory.rstrip(";\n"))["lessons"] for task in lesson["tasks"]]
    assert titles
    assert [word for title in titles for word in hard_coded_words(title)] == []
    messages = (book.output / "_static/widgets/messages.js").read_text(encoding="utf-8")
    assert '"direction":"rtl"' in messages
    assert "Çöļöûřš: åûţöm" in messages
    assert "messages.js" in book.page()


def test_a_page_names_its_language_and_direction(book: Built) -> None:
    for name in ("book/try", "search", "404", "book/old"):
        assert f'<html lang="{RIGHT_TO_LEFT}" dir="rtl"' in book.page(name)


def test_a_sentence_of_a_template_keeps_its_links(book: Built) -> None:
    assert '<a href="book/the-paper.html">' in book.page("404")
    assert '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license">' in book.page()


def test_on_paper_and_on_an_e_reader_nothing_is_hard_coded(book: Built, tmp_path: Path) -> None:
    page = whole_page(bind(book.output, tmp_path), tmp_path)
    assert hard_coded_in(page) == set()
    assert f'<html lang="{RIGHT_TO_LEFT}" dir="rtl">' in page
    pack_book(book.output, tmp_path, tmp_path / "book.epub")
    with zipfile.ZipFile(tmp_path / "book.epub") as packed:
        pages = {name: packed.read(name).decode() for name in packed.namelist() if name.endswith(".xhtml")}
    assert len(pages) > 6
    assert {name: words for name, text in pages.items() if (words := hard_coded_in(text))} == {}


def test_no_page_for_teachers_has_a_hard_coded_text(tmp_path: Path) -> None:
    locale = pseudo_locale(tmp_path / "locale", RIGHT_TO_LEFT)
    course = course_in_other_letters(content_root(), locale, RIGHT_TO_LEFT, teaching=True)
    speak(course)
    trees = [show(course) for show in (close_reading_tree, exam_tree, misconceptions_tree, transcript_tree)]
    trees += [glossary_tree(course), strip_tree(course, "1953-03")]
    trees += [lesson_tree(course, notes) for notes in course.teacher.values()]
    trees += [cards_tree(course, lesson) for lesson in course.lessons.values()]
    use_language(SOURCE)
    assert {word for tree in trees for word in hard_coded_in(tree.to_html())} == set()
