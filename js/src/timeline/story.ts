// The timeline as a story to read: the band or the list, filters, the knowledge horizon, details.

import { find, findAll, h } from "../base/dom.ts";
import { n, t } from "../base/language.ts";
import type { Context } from "../base/types.ts";
import { createBand } from "./band.ts";
import type { Events, State } from "./types.ts";

const WORDS = {
  band: t("Timeline"),
  list: t("List"),
  views: t("View"),
  zoomIn: t("Zoom in"),
  zoomOut: t("Zoom out"),
  earlier: t("Earlier"),
  later: t("Later"),
  whole: t("Whole"),
  wholeName: t("Whole timeline"),
  knowing: t("What the author could know"),
  filter: t("Choose and search"),
  strands: t("Strands"),
  find: t("Find"),
  all: t("Show all"),
  close: t("Close details"),
  details: t("Details"),
  detailsOf: (title: string) => t("Details: {title}", { title }),
  before: t("‹ Before"),
  after: t("After ›"),
  choose: (count: number) => n("{count} event at this moment", "{count} events at this moment", count),
  matches: (shown: number, count: number) =>
    shown === count ? n("All {count} event", "All {count} events", count) : n("{shown} of {count} event", "{shown} of {count} events", count, { shown }),
  hollow: t("Hollow marks: the author could not know of it."),
  soft: t("Hatched bars: the day is not known, or the date is an estimate."),
  heldBack: (count: number) => n("{count} event held back.", "{count} events held back.", count),
  heldEvent: t("Held back: the author could not know this."),
  told: t("All events told."),
  held: t("Held back: the author could not know this. Untick the box above to read it."),
};
const SAVE_AFTER_MS = 500;

export function tellStory({ root, payload, state, save, announce, signal }: Context<Events, State>): void {
  const count = payload.from.length;
  const list = find(root, ".cwl-events");
  let entryList: HTMLElement[] | undefined;
  const entries = () => (entryList ??= findAll(list, ".cwl-event"));
  const entryText = (event: number, part: string) => entries()[event]?.querySelector(part)?.textContent ?? "";
  const unknown = new Set(payload.held);

  const kept = state();
  const laneIds = new Map(payload.lanes.map(([symbol, id]) => [symbol, id]));
  const off = new Set(Array.isArray(kept.off) ? kept.off.filter((id) => [...laneIds.values()].includes(id)) : []);
  let knowing = kept.knowing === true;
  let asList = kept.list === true;
  let open = isEvent(kept.open) ? kept.open : -1;
  let needle = typeof kept.find === "string" ? kept.find : "";
  let shown: boolean[] = [];

  function isEvent(value: unknown): value is number {
    return Number.isInteger(value) && Number(value) >= 0 && Number(value) < count;
  }

  // --- the band and what surrounds it ------------------------------------------------------------

  const band = createBand(
    {
      events: payload,
      title: (event) => entryText(event, ".cwl-title"),
      when: (event) => entryText(event, ".cwl-when"),
      shown: (event) => shown[event] === true,
      unknown: (event) => unknown.has(event),
      untold: (event) => knowing && unknown.has(event),
      opened: () => open,
      open: (event) => tell(event),
      choose,
      moved: saveSoon,
      announce,
      signal,
    },
    isWindow(kept.window) ? kept.window : undefined,
  );
  const button = (text: string, press: () => void, symbol?: string) => {
    const element = symbol
      ? h("button", { type: "button", class: "cwl-button", "aria-label": text, title: text }, h("span", { "aria-hidden": true }, symbol))
      : h("button", { type: "button", class: "cwl-button" }, text);
    element.addEventListener("click", press);
    return element;
  };
  const zoom = (factor: number) => () => {
    band.zoom(factor);
    announce(band.range.textContent ?? "");
  };
  const bandButton = button(WORDS.band, () => view(false));
  const listButton = button(WORDS.list, () => view(true));
  const knowingBox = h("input", { type: "checkbox" }) as HTMLInputElement;
  const moves = h(
    "div",
    { class: "cwl-moves" },
    button(WORDS.earlier, () => band.pan(-1), "‹"),
    button(WORDS.later, () => band.pan(1), "›"),
    button(WORDS.zoomOut, zoom(1 / 1.6), "−"),
    button(WORDS.zoomIn, zoom(1.6), "+"),
    button(WORDS.wholeName, () => band.fit(), WORDS.whole),
    band.range,
  );
  const boxes = payload.lanes.map(([symbol, id, label, description]) => {
    const box = h("input", { type: "checkbox" }) as HTMLInputElement;
    box.checked = !off.has(id);
    box.addEventListener("change", () => {
      if (box.checked) off.delete(id);
      else off.add(id);
      filtered();
    });
    return { box, label: h("label", { class: `cwl-strand cwl-lane-${symbol % 8}`, title: description }, box, h("span", { class: "cwl-symbol" }), label) };
  });
  const search = h("input", { type: "search", autocomplete: "off", spellcheck: "false" }) as HTMLInputElement;
  const matches = h("span", { class: "cwl-matches" });
  const filters = h(
    "details",
    { class: "cwl-filters" },
    h("summary", {}, WORDS.filter, " ", matches),
    h("fieldset", {}, h("legend", {}, WORDS.strands), ...boxes.map(({ label }) => label)),
    h("label", { class: "cwl-find" }, WORDS.find, " ", search),
    button(WORDS.all, () => {
      off.clear();
      for (const { box } of boxes) box.checked = true;
      search.value = needle = "";
      filtered();
    }),
  );
  const panel = h("section", { class: "cwl-details", "aria-label": WORDS.details, hidden: true });
  const tools = h(
    "div",
    { class: "cwl-tools cwl-scripted" },
    h("div", { class: "cwl-views", role: "group", "aria-label": WORDS.views }, bandButton, listButton),
    moves,
    payload.horizon || unknown.size ? h("label", { class: "cwl-knowing-switch" }, knowingBox, WORDS.knowing) : undefined,
    filters,
  );
  const legend = [unknown.size ? WORDS.hollow : "", payload.soft.length ? WORDS.soft : ""].filter(Boolean).join(" ");
  // Said by the style sheet, in the place of what the entry says.
  root.style.setProperty("--cwl-held", JSON.stringify(WORDS.heldEvent));
  const stage = h("div", { class: "cwl-stage cwl-scripted" }, h("div", {}, band.element, legend ? h("p", { class: "cwl-legend" }, legend) : undefined), panel);
  list.before(tools, stage);

  // --- what is shown -----------------------------------------------------------------------------

  let texts: string[] | undefined;
  function sift(): void {
    const wanted = needle.trim().toLowerCase();
    if (wanted) texts ??= entries().map((entry) => (entry.textContent ?? "").toLowerCase());
    let total = 0;
    shown = payload.from.map((_, event) => {
      const fits = !off.has(laneIds.get(payload.lane[event] ?? 0) ?? "") && (!wanted || ((!knowing || !unknown.has(event)) && texts?.[event]?.includes(wanted) === true));
      if (fits) total++;
      return fits;
    });
    matches.textContent = WORDS.matches(total, count);
  }
  /** Leave entries out of the list by a class and not by `hidden`: on paper the list is whole. */
  function siftList(): void {
    if (!asList || (shown.every(Boolean) && !list.querySelector(".cwl-out"))) return;
    entries().forEach((entry, event) => entry.classList.toggle("cwl-out", !shown[event]));
    for (const group of findAll(list, "ol")) {
      const empty = !group.querySelector(":scope > :not(.cwl-out)");
      group.previousElementSibling?.classList.toggle("cwl-out", empty);
    }
  }
  function filtered(): void {
    sift();
    siftList();
    if (!asList) band.refresh();
    announce(matches.textContent ?? "");
    save({ off: [...off], find: needle });
  }
  function show(): void {
    root.classList.toggle("cwl-as-list", asList);
    root.classList.toggle("cwl-knowing", knowing);
    bandButton.setAttribute("aria-pressed", String(!asList));
    listButton.setAttribute("aria-pressed", String(asList));
    moves.hidden = asList;
    stage.hidden = asList;
    siftList();
    if (!asList) band.refresh();
  }
  function view(list: boolean): void {
    asList = list;
    show();
    save({ list });
  }

  // --- details -----------------------------------------------------------------------------------

  function tell(event: number, asked = true): void {
    open = event;
    const entry = entries()[event];
    if (!entry) return;
    panel.hidden = false;
    const step = (to: number, text: string) => {
      const go = button(text, () => {
        tell(to);
      });
      if (to < 0) go.setAttribute("disabled", "");
      return go;
    };
    const held = knowing && unknown.has(event);
    const parts = [...entry.children].filter((part) => !held || part.matches(".cwl-when, .cwl-in")).map((part) => part.cloneNode(true));
    panel.replaceChildren(
      button(WORDS.close, close, "×"),
      h("div", { class: "cwl-event" }, ...parts, held ? h("p", { class: "cwl-unknown" }, WORDS.held) : undefined),
      h("p", { class: "cwl-steps" }, step(band.neighbour(event, -1), WORDS.before), step(band.neighbour(event, 1), WORDS.after)),
    );
    band.go(event, false);
    if (!asked) return;
    save({ open });
    const { top } = panel.getBoundingClientRect();
    if (top > innerHeight - 80) panel.scrollIntoView({ block: "nearest" });
    announce(held ? WORDS.held : WORDS.detailsOf(entryText(event, ".cwl-title")));
  }
  function choose(members: number[]): void {
    open = -1;
    panel.hidden = false;
    panel.replaceChildren(
      button(WORDS.close, close, "×"),
      h("p", {}, WORDS.choose(members.length)),
      ...members.map((member) =>
        button(knowing && unknown.has(member) ? entryText(member, ".cwl-when") : entryText(member, ".cwl-title"), () => {
          tell(member);
          panel.querySelector<HTMLElement>("button")?.focus();
        }),
      ),
    );
    panel.querySelectorAll<HTMLElement>("button")[1]?.focus();
  }
  function close(): void {
    const event = open;
    open = -1;
    panel.hidden = true;
    band.go(event, true);
    save({ open });
  }
  stage.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    close();
  });

  // --- keeping -----------------------------------------------------------------------------------

  let waiting: ReturnType<typeof setTimeout> | undefined;
  function saveSoon(): void {
    clearTimeout(waiting);
    waiting = setTimeout(saveNow, SAVE_AFTER_MS);
  }
  function saveNow(): void {
    clearTimeout(waiting);
    const window = band.window();
    if (waiting !== undefined && window) save({ window });
    waiting = undefined;
  }
  addEventListener("pagehide", saveNow, { signal });
  knowingBox.checked = knowing;
  knowingBox.addEventListener("change", () => {
    knowing = knowingBox.checked;
    sift();
    show();
    if (open >= 0) tell(open, false);
    announce(knowing ? WORDS.heldBack(unknown.size) : WORDS.told);
    save({ knowing });
  });
  search.value = needle;
  search.addEventListener("input", () => {
    needle = search.value;
    filtered();
  });
  filters.toggleAttribute("open", off.size > 0 || needle !== "");

  // Hide the list before anything is measured: laying it out is what would cost time.
  root.classList.add("cwl-live");
  sift();
  show();
  const target = location.hash.length > 1 ? entries().findIndex((entry) => entry.id === decodeURIComponent(location.hash.slice(1))) : -1;
  if (target >= 0) {
    tell(target, false);
    root.scrollIntoView();
  } else if (open >= 0) tell(open, false);
}

function isWindow(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[1] > 0;
}
