// Weigh evidence; what tells the explanations apart is said while the student works.

import { find, findAll } from "../base/dom.ts";
import { defineWidget } from "../base/define.ts";

type Verdict = "consistent" | "neutral" | "inconsistent";
interface Payload {
  /** Explanation id to its number in words, for example "(ii)". */
  explanations: Record<string, string>;
  /** The edition's verdicts by row and explanation. */
  rows: Record<string, Record<string, Verdict>>;
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

const WORDS = {
  apart: "By your reading this tells the explanations apart.",
  all: "By your reading this fits every explanation alike, so it cannot decide between them.",
  same: (count: number, all: number) => `You and this edition agree on ${count} of ${all} readings. Where you differ, weigh the reasons: the edition can be wrong.`,
  against: (counts: string) => `What speaks against each, by your reading: ${counts}. The explanation with least against it is the one to keep for now.`,
  early: "Read at least half of the evidence before you compare.",
};

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce }) => {
  const ids = Object.keys(payload.explanations);
  const rows = findAll(root, "fieldset").map((box) => ({
    id: box.dataset["row"] ?? "",
    weight: find(box, ".cwl-weight"),
    reveal: find<HTMLDetailsElement>(box, "details"),
    cells: findAll(box, ".cwl-cell").map((cell) => ({
      id: cell.dataset["explanation"] ?? "",
      select: find<HTMLSelectElement>(cell, "select"),
      reason: find<HTMLInputElement>(cell, "input"),
    })),
  }));
  const own = find<HTMLInputElement>(root, ".cwl-own");
  const button = find<HTMLButtonElement>(root, ".cwl-primary");
  const summary = find(root, ".cwl-score");
  const conclusion = find<HTMLDetailsElement>(root, ".cwl-conclusion");
  const cell = (row: string, explanation: string): Cell => state().cells?.[row]?.[explanation] ?? {};
  const put = (row: string, explanation: string, patch: Cell) => {
    const cells = state().cells ?? {};
    save({ cells: { ...cells, [row]: { ...cells[row], [explanation]: { ...cells[row]?.[explanation], ...patch } } } });
  };

  const show = () => {
    const compared = state().compared === true;
    const against = new Map(ids.map((id) => [id, 0]));
    let same = 0;
    for (const row of rows) {
      for (const { id, select, reason } of row.cells) {
        const kept = cell(row.id, id);
        select.value = kept.verdict ?? "";
        if (document.activeElement !== reason) reason.value = kept.reason ?? "";
      }
      const verdicts = ids.map((id) => cell(row.id, id).verdict).filter(Boolean);
      row.weight.textContent = verdicts.length < ids.length ? "" : new Set(verdicts).size > 1 ? WORDS.apart : WORDS.all;
      row.reveal.hidden = !compared;
      for (const id of ids) {
        const verdict = cell(row.id, id).verdict;
        if (verdict === "inconsistent") against.set(id, (against.get(id) ?? 0) + 1);
        if (verdict !== undefined && verdict === payload.rows[row.id]?.[id]) same += 1;
      }
    }
    own.value = document.activeElement === own ? own.value : (state().mine ?? "");
    conclusion.hidden = !compared;
    button.hidden = compared;
    const counts = ids.map((id) => `${payload.explanations[id]} ${against.get(id)}`).join(", ");
    summary.textContent = compared ? `${WORDS.same(same, ids.length * rows.length)} ${WORDS.against(counts)}` : "";
  };

  for (const row of rows) {
    for (const { id, select, reason } of row.cells) {
      select.addEventListener("change", () => {
        put(row.id, id, { verdict: select.value });
        show();
      });
      reason.addEventListener("change", () => put(row.id, id, { reason: reason.value }));
    }
  }
  own.addEventListener("change", () => save({ mine: own.value }));
  button.addEventListener("click", () => {
    const read = rows.filter((row) => ids.every((id) => cell(row.id, id).verdict)).length;
    if (read * 2 < rows.length) {
      summary.textContent = WORDS.early;
      announce(WORDS.early);
      return;
    }
    save({ compared: true });
    conclusion.open = true;
    for (const row of rows) row.reveal.open = true;
    show();
    announce(summary.textContent ?? "");
    find(conclusion, "summary").focus();
  });
  onState(show);
  show();
});
