// Predict the hidden words, reveal them, compare.

import { find, findAll, h } from "../base/dom.ts";
import { defineWidget } from "../base/define.ts";

interface Payload {
  /** The hidden words, by blank. */
  blanks: Record<string, string>;
}
interface State {
  choices: Record<string, string>;
  revealed: Record<string, boolean>;
}

const WORDS = {
  first: "Choose the words you expect first.",
  same: (words: string) => `You and the author chose the same words: “${words}”.`,
  other: (mine: string, words: string) => `You chose “${mine}”; the author wrote “${words}”.`,
};

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce }) => {
  const blanks = findAll(root, "fieldset").map((box) => {
    const id = box.dataset["blank"] ?? "";
    const verdict = h("p", { class: "cwl-comment" });
    const reveal = find<HTMLDetailsElement>(box, "details");
    reveal.before(verdict);
    const gap = find(box, ".cwl-gap");
    return { id, box, verdict, reveal, gap, hidden: gap.textContent ?? "", radios: findAll<HTMLInputElement>(box, "input"), button: find<HTMLButtonElement>(box, "button") };
  });

  const show = () => {
    for (const { id, verdict, reveal, gap, hidden, radios, button } of blanks) {
      const words = payload.blanks[id] ?? "";
      const choice = state().choices?.[id];
      const revealed = state().revealed?.[id] === true;
      for (const radio of radios) {
        radio.checked = radio.value === choice;
        radio.disabled = revealed;
      }
      gap.textContent = revealed ? words : hidden;
      gap.classList.toggle("cwl-filled", revealed);
      if (revealed) gap.removeAttribute("role");
      else gap.setAttribute("role", "img");
      if (revealed) gap.removeAttribute("aria-label");
      else gap.setAttribute("aria-label", "hidden words");
      verdict.hidden = !revealed;
      verdict.textContent = revealed ? (choice === words ? WORDS.same(words) : WORDS.other(choice ?? "", words)) : "";
      reveal.hidden = !revealed;
      reveal.open = revealed;
      button.hidden = revealed;
    }
  };

  for (const { id, box, verdict, radios, button, reveal } of blanks) {
    box.addEventListener("change", () => {
      const chosen = radios.find((radio) => radio.checked);
      if (chosen) save({ choices: { ...state().choices, [id]: chosen.value } });
    });
    button.addEventListener("click", () => {
      if (state().choices?.[id] === undefined) {
        announce(WORDS.first);
        verdict.hidden = false;
        verdict.textContent = WORDS.first;
        radios[0]?.focus();
        return;
      }
      save({ revealed: { ...state().revealed, [id]: true } });
      show();
      announce(verdict.textContent ?? "");
      find(reveal, "summary").focus();
    });
  }
  onState(show);
  show();
});
