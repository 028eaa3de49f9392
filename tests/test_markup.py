"""One tree, written as HTML and as JSON: both say the same, and no text becomes markup."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldwar_lessons.markup import Element, h, phrase
from coldwar_lessons.widgets.spec import WidgetSpec, slug, static_html

VOID = {"br", "hr", "img", "input", "wbr"}


class TreeParser(HTMLParser):
    """Reads HTML back into the nested lists of ``to_json``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[list[Any]] = [["", {}]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element: list[Any] = [tag, {name: value or "" for name, value in attrs}]
        self.stack[-1].append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if isinstance(self.stack[-1][-1], str):
            self.stack[-1][-1] += data
        else:
            self.stack[-1].append(data)


def parse(html: str) -> list[Any]:
    parser = TreeParser()
    parser.feed(html)
    parser.close()
    assert len(parser.stack) == 1, "an element is not closed"
    return parser.stack[0][2:]


def joined(node: list[Any]) -> list[Any]:
    """A tree as JSON with neighbouring texts made one and empty ones left out, as HTML cannot tell them apart."""
    children: list[Any] = []
    for child in node[2:]:
        if not isinstance(child, str):
            children.append(joined(child))
        elif child and children and isinstance(children[-1], str):
            children[-1] += child
        elif child:
            children.append(child)
    return [node[0], node[1], *children]


def test_element_is_written_as_html_and_json() -> None:
    tree = h("p", "a < b & c", h("b", "bold", class_="x y"), None, ["1", h("br")], id="p-1", hidden=True, title=None)
    assert tree.to_html() == '<p id="p-1" hidden>a &lt; b &amp; c<b class="x y">bold</b>1<br></p>'
    assert tree.to_json() == [
        "p", {"id": "p-1", "hidden": ""}, "a < b & c", ["b", {"class": "x y"}, "bold"], "1", ["br", {}],
    ]  # fmt: skip
    assert tree.text() == "a < b & cbold1"


def test_attribute_names_lose_their_underscores() -> None:
    element = h("label", for_="x", aria_label="y", data_sentence_id="z", rows=3, checked=False)
    assert dict(element.attributes) == {"for": "x", "aria-label": "y", "data-sentence-id": "z", "rows": "3"}


@pytest.mark.parametrize(
    "text", ['"><script>alert(1)</script>', "</p>", "&amp;", "'\"", "\u202eright to left", "😀" * 99]
)
def test_text_stays_text(text: str) -> None:
    tree = h("p", text, title=text)
    assert parse(tree.to_html()) == [["p", {"title": text}, text]]


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\0", exclude_categories=("Cs",)), max_size=20)
TREES = st.recursive(
    TEXT,
    lambda inner: st.builds(
        lambda tag, children, title: h(tag, children, title=title or None),
        st.sampled_from(["p", "div", "span", "b"]),
        st.lists(inner, max_size=4),
        TEXT,
    ),
    max_leaves=12,
).filter(lambda tree: isinstance(tree, Element))


@settings(deadline=None)
@given(TREES)
def test_html_and_json_say_the_same(tree: Element) -> None:
    (read,) = parse(tree.to_html())
    assert read == joined(tree.to_json())
    assert json.loads(json.dumps(tree.to_json())) == tree.to_json()


@settings(deadline=None)
@given(TEXT)
def test_payload_cannot_close_its_block(text: str) -> None:
    html = static_html(WidgetSpec("quiz", "a/b", h("p", "x"), {"text": text, "nested": [{"</script>": text}]}))
    before, _, rest = html.partition('<script type="application/json">')
    data, end, after = rest.rpartition("</script>")
    assert (end, after) == ("</script>", "</div>")
    assert "<" not in data
    assert json.loads(data) == {"text": text, "nested": [{"</script>": text}]}
    assert before == '<div class="cwl-host" data-cwl-kind="quiz" data-cwl-id="a/b" id="a-b"><p>x</p>'


def test_slug_may_stand_in_an_id() -> None:
    assert slug("03-gestures/passage/p3.s6+p3.s8") == "03-gestures-passage-p3-s6+p3-s8"


def test_a_translation_puts_elements_where_its_language_wants_them() -> None:
    link = h("a", "the next", href="#next")
    english = h("p", phrase("Go to {link}, or stop; {count} are left.", link=link, count="3"))
    assert english.to_html() == '<p>Go to <a href="#next">the next</a>, or stop; 3 are left.</p>'
    other = h("p", phrase("{count} übrig – {link}{{}}", link=link, count="3"))
    assert other.to_json() == ["p", {}, "3 übrig – ", ["a", {"href": "#next"}, "the next"], "{}"]


def test_a_name_in_a_sentence_that_nothing_stands_for_is_an_error() -> None:
    with pytest.raises(KeyError, match="where"):
        phrase("Go {where}.")
