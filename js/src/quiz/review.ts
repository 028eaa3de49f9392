// The review at the end: what was understood, what to read again, another go.

import { h } from "../base/dom.ts";
import type { Item } from "./item.ts";
import { MARKS } from "./item.ts";

const WORDS = {
  title: "Looking back",
  right: (right: number, all: number, first: number) => `${right} right of ${all} answered, ${first} at the first try.`,
  points: (got: string, all: number) => `In points: ${got} of ${all}.`,
  open: (count: number) => (count === 1 ? "One question is still open:" : `${count} questions are still open:`),
  question: (number: number) => `Question ${number}`,
  skill: (right: number, all: number) => `${right} of ${all}`,
  read: "Worth reading again: ",
  nothing: "Nothing to read again: every answer stands.",
  retry: (count: number) => (count === 1 ? "Retry the one I missed" : `Retry the ${count} I missed`),
  afresh: "Begin again",
  done: "Every question is answered, and your answers are kept. Your teacher marks them.",
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
    const links = open.map((item) => button(WORDS.question(items.indexOf(item) + 1), () => actions.goTo(item)));
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
    ...(got === right.reduce((sum, item) => sum + item.data.points, 0) ? [] : [h("p", {}, WORDS.points(String(Math.round(got * 10) / 10), all))]),
    h(
      "ul",
      { class: "cwl-q-skills" },
      ...[...skills].map(([skill, of]) =>
        h(
          "li",
          {},
          h("span", { class: "cwl-q-skill-name" }, skill),
          " ",
          h("span", { class: "cwl-q-pips", "aria-hidden": "true" }, ...of.map((item) => h("span", { "data-standing": item.standing() }, MARKS[item.standing()] || "·"))),
          " ",
          h("span", {}, WORDS.skill(of.filter((item) => item.score() === 1).length, of.length)),
        ),
      ),
    ),
    ...(again.length > 0
      ? [h("p", {}, WORDS.read, ...again.flatMap((id, index) => [index ? ", " : "", h("a", { class: "cwl-q-ref", href: `../book/the-paper.html#${id}`, "data-sentence": id }, shortName(id))]))]
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

/** The number printed beside a sentence: 3.8, note 1.2. */
export function shortName(id: string): string {
  const [part = "", number = ""] = id.split(".s");
  return part.startsWith("fn") ? `note ${part.slice(2)}.${number}` : `${part.slice(1)}.${number}`;
}
