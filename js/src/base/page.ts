// The static page as a host: no kernel, no server; state lives in the browser's store.

import { onChange, type Refusal, saveState, stateIn, tell, textOf } from "../student-work/store.ts";
import type { Listener, Model, Widget } from "./types.ts";

const SAID: Record<Refusal, string> = {
  "": "Saved in this browser.",
  full: "Not saved: this browser has no room left, so your answers are lost when you leave.",
  forbidden: "Not saved: this browser does not let pages keep anything, so your answers are lost when you leave.",
};

class PageModel implements Model {
  readonly #values: Record<string, unknown>;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #id: string;
  /** The record as this widget last saw it; tells its own changes from those of other pages. */
  #seen: string;

  constructor(widgetId: string, payload: unknown) {
    this.#id = widgetId;
    this.#seen = textOf(widgetId);
    this.#values = { payload, state: stateIn(this.#seen), saved: "" };
    onChange((id) => {
      if (id === undefined || id === widgetId) this.#look();
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
    const mine = this.get("state") as Record<string, unknown>;
    const { state, text, refused } = saveState(this.#id, mine, this.#seen);
    this.#seen = text;
    if (state !== mine) this.set("state", state);
    this.set("saved", SAID[refused]);
    tell(this.#id);
  }

  on(event: string, listener: Listener): void {
    if (!this.#listeners.has(event)) this.#listeners.set(event, new Set());
    this.#listeners.get(event)?.add(listener);
  }

  off(event: string, listener?: Listener | null): void {
    if (listener) this.#listeners.get(event)?.delete(listener);
    else this.#listeners.delete(event);
  }

  #look(): void {
    const now = textOf(this.#id);
    if (now === this.#seen) return;
    this.#seen = now;
    this.set("state", stateIn(now));
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
