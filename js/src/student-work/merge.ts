// Putting together what was done in two places. The rules stand at the head of grading/merging.py; tests/merge_cases.json
// and tests/grading/test_exchange.py hold both to the same results.

import { record } from "../base/read.ts";
import { holds } from "./count.ts";
import type { Task, WidgetRecord } from "./types.ts";

type State = Record<string, unknown>;

/**
 * Apply the changes from `base` to `mine` onto `theirs`. What I did not touch stays as the others left it; where both
 * changed the same value, mine stands. Rows of tries are joined: whoever gave an answer, it was given.
 */
export function mergeStates(base: State, mine: State, theirs: State): State {
  const merged = new Map(Object.entries(theirs));
  for (const key of new Set([...Object.keys(base), ...Object.keys(mine)])) {
    if (!Object.hasOwn(mine, key)) merged.delete(key);
    else if (!Object.hasOwn(base, key) || !same(base[key], mine[key])) {
      const other = merged.get(key);
      const before = Object.hasOwn(base, key) ? base[key] : undefined;
      merged.set(key, isState(mine[key]) && isState(other) ? mergeStates(isState(before) ? before : {}, mine[key], other) : key === "tries" ? joined(before, mine[key], other) : mine[key]);
    }
  }
  return Object.fromEntries(merged);
}

/** All tries of both, in time order, without those that I took back. */
function joined(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (!Array.isArray(mine) || !Array.isArray(theirs)) return mine;
  const has = (list: unknown, one: unknown) => Array.isArray(list) && list.some((other) => same(other, one));
  const kept = theirs.filter((one) => has(mine, one) || !has(base, one));
  const at = (one: unknown) => String(record(one)["at"] ?? "");
  return [...kept, ...mine.filter((one) => !has(kept, one))].sort((a, b) => Number(at(a) > at(b)) - Number(at(a) < at(b)));
}

/** Of what is kept here and what a file brings: which stays. */
export type Outcome = "here" | "file" | "both" | "same";

/** Entries of a state that each stand for themselves: one that only one side has is never lost. */
const ENTRIES = ["responses", "cards"];

/**
 * Choose between what is kept here and what a file brings. The newer one stays, except that one without work never
 * replaces one with work, and that responses, tries and cards which only the older one has are put in.
 */
export function mergeRecords(here: WidgetRecord | undefined, file: WidgetRecord, task: Task | undefined): { record: WidgetRecord; outcome: Outcome } {
  if (!here) return { record: file, outcome: "file" };
  if (same(here.state, file.state)) return { record: here, outcome: "same" };
  if (hasWork(here, task) !== hasWork(file, task)) return hasWork(here, task) ? { record: here, outcome: "here" } : { record: file, outcome: "file" };
  const fileIsNewer = Date.parse(file.updated) > Date.parse(here.updated);
  const [newer, older] = fileIsNewer ? [file, here] : [here, file];
  const state = { ...newer.state };
  for (const name of ENTRIES) {
    const [kept, more] = [newer.state[name], older.state[name]];
    if (isState(kept) && isState(more)) state[name] = { ...kept, ...Object.fromEntries(Object.entries(more).flatMap(([id, one]) => entry(kept, id, one))) };
  }
  if (same(state, newer.state)) return { record: newer, outcome: fileIsNewer ? "file" : "here" };
  return { record: { state, updated: newer.updated }, outcome: "both" };
}

/** What the older side gives to an entry: all of it where the newer has none, and tries that the newer does not know of. */
function entry(kept: State, id: string, older: unknown): [string, unknown][] {
  if (!Object.hasOwn(kept, id)) return [[id, older]];
  const [newer, tries] = [record(kept[id]), record(older)["tries"]];
  if (!Array.isArray(tries)) return [];
  const all = Array.isArray(newer["tries"]) ? (joined([], newer["tries"], tries) as unknown[]) : tries;
  return [[id, { ...newer, attempts: Math.max(Number(newer["attempts"]) || 0, all.length), tries: all }]];
}

/** Whether a record holds anything that a student did, beyond how the widget is shown. */
export function hasWork({ state }: WidgetRecord, task: Task | undefined): boolean {
  if (task?.kind === "quiz") return holds(Object.values(isState(state["responses"]) ? state["responses"] : {}).map((one) => [record(one)["value"], record(one)["tries"]]));
  if (task?.kind === "writing") return holds([state["text"], state["plan"]]);
  return task ? (task.work ?? []).some((name) => holds(state[name])) : holds(state["cards"]);
}

function isState(value: unknown): value is State {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** The same as JSON; the sequence of keys counts, and what differs in that alone is merged without harm. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
