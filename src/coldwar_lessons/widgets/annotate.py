"""Annotate: highlight words of the paper, tag them, write notes; kept, and exported as a file."""

from __future__ import annotations

from collections.abc import Sequence

from coldwar_lessons.content.load import Course
from coldwar_lessons.language import N_
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import h

from .passage import name_sentences
from .spec import WidgetSpec, slug
from .words import Tag, tag_bar, tag_list, typed_sheet

#: What a note can be about.
TAGS = (
    Tag("claim", N_("Claim"), N_("He says that something is so, or that something should be done.")),
    Tag("evidence", N_("Evidence"), N_("He gives a reason, or points to something that happened.")),
    Tag("hedge", N_("Hedge"), N_("Words that show how sure he is, or is not.")),
    Tag("loaded", N_("Loaded word"), N_("A word that judges, praises or frightens where a plainer one would do.")),
    Tag("question", N_("Question"), N_("Something you do not understand, or would like to ask him.")),
)
_HOW = N_(
    "Press the first word and then the last; press one word twice to take it alone. Dragging works too, and so does "
    "Shift with the arrow keys and Enter. In the text the keys 1 to {last} choose the tag. Press highlighted words "
    "to open their note."
)


def annotate_spec(course: Course, widget_id: str, sentence_ids: Sequence[str]) -> WidgetSpec:
    """Build the sheet for notes; on paper it has a wide ruled margin.

    Parameters
    ----------
    course
        The content.
    widget_id
        See :class:`WidgetSpec`.
    sentence_ids
        The sentences to show; the paper's order is kept.

    Raises
    ------
    UnknownNameError
        If a sentence id does not exist.
    """
    for sentence_id in sentence_ids:
        course.sentence(sentence_id)
    base = slug(widget_id)
    # i18n: sentences are such as: paragraph 3, sentences 6 and 8.
    name = _("Your notes on {sentences}").format(sentences=name_sentences(sentence_ids))
    tags = [Tag(tag.id, _(tag.label), _(tag.description)) for tag in TAGS]
    tree = h(
        "section",
        h("p", _("Your notes on {document}").format(document=course.about.document.name), class_="cwl-activity-title"),
        h(
            "p",
            _(
                "Highlight words that matter, say what they are, and write down why. Without a screen, underline by "
                "pen, write the number of the tag above, and use the margin."
            ),
            class_="cwl-activity-prompt cwl-static",
        ),
        h(
            "p",
            _("Highlight words that matter, say what they are, and write down why."),
            class_="cwl-activity-prompt cwl-scripted",
        ),
        tag_list(tags),
        h(
            "div",
            h(
                "div",
                h(
                    "div",
                    tag_bar(tags, base, _(_HOW).format(last=len(tags))),
                    typed_sheet(course, sentence_ids, base, margin=True),
                    class_="cwl-marking",
                ),
                h("div", class_="cwl-notes"),
                class_="cwl-annotate-columns",
            ),
            class_="cwl-annotate-body",
        ),
        class_="cwl cwl-activity cwl-annotate",
        aria_label=name,
    )
    payload = {
        "tags": [[tag.id, tag.label] for tag in tags],
        "paper": course.paper.reference,
        "file": base,
    }
    return WidgetSpec("annotate", widget_id, tree, payload, name)
