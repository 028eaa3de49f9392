// Weigh evidence; what tells the explanations apart is said while the student works.

import { defineWidget } from "../base/define.ts";
import { find, findAll, h } from "../base/dom.ts";
import { decimal, listed, t } from "../base/language.ts";
import { later } from "../base/later.ts";
import { record, textOf } from "../base/read.ts";
import { openQuotes } from "../quiz/quote.ts";

type Verdict = "consistent" | "neutral" | "inconsistent";
interface Payload {
  /** Explanation id to its number in words, for example "(ii)". */
  explanations: Record<string, string>;
  /** The edition's verdicts by row and explanation. */
  rows: Record<string, Record<string, Verdict>>;
  paper: Record<string, string>;
}
interface Cell {
  verdict?: string;
  reason?: string;
}
interface State {
  /** By row, then explanation. */
  cells: Record<string, Record<string, Cell>>;
  mine: string;
  compared: boolean;
}

const MINE = "mine";
const SIGNS: Record<string, string> = { consistent: "+", neutral: "○", inconsistent: "−" };
const WORDS = {
  names: { consistent: t("consistent"), neutral: t("neutral"), inconsistent: t("inconsistent") } as Record<string, string>,
  apart: t("By your reading this tells the explanations apart."),
  all: t("By your reading this bears on all explanations alike, so it cannot decide between them."),
  reasons: t("Your reasons"),
  summary: t("What your readings show so far"),
  summaryApart: t("Tells the explanations apart"),
  summaryAll: t("Bears on all alike, and so proves nothing"),
  summaryAgainst: t("Speaks against"),
  none: t("none"),
  keep: t("The explanation with least against it is the one to keep for now. What speaks for it may speak for the others too."),
  // i18n: an explanation of the student’s own.
  mine: t("mine"),
  // i18n: {explanation} is a number such as (ii); {count} is how much evidence speaks against it.
  against: (explanation: string, count: number) => t("{explanation}: {count}", { explanation, count }),
  // i18n: {sign} is one of + ○ −.
  edition: (sign: string) => t("edition {sign}", { sign }),
  yours: (verdict: string) => t("You: {sign} {verdict}.", { sign: SIGNS[verdict] ?? "", verdict: WORDS.names[verdict] ?? "" }),
  agreed: t("As you."),
  total: (count: number, all: number) => t("You and this edition agree on {count} of {all} readings. Where you differ, weigh the reasons: the edition can be wrong.", { count, all }),
  early: t("Read at least half of the evidence under all explanations before you compare."),
};

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce, signal }) => {
  const ids = Object.keys(payload.explanations);
  const rows = findAll(root, "tbody").map((body, index) => {
    const reasons = find(body, ".cwl-em-reasons");
    reasons.id ||= `cwl-em-${Math.random().toString(36).slice(2)}`;
    const toggle = h("button", { type: "button", class: "cwl-em-toggle cwl-scripted", "aria-controls": reasons.id }, WORDS.reasons);
    reasons.before(toggle);
    const open = (yes: boolean) => {
      reasons.classList.toggle("cwl-em-shut", !yes);
      toggle.setAttribute("aria-expanded", String(yes));
    };
    toggle.addEventListener("click", () => open(toggle.getAttribute("aria-expanded") !== "true"));
    return {
      id: body.dataset["row"] ?? "",
      number: index + 1,
      weight: find(body, ".cwl-em-weight"),
      reveal: find<HTMLDetailsElement>(body, "details"),
      readings: findAll(body, "li[data-explanation]").map((line) => ({ id: line.dataset["explanation"] ?? "", mine: line.appendChild(h("span", { class: "cwl-small" })) })),
      open,
      reasons: findAll<HTMLTextAreaElement>(reasons, "textarea"),
      cells: findAll(body, "td[data-explanation]").map((cell) => ({
        id: cell.dataset["explanation"] ?? "",
        cell,
        radios: findAll<HTMLInputElement>(cell, "input"),
        edition: cell.appendChild(h("span", { class: "cwl-em-edition cwl-scripted" })),
      })),
    };
  });
  const own = find<HTMLTextAreaElement>(root, ".cwl-em-own");
  const button = find<HTMLButtonElement>(root, ".cwl-primary");
  const total = find(root, ".cwl-score");
  const summary = find(root, ".cwl-em-summary");
  const conclusion = find<HTMLDetailsElement>(root, ".cwl-em-conclusion");

  const cell = (row: string, explanation: string) => record(record(record(state().cells)[row])[explanation]);
  const verdict = (row: string, explanation: string): string | undefined => {
    const kept = textOf(cell(row, explanation)["verdict"]);
    return kept in SIGNS ? kept : undefined;
  };
  const put = (row: string, explanation: string, patch: Cell) => {
    const cells = record(state().cells);
    save({ cells: { ...cells, [row]: { ...record(cells[row]), [explanation]: { ...cell(row, explanation), ...patch } } } as State["cells"] });
  };
  const typing = new Map<HTMLTextAreaElement, () => void>();
  const keep = later(() => {
    for (const act of typing.values()) act();
    typing.clear();
  }, signal);
  const typed = (area: HTMLTextAreaElement, act: () => void) => {
    area.addEventListener("input", () => {
      typing.set(area, act);
      keep.ask();
    });
    area.addEventListener("change", keep.now);
  };

  const show = () => {
    const compared = state().compared === true;
    const shown = ownWords() ? [...ids, MINE] : ids;
    const apart: number[] = [];
    const alike: number[] = [];
    const against = new Map(shown.map((id) => [id, 0]));
    let same = 0;
    for (const row of rows) {
      for (const { id, cell: box, radios, edition } of row.cells) {
        const mine = verdict(row.id, id);
        const theirs = payload.rows[row.id]?.[id];
        for (const radio of radios) radio.checked = radio.value === mine;
        box.dataset["verdict"] = mine ?? "";
        if (mine === "inconsistent" && against.has(id)) against.set(id, (against.get(id) ?? 0) + 1);
        if (mine && mine === theirs) same += 1;
        edition.hidden = !compared || !theirs;
        edition.textContent = theirs ? `${WORDS.edition(SIGNS[theirs] ?? "")}${mine === theirs ? ` ✓` : ""}` : "";
        edition.classList.toggle("cwl-em-agreed", mine === theirs);
      }
      for (const area of row.reasons) if (!typing.has(area)) area.value = textOf(cell(row.id, area.dataset["reason"] ?? "")["reason"]);
      for (const { id, mine } of row.readings) {
        const given = verdict(row.id, id);
        mine.textContent = !given ? "" : ` ${given === payload.rows[row.id]?.[id] ? WORDS.agreed : WORDS.yours(given)}`;
      }
      const verdicts = shown.map((id) => verdict(row.id, id)).filter((one) => one !== undefined);
      const full = ids.every((id) => verdict(row.id, id) !== undefined);
      const differs = new Set(verdicts).size > 1;
      if (full) (differs ? apart : alike).push(row.number);
      row.weight.textContent = !full ? "" : differs ? WORDS.apart : WORDS.all;
      row.reveal.hidden = !compared;
    }
    if (!typing.has(own)) own.value = textOf(state().mine);
    conclusion.hidden = !compared;
    button.hidden = compared;
    total.textContent = compared ? WORDS.total(same, ids.length * rows.length) : "";
    summary.hidden = apart.length + alike.length === 0;
    const names = (numbers: number[]) => listed(numbers.map((one) => decimal(one, 0))).join("") || WORDS.none;
    summary.replaceChildren(
      h("p", { class: "cwl-em-summary-title" }, WORDS.summary),
      h(
        "dl",
        {},
        h("dt", {}, WORDS.summaryApart),
        h("dd", {}, names(apart)),
        h("dt", {}, WORDS.summaryAll),
        h("dd", {}, names(alike)),
        h("dt", {}, WORDS.summaryAgainst),
        h("dd", {}, shown.map((id) => WORDS.against(payload.explanations[id] ?? WORDS.mine, against.get(id) ?? 0)).join(" · ")),
      ),
      h("p", { class: "cwl-small" }, WORDS.keep),
    );
  };
  const ownWords = () => textOf(state().mine).trim();

  for (const row of rows) {
    for (const { id, radios } of row.cells) {
      for (const radio of radios) {
        radio.addEventListener("change", () => {
          put(row.id, id, { verdict: radio.value });
          row.open(true);
          show();
          const { textContent } = row.weight;
          if (textContent) announce(textContent);
        });
      }
    }
    for (const area of row.reasons) typed(area, () => put(row.id, area.dataset["reason"] ?? "", { reason: area.value }));
    row.open(row.reasons.some((area) => textOf(cell(row.id, area.dataset["reason"] ?? "")["reason"])));
  }
  typed(own, () => {
    save({ mine: own.value });
    show();
  });
  button.addEventListener("click", () => {
    keep.now();
    const read = rows.filter((row) => ids.every((id) => verdict(row.id, id))).length;
    if (read * 2 < rows.length) {
      total.textContent = WORDS.early;
      announce(WORDS.early);
      return;
    }
    save({ compared: true });
    conclusion.open = true;
    for (const row of rows) row.reveal.open = true;
    show();
    announce(total.textContent ?? "");
    total.focus();
  });
  openQuotes(root, payload.paper ?? {}, announce);
  onState(show);
  show();
});
