// The timeline as an exercise: cards go into the gaps between dated events, by list, button or dragging.

import { find, findAll, h } from "../base/dom.ts";
import { n, t } from "../base/language.ts";
import type { Context } from "../base/types.ts";
import type { Right, State } from "./types.ts";

const WORDS = {
  place: (title: string) => t("Place of: {title}", { title }),
  unplaced: t("not placed yet"),
  // i18n: {first} and {earlier} are dated events.
  before: (first: string) => t("before {first}", { first }),
  after: (earlier: string) => t("after {earlier}", { earlier }),
  earlier: (card: string) => t("Earlier: {card}", { card }),
  later: (card: string) => t("Later: {card}", { card }),
  check: t("Check"),
  again: t("Start again"),
  solve: t("Show the order"),
  right: t("Right."),
  early: t("Not here: it happened later."),
  late: t("Not here: it happened earlier."),
  score: (right: number, all: number) => t("{right} of {all} in the right place.", { right, all }),
  missing: (count: number) => n("{count} still to place.", "{count} still to place.", count),
  moved: (title: string, place: string) => t("{title}: {place}", { title, place }),
  // i18n: a date and the event of that date.
  rung: (date: string, title: string) => t("{date}: {title}", { date, title }),
};
const DRAG_FROM_PX = 6;

interface Card {
  id: string;
  element: HTMLElement;
  title: string;
  select: HTMLSelectElement;
  earlier: HTMLButtonElement;
  later: HTMLButtonElement;
  verdict: HTMLElement;
  answer: HTMLElement | undefined;
}

export function playPlace({ root, payload, state, save, onState, announce }: Context<{ place: Right }, State>): void {
  const tray = find(root, ".cwl-cards");
  const gaps = findAll(root, ".cwl-gap");
  const slots = gaps.map((gap) => gap.dataset["slot"] ?? "");
  const rungs = findAll(root, ".cwl-rung").map(({ children: [date, title] }) => WORDS.rung(date?.textContent ?? "", title?.textContent ?? ""));
  const answers = findAll(root, ".cwl-answers .cwl-event");
  const names = slots.map((_, i) => (i === 0 ? WORDS.before(rungs[0] ?? "") : WORDS.after(rungs[i - 1] ?? "")));
  const shelves = gaps.map((gap) => gap.appendChild(h("ol", { class: "cwl-shelf" })));

  const cards = findAll(tray, ".cwl-card").map((element, index): Card => {
    const id = element.dataset["card"] ?? "";
    const title = find(element, ".cwl-title").textContent ?? "";
    const select = h("select", { "aria-label": WORDS.place(title) }, h("option", { value: "" }, WORDS.unplaced), ...slots.map((slot, i) => h("option", { value: slot }, names[i]))) as HTMLSelectElement;
    const step = (text: (card: string) => string, symbol: string, by: number) => {
      const button = h("button", { type: "button", class: "cwl-button", "aria-label": text(title) }, h("span", { "aria-hidden": true }, symbol)) as HTMLButtonElement;
      button.addEventListener("click", () => {
        const at = slots.indexOf(placed()[id] ?? "");
        // A card that is not placed yet enters at the end that the button points away from.
        put(card, slots[at < 0 ? (by > 0 ? 0 : slots.length - 1) : at + by] ?? "", button);
      });
      return button;
    };
    const card: Card = { id, element, title, select, earlier: step(WORDS.earlier, "▲", -1), later: step(WORDS.later, "▼", 1), verdict: h("div", { class: "cwl-verdict cwl-event" }), answer: answers[index] };
    select.addEventListener("change", () => put(card, select.value, select));
    element.append(h("div", { class: "cwl-move cwl-scripted" }, select, card.earlier, card.later), card.verdict);
    drag(card);
    return card;
  });

  const score = h("p", { class: "cwl-tally" });
  const button = (text: string, press: () => void, kind = "") => {
    const element = h("button", { type: "button", class: `cwl-button${kind}` }, text) as HTMLButtonElement;
    element.addEventListener("click", press);
    return element;
  };
  const check = button(
    WORDS.check,
    () => {
      save({ checked: placed() });
      show();
      announce(score.textContent ?? "");
    },
    " cwl-primary",
  );
  const solve = button(WORDS.solve, () => {
    const solved = Object.fromEntries(cards.map(({ id }) => [id, isRight(id) ? (placed()[id] ?? "") : (payload.place[id]?.[0] ?? "")]));
    save({ placed: solved, checked: solved });
    show();
    announce(score.textContent ?? "");
  });
  const again = button(WORDS.again, () => {
    save({ placed: {}, checked: {} });
    show();
    cards[0]?.select.focus();
  });
  find(root, ".cwl-ladder").after(h("div", { class: "cwl-buttons cwl-scripted" }, check, solve, again), score);

  function placed(): Record<string, string> {
    return Object.fromEntries(Object.entries(state().placed ?? {}).filter(([id, slot]) => id in payload.place && slots.includes(slot)));
  }
  function isRight(id: string): boolean {
    return payload.place[id]?.includes(placed()[id] ?? "") === true;
  }
  function put(card: Card, slot: string, focus: HTMLElement): void {
    const rest = placed();
    delete rest[card.id];
    save({ placed: slot ? { ...rest, [card.id]: slot } : rest });
    show();
    // Moving an element takes the focus away.
    focus.focus();
    if (focus.matches(":disabled")) card.select.focus();
    announce(WORDS.moved(card.title, names[slots.indexOf(slot)] ?? WORDS.unplaced));
  }

  function show(): void {
    const now = placed();
    const checked = state().checked ?? {};
    let right = 0;
    let judged = 0;
    for (const card of cards) {
      const slot = now[card.id] ?? "";
      const at = slots.indexOf(slot);
      const home = shelves[at] ?? tray;
      if (card.element.parentElement !== home) home.append(card.element);
      card.select.value = slot;
      card.earlier.disabled = at === 0;
      card.later.disabled = at === slots.length - 1;
      const told = slot !== "" && checked[card.id] === slot;
      const good = told && isRight(card.id);
      if (told) judged++;
      if (good) right++;
      card.element.classList.toggle("cwl-good", good);
      card.element.classList.toggle("cwl-bad", told && !good);
      card.verdict.replaceChildren(...(told ? verdict(card, good, at) : []));
    }
    const left = cards.length - Object.keys(now).length;
    score.textContent = judged ? WORDS.score(right, cards.length) + (left ? ` ${WORDS.missing(left)}` : "") : "";
    check.disabled = left === cards.length;
    solve.hidden = judged === 0 || right === cards.length;
    again.hidden = Object.keys(now).length === 0;
  }

  function verdict(card: Card, good: boolean, at: number): Node[] {
    if (!good) {
      const wanted = slots.indexOf(payload.place[card.id]?.[0] ?? "");
      return [h("p", { class: "cwl-told" }, h("span", { "aria-hidden": true }, "✗ "), wanted > at ? WORDS.early : WORDS.late)];
    }
    const told = [...(card.answer?.children ?? [])].filter((part) => !part.matches(".cwl-title, .cwl-in")).map((part) => part.cloneNode(true));
    return [h("p", { class: "cwl-told" }, h("span", { "aria-hidden": true }, "✓ "), WORDS.right), ...told];
  }

  function drag(card: Card): void {
    const { element } = card;
    let from: { x: number; y: number } | undefined;
    let over: HTMLElement | undefined;
    const aim = (gap: HTMLElement | undefined) => {
      over?.classList.remove("cwl-aimed");
      over = gap;
      over?.classList.add("cwl-aimed");
    };
    const handle = h("span", { class: "cwl-handle cwl-scripted", "aria-hidden": true }, "⠿");
    element.prepend(handle);
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      from = { x: event.clientX, y: event.clientY };
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener("pointermove", (event) => {
      if (!from) return;
      const [x, y] = [event.clientX - from.x, event.clientY - from.y];
      if (!element.classList.contains("cwl-lifted") && Math.hypot(x, y) < DRAG_FROM_PX) return;
      element.classList.add("cwl-lifted");
      element.style.transform = `translate(${x}px, ${y}px)`;
      aim(gaps.find((gap) => gap.contains(document.elementFromPoint(event.clientX, event.clientY))));
    });
    const drop = (kept: boolean) => {
      if (!from) return;
      from = undefined;
      const slot = over?.dataset["slot"];
      aim(undefined);
      element.classList.remove("cwl-lifted");
      element.style.transform = "";
      if (kept && slot !== undefined) put(card, slot, card.select);
    };
    handle.addEventListener("pointerup", () => drop(true));
    handle.addEventListener("pointercancel", () => drop(false));
  }

  onState(show);
  show();
}
