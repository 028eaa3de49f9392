// People on two axes: tokens move by drag, by press and press, by arrow keys or by the selects beside each name.

import { defineWidget } from "../base/define.ts";
import { find, findAll, h } from "../base/dom.ts";
import { listed, t } from "../base/language.ts";
import { later } from "../base/later.ts";
import { record, texts } from "../base/read.ts";
import { openQuotes } from "../quiz/quote.ts";

type Range = [low: number, high: number];
type Spot = [x: number, y: number];
interface Payload {
  x: [low: string, high: string];
  y: [low: string, high: string];
  people: { id: string; name: string; x: Range; y: Range }[];
  paper: Record<string, string>;
}
interface State {
  /** Per cent from left and from below, by person. */
  at: Record<string, Spot>;
  evidence: Record<string, string>;
  compared: boolean;
}

const STEP = 5;
const FINE = 1;
const KEYS: Record<string, Spot> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const DRAG_FROM_PX = 4;
const REACH_PX = 24;
const WORDS = {
  everybody: t("Everybody is placed."),
  waiting: t("Not placed yet"),
  // i18n: where a person stands on two axes.
  where: (name: string, x: string, y: string) => t("{name}: {x}; {y}", { name, x, y }),
  nowhere: (name: string) => t("{name}: not placed yet", { name }),
  between: (low: string, high: string) => t("half way between {low} and {high}", { low, high }),
  share: (value: number, low: string, high: string) => t("{value} % of the way from {low} to {high}", { value, low, high }),
  picked: (name: string) => t("{name} picked. Press the spot on the field.", { name }),
  back: (name: string) => t("{name} taken off the field.", { name }),
  inside: t("Inside this edition’s region."),
  near: t("Just outside this edition’s region."),
  outside: t("Outside this edition’s region. Whose evidence weighs more, yours or the edition’s?"),
  missing: (names: string) => t("Place everybody first, each with a piece of evidence. Still missing: {names}.", { names }),
  total: (count: number, all: number) => t("{count} of {all} stand inside this edition’s regions. A region is wide where the evidence leaves doubt; read why beside each name.", { count, all }),
};

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce, signal }) => {
  const plot = find(root, ".cwl-ps-plot");
  const tray = find(root, ".cwl-ps-tray");
  const trayTitle = find(root, ".cwl-ps-tray-title");
  const button = find<HTMLButtonElement>(root, ".cwl-primary");
  const total = find(root, ".cwl-score");
  const people = payload.people.map((person, index) => {
    const box = find(root, `[data-person="${CSS.escape(person.id)}"]`);
    const seat = find(tray, `[data-token="${CSS.escape(person.id)}"]`);
    const token = h("button", { type: "button", class: "cwl-ps-token", "aria-describedby": plot.dataset["how"] ?? "" }, person.name);
    const region = h("div", { class: `cwl-ps-region${index % 2 ? " cwl-ps-low" : ""}`, hidden: true }, h("span", {}, person.name));
    region.style.left = `${person.x[0]}%`;
    region.style.width = `${person.x[1] - person.x[0]}%`;
    region.style.bottom = `${person.y[0]}%`;
    region.style.height = `${person.y[1] - person.y[0]}%`;
    plot.append(region);
    seat.replaceChildren(token);
    const reveal = find<HTMLDetailsElement>(box, "details");
    const verdict = h("p", { class: "cwl-comment" });
    reveal.before(verdict);
    return { ...person, box, seat, token, region, reveal, verdict, selects: findAll<HTMLSelectElement>(box, "select"), radios: findAll<HTMLInputElement>(box, "input") };
  });
  type Person = (typeof people)[number];

  // Where tokens stand that are still being moved: kept only when they come to rest.
  const moving = new Map<string, Spot | undefined>();
  const keep = later(() => {
    const spots = { ...kept() };
    for (const [id, spot] of moving) {
      if (spot) spots[id] = spot;
      else delete spots[id];
    }
    moving.clear();
    save({ at: spots });
  }, signal);
  const kept = () =>
    Object.fromEntries(
      Object.entries(record(state().at)).filter((entry): entry is [string, Spot] => Array.isArray(entry[1]) && entry[1].length === 2 && entry[1].every((value) => Number.isFinite(value) && value >= 0 && value <= 100)),
    );
  const at = (id: string): Spot | undefined => (moving.has(id) ? moving.get(id) : kept()[id]);
  let picked: Person | undefined;

  const inWords = (value: number, [low, high]: [string, string]) => (value === 50 ? WORDS.between(low, high) : WORDS.share(value, low, high));
  const distance = (value: number, [low, high]: Range) => Math.max(low - value, 0, value - high);

  const show = () => {
    const compared = state().compared === true;
    const evidence = texts(state().evidence);
    let inside = 0;
    for (const person of people) {
      const { id, name, token, seat, region, reveal, verdict, selects, radios } = person;
      const spot = at(id);
      const home = spot ? plot : seat;
      seat.hidden = spot !== undefined;
      if (token.parentElement !== home) {
        const focused = document.activeElement === token;
        home.append(token);
        if (focused) token.focus();
      }
      token.style.left = spot ? `${spot[0]}%` : "";
      token.style.bottom = spot ? `${spot[1]}%` : "";
      token.classList.toggle("cwl-ps-picked", picked === person);
      token.classList.toggle("cwl-ps-proved", evidence[id] !== undefined);
      token.setAttribute("aria-label", spot ? WORDS.where(name, inWords(spot[0], payload.x), inWords(spot[1], payload.y)) : WORDS.nowhere(name));
      for (const select of selects) select.value = spot ? String(Math.round(spot[select.dataset["axis"] === "x" ? 0 : 1] / 25) * 25) : "";
      for (const radio of radios) radio.checked = radio.value === evidence[id];
      const away = spot ? Math.max(distance(spot[0], person.x), distance(spot[1], person.y)) : 100;
      if (away === 0) inside += 1;
      region.hidden = !compared;
      reveal.hidden = !compared;
      verdict.hidden = !compared || !spot;
      verdict.className = `cwl-comment ${away === 0 ? "cwl-right" : away > 10 ? "cwl-wrong" : ""}`;
      verdict.textContent = away === 0 ? WORDS.inside : away <= 10 ? WORDS.near : WORDS.outside;
    }
    trayTitle.textContent = people.every(({ id }) => at(id)) ? WORDS.everybody : WORDS.waiting;
    button.hidden = compared;
    if (compared) total.textContent = WORDS.total(inside, people.length);
  };
  const put = (person: Person, x: number, y: number) => {
    const clamp = (value: number) => Math.min(100, Math.max(0, Math.round(value)));
    moving.set(person.id, [clamp(x), clamp(y)]);
    keep.ask();
    show();
  };
  const takeOff = (person: Person) => {
    moving.set(person.id, undefined);
    keep.ask();
    show();
    announce(WORDS.back(person.name));
  };
  const fraction = (x: number, y: number): Spot => {
    const box = plot.getBoundingClientRect();
    return [(100 * (x - box.left)) / box.width, (100 * (box.bottom - y)) / box.height];
  };
  const isOver = (element: Element, x: number, y: number, reach = 0) => {
    const box = element.getBoundingClientRect();
    return x >= box.left - reach && x <= box.right + reach && y >= box.top - reach && y <= box.bottom + reach;
  };
  const light = (person: Person, on: boolean) => {
    person.region.classList.toggle("cwl-ps-lit", on);
    person.token.classList.toggle("cwl-ps-lit", on);
  };

  for (const person of people) {
    const { id, box, token, selects, radios } = person;
    token.addEventListener("keydown", (event) => {
      const direction = KEYS[event.key];
      if (direction) {
        event.preventDefault();
        const [x, y] = at(id) ?? [50, 50];
        const step = !at(id) ? 0 : event.shiftKey ? FINE : STEP;
        put(person, x + direction[0] * step, y + direction[1] * step);
        announce(token.getAttribute("aria-label") ?? "");
      }
      if ((event.key === "Delete" || event.key === "Backspace") && at(id)) takeOff(person);
      if (event.key === "Escape") {
        picked = undefined;
        show();
      }
    });
    let dragged = false;
    token.addEventListener("pointerdown", (down) => {
      if (down.button !== 0) return;
      token.setPointerCapture(down.pointerId);
      dragged = false;
      const move = (moved: PointerEvent) => {
        const [dx, dy] = [moved.clientX - down.clientX, moved.clientY - down.clientY];
        if (!dragged && Math.hypot(dx, dy) < DRAG_FROM_PX) return;
        dragged = true;
        token.classList.add("cwl-ps-dragged");
        token.style.translate = `${dx}px ${dy}px`;
      };
      const end = (up: PointerEvent) => {
        token.removeEventListener("pointermove", move);
        token.classList.remove("cwl-ps-dragged");
        const { left, top, width, height } = token.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        token.style.translate = "";
        if (!dragged || up.type === "pointercancel") return;
        if (isOver(plot, x, y, REACH_PX)) {
          put(person, ...fraction(x, y));
          keep.now();
        } else if (at(id) && isOver(tray, x, y)) takeOff(person);
      };
      const stop = new AbortController();
      const once = (up: PointerEvent) => {
        stop.abort();
        end(up);
      };
      token.addEventListener("pointermove", move);
      for (const kind of ["pointerup", "pointercancel"] as const) token.addEventListener(kind, once, { signal: stop.signal });
    });
    token.addEventListener("click", (event) => {
      event.stopPropagation();
      if (dragged) {
        dragged = false;
        return;
      }
      if (event.detail === 0 && !at(id)) {
        put(person, 50, 50);
        announce(token.getAttribute("aria-label") ?? "");
        return;
      }
      picked = picked === person ? undefined : person;
      if (picked) announce(WORDS.picked(person.name));
      show();
    });
    for (const select of selects) {
      select.addEventListener("change", () => {
        const [x, y] = at(id) ?? [50, 50];
        if (select.value === "") takeOff(person);
        else if (select.dataset["axis"] === "x") put(person, Number(select.value), y);
        else put(person, x, Number(select.value));
      });
    }
    for (const radio of radios) {
      radio.addEventListener("change", () => {
        save({ evidence: { ...texts(state().evidence), [id]: radio.value } });
        show();
      });
    }
    for (const part of [box, token]) {
      for (const kind of ["focusin", "pointerenter"]) part.addEventListener(kind, () => light(person, true));
      for (const kind of ["focusout", "pointerleave"]) part.addEventListener(kind, () => light(person, false));
    }
  }
  plot.addEventListener("click", (event) => {
    if (!picked) return;
    const person = picked;
    picked = undefined;
    put(person, ...fraction(event.clientX, event.clientY));
    announce(person.token.getAttribute("aria-label") ?? "");
  });
  button.addEventListener("click", () => {
    const missing = people.filter(({ id }) => !at(id) || texts(state().evidence)[id] === undefined).map(({ name }) => name);
    if (missing.length > 0) {
      total.textContent = WORDS.missing(listed(missing).join(""));
      announce(total.textContent);
      return;
    }
    keep.now();
    save({ compared: true });
    for (const { reveal } of people) reveal.open = true;
    show();
    announce(total.textContent ?? "");
    total.focus();
  });
  openQuotes(root, payload.paper ?? {}, announce);
  onState(show);
  show();
});
