"""What the book publishes about student work: schemas at addresses that stay, a line only where it leads somewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coldwar_lessons.grading.schemas import work_schemas
from tests.book.conftest import Built

LESSON = "notebooks/01-a-paper-marked-secret"


@pytest.mark.book
def test_the_schemas_are_published_as_the_models_have_them(book: Path) -> None:
    published = {path.name: path.read_text(encoding="utf-8") for path in (book / "schemas").iterdir()}
    assert published == work_schemas()
    assert sorted(published) == ["hand-in-1.json", "workbook-2.json"]


def test_a_book_without_a_progress_page_does_not_speak_of_it(small_book: Callable[..., Built]) -> None:
    built = small_book()
    assert built.warnings == ""
    assert "data-work" not in built.page(LESSON)


def test_the_progress_page_lists_the_lessons_that_the_book_holds(small_book: Callable[..., Built]) -> None:
    page = "# Progress\n\n## Lessons\n\n```{progress}\n```\n\n```{work} hand-in\n```\n\n```{work} nonsense\n```\n"
    built = small_book(**{"book/progress": page})
    assert "no thing to do with work 'nonsense'" in built.warnings
    assert built.text("book/progress").count("A paper marked SECRET") == 3
    assert "After Stalin" not in built.text("book/progress")
    assert 'data-work-lesson="01-a-paper-marked-secret"' in built.page(LESSON)
