// The review at the end: what was understood, what to read again, another go.

import { h } from "../base/dom.ts";
import { between, fill, listed, n, t } from "../base/language.ts";
import type { Item } from "./item.ts";
import { STANDINGS } from "./item.ts";
import { shortName } from "./names.ts";

const WORDS = {
  title: t("Looking back"),
  right: (count: number, all: number, first: number) => n("{count} right of {all} answered, {first} at the first try.", "{count} right of {all} answered, {first} at the first try.", count, { all, first }),
  points: (count: number, all: number) => t("In points: {count} of {all}.", { count, all }),
  open: (count: number) => n("One question is still open:", "{count} questions are still open:", count),
  skill: (count: number, all: number) => t("{count} of {all}", { count, all }),
  // i18n: {sentences} are links, such as 3.8, note 1.2.
  read: t("Worth reading again: {sentences}"),
  nothing: t("Nothing to read again: every answer stands."),
  retry: (count: number) => n("Retry the one I missed", "Retry the {count} I missed", count),
  afresh: t("Begin again"),
  done: t("Every question is answered, and your answers are kept. Your teacher marks them."),
};

export interface ReviewActions {
  goTo(item: Item): void;
  retry(items: Item[]): void;
}

/** Fill the review with what the responses say now. */
export function renderReview(box: HTMLElement, items: Item[], practice: boolean, actions: ReviewActions): void {
  const open = items.filter((item) => ["open", ...(practice && item.data.points > 0 ? ["answered"] : [])].includes(item.standing()));
  const children: (Node | string)[] = [h("p", { class: "cwl-q-review-title" }, WORDS.title)];
  if (practice) children.push(...result(items, actions));
  if (open.length > 0) {
    const links = open.map((item) => button(fill(STANDINGS.open[2], { number: items.indexOf(item) + 1 }), () => actions.goTo(item)));
    children.push(h("p", {}, WORDS.open(open.length)), h("div", { class: "cwl-q-actions" }, ...links));
  } else if (!practice) children.push(h("p", {}, WORDS.done));
  box.replaceChildren(...children);
}

function result(items: Item[], actions: ReviewActions): Node[] {
  const scored = items.filter((item) => item.data.key);
  const right = scored.filter((item) => item.score() === 1);
  const missed = scored.filter((item) => item.missed());
  const got = scored.reduce((sum, item) => sum + item.worth() * item.data.points, 0);
  const all = scored.reduce((sum, item) => sum + item.data.points, 0);
  const first = right.filter((item) => item.response().attempts === 1);
  const skills = new Map<string, Item[]>();
  for (const item of scored) skills.set(item.data.skill ?? "", [...(skills.get(item.data.skill ?? "") ?? []), item]);
  const again = [...new Set(missed.flatMap((item) => item.data.sentences ?? []))];
  const checked = scored.filter((item) => item.response().checked).length;

  return [
    h("p", { class: "cwl-q-result" }, WORDS.right(right.length, checked, first.length)),
    ...(got === right.reduce((sum, item) => sum + item.data.points, 0) ? [] : [h("p", {}, WORDS.points(Math.round(got * 10) / 10, all))]),
    h(
      "ul",
      { class: "cwl-q-skills" },
      ...[...skills].map(([skill, of]) =>
        h(
          "li",
          {},
          h("span", { class: "cwl-q-skill-name" }, skill),
          " ",
          h("span", { class: "cwl-q-pips", "aria-hidden": "true" }, ...of.map((item) => h("span", { "data-standing": item.standing() }, STANDINGS[item.standing()][0] || "·"))),
          " ",
          h("span", {}, WORDS.skill(of.filter((item) => item.score() === 1).length, of.length)),
        ),
      ),
    ),
    ...(again.length > 0
      ? [h("p", {}, ...between(WORDS.read, { sentences: listed(again.map((id) => h("a", { class: "cwl-q-ref", href: `../book/the-paper.html#${id}`, "data-sentence": id }, shortName(id)))) }).flat())]
      : right.length === scored.length
        ? [h("p", {}, WORDS.nothing)]
        : []),
    h(
      "div",
      { class: "cwl-q-actions" },
      ...(missed.length > 0 ? [button(WORDS.retry(missed.length), () => actions.retry(missed), true)] : []),
      ...(checked ? [button(WORDS.afresh, () => actions.retry(items))] : []),
    ),
  ];
}

function button(text: string, click: () => void, primary = false): HTMLButtonElement {
  const made = h("button", { type: "button", class: primary ? "cwl-button cwl-primary" : "cwl-button" }, text);
  made.addEventListener("click", click);
  return made;
}
