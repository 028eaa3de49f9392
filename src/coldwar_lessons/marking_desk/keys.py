"""The list of keys; ``js/src/marking/keys.ts`` acts on them."""

from __future__ import annotations

from coldwar_lessons.language import gettext as _
from coldwar_lessons.markup import Element, h

COMMENT_LETTERS = "abcdefgh"


def keys_dialog(levels: int) -> Element:
    """A dialog with every key, and the switch that turns them off (WCAG 2.1.4)."""
    keys = (
        (f"1 – {levels}", _("choose the level of the current row, and go to the next row")),
        ("0", _("take the level of the current row away")),
        ("j, k", _("next row, row before")),
        (f"{COMMENT_LETTERS[0]} – {COMMENT_LETTERS[-1]}", _("put a comment from the list into the current row")),
        ("w", _("write a comment on the current row; Esc leaves the box")),
        (_("Enter"), _("next essay; everything is saved already")),
        (_("Shift + Enter"), _("essay before")),
        (_("Ctrl + Enter"), _("next essay, from within a comment too")),
        ("u", _("undo the last change, also of the essay before")),
        ("l", _("mark later, and go to the next essay")),
        ("s", _("sample answers: basic, emergent, proficient, none")),
        ("?", _("this list")),
    )
    return h(
        "dialog",
        h("h2", _("Keys"), id="keys-title"),
        h("table", (h("tr", h("th", h("kbd", key), scope="row"), h("td", what)) for key, what in keys)),
        h(
            "p",
            h("label", h("input", type="checkbox", id="keys-on", checked=True), " ", _("Use single keys")),
            class_="keys-on",
        ),
        h("form", h("button", _("Close"), class_="primary", autofocus=True), method="dialog"),
        aria_labelledby="keys-title",
        id="keys",
        class_="scripted",
    )
