"""Evidence matrix: weigh each piece of evidence against every rival explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coldwar_lessons.content.activities import EvidenceMatrix, EvidenceRow, HistorianReading
from coldwar_lessons.content.load import Course
from coldwar_lessons.language import N_, pgettext
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h

from .citing import cite_links, source_line
from .framing import activity_frame, sentences_named
from .quiz_items import linked
from .spec import WidgetSpec, slug

#: Verdict to its sign and what it means.
VERDICTS = {
    "consistent": ("+", N_("what you would expect if the explanation were true")),
    "neutral": ("○", N_("neither one nor the other")),
    "inconsistent": ("−", N_("what you would not expect if it were true")),
}
#: Id of the column for an explanation of the student's own.
MINE = "mine"
#: What a verdict is called.
NAMES = {"consistent": N_("consistent"), "neutral": N_("neutral"), "inconsistent": N_("inconsistent")}
_NUMERALS = ("(i)", "(ii)", "(iii)", "(iv)", "(v)", "(vi)")


@dataclass(frozen=True)
class _Column:
    id: str
    number: str
    label: str


def activity_spec(course: Course, matrix: EvidenceMatrix, widget_id: str) -> WidgetSpec:
    """Build a matrix.

    The method is the analysis of competing hypotheses (R. J. Heuer, Psychology of Intelligence Analysis, CIA 1999,
    chapter 8): what counts is evidence that tells the explanations apart, and the explanation with least against it.
    """
    base = slug(widget_id)
    columns = [
        *(
            _Column(one.id, number, one.label.removeprefix(number).strip())
            for number, one in zip(_NUMERALS, matrix.explanations, strict=False)
        ),
        # i18n: the number of the column for an explanation of the student's own.
        _Column(MINE, pgettext("explanation", "mine"), _("your own explanation")),
    ]
    # i18n: such as: neutral: neither one nor the other.
    meant = _("{verdict}: {meaning}.")
    tree = activity_frame(
        course,
        matrix,
        "evidence-matrix",
        _("Evidence matrix"),
        h(
            "dl",
            (
                part
                for column, one in zip(columns, matrix.explanations, strict=False)
                for part in (
                    h("dt", column.number),
                    h(
                        "dd",
                        column.label,
                        [h("br"), h("q", f"“{one.quote}”", **course.about.words_of_document)] if one.quote else None,
                    ),
                )
            ),
            class_="cwl-em-explanations",
        ),
        h(
            "p",
            (
                piece
                for verdict, (sign, meaning) in VERDICTS.items()
                for piece in (
                    h("b", sign, aria_hidden="true", class_=f"cwl-em-{verdict}"),
                    f" {meant.format(verdict=_(NAMES[verdict]), meaning=_(meaning))} ",
                )
            ),
            class_="cwl-em-key",
        ),
        h(
            "table",
            h("caption", _("Evidence and explanations: {title}").format(title=matrix.title), class_="cwl-hidden"),
            h(
                "thead",
                h(
                    "tr",
                    h("th", _("Evidence"), scope="col"),
                    (_head(column, base) for column in columns),
                ),
            ),
            (_row(course, row, number, columns, f"{base}-{row.id}") for number, row in enumerate(matrix.rows, 1)),
            class_="cwl-em-table",
        ),
        h("div", class_="cwl-em-summary cwl-scripted"),
        h("button", _("Compare with this edition"), type="button", class_="cwl-button cwl-primary cwl-scripted"),
        h("p", class_="cwl-score cwl-scripted", tabindex=-1),
        h(
            "details",
            h("summary", _("Which evidence tells the explanations apart, and what historians have said")),
            h("p", linked(course, matrix.conclusion)),
            _historians(course, matrix.historians),
            class_="cwl-reveal cwl-em-conclusion",
        ),
    )
    payload = {
        "explanations": {column.id: column.number for column in columns if column.id != MINE},
        "rows": {row.id: {name: reading.verdict for name, reading in row.edition.items()} for row in matrix.rows},
        "paper": sentences_named(course, tree),
    }
    return WidgetSpec("evidence-matrix", widget_id, tree, payload, matrix.title)


def _head(column: _Column, base: str) -> Element:
    if column.id != MINE:
        return h("th", h("b", column.number), " ", column.label, scope="col")
    return h(
        "th",
        h("label", h("b", _("Mine")), h("span", _(": your own explanation"), class_="cwl-hidden"), for_=f"{base}-mine"),
        h("textarea", id=f"{base}-mine", rows=2, maxlength=200, class_="cwl-em-own", placeholder=_("if you have one")),
        scope="col",
    )


def _row(course: Course, row: EvidenceRow, number: int, columns: Sequence[_Column], base: str) -> Element:
    return h(
        "tbody",
        h(
            "tr",
            h(
                "th",
                h("b", f"{number}. "),
                row.text,
                scope="row",
            ),
            (_cell(column, number, base) for column in columns),
        ),
        h(
            "tr",
            h(
                "td",
                h("p", source_line(course, row.sources), class_="cwl-citation") if row.sources else None,
                h("p", class_="cwl-em-weight cwl-scripted"),
                h("div", (_reason(column, number, base) for column in columns), class_="cwl-em-reasons"),
                _edition(course, row, columns),
                colspan=len(columns) + 1,
            ),
            class_="cwl-em-more",
        ),
        data_row=row.id,
    )


def _cell(column: _Column, number: int, base: str) -> Element:
    return h(
        "td",
        h("span", h("b", column.number), f" {column.label}", class_="cwl-em-label", aria_hidden="true"),
        h(
            "div",
            (
                h(
                    "label",
                    h("input", type="radio", name=f"{base}-{column.id}", value=verdict),
                    h("span", sign, aria_hidden="true", title=_(NAMES[verdict])),
                    h("span", _(NAMES[verdict]), class_="cwl-hidden"),
                    class_=f"cwl-em-{verdict}",
                )
                for verdict, (sign, _meaning) in VERDICTS.items()
            ),
            class_="cwl-em-verdicts",
            role="radiogroup",
            # i18n: explanation is a number such as (ii).
            aria_label=_("Evidence {number}, {explanation}").format(number=number, explanation=column.number),
        ),
        data_explanation=column.id,
    )


def _reason(column: _Column, number: int, base: str) -> Element:
    name = f"{base}-{column.id}-reason"
    return h(
        "div",
        h(
            "label",
            column.number,
            # i18n: after the number of an explanation.
            h("span", _(": reason for evidence {number}").format(number=number), class_="cwl-hidden"),
            for_=name,
        ),
        h("textarea", id=name, rows=1, maxlength=300, placeholder=_("because …"), data_reason=column.id),
    )


def _edition(course: Course, row: EvidenceRow, columns: Sequence[_Column]) -> Element:
    return h(
        "details",
        h("summary", _("How this edition reads it")),
        h(
            "ul",
            (
                h(
                    "li",
                    h("b", f"{column.number} {VERDICTS[reading.verdict][0]} {_(NAMES[reading.verdict])}"),
                    ": ",
                    linked(course, reading.reason),
                    data_explanation=column.id,
                )
                for column in columns
                if (reading := row.edition.get(column.id))
            ),
        ),
        class_="cwl-reveal",
    )


def _historians(course: Course, readings: Sequence[HistorianReading]) -> Element | None:
    if not readings:
        return None
    return h(
        "ul",
        (
            h(
                "li",
                h("b", one.historian),
                ": ",
                linked(course, one.argument),
                " ",
                h("span", "(", cite_links(course, one.sources), ")", class_="cwl-citation"),
            )
            for one in readings
        ),
        class_="cwl-em-historians",
    )
