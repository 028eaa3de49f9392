"""The activities on paper, and this edition's readings of them for the key: one form for each kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coldwar_lessons.content.activities import (
    Activity,
    ArgumentMap,
    Blank,
    ClaimAgainstSource,
    EvidenceMatrix,
    Forecast,
    Positions,
    WhiteOut,
    WordsOfDoubt,
)
from coldwar_lessons.content.dates import describe_date
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Claim
from coldwar_lessons.language import commas, semicolons
from coldwar_lessons.language import gettext as _
from coldwar_lessons.widgets.argument_map import KIND_NAMES, KINDS, RELATION_NAMES, RELATIONS, edition_links
from coldwar_lessons.widgets.citing import cite_text
from coldwar_lessons.widgets.passage import short_name

from .blocks import Block, block, numbered, paragraphs, table
from .figure import figure_answers, figure_blocks
from .items import read_again

_SIGNS = {"consistent": "+", "neutral": "○", "inconsistent": "−"}
_GAP = "_" * 14
_NARROW = "auto"


def activity_blocks(course: Course, activity: Activity) -> list[Block]:
    """An activity as students get it: room to work, and nothing of what this edition thinks."""
    return [block("text", text=numbered(course, activity.prompt)), *_FORMS[activity.kind](course, activity)]


def activity_answers(course: Course, activity: Activity, closing: str | None = None) -> list[Block]:
    """What this edition thinks of an activity.

    Parameters
    ----------
    course
        The content.
    activity
        The activity.
    closing
        A closing sentence that is fair to the evidence, from the notes for teachers.
    """
    model = [block("labelled", label=_("A fair closing sentence:"), text=numbered(course, closing))] if closing else []
    return [*_ANSWERS[activity.kind](course, activity), *model]


# --- evidence matrix -----------------------------------------------------------------------------


def _columns(matrix: EvidenceMatrix) -> list[str]:
    return [f"({one.id})" for one in matrix.explanations]


def _matrix(course: Course, matrix: EvidenceMatrix) -> list[Block]:
    explanations = [[one.label, f"“{one.quote}”" if one.quote else ""] for one in matrix.explanations]
    rows = [[f"{n}. {numbered(course, row.text)}", *("" for _one in matrix.explanations)] for n, row in _rows(matrix)]
    return [
        table(
            (_("Explanation"), _("In {document}’s words").format(document=course.about.document.name)),
            explanations,
            ("2", "3"),
        ),
        block(
            "text",
            text=_("In each cell write + (consistent), ○ (neutral) or − (inconsistent), and why in a few words."),
        ),
        block("grid", columns=[_("Evidence"), *_columns(matrix)], rows=rows, height=19),
        block("text", text=_("Which evidence tells the explanations apart, and which fits them all?")),
        block("lines", count=4),
    ]


def _rows(matrix: EvidenceMatrix) -> list[tuple[int, Any]]:
    return list(enumerate(matrix.rows, 1))


def _matrix_answers(course: Course, matrix: EvidenceMatrix) -> list[Block]:
    ids = [one.id for one in matrix.explanations]
    rows = [
        [
            f"{n}. {numbered(course, row.text)}",
            *(f"{_SIGNS[row.edition[i].verdict]}  {numbered(course, row.edition[i].reason)}" for i in ids),
        ]
        for n, row in _rows(matrix)
    ]
    historians = [
        [one.historian, numbered(course, one.argument), cite_text(course, one.sources)] for one in matrix.historians
    ]
    return [
        table((_("Evidence"), *_columns(matrix)), rows),
        *paragraphs(course, matrix.conclusion),
        *([table((_("Historian"), _("Argues"), _("Source")), historians, ("2", "5", "2"))] if historians else []),
    ]


# --- positions -----------------------------------------------------------------------------------


def _axes(positions: Positions, regions: list[Block]) -> Block:
    x, y = positions.x, positions.y
    axes = _("Two axes. Across: {across}: {left} to {right}. Upwards: {upwards}: {bottom} to {top}.").format(
        across=x.label, left=x.low, right=x.high, upwards=y.label, bottom=y.low, top=y.high
    )
    # i18n: place is such as: 10 to 30 % across, 60 to 80 % up.
    stands = _("{person} stands at {place}.")
    placed = [stands.format(person=one["name"], place=one["words"]) for one in regions] or [_("The field is empty.")]
    return block(
        "axes",
        alt=" ".join([axes, *placed]),
        x=[x.low, x.high],
        y=[y.low, y.high],
        up=y.label,
        across=_("Across: {axis}.").format(axis=x.label),
        regions=regions,
    )


def _positions(course: Course, positions: Positions) -> list[Block]:
    people = [
        [
            commas((person.name, person.office)),
            "\n".join(f"☐ {describe_date(e.date)}: {numbered(course, e.text)}" for e in placed.evidence),
        ]
        for placed in positions.people
        for person in [course.named("people", placed.person)]
    ]
    return [
        block(
            "text",
            text=_("Write each name into the field, and tick the piece of evidence that weighed most with you."),
        ),
        table((_("Who"), _("Evidence")), people, ("1", "3")),
        _axes(positions, []),
    ]


def _positions_answers(course: Course, positions: Positions) -> list[Block]:
    regions, reasons = [], []
    for placed in positions.people:
        person, region = course.named("people", placed.person), placed.region
        words = _("{left} to {right} % across, {bottom} to {top} % up").format(
            left=_per_cent(region.x[0]),
            right=_per_cent(region.x[1]),
            bottom=_per_cent(region.y[0]),
            top=_per_cent(region.y[1]),
        )
        # Peers are known by the last word of their title, and all others by their last name.
        name = person.sort_name.partition(",")[0]
        regions.append({"name": name, "x": list(region.x), "y": list(region.y), "words": words})
        reasons.append([person.name, words, numbered(course, region.reason)])
    return [_axes(positions, regions), table((_("Who"), _("Where"), _("Why")), reasons, ("2", "2", "5"))]


def _per_cent(share: float) -> str:
    return f"{100 * share:.0f}"


# --- claim against source ------------------------------------------------------------------------


def _sorting(course: Course, activity: ClaimAgainstSource) -> list[Block]:
    texts = [
        [
            column.heading,
            "\n".join(
                [
                    *(f"{short_name(one)}  {course.sentence(one).text}" for one in column.sentences),
                    *(numbered(course, one) for one in column.paraphrase),
                    *([f"({cite_text(course, column.sources)})"] if column.sources else []),
                ]
            ),
        ]
        for column in activity.columns
    ]
    heaps = [[category.label, numbered(course, category.description)] for category in activity.categories]
    statements = [
        [f"{n}. {numbered(course, one.text)}", *("☐" for _one in activity.categories)]
        for n, one in enumerate(activity.statements, 1)
    ]
    labels = [category.label for category in activity.categories]
    return [
        table((_("Text"), _("What it says")), texts, ("1", "4")),
        table((_("Heap"), _("What belongs there")), heaps, ("1", "4")),
        table((_("Statement"), *labels), statements, ("1", *(_NARROW for _one in labels))),
        block("text", text=numbered(course, activity.closing)),
        block("lines", count=3),
    ]


def _sorting_answers(course: Course, activity: ClaimAgainstSource) -> list[Block]:
    labels = {category.id: category.label for category in activity.categories}
    rows = [
        [f"{n}. {numbered(course, one.text)}", labels[one.key], numbered(course, one.feedback)]
        for n, one in enumerate(activity.statements, 1)
    ]
    return [table((_("Statement"), _("Heap"), _("Why")), rows, ("3", "1", "3"))]


# --- white-out -----------------------------------------------------------------------------------


def _white_out(course: Course, activity: WhiteOut) -> list[Block]:
    return [
        block(
            "blank",
            question=f"{n}. {numbered(course, one.question)}",
            number=short_name(one.sentence),
            text=_with_gaps(course, activity, one),
            options=sorted([one.quote, *(other.text for other in one.alternatives)], key=str.casefold),
        )
        for n, one in enumerate(activity.blanks, 1)
    ]


def _with_gaps(course: Course, activity: WhiteOut, asked: Blank) -> str:
    """The sentence without any of its hidden words, so that no question answers another; ▸ marks the one asked for."""
    text = course.sentence(asked.sentence).text
    here = [one for one in activity.blanks if one.sentence == asked.sentence]
    for one in sorted(here, key=lambda one: text.index(one.quote), reverse=True):
        start = text.index(one.quote)
        mark = "▸" if one.id == asked.id and len(here) > 1 else ""
        text = f"{text[:start]}{mark}{_GAP}{text[start + len(one.quote) :]}"
    return text


def _white_out_answers(course: Course, activity: WhiteOut) -> list[Block]:
    return [
        block(
            "answer",
            number=n,
            prompt=numbered(course, one.question),
            short=f"“{one.quote}”",
            rows=[
                {"name": f"“{one.quote}”", "text": "", "reason": numbered(course, one.reveal), "right": True},
                *(
                    {"name": other.text, "text": "", "reason": numbered(course, other.effect), "right": None}
                    for other in one.alternatives
                ),
            ],
            notes=read_again([one.sentence]),
        )
        for n, one in enumerate(activity.blanks, 1)
    ]


# --- words of doubt ------------------------------------------------------------------------------


def _doubt(course: Course, activity: WordsOfDoubt) -> list[Block]:
    tags = [[str(n), tag.label, numbered(course, tag.description)] for n, tag in enumerate(activity.tags, 1)]
    sentences = [{"number": short_name(one), "text": course.sentence(one).text} for one in activity.sentences]
    return [
        table((_("No."), _("Tag"), _("What it means")), tags, (_NARROW, "1", "4")),
        block("text", text=_("Underline the words, and write the number of the tag above them.")),
        block("marking", rows=sentences),
        block("text", text=_("What does the comparison of the paragraphs tell you?")),
        block("lines", count=4),
    ]


def _doubt_answers(course: Course, activity: WordsOfDoubt) -> list[Block]:
    labels = {tag.id: tag.label for tag in activity.tags}
    rows = [
        [short_name(one.sentence), f"“{one.quote}”", labels[one.tag], numbered(course, one.reason)]
        for one in activity.words
    ]
    words = table((_("No."), _("Words"), _("Tag"), _("Why")), rows, (_NARROW, "2", "1", "4"))
    return [words, *paragraphs(course, activity.conclusion)]


# --- forecast ------------------------------------------------------------------------------------


def _forecast(course: Course, forecast: Forecast) -> list[Block]:
    rows = [
        [f"{n}. {numbered(course, one.question)}", numbered(course, one.known), "____ %"]
        for n, one in enumerate(forecast.questions, 1)
    ]
    return [table((_("Question"), _("What you could weigh"), _("How likely")), rows, ("3", "5", _NARROW))]


def _forecast_answers(course: Course, forecast: Forecast) -> list[Block]:
    rows = [
        [
            f"{n}. {numbered(course, one.question)}",
            _("yes: 100 %") if one.outcome else _("no: 0 %"),
            f"{numbered(course, one.answer)} ({cite_text(course, one.sources)})",
        ]
        for n, one in enumerate(forecast.questions, 1)
    ]
    score = _(
        "Score (Brier): for each question take the difference between the stated share and what happened (1 or 0), "
        "square it, and take the mean. 0 is perfect; 0.25 is what saying 50 % to everything earns."
    )
    return [
        table((_("Question"), _("Outcome"), _("What happened")), rows, ("3", _NARROW, "5")),
        block("text", text=score),
    ]


# --- argument map --------------------------------------------------------------------------------


def _claims(course: Course, activity: ArgumentMap) -> list[Claim]:
    return [course.named("claims", name) for name in activity.claims]


def _map(course: Course, activity: ArgumentMap) -> list[Block]:
    kinds = [[_(KIND_NAMES[kind]), _(text)] for kind, text in KINDS.items()]
    relations = commas(f"{_(RELATION_NAMES[relation])} ({sign})" for relation, sign in RELATIONS.items())
    rows = [
        [str(n), short_name(claim.sentence), f"“{claim.quote}”", "", ""]
        for n, claim in enumerate(_claims(course, activity), 1)
    ]
    # i18n: relations are such as: supports (+), qualifies (~), opposes (−).
    how = _("Give each piece its kind, and say on which other piece it bears and how: {relations}. For example: + 4.")
    words = _("Words of {document}").format(document=course.about.document.name)
    columns = [_("No."), _("Where"), words, _("Kind"), _("Bears on")]
    return [
        table((_("Kind"), _("What it means")), kinds, ("1", "4")),
        block("text", text=how.format(relations=relations)),
        block("grid", columns=columns, rows=rows, widths=[_NARROW, _NARROW, "3", "1.3", "1.3"], height=14),
    ]


def _map_answers(course: Course, activity: ArgumentMap) -> list[Block]:
    claims = _claims(course, activity)
    numbers = {claim.id: n for n, claim in enumerate(claims, 1)}
    links = edition_links(claims)
    rows = [
        [
            str(numbers[claim.id]),
            f"“{claim.quote}”",
            _(KIND_NAMES[claim.kind]),
            semicolons(
                f"{_(RELATION_NAMES[relation])} {numbers[target]}" for one, relation, target in links if one == claim.id
            )
            or "–",
            numbered(course, claim.paraphrase),
        ]
        for claim in claims
    ]
    return [
        table(
            (_("No."), _("Words"), _("Kind"), _("Bears on"), _("In other words")),
            rows,
            (_NARROW, "3", _NARROW, "1.3", "3"),
        )
    ]


_FORMS: dict[str, Callable[[Course, Any], list[Block]]] = {
    "evidence-matrix": _matrix,
    "positions": _positions,
    "claim-against-source": _sorting,
    "white-out": _white_out,
    "words-of-doubt": _doubt,
    "forecast": _forecast,
    "argument-map": _map,
    "figure": figure_blocks,
}
_ANSWERS: dict[str, Callable[[Course, Any], list[Block]]] = {
    "evidence-matrix": _matrix_answers,
    "positions": _positions_answers,
    "claim-against-source": _sorting_answers,
    "white-out": _white_out_answers,
    "words-of-doubt": _doubt_answers,
    "forecast": _forecast_answers,
    "argument-map": _map_answers,
    "figure": figure_answers,
}
