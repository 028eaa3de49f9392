"""Roles: quoting the paper to the letter, pointing at a sentence, citing a source."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from coldwar_lessons.content.base import Citation
from coldwar_lessons.content.faults import CourseError
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.language import gettext as _
from coldwar_lessons.widgets.citing import cite_text
from coldwar_lessons.widgets.passage import short_name

from .bibliography import AllSourcesRole
from .links import PAPER_PAGE, page_link

logger = logging.getLogger(__name__)

SOURCES_PAGE = "book/sources"
_WITH_TARGET = re.compile(r"^(?P<words>.*\S)\s*<(?P<target>[^<>]+)>$", re.DOTALL)


def split_target(text: str) -> tuple[str, str]:
    """Split ``words <target>``; without angle brackets the whole text is the target."""
    found = _WITH_TARGET.match(text.strip())
    return (" ".join(found["words"].split()), found["target"].strip()) if found else ("", text.strip())


class CourseRole(SphinxRole):
    """A role that names something of the course; an unknown name is a warning with its file and line."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Build the nodes, or warn and show the text as it stands."""
        try:
            return [self.build(load_course())], []
        except CourseError as error:
            logger.warning("%s: %s", self.name, error, location=self.get_location())
            return [nodes.literal(self.rawtext, self.text)], []

    def build(self, course: Course) -> nodes.Node:
        """Build the node."""
        raise NotImplementedError


class SentenceRole(CourseRole):
    """Quotes the paper: a whole sentence (``p3.s9``) or some of its words (``a new situation <p3.s9>``)."""

    def build(self, course: Course) -> nodes.Node:
        """Build the quotation, with the sentence's number as a link."""
        words, sentence_id = split_target(self.text)
        sentence = course.sentence(sentence_id)
        if words and words not in sentence.text:
            fault = _("{words!r} does not stand in {sentence} to the letter: copy the words from data/paper.yml")
            raise CourseError(fault.format(words=words, sentence=sentence_id))
        quote = nodes.inline(self.rawtext, classes=["quotation"])
        quote += nodes.Text(f"“{words or sentence.text}” (")
        quote += page_link(short_name(sentence_id), PAPER_PAGE, sentence_id, classes=["sentence"])
        quote += nodes.Text(")")
        return quote


class WhereRole(CourseRole):
    """Points at a sentence by its number, without quoting it."""

    def build(self, course: Course) -> nodes.Node:
        """Build the link."""
        sentence_id = course.sentence(self.text.strip()).id
        return page_link(short_name(sentence_id), PAPER_PAGE, sentence_id, classes=["sentence"])


class SourceRole(CourseRole):
    """Cites a source (``frus-1952-54-v08``), with a place in it (``doc. 587 <frus-1952-54-v08>``) if need be."""

    def build(self, course: Course) -> nodes.Node:
        """Build the citation, linked to the bibliography."""
        locator, source_id = split_target(self.text)
        course.named("sources", source_id)
        text = cite_text(course, [Citation(source=source_id, locator=locator or None)])
        return page_link(text, SOURCES_PAGE, f"source-{source_id}", classes=["citation"])


ROLES: dict[str, SphinxRole] = {
    "sentence": SentenceRole(),
    "where": WhereRole(),
    "source": SourceRole(),
    "all-sources": AllSourcesRole(),
}
