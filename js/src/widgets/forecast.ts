// Probabilities first, then what happened and the Brier score.

import { find, findAll, h } from "../base/dom.ts";
import { defineWidget } from "../base/define.ts";

interface Payload {
  outcomes: Record<string, boolean>;
}
interface State {
  /** Per cent, by question. */
  values: Record<string, number>;
  revealed: boolean;
}

const WORDS = {
  unset: "Move the slider",
  left: (count: number) => `${count} of your forecasts ${count === 1 ? "is" : "are"} still missing.`,
  said: (value: number, phrase: string) => `${value} %: ${phrase}`,
  scored: (value: number, happened: boolean, score: string) => `You said ${value} %, and it ${happened ? "happened" : "did not happen"}: Brier score ${score}.`,
  total: (score: string) => `Your mean Brier score is ${score}. 0 is perfect; saying 50 % to everything earns 0.25; being certain and wrong earns 1.`,
  again: "Forecast again",
};
const PHRASES: [upTo: number, phrase: string][] = [
  [0, "impossible"],
  [10, "almost impossible"],
  [30, "unlikely"],
  [45, "rather unlikely"],
  [55, "as likely as not"],
  [70, "rather likely"],
  [90, "likely"],
  [99, "almost certain"],
  [100, "certain"],
];

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce }) => {
  const questions = findAll(root, "fieldset").map((box) => ({
    id: box.dataset["question"] ?? "",
    slider: find<HTMLInputElement>(box, "input"),
    output: find(box, "output"),
    reveal: find<HTMLDetailsElement>(box, "details"),
    brier: find(box, ".cwl-brier"),
  }));
  const button = find<HTMLButtonElement>(root, ".cwl-primary");
  const total = find(root, ".cwl-score");
  const again = h("button", { type: "button", class: "cwl-button" }, WORDS.again);
  button.after(again);

  const value = (id: string): number | undefined => {
    const kept = state().values?.[id];
    return typeof kept === "number" && kept >= 0 && kept <= 100 ? kept : undefined;
  };
  const show = () => {
    const revealed = state().revealed === true;
    let sum = 0;
    for (const { id, slider, output, reveal, brier } of questions) {
      const said = value(id);
      if (said !== undefined) slider.value = String(said);
      const phrase = said === undefined ? WORDS.unset : WORDS.said(said, PHRASES.find(([upTo]) => said <= upTo)?.[1] ?? "");
      output.textContent = phrase;
      slider.setAttribute("aria-valuetext", phrase);
      slider.disabled = revealed;
      reveal.hidden = !revealed;
      reveal.open = revealed;
      const happened = payload.outcomes[id] === true;
      const score = ((said ?? 50) / 100 - Number(happened)) ** 2;
      sum += score;
      brier.textContent = revealed && said !== undefined ? WORDS.scored(said, happened, score.toFixed(2)) : "";
    }
    button.hidden = revealed;
    again.hidden = !revealed;
    total.textContent = revealed ? WORDS.total((sum / questions.length).toFixed(2)) : "";
  };

  for (const { id, slider } of questions) {
    slider.addEventListener("input", () => {
      save({ values: { ...state().values, [id]: slider.valueAsNumber } });
      show();
    });
  }
  button.addEventListener("click", () => {
    const missing = questions.filter(({ id }) => value(id) === undefined);
    if (missing.length > 0) {
      total.textContent = WORDS.left(missing.length);
      announce(WORDS.left(missing.length));
      missing[0]?.slider.focus();
      return;
    }
    save({ revealed: true });
    show();
    announce(total.textContent ?? "");
    again.focus();
  });
  again.addEventListener("click", () => {
    save({ values: {}, revealed: false });
    for (const { slider } of questions) slider.value = "50";
    show();
    questions[0]?.slider.focus();
  });
  onState(show);
  show();
});
