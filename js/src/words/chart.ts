// Bars for each tag in each paragraph: the student's and the edition's, with the numbers as a table.

import { h } from "../base/dom.ts";
import { decimal, t } from "../base/language.ts";

/** Phrases in 100 words: for each tag, one number a paragraph. */
export type Rates = number[][];

const WORDS = {
  title: t("Marked phrases in 100 words"),
  // i18n: {paragraph} names a paragraph of the paper.
  numbersOf: (paragraph: string) => t("Marked phrases in 100 words: {paragraph}", { paragraph }),
  you: t("you"),
  edition: t("this edition"),
  numbers: t("The numbers"),
};

export function hedgeChart(tags: string[], parts: string[], mine: Rates, edition: Rates): HTMLElement {
  const most = Math.max(1, ...mine.flat(), ...edition.flat());
  const bar = (value: number, whose: "you" | "edition") => {
    const fill = h("span", { class: `cwl-bar-fill cwl-bar-${whose}` });
    fill.style.width = `${(82 * value) / most}%`;
    return h("div", { class: "cwl-bar" }, fill, h("span", { class: "cwl-bar-value" }, decimal(value, 1)));
  };
  const rate = (rates: Rates, tag: number, part: number) => rates[tag]?.[part] ?? 0;
  const panels = parts.map((part, column) =>
    h(
      "div",
      { class: "cwl-bars" },
      h("p", { class: "cwl-bars-title" }, part),
      ...tags.flatMap((tag, row) => [
        h("span", { class: "cwl-bar-label" }, tag),
        h("div", {}, bar(rate(mine, row, column), "you"), bar(rate(edition, row, column), "edition")),
      ]),
    ),
  );
  const key = h(
    "p",
    { class: "cwl-bars-key" },
    h("span", { class: "cwl-bar-fill cwl-bar-you" }),
    ` ${WORDS.you} `,
    h("span", { class: "cwl-bar-fill cwl-bar-edition" }),
    ` ${WORDS.edition}`,
  );
  const drawn = h("div", { "aria-hidden": "true" }, key, h("div", { class: "cwl-bars-panels" }, ...panels));
  return h("figure", { class: "cwl-doubt-bars" }, h("figcaption", {}, WORDS.title), drawn, numbers(tags, parts, mine, edition));
}

/** The same numbers, a table a paragraph: one wide table would not fit a phone. */
function numbers(tags: string[], parts: string[], mine: Rates, edition: Rates): HTMLElement {
  const cell = (value: number | undefined) => h("td", {}, decimal(value ?? 0, 1));
  const head = (text: string) => h("th", { scope: "col" }, text);
  const tables = parts.map((part, column) =>
    h(
      "table",
      { "aria-label": WORDS.numbersOf(part) },
      h("thead", {}, h("tr", {}, head(part), head(WORDS.you), head(WORDS.edition))),
      h(
        "tbody",
        {},
        ...tags.map((tag, row) => h("tr", {}, h("th", { scope: "row" }, tag), cell(mine[row]?.[column]), cell(edition[row]?.[column]))),
      ),
    ),
  );
  return h("details", {}, h("summary", {}, WORDS.numbers), h("div", { class: "cwl-bars-panels" }, ...tables));
}
