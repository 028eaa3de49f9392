// Notes on words of the paper: what is kept, and the files they travel in. Everything read from a file or from
// the kept state is checked here; nothing of it is trusted.

import { t } from "../base/language.ts";
import { quoteOf, type Range, type Word } from "./tokens.ts";

export interface Note {
  /** First and last word, for example "p3.s1/4". */
  from: string;
  to: string;
  tag: string;
  note: string;
}
export interface PlacedNote extends Note {
  range: Range;
}

export const SCHEMA = "coldwar-lessons/notes/1";
export const LONGEST_NOTE = 4000;
const LARGEST_FILE = 1_000_000;

const WORDS = {
  large: t("This file is too large to be a notes file; nothing was loaded."),
  notJson: t("This file cannot be read as JSON; nothing was loaded. Choose a file that was saved here as JSON."),
  other: t("This is not a notes file of this course; nothing was loaded. Choose a file that was saved here as JSON."),
  damaged: (number: number) => t("Note {number} in this file is damaged; nothing was loaded.", { number }),
  elsewhere: t("The notes in this file are about words that are not shown here; nothing was loaded."),
};

/** The notes that fit these words and tags, in reading order; of two that overlap, the first. */
export function placeNotes(notes: unknown, words: Word[], tags: ReadonlyMap<string, string>): PlacedNote[] {
  const places = new Map(words.map(({ key }, index) => [key, index]));
  const placed: PlacedNote[] = [];
  for (const entry of Array.isArray(notes) ? notes : []) {
    if (!isNote(entry) || !tags.has(entry.tag)) continue;
    const from = places.get(entry.from);
    const to = places.get(entry.to);
    if (from === undefined || to === undefined || from > to) continue;
    if (placed.some(({ range }) => overlap(range, [from, to]))) continue;
    placed.push({ from: entry.from, to: entry.to, tag: entry.tag, note: entry.note, range: [from, to] });
  }
  return placed.sort((a, b) => a.range[0] - b.range[0]);
}

export function overlap(a: Range, b: Range): boolean {
  return a[0] <= b[1] && b[0] <= a[1];
}

/** Write notes as a JSON file. */
export function toJson(notes: PlacedNote[], words: Word[], paper: string): string {
  const list = notes.map(({ from, to, tag, note, range }) => ({ from, to, quote: quoteOf(words, range), tag, note }));
  return `${JSON.stringify({ schema: SCHEMA, paper, notes: list }, null, 1)}\n`;
}

/**
 * Read a JSON file of notes.
 * Throws an Error whose message is one line for the student.
 */
export function fromJson(text: string, words: Word[], tags: ReadonlyMap<string, string>): { notes: PlacedNote[]; left: number } {
  if (text.length > LARGEST_FILE) throw new Error(WORDS.large);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Error(WORDS.notJson);
  }
  const list = isRecord(document) && document["schema"] === SCHEMA ? document["notes"] : undefined;
  if (!Array.isArray(list)) throw new Error(WORDS.other);
  list.forEach((entry, index) => {
    if (!isNote(entry) || !tags.has(entry.tag)) throw new Error(WORDS.damaged(index + 1));
  });
  // Words that were edited since, or of other sentences, no longer say what the note is about.
  const notes = placeNotes(list, words, tags).filter(({ from, to, range }) =>
    list.some((entry: Record<string, unknown>) => entry["from"] === from && entry["to"] === to && entry["quote"] === quoteOf(words, range)),
  );
  if (notes.length === 0 && list.length > 0) throw new Error(WORDS.elsewhere);
  return { notes, left: list.length - notes.length };
}

/** Write notes as Markdown; what the student wrote stays text there too. */
export function toMarkdown(notes: PlacedNote[], words: Word[], tags: ReadonlyMap<string, string>, title: string): string {
  const parts = [`# ${plain(title)}`];
  let sentence = "";
  for (const { range, tag, note } of notes) {
    const here = words[range[0]]?.sentence ?? "";
    if (here !== sentence) parts.push(`## ${here}`);
    sentence = here;
    parts.push(`> ${plain(quoteOf(words, range))}`);
    parts.push([`**${plain(tags.get(tag) ?? tag)}**`, plain(note.trim())].filter(Boolean).join(": "));
  }
  return `${parts.join("\n\n")}\n`;
}

function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~&!]/g, "\\$&").replace(/^(\s*\d*)([-+=.)])/gm, "$1\\$2");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNote(value: unknown): value is Note {
  return (
    isRecord(value) &&
    ["from", "to", "tag", "note"].every((field) => typeof value[field] === "string") &&
    (value["note"] as string).length <= LONGEST_NOTE
  );
}
