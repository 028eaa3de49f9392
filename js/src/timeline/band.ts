// The band: lanes over a time axis. It scrolls natively; only what is in sight becomes elements.

import { h } from "../base/dom.ts";
import { n, t } from "../base/language.ts";
import { axis, monthAndYear } from "./axis.ts";
import { layoutLane, type Item } from "./layout.ts";
import { attachGestures } from "./gestures.ts";
import type { Events } from "./types.ts";

const WORDS = {
  label: t("Events in time. Arrow keys go from event to event and between strands; plus and minus zoom; Enter opens."),
  cluster: (count: number) => n("{count} event", "{count} events", count),
  clusterName: (count: number, first: string, last: string, lane: string) =>
    n("{count} event from {first} to {last}, {lane}: look closer", "{count} events from {first} to {last}, {lane}: look closer", count, { first, last, lane }),
  // i18n: an event, its date and its strand.
  event: (title: string, date: string, lane: string) => (title ? t("{title}, {date}, {lane}", { title, date, lane }) : t("{date}, {lane}", { date, lane })),
  held: (event: string) => t("{event}, the author could not know it", { event }),
  none: t("No event fits."),
  range: (from: string, to: string) => (from === to ? from : t("{from} to {to}", { from, to })),
};

const ROW_PX = 28;
const NAME_PX = 24;
const LETTER_PX = 7;
/** Room before the first day. */
const LEAD_PX = 14;
/** Room for what stands at the horizon. */
const WRITES_PX = 280;
const MAX_SCALE = 80;
const MOST_EVENTS = 0.7;

export interface Host {
  events: Events;
  title(event: number): string;
  when(event: number): string;
  shown(event: number): boolean;
  /** Whether the author could not know it, and whether it is therefore not told now. */
  unknown(event: number): boolean;
  untold(event: number): boolean;
  opened(): number;
  open(event: number): void;
  /** Events of one moment, which no zoom can part. */
  choose(members: number[]): void;
  moved(): void;
  announce(text: string): void;
  signal: AbortSignal;
}

export interface Band {
  element: HTMLElement;
  range: HTMLElement;
  /** Lay out and draw again, after the size, the filter or what is told has changed. */
  refresh(): void;
  /** Go to an event (-1: stay), and focus it if wished. */
  go(event: number, focus: boolean): void;
  /** The shown event before or after another; -1 when there is none. */
  neighbour(event: number, step: 1 | -1): number;
  zoom(factor: number): void;
  fit(): void;
  pan(step: 1 | -1): void;
  window(): [from: number, days: number] | undefined;
}

export function createBand(host: Host, start: [from: number, days: number] | undefined): Band {
  const { events } = host;
  const count = events.from.length;
  const [first, after] = events.range;
  const soft = new Set(events.soft);

  const ticks = h("div", { class: "cwl-ticks", "aria-hidden": true });
  const rows = events.lanes.map(([symbol, , label]) => {
    const marks = h("div", { class: "cwl-marks" });
    return { symbol, label, marks, element: h("div", { class: `cwl-row cwl-lane-${symbol % 8}` }, h("p", { class: "cwl-name" }, label), marks), height: 1, items: [] as Item[] };
  });
  const horizon = events.horizon ? h("div", { class: "cwl-horizon" }, h("span", {}, events.writes)) : undefined;
  const none = h("p", { class: "cwl-none", hidden: true }, WORDS.none);
  const line = h("div", { class: horizon ? "cwl-line cwl-has-horizon" : "cwl-line" }, ticks, horizon, ...rows.map((row) => row.element));
  const element = h("div", { class: "cwl-band", role: "group", "aria-label": WORDS.label }, line, none);
  const range = h("p", { class: "cwl-range" });
  const drawn = new Map<string, HTMLElement>();
  const itemOf = new WeakMap<Element, Item>();

  let width = 0;
  let tail = 0;
  let labelMax = 0;
  let scale = 0;
  let left = 0;
  let current = -1;
  let wanted = start;

  const toX = (day: number) => LEAD_PX + (day - first) * scale;
  const toDay = (x: number) => first + (x - LEAD_PX) / scale;
  const end = () => toX(after) + tail;
  const minScale = () => Math.max(0.001, (width - LEAD_PX - tail) / (after - first));
  const from = (event: number) => events.from[event] ?? 0;
  const labelPx = (event: number) => (host.untold(event) ? 0 : Math.min(labelMax, (events.size[event] ?? 0) * LETTER_PX + 10));
  const measures = {
    start: (event: number) => toX(from(event)),
    end: (event: number) => toX(from(event) + (events.days[event] ?? 1)),
    label: labelPx,
    soft: (event: number) => soft.has(event),
  };

  // --- drawing -----------------------------------------------------------------------------------

  function layOut(): void {
    const byLane = new Map<number, number[]>(rows.map((row) => [row.symbol, []]));
    let total = 0;
    for (let event = 0; event < count; event++) {
      if (!host.shown(event)) continue;
      total++;
      byLane.get(events.lane[event] ?? 0)?.push(event);
    }
    for (const row of rows) {
      const members = byLane.get(row.symbol) ?? [];
      const { items, rows: height } = layoutLane(members, { ...measures, pinned: current, rows: total > 150 ? 3 : total > 50 ? 4 : 5 });
      row.items = items;
      // A lane only grows while one zooms, so that the page below stays where it is.
      row.height = Math.max(row.height, height);
      row.element.hidden = members.length === 0;
      row.element.style.height = `${NAME_PX + row.height * ROW_PX}px`;
    }
    none.hidden = total > 0;
    line.hidden = total === 0;
    line.style.width = `${Math.ceil(end())}px`;
    if (horizon && events.horizon) {
      horizon.style.left = `${toX(events.horizon[0])}px`;
      const band = Math.max(3, toX(events.horizon[1] + 1) - toX(events.horizon[0]));
      horizon.style.width = `${band}px`;
      horizon.style.setProperty("--label", `${Math.min(band, end() - WRITES_PX - toX(events.horizon[0]))}px`);
    }
  }

  function draw(): void {
    const over = width / 2;
    const [low, high] = [left - over, left + width + over];
    const keep = new Set<string>();
    let focusable: HTMLElement | undefined;
    for (const row of rows) {
      let cursor = row.marks.firstElementChild;
      for (const item of row.items) {
        const here = item.event === current && item.members.length === 0;
        const reach = item.x + Math.max(item.bar, Math.min(item.room, labelMax));
        if (!here && (item.x > high || reach < low)) continue;
        const key = `${item.event}${item.members.length ? `+${item.members.length}` : item.bar ? "b" : ""}${host.untold(item.event) ? "h" : ""}`;
        keep.add(key);
        const mark = drawn.get(key) ?? create(item, row.label);
        drawn.set(key, mark);
        place(mark, item);
        if (mark === cursor) cursor = cursor.nextElementSibling;
        else row.marks.insertBefore(mark, cursor);
        if (here || (!focusable && item.x >= left)) focusable = mark;
      }
    }
    for (const [key, mark] of drawn) {
      if (keep.has(key)) mark.tabIndex = mark === focusable ? 0 : -1;
      else {
        mark.remove();
        drawn.delete(key);
      }
    }
    drawTicks(low, high);
    range.textContent = WORDS.range(monthAndYear(Math.max(first, toDay(left))), monthAndYear(Math.min(after - 1, toDay(left + width))));
  }

  function create(item: Item, lane: string): HTMLElement {
    const { event, members } = item;
    const last = members.at(-1);
    const cluster = last !== undefined;
    const text = cluster ? WORDS.cluster(members.length) : host.untold(event) ? "" : host.title(event);
    const name = cluster
      ? WORDS.clusterName(members.length, host.when(event), host.when(last), lane)
      : host.unknown(event)
        ? WORDS.held(WORDS.event(text, host.when(event), lane))
        : WORDS.event(text, host.when(event), lane);
    const kind = cluster ? " cwl-cluster" : `${item.bar ? " cwl-span" : ""}${soft.has(event) ? " cwl-soft" : ""}${host.unknown(event) ? " cwl-hollow" : ""}`;
    return h("button", { type: "button", class: `cwl-mark${kind}`, tabindex: -1, "aria-label": name }, h("span", { class: "cwl-symbol" }), text ? h("span", { class: "cwl-caption" }, text) : undefined);
  }

  function place(mark: HTMLElement, item: Item): void {
    itemOf.set(mark, item);
    mark.style.left = `${item.x}px`;
    mark.style.top = `${item.row * ROW_PX}px`;
    if (item.bar) mark.style.setProperty("--bar", `${item.bar}px`);
    const room = Math.max(item.bar, Math.min(item.room, labelMax + ROW_PX)) - ROW_PX;
    mark.style.setProperty("--room", `${room}px`);
    mark.classList.toggle("cwl-open", item.members.length === 0 && item.event === host.opened());
  }

  function drawTicks(low: number, high: number): void {
    const marks = axis(Math.max(first, toDay(low)), Math.min(toDay(end()), toDay(high)), scale);
    const mark = (kind: string, label: string, day: number, until?: number) => {
      const made = h("div", { class: kind }, h("span", { dir: "auto" }, label));
      made.style.left = `${toX(day)}px`;
      if (until !== undefined) made.style.width = `${toX(until) - toX(day)}px`;
      return made;
    };
    ticks.replaceChildren(
      ...marks.stretches.map(({ from, to, label }) => mark("cwl-stretch", label, Math.max(first, from), to)),
      ...marks.ticks.filter(({ day }) => day >= first).map(({ day, label }) => mark("cwl-tick", label, day)),
    );
  }

  // --- moving ------------------------------------------------------------------------------------

  function scrollTo(x: number): void {
    left = Math.max(0, Math.min(x, end() - width));
    if (Math.abs(element.scrollLeft - left) > 0.5) element.scrollLeft = left;
  }

  function zoomAt(factor: number, anchor: number): void {
    const day = toDay(left + anchor);
    scale = Math.max(minScale(), Math.min(MAX_SCALE, scale * factor));
    layOut();
    scrollTo(toX(day) - anchor);
    draw();
    host.moved();
  }

  function show([day, days]: [number, number]): void {
    scale = Math.max(minScale(), Math.min(MAX_SCALE, (width - LEAD_PX - tail) / days));
    layOut();
    scrollTo(toX(day) - LEAD_PX);
    draw();
  }

  function refresh(): void {
    if (element.clientWidth === 0) return;
    const kept = width ? band.window() : undefined;
    width = element.clientWidth;
    tail = Math.min(220, width / 4);
    labelMax = Math.min(340, width * 0.7);
    for (const row of rows) row.height = 1;
    show(kept ?? wanted ?? crowded(events));
    wanted = undefined;
  }

  /** Focus the event that was gone to, else the first in sight. */
  function focusMark(): void {
    for (const mark of drawn.values()) if (mark.tabIndex === 0) mark.focus({ preventScroll: true });
  }

  function go(event: number, focus: boolean): void {
    if (event >= 0) current = event;
    if (width === 0) return;
    layOut();
    if (event >= 0) {
      const [x, finish] = [measures.start(event), measures.end(event)];
      if (x < left + 10 || Math.min(finish, x + labelMax / 2) > left + width - 10) scrollTo((x + Math.min(finish, x + width)) / 2 - width / 2);
    }
    draw();
    if (focus) focusMark();
    host.moved();
  }

  function activate(item: Item): void {
    const { event, members } = item;
    if (members.length === 0) {
      host.open(event);
      return;
    }
    const begin = from(event);
    const finish = Math.max(...members.map((member) => from(member) + 1));
    if (finish - begin <= 1 || scale >= MAX_SCALE) {
      host.choose(members);
      return;
    }
    const margin = Math.max(1, (finish - begin) * 0.1);
    current = event;
    show([begin - margin, finish - begin + 2 * margin]);
    focusMark();
    host.announce(range.textContent ?? "");
    host.moved();
  }

  // --- from event to event -----------------------------------------------------------------------

  function neighbour(event: number, step: 1 | -1): number {
    for (let next = event + step; next >= 0 && next < count; next += step) if (host.shown(next)) return next;
    return -1;
  }

  function acrossLanes(event: number, step: 1 | -1): number {
    const symbols = rows.map((row) => row.symbol);
    for (let at = symbols.indexOf(events.lane[event] ?? 0) + step; at >= 0 && at < symbols.length; at += step) {
      let best = -1;
      for (let other = 0; other < count; other++) {
        if (events.lane[other] !== symbols[at] || !host.shown(other)) continue;
        if (best < 0 || Math.abs(from(other) - from(event)) < Math.abs(from(best) - from(event))) best = other;
      }
      if (best >= 0) return best;
    }
    return -1;
  }

  element.addEventListener("keydown", (event) => {
    const item = event.target instanceof Element ? itemOf.get(event.target) : undefined;
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const cluster = item.members.length > 0;
    const moves: Record<string, () => void> = {
      ArrowRight: () => go(cluster ? item.event : neighbour(item.event, 1), true),
      ArrowLeft: () => go(neighbour(item.event, -1), true),
      ArrowDown: () => go(acrossLanes(item.event, 1), true),
      ArrowUp: () => go(acrossLanes(item.event, -1), true),
      Home: () => go(neighbour(-1, 1), true),
      End: () => go(neighbour(count, -1), true),
      "+": () => zoomKey(1.6, item),
      "=": () => zoomKey(1.6, item),
      "-": () => zoomKey(1 / 1.6, item),
      "0": fit,
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  });
  function zoomKey(factor: number, item: Item): void {
    current = item.event;
    zoomAt(factor, Math.max(0, Math.min(width, item.x - left)));
    focusMark();
    host.announce(range.textContent ?? "");
  }
  element.addEventListener("click", (event) => {
    const mark = event.target instanceof Element ? event.target.closest(".cwl-mark") : null;
    const item = mark && itemOf.get(mark);
    if (item) activate(item);
  });
  element.addEventListener(
    "scroll",
    () => {
      const moved = Math.abs(element.scrollLeft - left);
      if (moved < 1) return;
      left = element.scrollLeft;
      draw();
      host.moved();
    },
    { passive: true },
  );
  attachGestures(element, zoomAt);
  const watch = new ResizeObserver(() => {
    if (element.clientWidth !== width) refresh();
  });
  watch.observe(element);
  host.signal.addEventListener("abort", () => watch.disconnect());

  function fit(): void {
    show([first, after - first]);
    host.moved();
  }

  const band: Band = {
    element,
    range,
    refresh,
    go,
    neighbour,
    zoom: (factor) => zoomAt(factor, width / 2),
    fit,
    pan(step) {
      scrollTo(left + step * width * 0.6);
      draw();
      host.moved();
    },
    window: () => (scale ? [toDay(left + LEAD_PX), (width - LEAD_PX - tail) / scale] : undefined),
  };
  return band;
}

/** The stretch to begin with: all of it, or where most events crowd if that is a small part. */
function crowded({ from, range: [first, after] }: Events): [number, number] {
  const size = Math.ceil(from.length * MOST_EVENTS);
  let best: [number, number] = [first, after - first];
  for (let i = 0; i + size <= from.length; i++) {
    const days = (from[i + size - 1] ?? 0) - (from[i] ?? 0) + 1;
    if (days < best[1]) best = [from[i] ?? 0, days];
  }
  const margin = Math.max(2, best[1] * 0.04);
  return best[1] < (after - first) / 3 ? [best[0] - margin, best[1] + 2 * margin] : [first, after - first];
}
