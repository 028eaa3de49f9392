"""Argument map: classify the paper's claims, link them, compare with the edition's map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from coldwar_lessons.content.activities import ArgumentMap
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.models import Claim, ClaimKind
from coldwar_lessons.language import N_, pgettext
from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h

from .framing import activity_frame, sentences_named
from .passage import short_name
from .quiz_items import linked
from .spec import WidgetSpec, slug

#: Relation to its sign in the graph.
RELATIONS = {"supports": "+", "qualifies": "~", "opposes": "−"}
#: Kind to what it means, for a reader who meets the words for the first time.
KINDS: dict[ClaimKind, str] = {
    "claim": N_("states that something is so"),
    "evidence": N_("a fact put forward in support of something else"),
    "hedge": N_("says how sure the author is, or limits what he says"),
    "inference": N_("a conclusion drawn from something else"),
    "concession": N_("grants a point that speaks for the other side"),
    "attribution": N_("reports what others think or want"),
    "recommendation": N_("says what should be done"),
}
#: What a kind is called.
KIND_NAMES: dict[ClaimKind, str] = {
    "claim": N_("claim"),
    "evidence": N_("evidence"),
    "hedge": N_("hedge"),
    "inference": N_("inference"),
    "concession": N_("concession"),
    "attribution": N_("attribution"),
    "recommendation": N_("recommendation"),
}
#: What a relation is called.
RELATION_NAMES = {"supports": N_("supports"), "qualifies": N_("qualifies"), "opposes": N_("opposes")}
_WIDTH = 352
_ROW_HEIGHT = 80
_STEP = 36

Link = tuple[str, str, str]


def activity_spec(course: Course, activity: ArgumentMap, widget_id: str) -> WidgetSpec:
    """Build a map.

    Nodes stand in reading order, a row for each sentence, so that their places tell nothing of the edition's
    links; the places are worked out here, once, and not in the browser.
    """
    base = slug(widget_id)
    claims: list[Claim] = [course.named("claims", claim_id) for claim_id in activity.claims]
    numbers = {claim.id: str(number) for number, claim in enumerate(claims, 1)}
    quotes = {claim.id: claim.quote for claim in claims}
    links = edition_links(claims)
    tree = activity_frame(
        course,
        activity,
        "argument-map",
        _("Argument map"),
        h(
            "details",
            h("summary", _("What the kinds mean")),
            h(
                "dl",
                (part for kind, text in KINDS.items() for part in (h("dt", _(KIND_NAMES[kind])), h("dd", _(text)))),
            ),
            class_="cwl-am-kinds cwl-on-paper",
        ),
        h(
            "div",
            _side(base),
            h(
                "div",
                (
                    _sentence(course, sentence_id, list(group), numbers, quotes, links, base)
                    for sentence_id, group in groupby(claims, key=lambda claim: claim.sentence)
                ),
                class_="cwl-am-words",
            ),
            class_="cwl-am-desk",
        ),
        h("button", _("Compare with this edition"), type="button", class_="cwl-button cwl-primary cwl-scripted"),
        h("p", class_="cwl-score cwl-scripted", tabindex=-1),
    )
    places, height = place_in_reading_order(claims)
    payload = {
        "places": places,
        "size": [_WIDTH, height],
        "nodes": [{"id": claim.id, "kind": claim.kind} for claim in claims],
        "links": links,
        "paper": sentences_named(course, tree),
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


def place_in_reading_order(claims: Sequence[Claim]) -> tuple[dict[str, tuple[int, int]], int]:
    """Centre of each node, and the height of the whole: a row for each sentence, its claims side by side.

    Rows are shifted against each other, and crowded rows go up and down in steps, so that links between rows do not
    run through nodes and the words below the nodes do not meet.
    """
    places = {}
    top = _ROW_HEIGHT // 2
    for row, (_sentence_id, group) in enumerate(groupby(claims, key=lambda claim: claim.sentence)):
        here = list(group)
        step = _STEP if len(here) > 2 else 0
        shift = (14 if row % 2 else -14) if len(here) > 2 else (30 if row % 2 else -30)
        for index, claim in enumerate(here, 1):
            places[claim.id] = (round(_WIDTH * index / (len(here) + 1) + shift), top + (step if index % 2 == 0 else 0))
        top += _ROW_HEIGHT + step
    return places, top


def _side(base: str) -> Element:
    return h(
        "div",
        h("div", class_="cwl-am-graph"),
        h(
            "div",
            (
                h(
                    "label",
                    h("input", type="radio", name=f"{base}-draw", value=relation, checked=relation == "supports"),
                    h("span", h("span", sign, class_="cwl-am-sign"), class_=f"cwl-am-line cwl-am-{relation}"),
                    " ",
                    _(RELATION_NAMES[relation]),
                )
                for relation, sign in RELATIONS.items()
            ),
            class_="cwl-am-key",
            role="radiogroup",
            aria_label=_("A link drawn in the graph"),
        ),
        h(
            "p",
            _(
                "To draw: press one piece, then the piece that it bears on. "
                "Every link can also be made beside the words."
            ),
            class_="cwl-small",
        ),
        class_="cwl-am-side cwl-scripted",
    )


def _sentence(
    course: Course,
    sentence_id: str,
    claims: Sequence[Claim],
    numbers: Mapping[str, str],
    quotes: Mapping[str, str],
    links: Sequence[Link],
    base: str,
) -> Element:
    text = course.sentence(sentence_id).text
    pieces: list[Element | str] = []
    at = 0
    for claim in sorted(claims, key=lambda one: text.index(one.quote)):
        start = text.index(claim.quote)
        # Words that lie within another piece's words are named on their own card only.
        if start < at:
            continue
        pieces += [
            text[at:start],
            h(
                "a",
                h("b", numbers[claim.id]),
                claim.quote,
                href=f"#{base}-{claim.id}",
                class_="cwl-am-span",
                data_span=claim.id,
            ),
        ]
        at = start + len(claim.quote)
    return h(
        "div",
        h(
            "p",
            h("span", short_name(sentence_id), class_="cwl-small"),
            " ",
            [*pieces, text[at:]],
            class_="cwl-words",
            **course.about.words_of_document,
        ),
        (_claim(course, claim, numbers, quotes, links, f"{base}-{claim.id}") for claim in claims),
        class_="cwl-am-sentence",
    )


def _claim(
    course: Course,
    claim: Claim,
    numbers: Mapping[str, str],
    quotes: Mapping[str, str],
    links: Sequence[Link],
    base: str,
) -> Element:
    number = numbers[claim.id]
    return h(
        "fieldset",
        h(
            "legend",
            h("span", number, class_="cwl-am-number"),
            h("span", f"“{claim.quote}”", class_="cwl-am-quote", **course.about.words_of_document),
        ),
        h(
            "div",
            h("label", _("This is"), for_=f"{base}-kind"),
            h(
                "select",
                h("option", _("choose …"), value=""),
                (h("option", _(name), value=kind) for kind, name in KIND_NAMES.items()),
                id=f"{base}-kind",
                class_="cwl-am-kind",
            ),
            h(
                "label",
                # i18n: before the choice of supports, qualifies or opposes.
                pgettext("a piece of the argument", "It"),
                h("span", " ", _("(relation)"), class_="cwl-hidden"),
                for_=f"{base}-relation",
            ),
            h(
                "span",
                h(
                    "select",
                    (h("option", _(name), value=relation) for relation, name in RELATION_NAMES.items()),
                    id=f"{base}-relation",
                    class_="cwl-am-relation",
                ),
                h("label", _("which piece"), for_=f"{base}-target", class_="cwl-hidden"),
                h(
                    "select",
                    h("option", _("which piece?"), value=""),
                    (
                        h("option", f"{other} {_shorten(quotes[name])}", value=name)
                        for name, other in numbers.items()
                        if name != claim.id
                    ),
                    id=f"{base}-target",
                    class_="cwl-am-target",
                ),
                h(
                    "button",
                    pgettext("make a link", "Link"),
                    type="button",
                    class_="cwl-button cwl-am-add",
                    aria_label=_("Link piece {number}").format(number=number),
                ),
                class_="cwl-am-link",
            ),
            class_="cwl-am-edit cwl-scripted",
        ),
        h(
            "p",
            h("span", _("This is a {kinds} (ring one).").format(kinds=" / ".join(map(_, KIND_NAMES.values())))),
            # i18n: on paper, with lines to write the numbers of other pieces on.
            h("span", _("It supports no. ______ · qualifies no. ______ · opposes no. ______")),
            class_="cwl-am-paper cwl-static",
        ),
        h("ul", class_="cwl-am-links cwl-scripted"),
        h(
            "details",
            h("summary", _("How this edition reads it")),
            h(
                "p",
                h("b", _(KIND_NAMES[claim.kind])),
                f" ({_(KINDS[claim.kind])}): ",
                claim.paraphrase,
                class_="cwl-am-reading",
            ),
            h(
                "ul",
                (
                    h(
                        "li",
                        f"{_(RELATION_NAMES[relation])} {numbers[target]}, “{_shorten(quotes[target])}”",
                        data_link=f"{source} {relation} {target}",
                    )
                    for source, relation, target in links
                    if source == claim.id
                ),
            ),
            h("p", linked(course, claim.note), class_="cwl-small") if claim.note else None,
            class_="cwl-reveal",
        ),
        id=base,
        data_claim=claim.id,
    )


def _shorten(quote: str, length: int = 34) -> str:
    """The first words of a quotation, with an ellipsis where it goes on."""
    if len(quote) <= length:
        return quote
    return f"{quote[:length].rsplit(' ', 1)[0].rstrip(',;(')} …"
