// Buttons that save work as a file and load it again, with a line that says what happened.

import { h } from "../base/dom.ts";
import { t } from "../base/language.ts";
import { download, fileButton } from "../words/files.ts";
import { FileError, handInOf, readFile, SHARED, workbookOf, writeFile } from "./file.ts";
import { inventory } from "./inventory.ts";
import { load } from "./load.ts";
import { allRecords, onChange } from "./store.ts";

const WORDS = {
  undo: t("Undo"),
  undone: t("Undone: all is as it was before."),
  saved: (file: string) => t("{file} is in your downloads. Keep it where you find it again.", { file }),
  nothing: t("There is no work to save yet."),
};
const COPY = "coldwar-lessons-my-work.json";

/** A line that says what happened, and offers to undo it until something else changes. */
export function sayings(): { element: HTMLElement; say: (text: string, undo?: () => void) => void } {
  const text = h("span", { role: "status" });
  const button = h("button", { type: "button", class: "cwl-button", hidden: true }, WORDS.undo);
  let undo: (() => void) | undefined;
  let own = false;
  const say = (said: string, back?: () => void) => {
    undo = back;
    button.hidden = !back;
    // The same words once more are said once more.
    text.replaceChildren();
    setTimeout(() => text.replaceChildren(said));
  };
  button.addEventListener("click", () => {
    const back = undo;
    own = true;
    back?.();
    own = false;
    say(WORDS.undone);
    text.tabIndex = -1;
    text.focus();
  });
  onChange(() => {
    if (own || !undo) return;
    undo = undefined;
    button.hidden = true;
  });
  return { element: h("p", { class: "work-said" }, text, " ", button), say };
}

/** Save one lesson as its workbook, or all that is kept as a copy that names nobody. */
export function save(lesson?: string): string {
  const records = allRecords();
  const lessons = [...inventory.lessons.map(({ id }) => id), SHARED];
  const document = lesson ? workbookOf(lesson, records, inventory) : handInOf(lessons, records, inventory);
  if (Object.keys("widgets" in document ? document.widgets : document.workbooks).length === 0) return WORDS.nothing;
  const name = lesson ? `${lesson}.workbook.json` : COPY;
  return give(name, document);
}

/** Write a file and hand it to the browser; what is wrong with it is said instead. */
export function give(name: string, document: Parameters<typeof writeFile>[0]): string {
  try {
    download(name, "application/json", writeFile(document, inventory));
    return WORDS.saved(name);
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
}

/** A button that asks for a file and takes over what it brings. */
export function loader(label: string, say: (text: string, undo?: () => void) => void): HTMLElement {
  const { button, input } = fileButton(label, ".json,application/json", (text) => {
    try {
      const { said, undo } = load(readFile(text, inventory), inventory);
      say(said, undo);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      say(error.message);
    }
  });
  return h("span", {}, button, input);
}
