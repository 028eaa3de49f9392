// Scores for practice. The rules and their reasons stand in grading/scoring.py, which scores whatever counts;
// tests/scoring_cases.json holds both to the same results.

import { record } from "../base/read.ts";
import type { Key, Value } from "./types.ts";

const UNSEEN = /[\p{M}\p{Cf}]/gu;
const EDGE = /^[\s\p{P}]+|[\s\p{P}]+$/gu;

export function normalise(text: string): string {
  for (const fold of [(s: string) => s, (s: string) => s.toUpperCase(), (s: string) => s.toLowerCase()]) {
    text = fold(text.replace(/[‘’‚‛ʼ′`´]/g, "'").replace(/[‐‑‒–—―−]/g, "-"))
      .normalize("NFKD")
      .replace(UNSEEN, "");
  }
  text = text
    .replace(/ς/g, "σ")
    .replace(/[\s\x1c-\x1f\x85]+/g, " ")
    .replace(/^ | $/g, "");
  return text.replace(EDGE, "") || text;
}

/** From 0 (nothing right) to 1 (all right). */
export function score(interaction: string, key: Key, value: Value | undefined): number {
  if (interaction === "choice") return Number(value === key);
  if (interaction === "short-text") {
    const given = typeof value === "string" ? normalise(value) : "";
    return Number(given !== "" && (key as string[]).some((accepted) => normalise(accepted) === given));
  }
  if (interaction === "order") return Array.isArray(value) ? concordance(key as string[], value) : 0;
  const right = [...parts(interaction, key, value).values()];
  const hits = right.filter(Boolean).length;
  const all = Object.keys(key).length;
  return Array.isArray(key) ? Math.max(0, hits - (right.length - hits)) / all : hits / all;
}

/** What a row of tries is worth: the first that is all right, else the last allowed, less a penalty for those before. */
export function scoreTries(scores: number[], most: number, penalty: number): number {
  const counted = scores.slice(0, most);
  const right = counted.indexOf(1);
  const before = right < 0 ? counted.length - 1 : right;
  return Math.max(0, (counted[before] ?? 0) - before * penalty);
}

/** Which parts of the response are right: options picked, options in sequence, premises, events. */
export function parts(interaction: string, key: Key, value: Value | undefined): Map<string, boolean> {
  if (interaction === "choice") return new Map(typeof value === "string" ? [[value, value === key]] : []);
  if (Array.isArray(key)) {
    const list = Array.isArray(value) ? [...new Set(value)] : [];
    const right = interaction === "order" ? inSequence(list, key) : key;
    return new Map(interaction === "short-text" ? [] : list.map((id) => [id, right.includes(id)]));
  }
  const given = record(value);
  return new Map(Object.entries(key).flatMap(([part, allowed]) => (Object.hasOwn(given, part) ? [[part, allowed.includes(given[part] as string)] as const] : [])));
}

/** Pairs in the right relative order less those in the wrong one, over all pairs. */
function concordance(key: string[], value: string[]): number {
  const ids = [...new Set(value)];
  let balance = 0;
  for (const [i, earlier] of key.entries()) {
    for (const later of key.slice(i + 1)) {
      const [a, b] = [ids.indexOf(earlier), ids.indexOf(later)];
      if (a >= 0 && b >= 0) balance += a < b ? 1 : -1;
    }
  }
  return Math.max(0, balance) / ((key.length * (key.length - 1)) / 2);
}

/** The most options that are in the key's sequence already: the others are the fewest to move. */
export function inSequence(value: string[], key: string[]): string[] {
  const best: string[][] = [];
  for (const [i, id] of value.entries()) {
    const before = best.slice(0, i).filter((_, j) => key.indexOf(value[j] as string) < key.indexOf(id));
    best.push([...before.reduce((a, b) => (b.length > a.length ? b : a), []), id]);
  }
  return best.reduce((a, b) => (b.length > a.length ? b : a), []);
}
