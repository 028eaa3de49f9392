// Student work as a file: a workbook of one lesson, as the kernel writes it beside the notebook, or a hand-in of many.
// A hand-in that names no student is a saved copy. The models stand in grading/records.py.

import { t } from "../base/language.ts";
import { record } from "../base/read.ts";
import { utcNow } from "./store.ts";
import type { HandIn, Inventory, Records, WidgetRecord, Workbook } from "./types.ts";

const WORKBOOK = "coldwar-lessons/workbook/2";
const OLD_WORKBOOK = "coldwar-lessons/workbook/1";
const HAND_IN = "coldwar-lessons/hand-in/1";
/** The flashcards belong to the whole course. */
export const SHARED = "flashcards";
/** Bounds of a file, as grading/records.py has them. */
const MAX_BYTES = 20 * 1024 * 1024;
const MAX_TEXT = 100_000;
const MAX_DEPTH = 64;

const WORDS = {
  large: t("This file is too large to be student work (more than 20 MB)."),
  damaged: t("This file is damaged, or no file of student work: it cannot be read as JSON. Choose one that was saved here or by a lesson in JupyterLab."),
  other: t("This is no file of student work. Choose one that was saved here, or a lesson’s .workbook.json from JupyterLab."),
  course: t("This file is the work of another course."),
  newer: t("This file was made by a newer version of the course. Open the newest book and load it there."),
  // i18n: {place} names a part of the file.
  at: (place: string) => t("This file is damaged at {place}.", { place }),
  text: t("This file is damaged: a text in it is longer than 100,000 characters."),
  deep: t("This file is damaged: it is nested too deeply."),
};

/** A file cannot be taken; the message says why in one line. */
export class FileError extends Error {}

export interface Work {
  records: Records;
  /** Pieces that belong to no lesson of this book. */
  strangers: number;
}

/** The lesson, or the shared part, that a widget belongs to. */
export function lessonOf(id: string): string {
  return id.split("/")[0] ?? "";
}

export function workbookOf(lesson: string, records: Records, { course, version }: Inventory): Workbook {
  const widgets = Object.fromEntries(Object.entries(records).filter(([id]) => lessonOf(id) === lesson));
  const times = Object.values(widgets).map(({ updated }) => updated);
  return { schema: WORKBOOK, course, version, lesson, updated: times.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? utcNow(), widgets };
}

/** Put lessons together under a student's name; without one, as a saved copy. */
export function handInOf(lessons: string[], records: Records, inventory: Inventory, who: { name?: string; number?: string; class?: string } = {}): HandIn {
  const workbooks = lessons.map((lesson) => workbookOf(lesson, records, inventory)).filter(({ widgets }) => Object.keys(widgets).length > 0);
  return {
    schema: HAND_IN,
    course: inventory.course,
    version: inventory.version,
    class: who.class?.trim() || null,
    student: { name: who.name?.trim() ?? "", number: who.number?.trim() || null },
    created: utcNow(),
    workbooks: Object.fromEntries(workbooks.map((one) => [one.lesson, one])),
  };
}

/** Write a workbook or hand-in, and read it again before anybody gets it. */
export function writeFile(document: Workbook | HandIn, inventory: Inventory): string {
  const text = JSON.stringify(document, null, 1);
  readFile(text, inventory);
  return text;
}

/** Read a workbook, a hand-in or a saved copy that somebody chose; never more than half of it. */
export function readFile(text: string, inventory: Inventory): Work {
  if (text.length > MAX_BYTES) throw new FileError(WORDS.large);
  let value: unknown;
  try {
    // Some editors put a mark before the text.
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new FileError(WORDS.damaged);
  }
  bound(value);
  const document = record(value);
  const { schema, course } = document;
  if (typeof schema !== "string" || !/^coldwar-lessons\/(?:workbook|hand-in)\/\d+$/.test(schema)) throw new FileError(WORDS.other);
  if (![WORKBOOK, OLD_WORKBOOK, HAND_IN].includes(schema)) throw new FileError(WORDS.newer);
  if (schema !== OLD_WORKBOOK && course !== inventory.course) throw new FileError(WORDS.course);
  const workbooks = schema === HAND_IN ? entries(document["workbooks"], "workbooks") : [["", document] as const];
  const known = new Set([SHARED, ...inventory.lessons.map(({ id }) => id)]);
  const work: Work = { records: {}, strangers: 0 };
  for (const [name, one] of workbooks) {
    const { lesson, widgets, schema: inner } = record(one);
    const place = name || "lesson";
    if (typeof lesson !== "string" || (name && lesson !== name) || ![WORKBOOK, OLD_WORKBOOK].includes(String(inner))) throw new FileError(WORDS.at(place));
    for (const [id, kept] of entries(widgets, `${place}, widgets`)) {
      if (known.has(lesson) && lessonOf(id) === lesson) work.records[id] = inner === WORKBOOK ? readRecord(kept, id) : { state: readState(kept, id), updated: "1970-01-01T00:00:00Z" };
      else work.strangers += 1;
    }
  }
  return work;
}

function readRecord(kept: unknown, id: string): WidgetRecord {
  const { state, updated } = record(kept);
  const time = typeof updated === "string" && /T.*(?:Z|[+-]00:00)$/.test(updated) ? Date.parse(updated) : Number.NaN;
  if (Number.isNaN(time)) throw new FileError(WORDS.at(`${id}, updated`));
  // Work from the future (a wrong clock) must not win for ever.
  return { state: readState(state, id), updated: time > Date.now() ? utcNow() : (updated as string) };
}

function readState(value: unknown, id: string): Record<string, unknown> {
  if (!value || typeof value !== "object" || Array.isArray(value)) throw new FileError(WORDS.at(id));
  return value as Record<string, unknown>;
}

function entries(value: unknown, place: string): [string, unknown][] {
  return Object.entries(readState(value, place));
}

/** Refuse what a teacher's program would refuse: too deep, too long. */
function bound(value: unknown): void {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw new FileError(WORDS.deep);
    if (level.some((one) => typeof one === "string" && one.length > MAX_TEXT)) throw new FileError(WORDS.text);
    level = level.flatMap((one) => (one && typeof one === "object" ? Object.values(one) : []));
  }
}
