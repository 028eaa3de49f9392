// The static page as a host: no kernel, no server; state lives in localStorage.

import type { Listener, Model, Widget } from "./types.ts";

const PREFIX = "coldwar-lessons/1/";
const SAVED = "Saved in this browser.";
const UNSAVED = "Not saved: this browser does not let pages keep anything, so your answers are lost when you leave.";

class PageModel implements Model {
  readonly #values: Record<string, unknown>;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #key: string;

  constructor(widgetId: string, payload: unknown) {
    this.#key = PREFIX + widgetId;
    this.#values = { payload, state: this.#stored(), saved: "" };
    // Asking for other tabs' changes makes the browser open the storage anew: not before the page is shown.
    setTimeout(() => {
      addEventListener("storage", (event) => {
        if (event.key === this.#key) this.set("state", this.#stored());
      });
    });
  }

  get(key: string): unknown {
    return this.#values[key];
  }

  set(key: string, value: unknown): void {
    this.#values[key] = value;
    for (const listener of [...(this.#listeners.get(`change:${key}`) ?? [])]) listener();
  }

  save_changes(): void {
    try {
      localStorage.setItem(this.#key, JSON.stringify(this.get("state")));
      this.set("saved", SAVED);
    } catch {
      this.set("saved", UNSAVED);
    }
  }

  on(event: string, listener: Listener): void {
    if (!this.#listeners.has(event)) this.#listeners.set(event, new Set());
    this.#listeners.get(event)?.add(listener);
  }

  off(event: string, listener?: Listener | null): void {
    if (listener) this.#listeners.get(event)?.delete(listener);
    else this.#listeners.delete(event);
  }

  #stored(): unknown {
    try {
      const state: unknown = JSON.parse(localStorage.getItem(this.#key) ?? "{}");
      return state && typeof state === "object" && !Array.isArray(state) ? state : {};
    } catch {
      return {};
    }
  }
}

/** Bring every widget of this kind on the page to life, now or as soon as the page is read. */
export function mountAll(kind: string, widget: Widget): void {
  const mount = () => {
    for (const el of document.querySelectorAll<HTMLElement>(`[data-cwl-kind="${kind}"]`)) {
      const data = el.querySelector<HTMLScriptElement>(':scope > script[type="application/json"]');
      try {
        widget.render({ model: new PageModel(el.dataset["cwlId"] ?? "", JSON.parse(data?.textContent || "{}")), el });
      } catch (error) {
        // What stays as it was must be readable, and one widget's fault is not another's.
        document.documentElement.classList.remove("scripts");
        reportError(error);
      }
    }
    performance.mark(`cwl-${kind}-mounted`);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mount);
  else mount();
}
