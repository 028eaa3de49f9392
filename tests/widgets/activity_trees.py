"""What the tests of activities share: the course, its activities, ways into a tree of elements."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from coldwar_lessons.content.activities import Activity
from coldwar_lessons.content.load import Course, read_course
from coldwar_lessons.markup import Element
from coldwar_lessons.widgets.spec import WidgetSpec

ROOT = Path(__file__).resolve().parents[2]
#: Kind of activity to the module that builds it.
MODULES = {
    "forecast": "forecast",
    "white-out": "white_out",
    "claim-against-source": "claim_against_source",
    "evidence-matrix": "evidence_matrix",
    "positions": "positions",
    "argument-map": "argument_map",
    "figure": "data_figure",
}
HOSTILE = '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1">"\'&lt;\u202e{{7*7}}'


@cache
def real_course() -> Course:
    course, _ = read_course(ROOT)
    assert course is not None
    return course


def names_of(kind: str) -> list[str]:
    """Ids of the real activities of a kind."""
    return sorted(name for name, activity in real_course().activities.items() if activity.kind == kind)


@cache
def _spec_of(name: str) -> WidgetSpec:
    return _build(real_course().activities[name])


def spec_of(activity: Activity | str) -> WidgetSpec:
    """A widget of an activity, or of the real one of this id."""
    return _spec_of(activity) if isinstance(activity, str) else _build(activity)


def _build(activity: Activity) -> WidgetSpec:
    module: Any = import_module(f"coldwar_lessons.widgets.{MODULES[activity.kind]}")
    spec: WidgetSpec = module.activity_spec(real_course(), activity, f"l/{activity.kind}/{activity.id}")
    return spec


def elements(tree: Element) -> Iterator[Element]:
    yield tree
    for child in tree.children:
        if isinstance(child, Element):
            yield from elements(child)


def having(tree: Element, tag: str = "", **wanted: str) -> list[Element]:
    """Elements of a tag with these attributes; ``class_`` matches one class of several."""
    found = []
    for one in elements(tree):
        given = dict(one.attributes)
        classes = given.get("class", "").split()
        if (not tag or one.tag == tag) and all(
            value in classes if name == "class_" else given.get(name.rstrip("_").replace("_", "-")) == value
            for name, value in wanted.items()
        ):
            found.append(one)
    return found


def check_tree(tree: Element) -> None:
    """What every tree holds: ids once, labels and references that lead somewhere."""
    given = [dict(one.attributes) for one in elements(tree)]
    ids = [one["id"] for one in given if "id" in one]
    assert len(ids) == len(set(ids))
    for one in given:
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            assert set(one.get(name, "").split()) <= set(ids), one
        href = one.get("href", "")
        assert not href.startswith("#") or href[1:] in ids, href
    for one in elements(tree):
        attributes = dict(one.attributes)
        if one.tag in {"input", "select", "textarea"} and attributes.get("type") not in {"radio", "checkbox"}:
            assert "aria-label" in attributes or having(tree, "label", for_=attributes["id"]), attributes


def with_hostile_texts(value: Any, keep: frozenset[str]) -> Any:
    """A dumped model with every text hostile, except ids and what is looked up by them."""
    if isinstance(value, dict):
        return {name: one if name in keep else with_hostile_texts(one, keep) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [with_hostile_texts(one, keep) for one in value]
    return f"{HOSTILE} {value}" if isinstance(value, str) else value


#: Fields of activities that are ids, dates, enumerations or the paper's own words.
KEPT = frozenset(
    {"id", "kind", "sentence", "sentences", "quote", "key", "event", "person", "date", "sources", "claims", "outcome"}
    | {"form", "verdict", "region", "minutes"}
)


def hostile_activity(activity: Activity) -> Activity:
    """The activity with every text of it hostile."""
    data = with_hostile_texts(activity.model_dump(), KEPT)
    return type(activity).model_validate(data)
