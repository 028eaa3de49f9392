// Quiz: one item at a time or all; check, feedback, another try; a review at the end. The server-rendered
// fieldsets stay what they are; this adds buttons, feedback and memory.

import { defineWidget } from "../base/define.ts";
import { find, findAll } from "../base/dom.ts";
import { fill, n, t } from "../base/language.ts";
import { record, textOf, texts } from "../base/read.ts";
import { isEmpty, type Item, makeItem, STANDINGS } from "../quiz/item.ts";
import { openQuotes } from "../quiz/quote.ts";
import { renderReview } from "../quiz/review.ts";
import type { Payload, Response, State, Value } from "../quiz/types.ts";

const WORDS = {
  progress: (done: number, all: number, count: number) =>
    count ? n("{done} of {all} answered, {count} to retry", "{done} of {all} answered, {count} to retry", count, { done, all }) : t("{done} of {all} answered", { done, all }),
  all: t("Show all questions"),
  one: t("One at a time"),
  next: t("Next"),
  end: t("Look back"),
};

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce, signal }) => {
  const open = payload.behaviour !== "graded";
  const fields = findAll(root, ".cwl-q-item");
  // Kept with the first response, so that a reload shows the same sequence; a live notebook brings its own.
  const fresh = Math.floor(Math.random() * 2 ** 32);
  const seed = () => (typeof state().seed === "number" ? Number(state().seed) : fresh);
  const put = (changes: Record<string, Response>) => save({ seed: seed(), responses: { ...record(state().responses), ...changes } as Record<string, Response> });
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
  const isDone = (item: Item) => (open && item.data.key ? item.response().checked : !isEmpty(item.response().value));

  const [progress, mode, strip] = [...find(root, ".cwl-quiz-bar").children] as HTMLElement[] as [HTMLElement, HTMLElement, HTMLElement];
  const steps = [...strip.children].map((one) => one.firstElementChild as HTMLButtonElement);
  const review = find(root, ".cwl-q-review");
  const walk = find(root, ".cwl-q-walk");
  const [previous, next] = [...walk.children] as HTMLElement[] as [HTMLElement, HTMLElement];

  const linked = () => (location.hash ? fields.findIndex((field) => `#${field.id}` === location.hash) : -1);
  let at = linked();
  if (at < 0) at = items.findIndex((item) => !isDone(item));
  if (at < 0) at = last;

  function focusOn(index: number): void {
    (items[index] ?? review).focus();
  }

  function go(index: number): void {
    at = Math.max(0, Math.min(last, index));
    render();
    focusOn(at);
  }

  /** The next question; of a retry, the next that is still to be got right. */
  function onward(): number {
    const retrying = !items.every(isDone) && items.every((item) => isDone(item) || item.response().attempts);
    let next = at + 1;
    while (retrying && next < last && isDone(items[next] as Item)) next += 1;
    return next;
  }

  function render(): void {
    for (const [index, field] of fields.entries()) {
      const hidden = !all() && index !== at;
      if (field.hidden !== hidden) field.hidden = hidden;
      if (!hidden) items[index]?.render();
    }
    const done = items.map(isDone);
    const count = done.filter(Boolean).length;
    say(progress, WORDS.progress(count, last, items.filter((item) => item.missed()).length));
    say(mode, all() ? WORDS.one : WORDS.all);
    for (const [index, button] of steps.entries()) {
      const standing = items[index]?.standing() ?? "open";
      if ((button.dataset["standing"] ?? "open") !== standing) {
        button.dataset["standing"] = standing;
        button.setAttribute("aria-label", fill(STANDINGS[standing][2], { number: index + 1 }));
      }
      const current = index === at && !all();
      if (current) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    }
    review.hidden = all() ? count < last : at !== last;
    walk.hidden = all();
    previous.hidden = at === 0;
    next.hidden = at === last;
    say(next, onward() === last ? WORDS.end : WORDS.next);
    next.classList.toggle("cwl-primary", done[at] === true);
    if (!review.hidden) renderReview(review, items, open, { goTo: (item) => go(items.indexOf(item)), retry });
  }

  function retry(chosen: Item[]): void {
    const first = chosen.find((item) => !isEmpty(item.response().value)) ?? chosen[0];
    put(Object.fromEntries(chosen.map((item) => [item.id, chosen === items ? { ...item.retry(), value: undefined } : item.retry()])));
    go(first && chosen !== items ? items.indexOf(first) : 0);
  }

  strip.addEventListener("click", ({ target }) => {
    const index = steps.findIndex((button) => button === target);
    if (index < 0) return;
    at = index;
    render();
    if (all()) focusOn(index);
  });
  // A link on this page leads to a question, such as one of the progress.
  addEventListener("hashchange", () => linked() >= 0 && go(linked()), { signal });
  previous.addEventListener("click", () => go(at - 1));
  next.addEventListener("click", () => go(onward()));
  mode.addEventListener("click", () => save({ seed: seed(), mode: all() ? "one" : "all" }));
  // An item comes to life when it is first touched: most of a quiz costs nothing until then.
  const wake = ({ target }: Event) => target instanceof Element && items[fields.indexOf(target.closest<HTMLElement>(".cwl-q-item") as HTMLElement)]?.wake();
  for (const touch of ["pointerdown", "focusin", "input", "change", "click"]) root.addEventListener(touch, wake, true);
  openQuotes(root, payload.paper, announce);
  onState(render);
  // Paper shows every question, with what was answered.
  addEventListener("beforeprint", () => items.forEach((item) => item.render()), { signal });
  render();
});

function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** A response as it was kept, whatever may have happened to it. */
function readResponse(kept: unknown): Response {
  if (kept === undefined) return { checked: false, attempts: 0, tries: [] };
  const { value: raw, checked: was, attempts, tries } = record(kept);
  const value = readValue(raw);
  const checked = was === true && !isEmpty(value);
  return {
    value,
    checked,
    attempts: typeof attempts === "number" && attempts > 0 ? Math.floor(attempts) : 0,
    // From before tries were kept, the last one is known, but not when it was.
    tries: Array.isArray(tries) ? tries.map((one) => ({ value: readValue(record(one)["value"]), at: textOf(record(one)["at"]) })) : checked ? [{ value, at: "" }] : [],
  };
}

function readValue(value: unknown): Value | undefined {
  if (Array.isArray(value)) return value.filter((one) => typeof one === "string");
  return value && typeof value === "object" ? texts(value) : typeof value === "string" ? value : undefined;
}
