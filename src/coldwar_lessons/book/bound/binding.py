"""Bind the built pages into one book, the same for the PDF and for e-readers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from coldwar_lessons.content.about import About
from coldwar_lessons.content.load import content_root, load_course, speak
from coldwar_lessons.content.models import Block
from coldwar_lessons.language import gettext as _

from .answers import take_answers
from .links import drop_dead_links, join_links, local_images
from .pages import BuiltBook, Chapter, read_book
from .pen import drop_screen_parts, open_folds, refer_to_sources, set_notes, shorten_passages, to_pen


@dataclass(frozen=True)
class Bound:
    """The bound book.

    Attributes
    ----------
    built
        What it was bound from.
    chapters
        Its chapters, with the hints and answers at the end.
    about
        What the course is about.
    stamp, reference, sentence
        The paper's mark, if it has one, its number, and the sentence of it that the cover shows.
    """

    built: BuiltBook
    chapters: tuple[Chapter, ...]
    about: About
    stamp: str | None
    reference: str
    sentence: str


def bind(root: Path, folder: Path) -> Bound:
    """Read the built book and make it fit for paper.

    Parameters
    ----------
    root
        Folder of the built book.
    folder
        Where its pictures are put, in a folder ``figures``.

    Raises
    ------
    CourseError
        If there is no built book, or a link in it leads nowhere.
    """
    book = read_book(root)
    course = load_course(content_root())
    speak(course)
    for chapter in book.chapters:
        drop_screen_parts(chapter, course)
        refer_to_sources(chapter)
    join_links(book)
    local_images(book, folder)
    chapters = (*book.chapters, *take_answers(book.chapters))
    for chapter in chapters:
        open_folds(chapter)
        shorten_passages(chapter)
        set_notes(chapter)
        to_pen(chapter)
    drop_dead_links(chapters)
    stamp = next((part.text for part in course.paper.parts if isinstance(part, Block) and part.role == "mark"), None)
    words = course.sentence(course.about.epigraph).text
    return Bound(book, chapters, course.about, stamp, course.paper.reference, words)


def file_name(title: str) -> str:
    """A title as the name of a file, without its ending: ``four-months-after-stalin``."""
    return "-".join(re.findall(r"\w+", title.casefold()))


def rights(about: About) -> str:
    """Under which licence the book may be used, and who has rights in the document."""
    # i18n: {licence} is that of the lessons, such as: CC BY 4.0; {rights} are such as: Crown copyright.
    words = _("{licence}; {document} is {rights}")
    return words.format(licence=about.licence.name, document=about.document.name, rights=about.document.rights)
