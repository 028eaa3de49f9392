// Quiz: one item at a time or all; check, feedback, another try; a review at the end. The server-rendered
// fieldsets stay what they are; this adds buttons, feedback and memory.

import { defineWidget } from "../base/define.ts";
import { findAll, h } from "../base/dom.ts";
import { isEmpty, type Item, MARKS, makeItem, type Standing } from "../quiz/item.ts";
import { openQuotes } from "../quiz/quote.ts";
import { renderReview } from "../quiz/review.ts";
import type { Payload, Response, State, Value } from "../quiz/types.ts";

const WORDS = {
  progress: (done: number, all: number) => `${done} of ${all} answered`,
  all: "Show all questions",
  one: "One at a time",
  steps: "Questions",
  question: "Question ",
  review: "Review",
  previous: "Previous",
  next: "Next",
  end: "Look back",
  standing: { open: "", answered: ", answered", right: ", right", partly: ", partly right", wrong: ", not right yet" } satisfies Record<Standing, string>,
};

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce, signal }) => {
  const practice = payload.behaviour === "practice";
  const fields = findAll(root, ".cwl-q-item");
  // The seed is kept at once, so that a reload shows the same sequence; a live notebook brings its own.
  if (typeof state().seed !== "number") save({ seed: Math.floor(Math.random() * 2 ** 32) });
  const seed = () => Number(state().seed);
  const put = (changes: Record<string, Response>) => save({ responses: { ...record(state().responses), ...changes } as Record<string, Response> });
  const all = () => state().mode === "all";

  const items: Item[] = fields.map((field) =>
    makeItem(field, {
      payload,
      seed,
      response: (id) => readResponse(record(state().responses)[id]),
      put: (id, response) => put({ [id]: response }),
      announce,
      signal,
    }),
  );
  const last = items.length;
  const isDone = (item: Item) => (practice && item.data.key ? item.response().checked : !isEmpty(item.response().value));

  const progress = h("span", { class: "cwl-q-progress" });
  const mode = h("button", { type: "button", class: "cwl-q-link" });
  const steps = [...items.map((_, index) => step(String(index + 1), index, WORDS.question)), step(WORDS.review, last, "")];
  const strip = h("ol", { class: "cwl-q-steps" }, ...steps.map((one) => h("li", {}, one)));
  const bar = h("div", { class: "cwl-quiz-bar cwl-scripted", role: "group", "aria-label": WORDS.steps }, progress, mode, strip);
  const previous = h("button", { type: "button", class: "cwl-button" }, WORDS.previous);
  const next = h("button", { type: "button", class: "cwl-button" });
  const walk = h("div", { class: "cwl-q-walk cwl-scripted" }, previous, next);
  const review = h("div", { class: "cwl-q-review cwl-scripted", tabindex: -1 });
  fields[0]?.before(bar);
  fields.at(-1)?.after(review, walk);

  const linked = fields.findIndex((field) => `#${field.id}` === location.hash);
  let at = linked >= 0 ? linked : items.findIndex((item) => !isDone(item));
  if (at < 0) at = last;

  function step(label: string, index: number, before: string): HTMLButtonElement {
    const button = h("button", { type: "button" }, h("span", { class: "cwl-hidden" }, before), label, h("span", { class: "cwl-q-mark", "aria-hidden": "true" }), h("span", { class: "cwl-hidden" }));
    button.addEventListener("click", () => {
      at = index;
      render();
      if (all()) focusOn(index);
    });
    return button;
  }

  function focusOn(index: number): void {
    (items[index] ?? review).focus();
  }

  function go(index: number): void {
    at = Math.max(0, Math.min(last, index));
    render();
    focusOn(at);
  }

  function render(): void {
    for (const [index, field] of fields.entries()) {
      field.hidden = !all() && index !== at;
      if (!field.hidden) items[index]?.render();
    }
    const every = items.every(isDone);
    progress.textContent = WORDS.progress(items.filter(isDone).length, last);
    mode.textContent = all() ? WORDS.one : WORDS.all;
    for (const [index, button] of steps.entries()) {
      const standing = items[index]?.standing() ?? "open";
      button.dataset["standing"] = standing;
      (button.children[1] as HTMLElement).textContent = MARKS[standing];
      (button.children[2] as HTMLElement).textContent = WORDS.standing[standing];
      if (index === at && !all()) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    }
    review.hidden = all() ? !every : at !== last;
    walk.hidden = all();
    previous.hidden = at === 0;
    next.hidden = at === last;
    next.textContent = at === last - 1 ? WORDS.end : WORDS.next;
    next.classList.toggle("cwl-primary", items[at] !== undefined && isDone(items[at] as Item));
    if (!review.hidden) renderReview(review, items, practice, { goTo: (item) => go(items.indexOf(item)), retry });
  }

  function retry(chosen: Item[]): void {
    const first = chosen.find((item) => !isEmpty(item.response().value)) ?? chosen[0];
    put(Object.fromEntries(chosen.map((item) => [item.id, chosen === items ? { ...item.retry(), value: undefined } : item.retry()])));
    go(first && chosen !== items ? items.indexOf(first) : 0);
  }

  previous.addEventListener("click", () => go(at - 1));
  next.addEventListener("click", () => go(at + 1));
  mode.addEventListener("click", () => save({ mode: all() ? "one" : "all" }));
  openQuotes(root, payload.paper, announce);
  onState(render);
  // Paper shows every question, with what was answered.
  addEventListener("beforeprint", () => items.forEach((item) => item.render()), { signal });
  render();
});

function record(value: unknown): Record<string, unknown> {
  return value && typeof value === "object" && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A response as it was kept, whatever may have happened to it. */
function readResponse(kept: unknown): Response {
  const { value, checked, attempts } = record(kept);
  return { value: readValue(value), checked: checked === true && !isEmpty(readValue(value)), attempts: typeof attempts === "number" && attempts > 0 ? Math.floor(attempts) : 0 };
}

function readValue(value: unknown): Value | undefined {
  if (typeof value === "string") return value;
  const isText = (one: unknown): one is string => typeof one === "string";
  if (Array.isArray(value)) return value.filter(isText);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).filter(([, one]) => isText(one))) as Record<string, string>;
  return undefined;
}
