// Predict the hidden words, reveal them, compare.

import { defineWidget } from "../base/define.ts";
import { find, findAll, h } from "../base/dom.ts";
import { t } from "../base/language.ts";
import { later } from "../base/later.ts";
import { record, texts } from "../base/read.ts";
import { openQuotes } from "../quiz/quote.ts";

interface Payload {
  /** The hidden words, by blank. */
  blanks: Record<string, string>;
  paper: Record<string, string>;
}
interface State {
  /** What the student expected, by blank: a word of their own, and one of those offered. */
  own: Record<string, string>;
  choices: Record<string, string>;
  revealed: Record<string, boolean>;
}

const WORDS = {
  first: t("Choose the words you expect first."),
  same: (words: string) => t("You and the author chose the same words: “{words}”.", { words }),
  other: (mine: string, words: string) => t("You chose ‘{mine}’; the author wrote “{words}”.", { mine, words }),
  own: (mine: string) => t("Your own word was ‘{mine}’: what would it have done?", { mine }),
  yours: t("your choice"),
  progress: (done: number, all: number, same: number) =>
    done < all
      ? t("{done} of {all} revealed.", { done, all })
      : t("All {all} revealed. In {same} of them you would have written what the author wrote. The point is not to be right, but to see what a single word costs and buys.", { all, same }),
  again: t("Cover them again"),
};

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce, signal }) => {
  const score = find(root, ".cwl-score");
  const again = h("button", { type: "button", class: "cwl-button cwl-scripted" }, WORDS.again);
  score.after(again);
  const gaps = findAll(root, ".cwl-wo-gap").map((gap) => ({ gap, id: gap.dataset["gap"] ?? "", hidden: gap.textContent ?? "", label: gap.getAttribute("aria-label") ?? "" }));
  const blanks = findAll(root, "fieldset").map((box) => {
    const verdict = h("p", { class: "cwl-comment", tabindex: -1 });
    const reveal = find<HTMLDetailsElement>(box, "details");
    reveal.before(verdict);
    return {
      id: box.dataset["blank"] ?? "",
      verdict,
      reveal,
      own: find<HTMLInputElement>(box, ".cwl-wo-own"),
      radios: findAll<HTMLInputElement>(box, '[type="radio"]'),
      terms: findAll(box, "dt"),
      button: find<HTMLButtonElement>(box, "button"),
    };
  });
  const isRevealed = (id: string) => record(state().revealed)[id] === true && texts(state().choices)[id] !== undefined;
  const keepOwn = later(() => save({ own: { ...texts(state().own), ...Object.fromEntries(blanks.filter(({ own }) => own.value).map(({ id, own }) => [id, own.value])) } }), signal);

  const show = () => {
    const choices = texts(state().choices);
    let done = 0;
    let same = 0;
    for (const { gap, id, hidden, label } of gaps) {
      const revealed = isRevealed(id);
      gap.textContent = revealed ? (payload.blanks[id] ?? "") : hidden;
      gap.classList.toggle("cwl-wo-filled", revealed);
      for (const [name, value] of [["role", "img"], ["aria-label", label]] as const) {
        if (revealed) gap.removeAttribute(name);
        else gap.setAttribute(name, value);
      }
    }
    for (const { id, verdict, reveal, own, radios, terms, button } of blanks) {
      const words = payload.blanks[id] ?? "";
      const choice = choices[id];
      const revealed = isRevealed(id);
      const mine = texts(state().own)[id] ?? "";
      for (const radio of radios) {
        radio.checked = radio.value === choice;
        radio.disabled = revealed;
      }
      if (!keepOwn.waiting()) own.value = mine;
      own.disabled = revealed;
      for (const term of terms) {
        term.querySelector(".cwl-wo-yours")?.remove();
        if (revealed && term.dataset["candidate"] === choice) term.append(h("span", { class: "cwl-wo-whose cwl-wo-yours" }, ` ${WORDS.yours}`));
      }
      verdict.hidden = !revealed;
      verdict.textContent = revealed ? (choice === words ? WORDS.same(words) : WORDS.other(choice ?? "", words)) + (mine ? ` ${WORDS.own(mine)}` : "") : "";
      if (revealed && reveal.hidden) reveal.open = true;
      reveal.hidden = !revealed;
      button.hidden = revealed;
      if (!revealed) continue;
      done += 1;
      if (choice === words) same += 1;
    }
    score.textContent = done === 0 ? "" : WORDS.progress(done, blanks.length, same);
    again.hidden = done === 0;
  };

  for (const { id, verdict, own, radios, button } of blanks) {
    own.addEventListener("input", keepOwn.ask);
    own.addEventListener("change", keepOwn.now);
    for (const radio of radios) radio.addEventListener("change", () => save({ choices: { ...texts(state().choices), [id]: radio.value } }));
    button.addEventListener("click", () => {
      if (texts(state().choices)[id] === undefined) {
        announce(WORDS.first);
        verdict.hidden = false;
        verdict.textContent = WORDS.first;
        radios[0]?.focus();
        return;
      }
      keepOwn.now();
      save({ revealed: { ...(record(state().revealed) as Record<string, boolean>), [id]: true } });
      show();
      announce(verdict.textContent ?? "");
      verdict.focus();
    });
  }
  again.addEventListener("click", () => {
    save({ own: {}, choices: {}, revealed: {} });
    show();
    blanks[0]?.own.focus();
  });
  openQuotes(root, payload.paper ?? {}, announce);
  onState(show);
  for (const { reveal } of blanks) reveal.hidden = true;
  show();
});
