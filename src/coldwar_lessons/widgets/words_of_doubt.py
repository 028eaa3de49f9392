"""Words of doubt: mark how sure the author is, word by word, then compare two paragraphs."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from coldwar_lessons.content.activities import HedgeWord, WordsOfDoubt
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Block, Footnote, Paragraph
from coldwar_lessons.language import N_, commas, current_language, semicolons
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h

from .data_figure import NO_MATPLOTLIB
from .framing import activity_frame, sentences_named
from .passage import short_name
from .quiz_items import linked
from .spec import WidgetSpec, slug
from .words import Tag, find_word_range, find_word_spans, part_name, tag_bar, tag_list, typed_sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure as MatplotlibFigure

_HOW = N_(
    "Press a word to mark it, and press it again to unmark it. For a phrase, drag over it, or hold Shift with the "
    "arrow keys and press Enter. In the text the keys 1 to {last} choose the tag."
)
#: Okabe and Ito's blue and vermilion; the hatching tells them apart in black and white.
_BARS = (("#0072b2", ""), ("#e69f00", "///"))


def activity_spec(course: Course, activity: WordsOfDoubt, widget_id: str) -> WidgetSpec:
    """Build the activity; on paper it is the text with room to underline, and the tags as a key.

    Raises
    ------
    ValueError
        If the edition marks words that do not stand in their sentence.
    """
    base = slug(widget_id)
    tags = [Tag(tag.id, tag.label, tag.description) for tag in activity.tags]
    tree = activity_frame(
        course,
        activity,
        "words-of-doubt",
        _("Words of doubt"),
        tag_list(tags),
        h(
            "div",
            tag_bar(tags, base, _(_HOW).format(last=len(tags))),
            typed_sheet(course, activity.sentences, base),
            class_="cwl-marking",
        ),
        h(
            "div",
            h("button", _("Undo"), type="button", class_="cwl-button cwl-undo"),
            h("button", _("Compare with this edition"), type="button", class_="cwl-button cwl-primary"),
            class_="cwl-doubt-actions cwl-scripted",
        ),
        h("p", class_="cwl-score cwl-scripted", tabindex=-1),
        h("div", class_="cwl-doubt-chart"),
        h(
            "label",
            _("What does the comparison of the paragraphs show about the author? Name the words you rest on."),
            for_=f"{base}-closing",
            class_="cwl-label",
        ),
        h("textarea", id=f"{base}-closing", rows=4, spellcheck="true", lang=current_language()),
        _readings(course, activity, base),
        h(
            "details",
            h("summary", _("What this edition makes of it")),
            _figure(course, activity),
            _table(course, activity, f"{base}-table"),
            h("p", linked(course, activity.conclusion)),
            class_="cwl-reveal cwl-doubt-conclusion",
        ),
    )
    payload = {
        "tags": [[tag.id, tag.label] for tag in tags],
        "edition": [
            [word.sentence, *find_word_range(course.sentence(word.sentence).text, word.quote), word.tag]
            for word in activity.words
        ],
        "paper": sentences_named(course, tree),
    }
    return WidgetSpec("words-of-doubt", widget_id, tree, payload, activity.title)


def count_hedges(course: Course, activity: WordsOfDoubt) -> dict[str, dict[str, float]]:
    """How often the edition marks each tag in 100 words, by the label of the tag in each paragraph."""
    counts: dict[str, dict[str, float]] = {}
    for part in _parts(course, activity):
        ids = [sentence.id for sentence in part.sentences if sentence.id in activity.sentences]
        words = sum(len(find_word_spans(course.sentence(name).text)) for name in ids)
        counts[part_name(part)] = {
            tag.label: 100 * sum(word.tag == tag.id and word.sentence in ids for word in activity.words) / words
            for tag in activity.tags
        }
    return counts


def draw_hedges(counts: Mapping[str, Mapping[str, float]]) -> MatplotlibFigure:
    """Draw how often each tag is marked, a group of bars for each tag, print-ready.

    Parameters
    ----------
    counts
        What :func:`count_hedges` returns.

    Raises
    ------
    ImportError
        If matplotlib is not installed, as in a browser without it.
    """
    from matplotlib.figure import Figure as MatplotlibFigure  # noqa: PLC0415

    drawing = MatplotlibFigure(figsize=(7, 3.6), layout="constrained")
    axes = drawing.subplots()
    width = 0.8 / len(counts)
    labels: list[str] = []
    for index, (paragraph, by_tag) in enumerate(counts.items()):
        labels = list(by_tag)
        left = [place - 0.4 + width * (index + 0.5) for place in range(len(by_tag))]
        colour, hatch = _BARS[index % len(_BARS)]
        bars = axes.bar(
            left, list(by_tag.values()), width * 0.92, color=colour, hatch=hatch, edgecolor="white", label=paragraph
        )
        axes.bar_label(bars, fmt="{:.1f}", fontsize=8, padding=2)
    axes.set_xticks(range(len(labels)), labels)
    axes.set_title(_("Marked phrases in 100 words"), loc="left", fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#d9d4c8", linewidth=0.7)
    axes.set_axisbelow(True)
    axes.legend(frameon=False)
    return drawing


def _parts(course: Course, activity: WordsOfDoubt) -> list[Paragraph | Footnote]:
    return [
        part
        for part in course.paper.parts
        if not isinstance(part, Block) and any(s.id in activity.sentences for s in part.sentences)
    ]


def _readings(course: Course, activity: WordsOfDoubt, base: str) -> Element:
    order = {name: place for place, name in enumerate(course.sentence_ids())}
    numbers = {tag.id: (number, tag.label) for number, tag in enumerate(activity.tags, start=1)}
    # The browser finds a reading by its place in the payload, which is the place in the data.
    placed = sorted(
        enumerate(activity.words),
        key=lambda pair: (
            order[pair[1].sentence],
            find_word_range(course.sentence(pair[1].sentence).text, pair[1].quote),
        ),
    )
    return h(
        "details",
        h("summary", _("How this edition reads the words")),
        h("ul", (_reading(course, place, word, numbers, base) for place, word in placed), class_="cwl-readings"),
        class_="cwl-reveal cwl-doubt-readings",
    )


def _reading(course: Course, place: int, word: HedgeWord, numbers: Mapping[str, tuple[int, str]], base: str) -> Element:
    number, label = numbers[word.tag]
    return h(
        "li",
        h("a", short_name(word.sentence), href=f"#{base}-{word.sentence}", class_="cwl-small"),
        f" “{word.quote}”: ",
        h("span", label, class_="cwl-tag", data_tag=number),
        ". ",
        linked(course, word.reason),
        data_word=place,
    )


def _figure(course: Course, activity: WordsOfDoubt) -> Element:
    counts = count_hedges(course, activity)
    title = _("Marked phrases in 100 words, by this edition’s count")
    try:
        drawing = draw_hedges(counts)
    except ImportError:
        return h("p", _(NO_MATPLOTLIB))
    import matplotlib as mpl  # noqa: PLC0415

    data = io.BytesIO()
    # Letters stay letters, and the same numbers give the same bytes.
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": activity.id, "font.family": "sans-serif"}):
        drawing.savefig(data, format="svg", metadata={"Date": None, "Title": title})
    # i18n: of a chart: a paragraph, and how often each tag is marked in it.
    part = _("{paragraph}: {rates}")
    said = semicolons(
        part.format(
            paragraph=paragraph,
            rates=commas(f"{label} {rate:.1f}" for label, rate in by_tag.items()),
        )
        for paragraph, by_tag in counts.items()
    )
    encoded = base64.b64encode(data.getvalue()).decode("ascii")
    return h(
        "img",
        src=f"data:image/svg+xml;base64,{encoded}",
        # i18n: what a chart shows, and its numbers.
        alt=_("{title}. {numbers}.").format(title=title, numbers=said),
        width="672",
        height="346",
        class_="cwl-doubt-figure",
    )


def _table(course: Course, activity: WordsOfDoubt, identifier: str) -> Element:
    counts = count_hedges(course, activity)
    return h(
        "div",
        h("p", h("b", _("This edition: marked phrases in 100 words")), id=identifier),
        h(
            "table",
            h("thead", h("tr", h("th", _("Tag"), scope="col"), (h("th", name, scope="col") for name in counts))),
            h(
                "tbody",
                (
                    h(
                        "tr",
                        h("th", tag.label, scope="row"),
                        (h("td", f"{rates[tag.label]:.1f}") for rates in counts.values()),
                    )
                    for tag in activity.tags
                ),
            ),
            aria_labelledby=identifier,
        ),
    )
