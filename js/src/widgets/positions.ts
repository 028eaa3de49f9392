// People on two axes: tokens move by drag, arrow keys or the selects beside each name.

import { find, findAll, h } from "../base/dom.ts";
import { defineWidget } from "../base/define.ts";

type Range = [low: number, high: number];
interface Payload {
  x: [low: string, high: string];
  y: [low: string, high: string];
  people: { id: string; name: string; x: Range; y: Range }[];
}
interface State {
  /** Per cent from left and from below, by person. */
  at: Record<string, [x: number, y: number]>;
  evidence: Record<string, string>;
  compared: boolean;
}

const STEP = 5;
const KEYS: Record<string, [dx: number, dy: number]> = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
const WORDS = {
  unplaced: "not placed yet: press an arrow key to begin",
  where: (x: string, y: string) => `${x}; ${y}`,
  between: "in the middle",
  inside: "inside this edition’s region",
  near: "just outside this edition’s region",
  outside: "outside this edition’s region",
  missing: (names: string) => `Place everybody first, each with a piece of evidence. Still missing: ${names}.`,
  total: (count: number, all: number) => `${count} of ${all} stand inside this edition’s regions. A region is wide where the evidence leaves doubt; read why below.`,
  again: "Hide the edition’s regions",
};

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce, signal }) => {
  const plot = find(root, ".cwl-plot");
  const button = find<HTMLButtonElement>(root, ".cwl-primary");
  const total = find(root, ".cwl-score");
  const people = payload.people.map((person) => {
    const box = find(root, `[data-person="${CSS.escape(person.id)}"]`);
    const token = h("button", { type: "button", class: "cwl-token" }, person.name);
    const region = h("div", { class: "cwl-region", hidden: true }, h("span", {}, person.name));
    region.style.left = `${person.x[0]}%`;
    region.style.width = `${person.x[1] - person.x[0]}%`;
    region.style.bottom = `${person.y[0]}%`;
    region.style.height = `${person.y[1] - person.y[0]}%`;
    plot.append(region, token);
    return {
      ...person,
      token,
      region,
      selects: findAll<HTMLSelectElement>(box, "select"),
      radios: findAll<HTMLInputElement>(box, "input"),
      reveal: find<HTMLDetailsElement>(box, "details"),
    };
  });

  const at = (id: string): [number, number] | undefined => {
    const place = state().at?.[id];
    return Array.isArray(place) && place.every((value) => Number.isFinite(value)) ? place : undefined;
  };
  const inWords = (value: number, [low, high]: [string, string]) =>
    value === 50 ? WORDS.between : `${value} % from “${low}” to “${high}”`;
  const distance = (value: number, [low, high]: Range) => Math.max(low - value, 0, value - high);

  const show = () => {
    const compared = state().compared === true;
    let inside = 0;
    people.forEach((person, index) => {
      const place = at(person.id);
      const [x, y] = place ?? [0, 0];
      person.token.style.left = place ? `${x}%` : "";
      person.token.style.bottom = place ? `${y}%` : "";
      person.token.style.setProperty("--cwl-index", String(index));
      person.token.classList.toggle("cwl-unplaced", !place);
      const away = Math.max(distance(x, person.x), distance(y, person.y));
      if (place && away === 0) inside += 1;
      const verdict = !compared || !place ? "" : `, ${away === 0 ? WORDS.inside : away <= 10 ? WORDS.near : WORDS.outside}`;
      person.token.setAttribute("aria-label", `${person.name}: ${place ? WORDS.where(inWords(x, payload.x), inWords(y, payload.y)) : WORDS.unplaced}${verdict}`);
      person.region.hidden = !compared;
      person.reveal.hidden = !compared;
      for (const select of person.selects) {
        const value = select.dataset["axis"] === "x" ? x : y;
        select.value = place ? String(Math.round(value / 25) * 25) : "";
      }
      for (const radio of person.radios) radio.checked = radio.value === state().evidence?.[person.id];
    });
    total.textContent = compared ? WORDS.total(inside, people.length) : "";
  };
  const put = (id: string, x: number, y: number) => {
    const clamp = (value: number) => Math.min(100, Math.max(0, Math.round(value)));
    save({ at: { ...state().at, [id]: [clamp(x), clamp(y)] } });
    show();
  };

  for (const person of people) {
    const { id, token, selects, radios } = person;
    token.addEventListener("keydown", (event) => {
      const step = KEYS[event.key];
      if (!step) return;
      event.preventDefault();
      const [x, y] = at(id) ?? [50, 50];
      put(id, x + step[0], y + step[1]);
      announce(token.getAttribute("aria-label") ?? "");
    });
    token.addEventListener("pointerdown", (event) => {
      token.setPointerCapture(event.pointerId);
      const box = plot.getBoundingClientRect();
      const move = (moved: PointerEvent) =>
        put(id, (100 * (moved.clientX - box.left)) / box.width, (100 * (box.bottom - moved.clientY)) / box.height);
      token.addEventListener("pointermove", move, { signal });
      const end = () => token.removeEventListener("pointermove", move);
      token.addEventListener("pointerup", end, { once: true, signal });
      token.addEventListener("pointercancel", end, { once: true, signal });
    });
    for (const select of selects) {
      select.addEventListener("change", () => {
        const [x, y] = at(id) ?? [50, 50];
        const value = select.value === "" ? 50 : Number(select.value);
        if (select.dataset["axis"] === "x") put(id, value, y);
        else put(id, x, value);
      });
    }
    for (const radio of radios) {
      radio.addEventListener("change", () => save({ evidence: { ...state().evidence, [id]: radio.value } }));
    }
  }
  button.addEventListener("click", () => {
    const missing = people.filter(({ id }) => !at(id) || !state().evidence?.[id]).map(({ name }) => name);
    if (missing.length > 0) {
      total.textContent = WORDS.missing(missing.join(", "));
      announce(total.textContent);
      return;
    }
    save({ compared: true });
    for (const { reveal } of people) reveal.open = true;
    show();
    announce(total.textContent ?? "");
  });
  onState(show);
  show();
});
