// The static page as a host: no kernel, no server; state lives in the browser's store.

import { onChange, type Refusal, saveState, stateIn, tell, textOf } from "../student-work/store.ts";
import { t } from "./language.ts";
import type { Listener, Model, Widget } from "./types.ts";

const SAID: Record<Refusal, string> = {
  "": t("Saved in this browser."),
  full: t("Not saved: this browser has no room left, so your answers are lost when you leave."),
  forbidden: t("Not saved: this browser does not let pages keep anything, so your answers are lost when you leave."),
};

function pageModel(id: string, payload: unknown): Model {
  /** The record as this widget last saw it; tells its own changes from those of other pages. */
  let seen = textOf(id);
  const values: Record<string, unknown> = { payload, state: stateIn(seen) };
  const listeners: Record<string, Listener[]> = {};
  const set = (key: string, value: unknown) => {
    values[key] = value;
    for (const listener of listeners[`change:${key}`] ?? []) listener();
  };
  onChange((changed) => {
    const now = changed === undefined || changed === id ? textOf(id) : seen;
    if (now === seen) return;
    seen = now;
    set("state", stateIn(now));
  });
  return {
    get: (key) => values[key],
    set,
    save_changes() {
      const mine = values["state"] as Record<string, unknown>;
      const { state, text, refused } = saveState(id, mine, seen);
      seen = text;
      if (state !== mine) set("state", state);
      values["unsaved"] = refused !== "";
      set("saved", SAID[refused]);
      tell(id);
    },
    on(event, listener) {
      (listeners[event] ??= []).push(listener);
    },
    off() {
      // A page takes no widget down.
    },
  };
}

/** Bring every widget of this kind on the page to life, now or as soon as the page is read. */
export function mountAll(kind: string, widget: Widget): void {
  const mount = () => {
    for (const el of document.querySelectorAll<HTMLElement>(`[data-cwl-kind="${kind}"]`)) {
      const data = el.querySelector<HTMLScriptElement>(":scope > script");
      try {
        widget.render({ model: pageModel(el.dataset["cwlId"] ?? "", JSON.parse(data?.textContent || "{}")), el });
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
