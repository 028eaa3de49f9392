// Sort statements; each check says why, in words that stand in the sources above.

import { defineWidget } from "../base/define.ts";
import { find, findAll, h } from "../base/dom.ts";
import { n, t } from "../base/language.ts";
import { later } from "../base/later.ts";
import { textOf, texts } from "../base/read.ts";
import { openQuotes } from "../quiz/quote.ts";

interface Payload {
  statements: Record<string, { key: string; feedback: string }>;
  paper: Record<string, string>;
}
interface State {
  /** Heap by statement: as it is sorted now, and as it was when it was last checked. */
  sorted: Record<string, string>;
  checked: Record<string, string>;
  closing: string;
}

const WORDS = {
  right: t("✓ As this edition sorts it."),
  wrong: t("✗ Look again."),
  none: t("Sort at least one statement first."),
  changed: t("Changed since you checked."),
  total: (right: number, sorted: number) => n("{right} of {count} sorted as this edition sorts them.", "{right} of {count} sorted as this edition sorts them.", sorted, { right }),
  left: (count: number) => n("{count} still to be sorted.", "{count} still to be sorted.", count),
};

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce, signal }) => {
  const statements = findAll(root, "li[data-statement]").map((line) => {
    const comment = h("p", { class: "cwl-comment" });
    find(line, "details").replaceWith(comment);
    return { id: line.dataset["statement"] ?? "", radios: findAll<HTMLInputElement>(line, "input"), comment };
  });
  const button = find<HTMLButtonElement>(root, ".cwl-primary");
  const total = find(root, ".cwl-score");
  const closing = find<HTMLTextAreaElement>(root, "textarea");
  const keepClosing = later(() => save({ closing: closing.value }), signal);

  const show = () => {
    const sorted = texts(state().sorted);
    const checked = texts(state().checked);
    let right = 0;
    let judged = 0;
    for (const { id, radios, comment } of statements) {
      const choice = sorted[id] ?? "";
      for (const radio of radios) radio.checked = radio.value === choice;
      const answer = payload.statements[id];
      // The feedback never speaks of another choice than the one that is shown.
      const current = choice !== "" && checked[id] === choice;
      const correct = choice === answer?.key;
      comment.hidden = !checked[id];
      comment.className = `cwl-comment ${!current ? "" : correct ? "cwl-right" : "cwl-wrong"}`;
      comment.textContent = comment.hidden ? "" : !current ? WORDS.changed : `${correct ? WORDS.right : WORDS.wrong} ${answer?.feedback ?? ""}`;
      if (!current) continue;
      judged += 1;
      if (correct) right += 1;
    }
    total.textContent = judged === 0 ? "" : [WORDS.total(right, judged), ...(judged < statements.length ? [WORDS.left(statements.length - judged)] : [])].join(" ");
    if (!keepClosing.waiting()) closing.value = textOf(state().closing);
  };

  for (const { id, radios } of statements) {
    for (const radio of radios) {
      radio.addEventListener("change", () => {
        save({ sorted: { ...texts(state().sorted), [id]: radio.value } });
        show();
      });
    }
  }
  button.addEventListener("click", () => {
    const sorted = texts(state().sorted);
    if (Object.keys(sorted).length === 0) {
      total.textContent = WORDS.none;
      announce(WORDS.none);
      return;
    }
    save({ checked: sorted });
    show();
    announce(total.textContent ?? "");
  });
  closing.addEventListener("input", keepClosing.ask);
  closing.addEventListener("change", keepClosing.now);
  openQuotes(root, payload.paper ?? {}, announce);
  onState(show);
  show();
});
