"""Bind the built pages into one book, the same for the PDF and for e-readers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coldwar_lessons.content.load import content_root, load_course

from .answers import take_answers
from .links import drop_dead_links, join_links, local_images
from .pages import BuiltBook, Chapter, read_book
from .pen import drop_screen_parts, open_folds, refer_to_sources, set_notes, shorten_passages, to_pen

LANGUAGE = "en-GB"
AUTHOR = "The coldwar-lessons developers"


@dataclass(frozen=True)
class Bound:
    """The bound book.

    Attributes
    ----------
    built
        What it was bound from.
    chapters
        Its chapters, with the hints and answers at the end.
    reference, sentence
        The paper's mark and the sentence of it that the cover shows.
    """

    built: BuiltBook
    chapters: tuple[Chapter, ...]
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
    for chapter in book.chapters:
        drop_screen_parts(chapter)
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
    paper = load_course(content_root()).paper
    return Bound(book, chapters, paper.reference, paper.sentence("p3.s5").text)
