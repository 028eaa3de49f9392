// Where the book keeps student work: localStorage, one record a widget, as the workbook file has it. When the browser
// refuses, the page holds it, so that it can still be saved as a file.

import { record } from "../base/read.ts";
import { mergeStates } from "./merge.ts";
import type { Records, WidgetRecord } from "./types.ts";

/** Courses that are published at one address keep their work apart; the first course has no name in its keys. */
const course = typeof document === "undefined" ? undefined : document.documentElement.dataset["course"];
export const PREFIX = course ? `coldwar-lessons/2@${course}/` : "coldwar-lessons/2/";
/** Tells the scripts of this page; a storage event tells other pages. */
const CHANGED = "cwl-work";

/** What the browser refused, as text by widget id. The scripts of a page are bundled apart, so it lies where all see it. */
const held: Map<string, string> = ((globalThis as { coldwarHeld?: Map<string, string> }).coldwarHeld ??= new Map<string, string>());

export function utcNow(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

/** A widget's record as text; empty when there is none. */
export function textOf(id: string): string {
  const here = held.get(id);
  if (here !== undefined) return here;
  try {
    return localStorage.getItem(PREFIX + id) ?? "";
  } catch {
    return "";
  }
}

/** The state in a record's text, whatever may have happened to it. */
export function stateIn(text: string): WidgetRecord["state"] {
  return record(record(parse(text))["state"]);
}

function parseRecord(text: string): WidgetRecord {
  const { updated } = record(parse(text));
  return { state: stateIn(text), updated: typeof updated === "string" && !Number.isNaN(Date.parse(updated)) ? updated : utcNow() };
}

/** Every record that is kept here. */
export function allRecords(): Records {
  const ids = new Set(held.keys());
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index) ?? "";
      if (key.startsWith(PREFIX)) ids.add(key.slice(PREFIX.length));
    }
  } catch {
    // Nothing can be kept here.
  }
  const texts = [...ids].map((id) => [id, textOf(id)] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== "").map(([id, text]) => [id, parseRecord(text)]));
}

/** Why the browser did not keep something; empty when it did. */
export type Refusal = "" | "full" | "forbidden";

/** Keep a record as text, or take it away (empty text). */
export function keep(id: string, text: string): Refusal {
  try {
    if (text) localStorage.setItem(PREFIX + id, text);
    else localStorage.removeItem(PREFIX + id);
    held.delete(id);
    return "";
  } catch (error) {
    if (text) held.set(id, text);
    else held.delete(id);
    return refusalOf(error);
  }
}

function refusalOf(error: unknown): Refusal {
  return error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "forbidden";
}

/**
 * Keep a widget's state. Another page may have written since this one looked: what it changed is put together with
 * what changed here.
 */
export function saveState(id: string, mine: WidgetRecord["state"], seen: string): { state: WidgetRecord["state"]; text: string; refused: Refusal } {
  const now = textOf(id);
  const state = now === seen ? mine : mergeStates(stateIn(seen), mine, stateIn(now));
  const text = JSON.stringify({ state, updated: utcNow() } satisfies WidgetRecord);
  return { state, text, refused: keep(id, text) };
}

/** Whether this browser keeps what is done on this page, tried with as much as it has refused so far. */
export function refusal(): Refusal {
  try {
    localStorage.setItem("coldwar-lessons/try", "1".repeat([...held.values()].join("").length));
    localStorage.removeItem("coldwar-lessons/try");
    for (const [id, text] of held) keep(id, text);
    return "";
  } catch (error) {
    return refusalOf(error);
  }
}

/** Tell the widgets of this page that the record of one, or of any (no id), has changed. */
export function tell(id?: string): void {
  dispatchEvent(new CustomEvent(CHANGED, { detail: id }));
}

/** Hear of every change, of this page or another; without an id, anything may have changed. */
export function onChange(listener: (id: string | undefined) => void): void {
  addEventListener(CHANGED, (event) => listener((event as CustomEvent<string | null>).detail ?? undefined));
  // Listening for other pages makes the browser open the storage anew: not before this page is shown.
  setTimeout(() => {
    addEventListener("storage", ({ key }) => {
      if (key === null) listener(undefined);
      else if (key.startsWith(PREFIX)) listener(key.slice(PREFIX.length));
    });
  });
}

export function parse(text: string): unknown {
  // Nothing is kept yet: an error, even a caught one, makes the browser read the whole script again for its stack.
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
