"""What holds for every activity: complete without scripts, no text breaks out, nothing of the teacher's is in it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from coldwar_lessons.markup import Element
from coldwar_lessons.widgets.framing import sentences_named
from coldwar_lessons.widgets.spec import static_html
from tests.widgets.activity_trees import (
    HOSTILE,
    MODULES,
    check_tree,
    elements,
    having,
    hostile_activity,
    names_of,
    real_course,
    spec_of,
)

NAMES = [name for kind in MODULES for name in names_of(kind)]


def texts_in(value: object) -> list[str]:
    """Every text in a value, however deep, without the keys."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts_in(one)]
    return [text for one in value for text in texts_in(one)] if isinstance(value, list | tuple) else []


class Tags(HTMLParser):
    """Names of all elements, and every attribute that could run something."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.handlers += [name for name, value in attrs if name.startswith("on") or "javascript:" in (value or "")]


def test_every_kind_of_activity_is_in_the_course() -> None:
    assert all(names_of(kind) for kind in MODULES)


@pytest.mark.parametrize("name", NAMES)
def test_frame_names_the_kind_the_time_and_the_task(name: str) -> None:
    activity, spec = real_course().activities[name], spec_of(name)
    check_tree(spec.tree)
    (title,) = having(spec.tree, class_="cwl-activity-title")
    (kind,) = having(spec.tree, class_="cwl-activity-kind")
    (prompt,) = having(spec.tree, class_="cwl-activity-prompt")
    assert (title.text(), prompt.text()) == (activity.title, activity.prompt)
    assert f"about {activity.minutes} minutes" in kind.text()
    assert activity.title in dict(spec.tree.attributes)["aria-label"]
    assert spec.kind == {"figure": "data-figure"}.get(activity.kind, activity.kind)


@pytest.mark.parametrize("name", NAMES)
def test_every_text_of_the_content_can_be_read_without_scripts(name: str) -> None:
    activity, spec = real_course().activities[name], spec_of(name)
    shown = spec.tree.text() + " ".join(value for one in elements(spec.tree) for _, value in one.attributes)
    data = activity.model_dump(exclude={"kind", "id", "sentences", "minutes"})
    for kept in ("sources", "event", "person", "date", "sentence", "key", "verdict", "claims", "form"):
        data = without(data, kept)
    assert [text for text in texts_in(data) if text not in shown and not is_id(text)] == []


def without(value: object, key: str) -> object:
    if isinstance(value, dict):
        return {name: without(one, key) for name, one in value.items() if name != key}
    return [without(one, key) for one in value] if isinstance(value, list | tuple) else value


def is_id(text: str) -> bool:
    # Labels such as “(i) New rulers …” are shown with their number apart.
    return " " not in text or text.startswith("(")


@pytest.mark.parametrize("name", NAMES)
def test_answers_are_folded_and_can_be_unfolded(name: str) -> None:
    for one in having(spec_of(name).tree, "details"):
        given = dict(one.attributes)
        if "cwl-reveal" in given["class"].split():
            assert "open" not in given
        first = one.children[0]
        assert isinstance(first, Element)
        assert first.tag == "summary"


@pytest.mark.parametrize("name", [name for name in NAMES if real_course().activities[name].kind != "figure"])
def test_hostile_texts_stay_texts(name: str) -> None:
    spec = spec_of(hostile_activity(real_course().activities[name]))
    check_tree(spec.tree)
    html, plain = static_html(spec), static_html(spec_of(name))
    tags, plain_tags = Tags(), Tags()
    tags.feed(html)
    plain_tags.feed(plain)
    assert tags.names == plain_tags.names
    assert tags.handlers == []
    assert html.count("</script>") == 1
    assert HOSTILE in spec.tree.text()


@pytest.mark.parametrize("name", NAMES)
def test_sentences_that_are_linked_come_along(name: str) -> None:
    spec = spec_of(name)
    linked = {dict(one.attributes)["data-sentence"] for one in elements(spec.tree) if one.tag == "a"
              and "data-sentence" in dict(one.attributes)}  # fmt: skip
    assert set(spec.payload["paper"]) == linked
    assert spec.payload["paper"] == sentences_named(real_course(), spec.tree)
    assert all(text == real_course().sentence(one).text for one, text in spec.payload["paper"].items())
