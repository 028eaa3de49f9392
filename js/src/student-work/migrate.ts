// Before records had times, the browser kept the state alone. Work of that age is taken over, once.

import { record } from "../base/read.ts";
import { mergeStates } from "./merge.ts";
import { keep, parse, PREFIX, stateIn, utcNow } from "./store.ts";
import type { WidgetRecord } from "./types.ts";

const OLD_PREFIX = "coldwar-lessons/1/";

/** Take over old work. A page of that age may still be open: what it wrote since goes on top of what is here. */
export function migrate(): void {
  // No other course is of that age.
  if (document.documentElement.dataset["course"]) return;
  try {
    const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? "");
    for (const key of keys.filter((one) => one.startsWith(OLD_PREFIX))) {
      const id = key.slice(OLD_PREFIX.length);
      const here = stateIn(localStorage.getItem(PREFIX + id) ?? "");
      const state = mergeStates({}, record(parse(localStorage.getItem(key) ?? "")), here);
      if (keep(id, JSON.stringify({ state, updated: utcNow() } satisfies WidgetRecord)) === "") localStorage.removeItem(key);
    }
  } catch {
    // Nothing can be kept here, and nothing was.
  }
}
