"""A notebook as host, without a notebook: the module is imported from a ``blob:`` address as anywidget does."""

from __future__ import annotations

from typing import Any

from coldwar_lessons.widgets.live import STATIC
from coldwar_lessons.widgets.spec import WidgetSpec
from tests.browser.harness import storage_key

_RENDER = """async ([source, tree, payload, state, views]) => {
  document.querySelector("main").replaceChildren();
  const module = await import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
  const values = {tree, payload, state, saved: ""};
  const listeners = {};
  window.saves = 0;
  window.model = {
    get: (key) => values[key],
    set(key, value) { values[key] = value; for (const one of listeners[`change:${key}`] ?? []) one(); },
    save_changes() { window.saves += 1; },
    on(event, listener) { (listeners[event] ??= []).push(listener); },
    off(event, listener) { listeners[event] = (listeners[event] ?? []).filter((one) => one !== listener); },
  };
  for (let view = 0; view < views; view += 1) {
    const el = document.createElement("div");
    el.className = `view-${view}`;
    document.querySelector("main").append(el);
    module.default.render({model: window.model, el});
  }
}"""


def render_in_notebook(page: Any, spec: WidgetSpec, state: dict[str, Any], views: int = 2) -> None:
    """Show a widget as anywidget does, in several views (``.view-0``, ``.view-1``) of ``window.model``."""
    source = (STATIC / f"{spec.kind}.js").read_text(encoding="utf-8")
    page.evaluate(_RENDER, [source, spec.tree.to_json(), dict(spec.payload), state, views])


def kept_state(page: Any, widget_id: str) -> Any:
    """The state that the page keeps of a widget; ``None`` when it keeps none."""
    return page.evaluate("key => JSON.parse(localStorage.getItem(key))?.state ?? null", storage_key(widget_id))


def small_targets(page: Any, selector: str) -> list[Any]:
    """Elements that are shown and lower or narrower than 24 px."""
    found: list[Any] = page.evaluate(
        "selector => [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length)"
        ".map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])"
        ".filter(([, box]) => box.height < 23.9 || box.width < 23.9)",
        selector,
    )
    return found
