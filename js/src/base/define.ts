// What every widget shares: find or build its HTML, keep its state, say whether it was saved.

import { buildTree, find, h } from "./dom.ts";
import { direction, language } from "./language.ts";
import type { Context, Model, Tree, Widget } from "./types.ts";
import { separateView } from "./views.ts";

const rendered = new WeakMap<HTMLElement, () => void>();

/**
 * Make a widget from a function that brings its server-rendered HTML to life.
 * Rendering the same element twice is harmless: some hosts do.
 */
export function defineWidget<P, S extends object>(hydrate: (context: Context<P, S>) => void): Widget {
  return {
    render({ model, el }) {
      // The book renders each element once, and takes none down.
      const before = IN_BOOK ? undefined : rendered.get(el);
      if (before) return before;
      const root = IN_BOOK ? find(el, ":scope > .cwl") : (el.querySelector<HTMLElement>(":scope > .cwl") ?? buildForNotebook(el, model.get("tree") as Tree));
      const controller = new AbortController();
      const { signal } = controller;
      const status = h("p", { class: "cwl-hidden", role: "status", "aria-live": "polite" });
      const saved = h("p", { class: "cwl-saved" });
      root.append(saved, status);
      if (!IN_BOOK) root.addEventListener("keydown", keepFromNotebook, { signal });

      const showSaved = () => {
        saved.textContent = String(model.get("saved") ?? "");
        saved.classList.toggle("cwl-unsaved", model.get("unsaved") === true);
      };
      listen(model, "change:saved", showSaved, signal);
      showSaved();

      const state = () => (model.get("state") ?? {}) as Partial<S>;
      hydrate({
        root,
        payload: model.get("payload") as P,
        state,
        save(patch) {
          model.set("state", { ...state(), ...patch });
          model.save_changes();
        },
        onState(listener) {
          listen(model, "change:state", listener, signal);
        },
        announce(text) {
          status.textContent = text;
        },
        signal,
      });
      root.classList.add("cwl-live");
      if (IN_BOOK) return undefined;
      const takeDown = () => {
        controller.abort();
        rendered.delete(el);
      };
      rendered.set(el, takeDown);
      return takeDown;
    },
  };
}

/** In a notebook the book's other pages are not there: what leads to them is text. */
function buildForNotebook(el: HTMLElement, tree: Tree): HTMLElement {
  const root = el.appendChild(buildTree(tree));
  separateView(root);
  // The notebook around it may be in another language.
  if (direction) {
    root.lang = language;
    root.dir = direction;
  }
  for (const link of root.querySelectorAll('a[href^="../"]')) link.removeAttribute("href");
  return root;
}

/** A notebook would take plain keys pressed here for its own: b adds a cell, an arrow leaves the radio buttons. */
function keepFromNotebook(event: KeyboardEvent): void {
  const forTheNotebook = event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape" || (event.shiftKey && event.key === "Enter");
  if (!forTheNotebook) event.stopPropagation();
}

function listen(model: Model, event: string, listener: () => void, signal: AbortSignal): void {
  model.on(event, listener);
  if (!IN_BOOK) signal.addEventListener("abort", () => model.off(event, listener));
}
