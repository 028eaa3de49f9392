// The interactions in which something is moved: order, match, place-event. Each works by buttons or selects,
// by arrow keys, and by dragging.

import { find, findAll, h } from "../base/dom.ts";
import { t } from "../base/language.ts";
import { record } from "../base/read.ts";
import { draggable } from "./drag.ts";
import type { Control, Setup, Value } from "./types.ts";

const WORDS = {
  up: (card: string) => t("Move up: {card}", { card }),
  down: (card: string) => t("Move down: {card}", { card }),
  earlier: (card: string) => t("Earlier: {card}", { card }),
  later: (card: string) => t("Later: {card}", { card }),
  position: (count: number, all: number) => t("Position {count} of {all}.", { count, all }),
  unplaced: t("Not placed."),
};

export const idOf = (card: HTMLElement) => card.dataset["part"] ?? "";
const entries = (value: Value | undefined) => record(value) as Record<string, string>;

export function order({ field, key, change, mix, announce }: Setup): Control {
  const list = find(field, ".cwl-q-order");
  const cards = new Map(findAll(list, ".cwl-q-card").map((card) => [idOf(card), card]));
  const current = () => findAll(list, ".cwl-q-card").map(idOf);

  const moveTo = (id: string, place: number) => {
    const ids = current().filter((one) => one !== id);
    const at = Math.max(0, Math.min(ids.length, place));
    ids.splice(at, 0, id);
    change(ids);
    announce(WORDS.position(at + 1, ids.length));
  };
  for (const [id, card] of cards) {
    addMoves(card, WORDS.up, WORDS.down, (step) => moveTo(id, current().indexOf(id) + step));
    draggable(
      card,
      () => [...cards.values()],
      (target, lower) => {
        const others = current().filter((one) => one !== id);
        moveTo(id, others.indexOf(idOf(target)) + (lower ? 1 : 0));
      },
    );
  }
  return {
    show(value) {
      let start = mix([...cards.keys()]);
      // Nobody should find the work done already.
      if (String(start) === String(key)) start = [...start.slice(1), ...start.slice(0, 1)];
      const ids = [...new Set([...(Array.isArray(value) ? value : []), ...start])].flatMap((id) => cards.get(id) ?? []);
      move(list, () => ids.forEach((card, index) => list.children[index] !== card && list.insertBefore(card, list.children[index] ?? null)));
    },
  };
}

export function place({ field, change, announce }: Setup): Control {
  const tray = find(field, ".cwl-q-cards");
  const rail = find(field, ".cwl-q-rail");
  const cards = findAll(tray, ".cwl-q-card");
  const slots = findAll<HTMLOptionElement>(find(tray, "select"), "option").slice(1);
  const anchors = [...rail.children];
  const zones = slots.map((slot, index) => {
    const zone = h("ul", { class: "cwl-q-zone", "data-slot": slot.value });
    rail.insertBefore(h("li", { class: "cwl-q-gap" }, zone), anchors[index] ?? null);
    return zone;
  });
  let given: Record<string, string> = {};

  const put = (card: HTMLElement, slot: number) => {
    const { [idOf(card)]: _before, ...others } = given;
    const chosen = slots[slot];
    change(chosen ? { ...others, [idOf(card)]: chosen.value } : others);
    announce(chosen?.text ?? WORDS.unplaced);
  };
  for (const card of cards) {
    const select = find<HTMLSelectElement>(card, "select");
    const now = () => slots.findIndex((slot) => slot.value === select.value);
    select.addEventListener("change", () => put(card, now()));
    addMoves(card, WORDS.earlier, WORDS.later, (step) => put(card, Math.max(-1, Math.min(slots.length - 1, now() + step))));
    draggable(
      card,
      () => [tray, ...zones],
      (target) => put(card, zones.indexOf(target as HTMLUListElement)),
    );
  }
  return {
    show(value) {
      given = entries(value);
      move(field, () => {
        for (const card of cards) {
          const slot = slots.findIndex((one) => one.value === given[idOf(card)]);
          find<HTMLSelectElement>(card, "select").value = slots[slot]?.value ?? "";
          const home = zones[slot] ?? tray;
          if (card.parentElement !== home) home.append(card);
        }
      });
    },
  };
}

export function match({ field, change, mix }: Setup): Control {
  const pairs = findAll(field, ".cwl-q-pair");
  const chips = () => findAll(field, ".cwl-q-chips > li");
  const chipId = (chip: HTMLElement) => chip.dataset["option"] ?? "";
  const selectIn = (pair: HTMLElement) => find<HTMLSelectElement>(pair, "select");
  const collect = () => change(Object.fromEntries(pairs.map((pair) => [idOf(pair), selectIn(pair).value]).filter(([, chosen]) => chosen)) as Value);

  for (const pair of pairs) {
    find(pair, ".cwl-q-slot").append(h("span", { class: "cwl-q-slot-text", "aria-hidden": "true", dir: "auto" }));
    selectIn(pair).addEventListener("change", collect);
  }
  for (const chip of chips()) {
    draggable(
      chip,
      () => pairs,
      (pair) => {
        selectIn(pair).value = chipId(chip);
        collect();
      },
    );
  }
  return {
    show(value) {
      const given = entries(value);
      const ids = mix(chips().map(chipId));
      rearrange(chips(), chipId, ids);
      for (const pair of pairs) {
        const select = selectIn(pair);
        rearrange([...select.options].slice(1), (option) => option.value, ids);
        select.value = given[idOf(pair)] ?? "";
        if (select.selectedIndex < 0) select.value = "";
        find(pair, ".cwl-q-slot-text").textContent = select.selectedOptions[0]?.text ?? "";
        find(pair, ".cwl-q-slot").classList.toggle("cwl-q-filled", select.value !== "");
      }
      const used = Object.values(given);
      for (const chip of chips()) chip.classList.toggle("cwl-q-used", used.includes(chipId(chip)));
    },
  };
}

/** Put children, given as they stand, into the sequence of ids; moves no more than it must, as each move costs a layout. */
export function rearrange<E extends HTMLElement>(children: E[], id: (child: E) => string, ids: string[]): void {
  const now = [...children];
  for (const [place, child] of [...children].sort((a, b) => ids.indexOf(id(a)) - ids.indexOf(id(b))).entries()) {
    if (now[place] === child) continue;
    now[place]?.before(child);
    now.splice(now.indexOf(child), 1);
    now.splice(place, 0, child);
  }
}

/** Buttons that move a card one step; arrow keys on them do the same. */
function addMoves(card: HTMLElement, back: (card: string) => string, forth: (card: string) => string, step: (by: number) => void): void {
  const name = find(card, ".cwl-q-option-text").textContent ?? "";
  const buttons = h("span", { class: "cwl-q-moves cwl-scripted" });
  for (const [label, by] of [[back, -1], [forth, 1]] as const) {
    const button = h("button", { type: "button", class: "cwl-q-move", "aria-label": label(name) }, h("span", { "aria-hidden": "true" }, by < 0 ? "↑" : "↓"));
    button.addEventListener("click", () => step(by));
    buttons.append(button);
  }
  buttons.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1, Home: -999, End: 999 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
  });
  card.append(buttons);
}

const shown = new WeakSet<HTMLElement>();

/** Move elements about inside `root`: focus stays where it was, and the eye can follow. */
function move(root: HTMLElement, rearranging: () => void): void {
  // The first time, everything is only being put where it belongs; measuring would cost a layout.
  const still = !shown.has(root) || matchMedia("(prefers-reduced-motion: reduce)").matches;
  shown.add(root);
  const focused = document.activeElement;
  const cards = still ? [] : findAll(root, ".cwl-q-card");
  const before = cards.map((card) => card.getBoundingClientRect().top);
  rearranging();
  if (focused instanceof HTMLElement && root.contains(focused) && focused !== document.activeElement) focused.focus();
  for (const [index, card] of cards.entries()) {
    const by = (before[index] ?? 0) - card.getBoundingClientRect().top;
    if (by) card.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], 160);
  }
}
