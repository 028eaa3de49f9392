// Taking over what a file brings: put together with what is here, all or nothing, and undone on wish.

import { n, semicolons, t } from "../base/language.ts";
import { lessonOf, SHARED, type Work } from "./file.ts";
import { hasWork, mergeRecords, type Outcome } from "./merge.ts";
import { allRecords, keep, type Refusal, tell, textOf } from "./store.ts";
import type { Inventory } from "./types.ts";

const WORDS = {
  nothing: t("There is no work in this file that is not here already; nothing was changed."),
  taken: (count: number) => n("{count} piece of work taken from the file.", "{count} pieces of work taken from the file.", count),
  both: (count: number) => n("{count} piece of work put together from the file and what was here.", "{count} pieces of work put together from the file and what was here.", count),
  here: (pieces: string[]) => t("Left as it is here, because it is newer: {pieces}.", { pieces: semicolons(pieces) }),
  same: (count: number) => n("{count} piece of work the same in both.", "{count} pieces of work the same in both.", count),
  strangers: (count: number) => n("{count} piece of work left out, of no lesson in this book.", "{count} pieces of work left out, of no lesson in this book.", count),
  shared: t("flashcards"),
  name: (number: number, title: string) => t("lesson {number}, ‘{title}’", { number, title }),
  refused: {
    full: t("This browser has no room left for this work; nothing was changed."),
    forbidden: t("This browser does not let pages keep anything: what the file brings is here until you leave this page."),
  },
};

export interface Loaded {
  /** What was done, in a sentence for the student. */
  said: string;
  /** Bring back what was here; nothing to bring back when nothing was changed. */
  undo: (() => void) | undefined;
}

/** Put the work of a file together with what is here. */
export function load({ records, strangers }: Work, inventory: Inventory): Loaded {
  const tasks = new Map(inventory.lessons.flatMap((lesson) => lesson.tasks.map((task) => [task.id, { task, lesson }] as const)));
  const here = allRecords();
  const changes = new Map<string, string>();
  const count: Record<Outcome, string[]> = { here: [], file: [], both: [], same: [] };
  for (const [id, brought] of Object.entries(records)) {
    const found = tasks.get(id);
    const { record, outcome } = mergeRecords(Object.hasOwn(here, id) ? here[id] : undefined, brought, found?.task);
    if (outcome === "file" || outcome === "both") changes.set(id, JSON.stringify(record));
    // How a widget was shown comes along, but is no work to speak of.
    if ((found || lessonOf(id) === SHARED) && hasWork(record, found?.task)) count[outcome].push(found ? WORDS.name(found.lesson.number, found.task.title) : WORDS.shared);
  }
  const before = new Map([...changes.keys()].map((id) => [id, textOf(id)]));
  const refused = put(changes);
  if (refused === "full") {
    put(before);
    return { said: WORDS.refused.full, undo: undefined };
  }
  tell();
  const said: string[] = [
    ...(count.file.length ? [WORDS.taken(count.file.length)] : []),
    ...(count.both.length ? [WORDS.both(count.both.length)] : []),
    ...(count.here.length ? [WORDS.here(count.here)] : []),
    ...(count.same.length ? [WORDS.same(count.same.length)] : []),
    ...(strangers ? [WORDS.strangers(strangers)] : []),
  ];
  const changed = count.file.length + count.both.length > 0;
  return {
    said: [...(changed ? [] : [WORDS.nothing]), ...said, ...(refused ? [WORDS.refused[refused]] : [])].join(" "),
    undo: changed ? () => restore(before) : undefined,
  };
}

/** Take away what is kept of some widgets; returns what brings it back. */
export function clear(ids: string[]): () => void {
  const before = new Map(ids.map((id) => [id, textOf(id)]));
  restore(new Map(ids.map((id) => [id, ""])));
  return () => restore(before);
}

function restore(texts: Map<string, string>): void {
  put(texts);
  tell();
}

function put(texts: Map<string, string>): Refusal {
  let refused: Refusal = "";
  for (const [id, text] of texts) refused = keep(id, text) || refused;
  return refused;
}
