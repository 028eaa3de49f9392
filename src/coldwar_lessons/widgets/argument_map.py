"""Argument map: classify the paper's claims, link them, compare with the edition's map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import get_args

from coldwar_lessons.content.activities import ArgumentMap
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Claim, ClaimKind
from coldwar_lessons.markup import Element, h

from .passage import short_name
from .spec import WidgetSpec, slug

RELATIONS = ("supports", "qualifies", "opposes")
KINDS: tuple[str, ...] = get_args(ClaimKind)
_ROW_HEIGHT = 92
_WIDTH = 640

Link = tuple[str, str, str]


def activity_spec(course: Course, activity: ArgumentMap, widget_id: str) -> WidgetSpec:
    """Build a map.

    Nodes stand in reading order, a row for each sentence, so that their places tell nothing of the edition's
    links; the places are worked out here, once, and not in the browser.
    """
    base = slug(widget_id)
    claims: list[Claim] = [course.named("claims", claim_id) for claim_id in activity.claims]
    numbers = {claim.id: str(number) for number, claim in enumerate(claims, 1)}
    links = edition_links(claims)
    tree = h(
        "section",
        h("p", activity.title, class_="cwl-activity-title"),
        h("p", activity.prompt, class_="cwl-activity-prompt"),
        h("div", class_="cwl-graph cwl-scripted"),
        h("p", class_="cwl-score cwl-scripted"),
        (_claim(claim, numbers, links, f"{base}-{claim.id}") for claim in claims),
        h("button", "Compare with this edition", type="button", class_="cwl-button cwl-primary cwl-scripted"),
        class_="cwl cwl-activity cwl-argument-map",
        aria_label=f"Argument map: {activity.title}",
    )
    payload = {
        "places": place_in_reading_order(claims),
        "width": _WIDTH,
        "nodes": [{"id": claim.id, "kind": claim.kind} for claim in claims],
        "links": links,
    }
    return WidgetSpec("argument-map", widget_id, tree, payload, activity.title)


def edition_links(claims: Sequence[Claim]) -> list[Link]:
    """Links between these claims in the edition's map, as (from, relation, to)."""
    known = {claim.id for claim in claims}
    return [
        (claim.id, relation, target)
        for claim in claims
        for relation in RELATIONS
        for target in getattr(claim, relation)
        if target in known
    ]


def map_score(kinds: Mapping[str, str], links: Sequence[Link], claims: Sequence[Claim]) -> float:
    """Score a student's map against the edition's, from 0 to 1.

    Half is the share of claims given the edition's kind, half the Jaccard index of the two sets of links
    (those in both, divided by those in either: P. Jaccard, Bulletin de la Société vaudoise des sciences
    naturelles 37, 1901, pp. 547-579), so that linking everything to everything earns little.
    """
    same_kind = sum(kinds.get(claim.id) == claim.kind for claim in claims) / len(claims)
    mine, theirs = set(links), set(edition_links(claims))
    shared = len(mine & theirs) / len(mine | theirs) if mine | theirs else 1.0
    return (same_kind + shared) / 2


def place_in_reading_order(claims: Sequence[Claim]) -> dict[str, tuple[int, int]]:
    """Centre of each node: a row for each sentence, claims of one sentence side by side."""
    rows = list(dict.fromkeys(claim.sentence for claim in claims))
    in_row = Counter(claim.sentence for claim in claims)
    placed: Counter[str] = Counter()
    places = {}
    for claim in claims:
        row = rows.index(claim.sentence)
        placed[claim.sentence] += 1
        # Rows are shifted a little against each other, so that links between them do not run through nodes.
        shift = 36 if row % 2 else -36
        x = _WIDTH * placed[claim.sentence] / (in_row[claim.sentence] + 1) + shift
        places[claim.id] = (round(x), _ROW_HEIGHT // 2 + row * _ROW_HEIGHT)
    return places


def _claim(claim: Claim, numbers: Mapping[str, str], links: Sequence[Link], base: str) -> Element:
    number = numbers[claim.id]
    mine = [f"{relation} {numbers[target]}" for source, relation, target in links if source == claim.id]
    return h(
        "fieldset",
        h(
            "legend",
            h("span", number, class_="cwl-node-number"),
            h("span", short_name(claim.sentence), class_="cwl-small"),
            " ",
            h("span", f"“{claim.quote}”", class_="cwl-quote"),
        ),
        h(
            "div",
            h("label", "This is", for_=f"{base}-kind"),
            h(
                "select",
                h("option", "choose …", value=""),
                (h("option", kind, value=kind) for kind in KINDS),
                id=f"{base}-kind",
                class_="cwl-kind",
            ),
            h("label", "It", for_=f"{base}-relation"),
            h(
                "select",
                (h("option", name, value=name) for name in RELATIONS),
                id=f"{base}-relation",
                class_="cwl-relation",
            ),
            h("label", "piece", for_=f"{base}-target"),
            h(
                "select",
                h("option", "…", value=""),
                (h("option", other, value=name) for name, other in numbers.items() if name != claim.id),
                id=f"{base}-target",
                class_="cwl-target",
            ),
            h("button", "Link", type="button", class_="cwl-button cwl-link", aria_label=f"Link piece {number}"),
            class_="cwl-edit cwl-scripted",
        ),
        h(
            "p",
            "This is: ",
            " / ".join(f"☐ {kind}" for kind in KINDS),
            h("br"),
            "It supports no. ____ · qualifies no. ____ · opposes no. ____",
            class_="cwl-static cwl-small",
        ),
        h("ul", class_="cwl-links cwl-scripted"),
        h(
            "details",
            h("summary", "How this edition reads it"),
            h("p", h("b", claim.kind), ": ", claim.paraphrase, f" It {' and '.join(mine)}." if mine else None),
            h("p", claim.note, class_="cwl-small") if claim.note else None,
            class_="cwl-reveal",
        ),
        data_claim=claim.id,
    )
