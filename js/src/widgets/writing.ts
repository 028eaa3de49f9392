// The writing desk: plan, text and self-check are kept; evidence and ways to begin go in where the cursor stands.

import { citedIn, type Payload, type State, toMarkdown } from "../activities/markdown.ts";
import { defineWidget } from "../base/define.ts";
import { find, findAll, h } from "../base/dom.ts";
import { n, t } from "../base/language.ts";
import { later } from "../base/later.ts";
import { record, textOf } from "../base/read.ts";
import { openQuotes } from "../quiz/quote.ts";
import { lengthInWords } from "../words/length.ts";

const WORDS = {
  aim: (count: number, low: number, high: number) => n("{count} word; aim for {low} to {high}", "{count} words; aim for {low} to {high}", count, { low, high }),
  cited: (pieces: string) => t("Cited so far: {pieces}.", { pieces }),
  inserted: (text: string) => t("{text} put into the text.", { text }),
  matches: (count: number) => n("{count} match", "{count} matches", count),
  none: t("Nothing matches. Try fewer letters."),
  saved: (file: string) => t("{file} saved.", { file }),
};
const LABEL_LENGTH = 90;

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce, signal }) => {
  const area = find<HTMLTextAreaElement>(root, ".cwl-wd-text");
  const plan = find<HTMLTextAreaElement>(root, ".cwl-wd-plan");
  const count = find(root, ".cwl-wd-count");
  const cited = find(root, ".cwl-wd-cited");
  const levels = findAll(root, "fieldset[data-row]").map((box) => ({ id: box.dataset["row"] ?? "", radios: findAll<HTMLInputElement>(box, "input") }));
  const checks = findAll<HTMLInputElement>(root, ".cwl-wd-checks input");
  // A printed text area shows only what fits its box: the print sheet shows these instead.
  const printed = [plan, area].map((field) => {
    const copy = h("div", { class: "cwl-wd-print" });
    field.after(copy);
    return { field, copy };
  });
  const bar = find(root, ".cwl-wd-bar > div");
  const keep = later(() => {
    const { text, plan: planned } = state();
    if (area.value !== textOf(text) || plan.value !== textOf(planned)) save({ text: area.value, plan: plan.value });
  }, signal);

  const kept = (): State => {
    const given = state();
    return {
      text: textOf(given.text),
      plan: textOf(given.plan),
      checks: Array.isArray(given.checks) ? given.checks.filter((one) => typeof one === "string") : [],
      levels: Object.fromEntries(Object.entries(record(given.levels)).filter((entry): entry is [string, number] => typeof entry[1] === "number")),
    };
  };
  const showCount = () => {
    const words = area.value.trim().split(/\s+/).filter(Boolean).length;
    const [low, high] = payload.words;
    count.textContent = words === 0 ? WORDS.aim(words, low, high) : lengthInWords(words, low, high);
    bar.style.width = `${Math.min(100, (100 * words) / high)}%`;
    bar.classList.toggle("cwl-wd-enough", words >= low && words <= high);
    const names = citedIn(`${area.value}\n${plan.value}`, payload.evidence).map(({ cite }) => cite.slice(1, -1));
    cited.textContent = names.length === 0 ? "" : WORDS.cited(names.join(" · "));
    for (const { field, copy } of printed) {
      copy.textContent = field.value;
      field.classList.toggle("cwl-wd-written", field.value.trim() !== "");
    }
  };
  const show = () => {
    const now = kept();
    // What is being typed here wins over what arrives from elsewhere.
    if (!keep.waiting()) {
      if (area.value !== now.text) area.value = now.text;
      if (plan.value !== now.plan) plan.value = now.plan;
    }
    for (const { id, radios } of levels) for (const radio of radios) radio.checked = now.levels[id] === Number(radio.value);
    for (const box of checks) box.checked = now.checks.includes(box.value);
    showCount();
  };

  // --- putting things in where the cursor stands ---
  let target = area;
  for (const field of [area, plan]) {
    field.addEventListener("focus", () => (target = field));
    field.addEventListener("input", () => {
      showCount();
      keep.ask();
    });
    field.addEventListener("change", keep.now);
  }
  const putIn = (text: string) => {
    const before = target.value.slice(0, target.selectionStart);
    const words = `${before === "" || /\s$/.test(before) ? "" : " "}${text}`;
    const details = target.closest("details");
    if (details) details.open = true;
    target.focus();
    // The old command is the only one that the browser's undo knows of.
    if (!document.execCommand("insertText", false, words)) {
      target.setRangeText(words, target.selectionStart, target.selectionEnd, "end");
      target.dispatchEvent(new Event("input"));
    }
    announce(WORDS.inserted(text));
  };

  const search = find<HTMLInputElement>(root, ".cwl-wd-find");
  const list = find<HTMLSelectElement>(root, ".cwl-wd-evidence");
  const detail = find(root, ".cwl-wd-detail");
  const insert = find<HTMLButtonElement>(root, ".cwl-wd-insert");
  const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const haystacks = payload.evidence.map(({ label, cite, detail: more }) => plain(`${label} ${cite} ${more}`));
  const chosen = () => payload.evidence[Number(list.value)];
  const showDetail = () => {
    const one = list.value === "" ? undefined : chosen();
    detail.textContent = one?.detail ?? "";
    insert.disabled = one === undefined;
  };
  const filter = () => {
    const needles = plain(search.value).split(/\s+/).filter(Boolean);
    const groups = new Map<string, HTMLElement>();
    let found = 0;
    for (const [index, { group, label }] of payload.evidence.entries()) {
      if (!needles.every((needle) => haystacks[index]?.includes(needle))) continue;
      found += 1;
      const home = groups.get(group) ?? h("optgroup", { label: group });
      groups.set(group, home);
      home.append(h("option", { value: index }, label.length > LABEL_LENGTH ? `${label.slice(0, LABEL_LENGTH)} …` : label));
    }
    list.replaceChildren(...groups.values());
    list.value = "";
    showDetail();
    if (found === 0) detail.textContent = WORDS.none;
    return found;
  };
  search.addEventListener("input", () => announce(WORDS.matches(filter())));
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    if (list.options.length === 0) return;
    list.selectedIndex = 0;
    showDetail();
    list.focus();
  });
  list.addEventListener("change", showDetail);
  const pick = () => {
    const one = list.value === "" ? undefined : chosen();
    if (one) putIn(one.cite);
  };
  list.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      pick();
    }
  });
  list.addEventListener("dblclick", pick);
  insert.addEventListener("click", pick);

  for (const line of findAll(root, ".cwl-wd-starters li")) {
    const words = (line.textContent ?? "").trim();
    const button = h("button", { type: "button", class: "cwl-wd-starter" }, words);
    button.addEventListener("click", () => putIn(`${words.replace(/\s*…$/, "")} `));
    line.replaceChildren(button);
  }

  // --- looking at one's own work ---
  for (const { id, radios } of levels) for (const radio of radios) radio.addEventListener("change", () => save({ levels: { ...kept().levels, [id]: Number(radio.value) } }));
  for (const box of checks) {
    box.addEventListener("change", () => {
      const others = kept().checks.filter((one) => one !== box.value);
      save({ checks: box.checked ? [...others, box.value] : others });
    });
  }

  find(root, ".cwl-wd-export").addEventListener("click", () => {
    keep.now();
    const address = URL.createObjectURL(new Blob([toMarkdown(payload, kept(), checks.map(({ value }) => value))], { type: "text/markdown" }));
    const link = h("a", { href: address, download: payload.file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
    announce(WORDS.saved(payload.file));
  });
  openQuotes(root, payload.paper ?? {}, announce);
  onState(show);
  filter();
  // A second view on the page is built with its rubric folded, since both are of one group until then.
  root.querySelector(".cwl-wd-rubric")?.setAttribute("open", "");
  if (textOf(state().plan)) find<HTMLDetailsElement>(root, ".cwl-wd-main details").open = true;
  show();
});
