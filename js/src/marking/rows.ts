// The rows of the rubric: which one is current, its level, its comment, and the comments that can be put into it.

import { find, findAll, h } from "../base/dom.ts";
import { n, t } from "../base/language.ts";
import { later } from "../base/later.ts";
import type { Entry, Saver } from "./saving.ts";

export interface Row {
  element: HTMLElement;
  label: string;
  /** Field of its level; empty for the essay as a whole. */
  level: string;
  comment: string;
  radios: HTMLInputElement[];
  area: HTMLTextAreaElement;
  bank: HTMLElement | null;
}

const WORDS = {
  level: (row: string, level: string) => t("{row}: {level}.", { row, level }),
  none: (row: string) => t("{row}: no level.", { row }),
  most: (count: number) => n("There is only {count} level.", "There are only {count} levels.", count),
  whole: t("Every row is done. Enter goes to the next essay."),
  put: (text: string) => t("Put in: {text}", { text }),
  taken: (text: string) => t("Taken out: {text}", { text }),
  bank: (row: string) => t("Comments to reuse: {row}", { row }),
  elsewhere: (who: string) => (who ? t("{who} changed this meanwhile. It now says:", { who }) : t("Somebody changed this meanwhile. It now says:")),
  notSaved: t("Your choice is not saved; choose again to replace it."),
  notSavedText: t("Your comment is not saved yet."),
  settle: t("Two comments wait for your choice."),
  nothing: t("nothing"),
  mine: t("Keep mine"),
  theirs: t("Take theirs"),
  both: t("Keep both"),
};
/** Keys of the first comments to reuse; the page says the same in its list of keys. */
export const LETTERS = "abcdefgh";

export class Rows {
  readonly rows: Row[];
  readonly #panel: HTMLElement;
  readonly #title: HTMLElement;
  readonly #wide = matchMedia("(min-width: 60rem)");
  readonly #saver: Saver;
  readonly #say: (text: string) => void;
  #current = 0;

  constructor(form: HTMLFormElement, saver: Saver, say: (text: string) => void, signal: AbortSignal) {
    this.#saver = saver;
    this.#say = say;
    this.#panel = find(form, ".bank-here");
    this.#title = find(form, "#bank-title");
    this.rows = findAll(form, ".row").map((element) => ({
      element,
      label: (element.querySelector("legend > span") ?? find(element, "legend")).textContent ?? "",
      level: element.dataset["row"] ? `level.${element.dataset["row"]}` : "",
      comment: element.dataset["field"] ?? "",
      radios: findAll<HTMLInputElement>(element, 'input[type="radio"]'),
      area: find<HTMLTextAreaElement>(element, "textarea"),
      bank: element.querySelector<HTMLElement>("ul[data-bank]"),
    }));
    for (const [index, row] of this.rows.entries()) this.#bring(row, index, signal);
    const open = this.rows.findIndex(({ radios }) => !radios.some(({ checked }) => checked));
    this.go(open < 0 ? 0 : open, false);
    // Where the rubric scrolls by itself; on a phone the essay comes first.
    if (this.#wide.matches) this.current.element.scrollIntoView({ block: "nearest" });
    this.#wide.addEventListener("change", () => this.#showBank(), { signal });
  }

  get current(): Row {
    return this.rows[this.#current] as Row;
  }

  /** Make a row the current one. */
  go(index: number, focus = true): void {
    this.#current = Math.max(0, Math.min(index, this.rows.length - 1));
    for (const [at, { element }] of this.rows.entries()) element.classList.toggle("current", at === this.#current);
    this.#showBank();
    if (!focus) return;
    this.current.element.focus({ preventScroll: true });
    this.current.element.scrollIntoView({ block: "nearest" });
  }

  step(by: number): void {
    this.go(this.#current + by);
  }

  /** Where a field is shown. */
  goToField(field: string): void {
    const index = this.rows.findIndex(({ level, comment }) => level === field || comment === field);
    if (index >= 0) this.go(index);
  }

  /** Choose a level of the current row, and go to the next; 0 takes the level away. */
  choose(level: number): void {
    const { radios, label, level: field } = this.current;
    if (field === "") {
      this.#say(WORDS.whole);
      return;
    }
    const radio = radios[level - 1];
    if (level > 0 && !radio) {
      this.#say(WORDS.most(radios.length));
      return;
    }
    for (const one of radios) one.checked = one === radio;
    this.#saveLevel(this.current);
    this.#say(radio ? WORDS.level(label, nameOf(radio)) : WORDS.none(label));
    if (!radio) return;
    this.step(1);
  }

  /** Put a comment to reuse into its row, or take it out again. */
  reuse(button: HTMLButtonElement): void {
    const row = this.rows.find(({ comment }) => button.name === `insert.${comment}`);
    if (!row) return;
    if (this.#conflictOf(row, row.comment)) {
      this.goToConflict();
      return;
    }
    const text = button.value;
    const lines = linesOf(row.area.value);
    const there = lines.includes(text);
    row.area.value = (there ? lines.filter((line) => line !== text) : [...lines, text]).join("\n");
    fit(row.area);
    this.#showUsed(row);
    this.#saver.put(row.comment, row.area.value);
    this.#say(there ? WORDS.taken(text) : WORDS.put(text));
  }

  /** The same by its letter. */
  reuseLetter(letter: string): boolean {
    const { bank } = this.current;
    const button = bank ? findAll<HTMLButtonElement>(bank, "button")[LETTERS.indexOf(letter)] : undefined;
    if (button) this.reuse(button);
    return button !== undefined;
  }

  /** Show what the gradebook has, but leave alone what is being changed here. */
  show(fields: Record<string, Entry>, busy: (field: string) => boolean): void {
    for (const row of this.rows) {
      const level = fields[row.level];
      if (level && !busy(row.level)) {
        for (const radio of row.radios) radio.checked = radio.value === level.value;
        this.#saver.rebase(row.level, level.revision);
      }
      const comment = fields[row.comment];
      // A comment in which somebody is typing here is not replaced under their hands.
      if (!comment || busy(row.comment) || this.#conflictOf(row, row.comment) || (document.activeElement === row.area && row.area.value.trim() !== comment.value)) continue;
      if (row.area.value.trim() !== comment.value) row.area.value = comment.value;
      fit(row.area);
      this.#saver.rebase(row.comment, comment.revision);
      this.#showUsed(row);
    }
  }

  /** Say that somebody else changed a field, and let the marker decide. */
  conflict(field: string, mine: string, theirs: Entry): void {
    const row = this.rows.find(({ level, comment }) => level === field || comment === field);
    if (!row) return;
    const isLevel = row.level === field;
    const radio = row.radios.find(({ value }) => value === theirs.value);
    const shown = isLevel ? radio && nameOf(radio) : theirs.value;
    const box = h(
      "div",
      { class: "conflict", role: "alert", "data-of": field },
      WORDS.elsewhere(theirs.marker),
      h("b", { dir: "auto" }, shown || WORDS.nothing),
      isLevel ? WORDS.notSaved : WORDS.notSavedText,
    );
    if (!isLevel) {
      // The text in the box stays the marker's own until one of these is pressed.
      row.area.value = mine;
      const settle = (label: string, value: () => string) => {
        const button = h("button", { type: "button", class: "tool" }, label);
        button.addEventListener("click", () => {
          row.area.value = value();
          box.remove();
          fit(row.area);
          this.#saver.put(field, row.area.value);
          row.area.focus();
        });
        return button;
      };
      const own = () => row.area.value;
      box.append(h("div", {}, settle(WORDS.mine, own), settle(WORDS.theirs, () => theirs.value), settle(WORDS.both, () => `${theirs.value}\n${own()}`.trim())));
    }
    this.#conflictOf(row, field)?.remove();
    (isLevel ? find(row.element, ".levels") : row.area).after(box);
  }

  /** Go to a comment that waits for a choice between two texts; false when there is none. */
  goToConflict(): boolean {
    const row = this.rows.find((one) => this.#conflictOf(one, one.comment));
    if (!row) return false;
    this.go(this.rows.indexOf(row));
    this.#say(WORDS.settle);
    return true;
  }

  #conflictOf(row: Row, field: string): HTMLElement | null {
    return row.element.querySelector(`.conflict[data-of="${CSS.escape(field)}"]`);
  }

  #bring(row: Row, index: number, signal: AbortSignal): void {
    row.element.tabIndex = -1;
    row.element.addEventListener("focusin", () => index !== this.#current && this.go(index, false));
    row.element.addEventListener("pointerdown", () => index !== this.#current && this.go(index, false));
    for (const radio of row.radios) radio.addEventListener("change", () => this.#saveLevel(row));
    // One undo takes back what was typed in one go.
    let sitting = false;
    const keep = later(() => {
      if (this.#conflictOf(row, row.comment)) return;
      this.#saver.put(row.comment, row.area.value, sitting);
      sitting = true;
    }, signal, 600);
    row.area.addEventListener("input", () => {
      fit(row.area);
      this.#showUsed(row);
      keep.ask();
    });
    row.area.addEventListener("change", keep.now);
    row.area.addEventListener("blur", () => {
      keep.now();
      sitting = false;
    });
    for (const [at, button] of findAll<HTMLButtonElement>(row.element, ".reuse").entries()) {
      const letter = LETTERS[at];
      if (letter) {
        button.prepend(h("kbd", { "aria-hidden": "true" }, letter));
        button.setAttribute("aria-keyshortcuts", letter);
      }
    }
    fit(row.area);
    this.#showUsed(row);
  }

  #saveLevel(row: Row): void {
    this.#conflictOf(row, row.level)?.remove();
    this.#saver.put(row.level, row.radios.find(({ checked }) => checked)?.value ?? "");
  }

  /** Where there is room the current row's comments stand in one place, so that nothing moves from row to row. */
  #showBank(): void {
    for (const row of this.rows) {
      const home = row.element.querySelector(".bank");
      if (row.bank && home && row.bank.parentElement !== home) home.append(row.bank);
    }
    if (!this.#wide.matches) return;
    this.#title.textContent = WORDS.bank(this.current.label);
    const { bank } = this.current;
    this.#panel.replaceChildren(...(bank ? [bank] : []));
    this.#panel.parentElement?.scrollTo(0, 0);
  }

  #showUsed(row: Row): void {
    const lines = linesOf(row.area.value);
    for (const button of row.bank ? findAll<HTMLButtonElement>(row.bank, "button") : []) button.setAttribute("aria-pressed", String(lines.includes(button.value)));
  }
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

function nameOf(radio: HTMLInputElement): string {
  return radio.labels?.[0]?.querySelector("b")?.textContent ?? radio.value;
}

/** Browsers that cannot fit a box to its text get as many lines as it may need. */
function fit(area: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  const lines = area.value.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 60), 0);
  area.rows = Math.min(12, Math.max(1, lines));
}
