"""The list of keys; ``js/src/marking/keys.ts`` acts on them."""

from __future__ import annotations

from coldwar_lessons.markup import Element, h

COMMENT_LETTERS = "abcdefgh"


def keys_dialog(levels: int) -> Element:
    """A dialog with every key, and the switch that turns them off (WCAG 2.1.4)."""
    keys = (
        (f"1 – {levels}", "choose the level of the current row, and go to the next row"),
        ("0", "take the level of the current row away"),
        ("j, k", "next row, row before"),
        (f"{COMMENT_LETTERS[0]} – {COMMENT_LETTERS[-1]}", "put a comment from the list into the current row"),
        ("w", "write a comment on the current row; Esc leaves the box"),
        ("Enter", "next essay; everything is saved already"),
        ("Shift + Enter", "essay before"),
        ("Ctrl + Enter", "next essay, from within a comment too"),
        ("u", "undo the last change, also of the essay before"),
        ("l", "mark later, and go to the next essay"),
        ("s", "sample answers: basic, emergent, proficient, none"),
        ("?", "this list"),
    )
    return h(
        "dialog",
        h("h2", "Keys", id="keys-title"),
        h("table", (h("tr", h("th", h("kbd", key), scope="row"), h("td", what)) for key, what in keys)),
        h(
            "p",
            h("label", h("input", type="checkbox", id="keys-on", checked=True), " Use single keys"),
            class_="keys-on",
        ),
        h("form", h("button", "Close", class_="primary", autofocus=True), method="dialog"),
        aria_labelledby="keys-title",
        id="keys",
        class_="scripted",
    )
