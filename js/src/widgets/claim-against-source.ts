// Sort statements; each check says why, in words that stand in the sources above.

import { find, findAll, h } from "../base/dom.ts";
import { defineWidget } from "../base/define.ts";

interface Payload {
  statements: Record<string, { key: string; feedback: string }>;
}
interface State {
  sorted: Record<string, string>;
  checked: boolean;
  closing: string;
}

const WORDS = {
  right: "✓ Yes. ",
  wrong: "✗ Look again. ",
  missing: (count: number) => `${count} still to be sorted.`,
  total: (right: number, all: number) => `${right} of ${all} sorted as the edition sorts them.`,
};
const SAVE_AFTER_MS = 400;

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce, signal }) => {
  const statements = findAll(root, "li[data-statement]").map((line) => {
    const comment = h("p", { class: "cwl-comment" });
    line.append(comment);
    return { id: line.dataset["statement"] ?? "", select: find<HTMLSelectElement>(line, "select"), comment };
  });
  const button = find<HTMLButtonElement>(root, ".cwl-primary");
  const total = find(root, ".cwl-score");
  const closing = find<HTMLTextAreaElement>(root, "textarea");
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const show = () => {
    const { sorted = {}, checked = false } = state();
    let right = 0;
    let missing = 0;
    for (const { id, select, comment } of statements) {
      const choice = sorted[id] ?? "";
      const answer = payload.statements[id];
      select.value = choice;
      const correct = answer !== undefined && choice === answer.key;
      if (choice === "") missing += 1;
      else if (correct) right += 1;
      comment.hidden = !checked || choice === "";
      comment.className = `cwl-comment ${correct ? "cwl-right" : "cwl-wrong"}`;
      comment.textContent = comment.hidden ? "" : (correct ? WORDS.right : WORDS.wrong) + (answer?.feedback ?? "");
    }
    total.textContent = !checked ? "" : missing > 0 ? WORDS.missing(missing) : WORDS.total(right, statements.length);
    if (waiting === undefined && document.activeElement !== closing) closing.value = state().closing ?? "";
  };

  for (const { id, select } of statements) {
    select.addEventListener("change", () => {
      // A changed answer is unchecked again, so that the feedback never speaks of another choice.
      save({ sorted: { ...state().sorted, [id]: select.value }, checked: false });
      show();
    });
  }
  button.addEventListener("click", () => {
    save({ checked: true });
    show();
    announce(total.textContent ?? "");
  });
  const keep = () => {
    clearTimeout(waiting);
    waiting = undefined;
    if (closing.value !== (state().closing ?? "")) save({ closing: closing.value });
  };
  closing.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, SAVE_AFTER_MS);
  });
  closing.addEventListener("change", keep);
  addEventListener("pagehide", keep, { signal });
  onState(show);
  show();
});
