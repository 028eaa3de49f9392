// The parts of the progress page that take work out of the browser: keep a copy, hand in, start again. Their HTML
// comes from book/desk.py.

import { find, findAll, h } from "../base/dom.ts";
import { listed, n, semicolons, t } from "../base/language.ts";
import { lessonProgress, type LessonProgress, stillOpen } from "./count.ts";
import { FileError, handInOf, lessonOf, writeFile } from "./file.ts";
import { inventory } from "./inventory.ts";
import { clear } from "./load.ts";
import { allRecords, onChange, type Refusal, refusal } from "./store.ts";
import { give, loader, save, sayings } from "./tools.ts";
import type { Lesson } from "./types.ts";

const WORDS = {
  load: t("Load my work"),
  refused: {
    full: t("This browser has no room left: what you do now is not kept. Save your work as a file, then make room."),
    forbidden: t("This browser lets pages keep nothing. Save each lesson as a file at its head, before you leave it."),
  } satisfies Partial<Record<Refusal, string>>,
  nobody: t("Give a name, a number, or both: without one nobody knows whose work it is."),
  none: t("Tick at least one lesson."),
  nothing: t("There is nothing to hand in yet: do a lesson first."),
  untouched: t("nothing done yet"),
  all: t("all done"),
  open: (tasks: string[]) => t("still open: {tasks}", { tasks: semicolons(tasks) }),
  // i18n: {who} is a name, a number or both; {lessons} is such as: lesson 1, lesson 3.
  handed: (file: string, who: string, lessons: string, count: number) =>
    count
      ? n(
          "{file} is in your downloads: the work of {who} in {lessons}; {count} step is still open. Give this file to your teacher.",
          "{file} is in your downloads: the work of {who} in {lessons}; {count} steps are still open. Give this file to your teacher.",
          count,
          { file, who, lessons },
        )
      : t("{file} is in your downloads: the work of {who} in {lessons}, all done. Give this file to your teacher.", { file, who, lessons }),
  lesson: (number: number) => t("lesson {number}", { number }),
  titled: (number: number, title: string) => t("lesson {number}, {title}", { number, title }),
  // i18n: {what} is such as: lesson 3, Gestures; or: all lessons.
  sure: (what: string) => t("This takes all that you did in {what} out of this browser. Save it first if you may want it back.", { what }),
  cleared: (what: string) => t("What you did in {what} is taken out of this browser.", { what }),
  empty: (what: string) => t("Nothing is kept of {what}.", { what }),
  everything: t("all lessons"),
};

function count(lesson: Lesson): LessonProgress {
  return lessonProgress(lesson, Object.fromEntries(Object.entries(allRecords()).map(([id, { state }]) => [id, state])));
}

/** Save and load. */
export function keepDesk(root: HTMLElement): void {
  const { element, say } = sayings();
  const button = find(root, "[data-act=save]");
  button.addEventListener("click", () => say(save()));
  button.after(" ", loader(WORDS.load, say));
  root.append(element);
  const refused = refusal();
  if (refused) root.prepend(h("p", { class: "work-refused" }, WORDS.refused[refused]));
}

/** Hand in: says what is missing before anything is written. */
export function handInDesk(form: HTMLElement): void {
  const { element, say } = sayings();
  const fault = find(form, "[role=alert]");
  const field = (name: string) => find<HTMLInputElement>(form, `input[name="${name}"]`);
  const rows = findAll(form, "[data-lesson]").flatMap((row) => {
    const lesson = inventory.lessons.find(({ id }) => id === row.dataset["lesson"]);
    return lesson ? [{ lesson, box: find<HTMLInputElement>(row, "input"), said: find(row, ".work-open") }] : [];
  });
  form.append(element);

  const show = () => {
    for (const { lesson, box, said } of rows) {
      const progress = count(lesson);
      const untouched = !progress.begun;
      if (box.disabled !== untouched) {
        box.disabled = untouched;
        box.checked = !untouched;
      }
      const open = stillOpen(progress);
      said.textContent = untouched ? WORDS.untouched : open.length > 0 ? WORDS.open(open) : WORDS.all;
    }
  };
  const complain = (text: string, at: HTMLInputElement | undefined) => {
    fault.textContent = text;
    for (const name of ["name", "number"]) field(name).setAttribute("aria-invalid", String(text === WORDS.nobody));
    at?.focus();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [name, number, className] = ["name", "number", "class"].map((one) => field(one).value.trim()) as [string, string, string];
    const chosen = rows.filter(({ box }) => box.checked && !box.disabled).map(({ lesson }) => lesson);
    if (!name && !number) return complain(WORDS.nobody, field("name"));
    if (chosen.length === 0) return complain(rows.every(({ box }) => box.disabled) ? WORDS.nothing : WORDS.none, rows.find(({ box }) => !box.disabled)?.box);
    complain("", undefined);
    const document = handInOf(chosen.map(({ id }) => id), allRecords(), inventory, { name, number, class: className });
    try {
      writeFile(document, inventory);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return complain(error.message, undefined);
    }
    const file = `coldwar-lessons-${(name || number).replace(/[^\p{L}\p{N}_-]+/gu, "-").replace(/^-+|-+$/g, "") || "student"}.json`;
    const open = chosen.map(count).reduce((sum, { done, all }) => sum + all - done, 0);
    const who = listed([name, number].filter(Boolean)).join("");
    give(file, document);
    say(WORDS.handed(file, who, listed(chosen.map((lesson) => WORDS.lesson(lesson.number))).join(""), open));
  });
  onChange(show);
  show();
}

/** Start again: asks once, offers to save first, and can be undone. */
export function startAgainDesk(root: HTMLElement): void {
  const { element, say } = sayings();
  const select = find<HTMLSelectElement>(root, "select");
  const begin = find(root, "[data-act=begin]");
  const sure = find(root, ".work-sure");
  const question = find(sure, "p");
  root.append(element);
  const chosen = () => inventory.lessons.find(({ id }) => id === select.value);
  const what = () => {
    const lesson = chosen();
    return lesson ? WORDS.titled(lesson.number, lesson.title) : WORDS.everything;
  };
  const ids = () => Object.keys(allRecords()).filter((id) => !chosen() || lessonOf(id) === chosen()?.id);
  const ask = (yes: boolean) => {
    sure.hidden = !yes;
    if (yes) {
      question.textContent = WORDS.sure(what());
      question.focus();
    } else begin.focus();
  };
  begin.addEventListener("click", () => (ids().length === 0 ? say(WORDS.empty(what())) : ask(true)));
  select.addEventListener("change", () => (sure.hidden = true));
  find(sure, "[data-act=save]").addEventListener("click", () => say(save(chosen()?.id)));
  find(sure, "[data-act=stop]").addEventListener("click", () => ask(false));
  find(sure, "[data-act=clear]").addEventListener("click", () => {
    const said = WORDS.cleared(what());
    const undo = clear(ids());
    ask(false);
    say(said, undo);
  });
}
