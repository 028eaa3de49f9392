"""Evidence matrix: weigh each piece of evidence against every rival explanation."""

from __future__ import annotations

from coldwar_lessons.content.activities import EvidenceMatrix, EvidenceRow, Explanation
from coldwar_lessons.content.load import Course
from coldwar_lessons.markup import Element, h

from .citing import cite_links
from .spec import WidgetSpec, slug

VERDICTS = {"consistent": "fits", "neutral": "says nothing", "inconsistent": "speaks against"}
#: Id of the column for an explanation of the student's own.
MINE = "mine"


def activity_spec(course: Course, matrix: EvidenceMatrix, widget_id: str) -> WidgetSpec:
    """Build a matrix.

    The method is the analysis of competing hypotheses (R. J. Heuer, Psychology of Intelligence Analysis, CIA 1999,
    chapter 8): what counts is evidence that tells the explanations apart, and the explanation with least against it.
    """
    base = slug(widget_id)
    columns = [*matrix.explanations, Explanation(id=MINE, label="an explanation of your own")]
    tree = h(
        "section",
        h("p", matrix.title, class_="cwl-activity-title"),
        h("p", matrix.prompt, class_="cwl-activity-prompt"),
        h(
            "dl",
            (
                part
                for number, one in enumerate(matrix.explanations)
                for part in (
                    h("dt", f"({'i' * (number + 1)})"),
                    h("dd", one.label, f": “{one.quote}”" if one.quote else None),
                )
            ),
            class_="cwl-explanations",
        ),
        h("label", "Your own explanation, if you have one", for_=f"{base}-mine", class_="cwl-label"),
        h("input", type="text", id=f"{base}-mine", maxlength=200, class_="cwl-own"),
        (_row(course, row, columns, f"{base}-{row.id}") for row in matrix.rows),
        h("p", class_="cwl-score cwl-scripted"),
        h("button", "Compare with this edition", type="button", class_="cwl-button cwl-primary cwl-scripted"),
        h(
            "details",
            h("summary", "Which evidence tells the explanations apart"),
            h("p", matrix.conclusion),
            h(
                "ul",
                (
                    h(
                        "li",
                        h("b", one.historian),
                        ": ",
                        one.argument,
                        " ",
                        h("small", "(", cite_links(course, one.sources), ")"),
                    )
                    for one in matrix.historians
                ),
            ),
            class_="cwl-reveal cwl-conclusion",
        ),
        class_="cwl cwl-activity cwl-evidence-matrix",
        aria_label=f"Evidence matrix: {matrix.title}",
    )
    payload = {
        "explanations": {one.id: f"({'i' * (number + 1)})" for number, one in enumerate(matrix.explanations)},
        "rows": {row.id: {name: reading.verdict for name, reading in row.edition.items()} for row in matrix.rows},
    }
    return WidgetSpec("evidence-matrix", widget_id, tree, payload, matrix.title)


def _row(course: Course, row: EvidenceRow, columns: list[Explanation], base: str) -> Element:
    return h(
        "fieldset",
        h("legend", row.text, " ", h("small", "(", cite_links(course, row.sources), ")") if row.sources else None),
        h(
            "div",
            (_cell(one, number, base) for number, one in enumerate(columns)),
            class_="cwl-cells",
        ),
        h("p", class_="cwl-weight cwl-small cwl-scripted"),
        h(
            "details",
            h("summary", "How this edition reads it"),
            h(
                "ul",
                (
                    h(
                        "li",
                        h("b", f"({'i' * (number + 1)}) {VERDICTS[row.edition[one.id].verdict]}"),
                        ": ",
                        row.edition[one.id].reason,
                    )
                    for number, one in enumerate(columns)
                    if one.id in row.edition
                ),
            ),
            class_="cwl-reveal",
        ),
        data_row=row.id,
    )


def _cell(explanation: Explanation, number: int, base: str) -> Element:
    name = "your own" if explanation.id == MINE else f"({'i' * (number + 1)})"
    return h(
        "div",
        h("label", name, h("span", " under this explanation", class_="cwl-hidden"), for_=f"{base}-{explanation.id}"),
        h(
            "select",
            h("option", "choose …", value=""),
            (h("option", label, value=verdict) for verdict, label in VERDICTS.items()),
            id=f"{base}-{explanation.id}",
            class_="cwl-scripted",
        ),
        h("span", " / ".join(f"☐ {label}" for label in VERDICTS.values()), class_="cwl-static cwl-small"),
        h("input", type="text", maxlength=300, aria_label=f"Reason for {name}", placeholder="because …"),
        class_="cwl-cell",
        data_explanation=explanation.id,
    )
