// Words of the paper as things that can be pressed. A word is a run without spaces that holds a letter or a
// digit; widgets/words.py counts in the same way.

import { findAll, h } from "../base/dom.ts";
import { t } from "../base/language.ts";

const WORDS = {
  // i18n: {part} names a paragraph of the paper, whose words can be pressed one by one.
  part: (part: string) => t("{part}, word by word", { part }),
  // i18n: a word of the paper, and what it is marked as.
  marked: (word: string, mark: string) => t("{word}, {mark}", { word, mark }),
};

export interface Word {
  /** Sentence and number of the word in it, for example "p3.s1/4". */
  key: string;
  sentence: string;
  /** The word without the marks around it. */
  text: string;
  element: HTMLElement;
  /** What is shown of it now; a sheet has hundreds of words, and most stay as they are. */
  shown?: string;
}

/** First and last word, by their place in the list. */
export type Range = [from: number, to: number];

/** Split the sentences of a sheet into words, in reading order. */
export function splitWords(root: HTMLElement): Word[] {
  const words: Word[] = [];
  for (const part of findAll(root, ".cwl-typed-words")) {
    part.setAttribute("role", "group");
    part.setAttribute("aria-label", WORDS.part(part.dataset["name"] ?? ""));
    for (const line of findAll(part, "[data-words]")) {
      const sentence = line.dataset["words"] ?? "";
      let count = 0;
      const pieces = (line.textContent ?? "").split(/(\s+)/).map((piece) => {
        if (!/[\p{L}\p{N}]/u.test(piece)) return piece;
        const element = h("span", { class: "cwl-w", role: "button", tabindex: "-1", "aria-pressed": "false" }, piece);
        words.push({ key: `${sentence}/${count++}`, sentence, text: trim(piece), element });
        return element;
      });
      line.replaceChildren(...pieces);
    }
  }
  return words;
}

/** The words of a range as they stand in the paper, without the marks around them. */
export function quoteOf(words: Word[], [from, to]: Range): string {
  return trim(words.slice(from, to + 1).map(({ element }) => element.textContent).join(" "));
}

function trim(text: string): string {
  const bare = text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  const surplus = bare.split("(").length - bare.split(")").length;
  // "(i)" keeps its brackets, "(the" does not.
  if (text.includes(`(${bare})`)) return `(${bare})`;
  return surplus < 0 ? `(${bare}` : surplus > 0 ? `${bare})` : bare;
}

/** Show a word as marked with the tag of this number; 0 takes the mark off. `first` begins a phrase. */
export function markWord(word: Word, number: number, label: string, first: boolean): void {
  const { element, text } = word;
  const shown = number > 0 ? `${number} ${first} ${label}` : undefined;
  if (shown === word.shown) return;
  if (shown === undefined) delete word.shown;
  else word.shown = shown;
  element.setAttribute("aria-pressed", String(number > 0));
  if (number > 0) {
    element.dataset["tag"] = String(number);
    element.setAttribute("aria-label", WORDS.marked(text, label));
  } else {
    delete element.dataset["tag"];
    element.removeAttribute("aria-label");
  }
  element.classList.toggle("cwl-w-first", number > 0 && first);
}
