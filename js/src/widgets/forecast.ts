// Probabilities first, then what happened and the Brier score.

import { brier, brierScore } from "../activities/scores.ts";
import { defineWidget } from "../base/define.ts";
import { find, findAll, h } from "../base/dom.ts";
import { between, decimal, n, t } from "../base/language.ts";
import { record } from "../base/read.ts";
import { openQuotes } from "../quiz/quote.ts";

interface Payload {
  outcomes: Record<string, boolean>;
  paper: Record<string, string>;
}
interface State {
  /** Per cent, by question. */
  values: Record<string, number>;
  revealed: boolean;
}

const WORDS = {
  unset: t("not yet said"),
  left: (count: number) =>
    n("One of your forecasts is still missing. Move its slider, or press Enter on it to say 50 %.", "{count} of your forecasts are still missing. Move each slider, or press Enter on it to say 50 %.", count),
  // i18n: {phrase} says the probability in words, such as: rather likely.
  said: (value: number, phrase: string) => t("{value} %: {phrase}", { value, phrase }),
  happened: t("It happened."),
  not: t("It did not happen."),
  // i18n: {verdict} is such as: better than a coin (0.25).
  scored: (value: number, score: string, verdict: string) => t("You said {value} %. Your Brier score here is {score}, {verdict}.", { value, score, verdict }),
  better: t("better than a coin (0.25)"),
  even: t("as good as a coin"),
  worse: t("worse than a coin (0.25)"),
  mean: t("Your mean Brier score: {score}"),
  best: t("0: never wrong"),
  coin: t("0.25: always saying 50 %"),
  worst: t("1: certain and wrong"),
  better_total: t("You did better than somebody who says 50 % to everything. Where did you gain most, and was it knowledge or luck?"),
  worse_total: t("Somebody who says 50 % to everything would have done as well or better. Where were you too sure, and of what?"),
  again: t("Forecast again"),
};
const PHRASES: [upTo: number, phrase: string][] = [
  [0, t("impossible")],
  [10, t("almost impossible")],
  [30, t("unlikely")],
  [45, t("rather unlikely")],
  [55, t("as likely as not")],
  [70, t("rather likely")],
  [90, t("likely")],
  [99, t("almost certain")],
  [100, t("certain")],
];

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce }) => {
  const questions = findAll(root, "fieldset").map((box) => {
    const reveal = find<HTMLDetailsElement>(box, "details");
    const verdict = h("p", { class: "cwl-comment" });
    reveal.before(verdict);
    return { id: box.dataset["question"] ?? "", box, slider: find<HTMLInputElement>(box, "input"), output: find(box, ".cwl-fc-said"), reveal, verdict };
  });
  const button = find<HTMLButtonElement>(root, ".cwl-primary");
  const total = find(root, ".cwl-score");
  const again = h("button", { type: "button", class: "cwl-button cwl-scripted" }, WORDS.again);
  total.after(again);
  let moving: string | undefined;
  let shown = false;

  const value = (id: string): number | undefined => {
    const kept = record(state().values)[id];
    return typeof kept === "number" && kept >= 0 && kept <= 100 ? kept : undefined;
  };
  const phrase = (said: number) => WORDS.said(said, PHRASES.find(([upTo]) => said <= upTo)?.[1] ?? "");

  const show = () => {
    const revealed = state().revealed === true && questions.every(({ id }) => value(id) !== undefined);
    for (const { id, box, slider, output, reveal, verdict } of questions) {
      const said = value(id);
      if (moving !== id) {
        slider.value = String(said ?? 50);
        showValue(box, slider, output, said);
      }
      slider.disabled = revealed;
      if (revealed && !shown) reveal.open = true;
      reveal.hidden = !revealed;
      verdict.hidden = !revealed;
      if (!revealed || said === undefined) continue;
      const happened = payload.outcomes[id] === true;
      const score = brier(said / 100, happened);
      verdict.className = `cwl-comment ${score < 0.25 ? "cwl-right" : "cwl-wrong"}`;
      const compared = score < 0.25 ? WORDS.better : score === 0.25 ? WORDS.even : WORDS.worse;
      verdict.replaceChildren(h("b", {}, happened ? WORDS.happened : WORDS.not), ` ${WORDS.scored(said, decimal(score, 2), compared)}`);
    }
    button.hidden = revealed;
    again.hidden = !revealed;
    total.replaceChildren(...(revealed ? summary() : []));
    shown = revealed;
  };
  const showValue = (box: HTMLElement, slider: HTMLInputElement, output: HTMLElement, said: number | undefined) => {
    const text = said === undefined ? WORDS.unset : phrase(said);
    output.textContent = text;
    slider.setAttribute("aria-valuetext", text);
    box.classList.toggle("cwl-fc-unset", said === undefined);
  };
  const summary = () => {
    const said = Object.fromEntries(questions.map(({ id }) => [id, (value(id) ?? 50) / 100]));
    const score = brierScore(said, payload.outcomes);
    const you = h("span", { class: "cwl-fc-you" }, decimal(score, 2));
    you.style.insetInlineStart = `${100 * score}%`;
    return [
      h("p", { class: "cwl-fc-total" }, ...between(WORDS.mean, { score: h("b", {}, decimal(score, 2)) })),
      h("div", { class: "cwl-fc-line", "aria-hidden": "true" }, you),
      h("p", { class: "cwl-fc-ends" }, h("span", {}, WORDS.best), h("span", {}, WORDS.coin), h("span", {}, WORDS.worst)),
      h("p", {}, score < 0.25 ? WORDS.better_total : WORDS.worse_total),
    ];
  };

  for (const { id, box, slider, output } of questions) {
    const keep = () => {
      moving = undefined;
      if (slider.disabled || value(id) === slider.valueAsNumber) return;
      save({ values: { ...(record(state().values) as Record<string, number>), [id]: slider.valueAsNumber } });
      show();
    };
    slider.addEventListener("input", () => {
      // Said aloud and shown at once, but kept only when the slider comes to rest.
      moving = id;
      showValue(box, slider, output, slider.valueAsNumber);
    });
    slider.addEventListener("change", keep);
    // Fifty per cent is where the slider stands: a press on it says so.
    slider.addEventListener("click", keep);
    slider.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        keep();
      }
    });
  }
  button.addEventListener("click", () => {
    const missing = questions.filter(({ id }) => value(id) === undefined);
    if (missing.length > 0) {
      total.replaceChildren(h("p", { class: "cwl-comment" }, WORDS.left(missing.length)));
      announce(WORDS.left(missing.length));
      missing[0]?.slider.focus();
      return;
    }
    save({ revealed: true });
    show();
    announce(total.querySelector("p")?.textContent ?? "");
    total.focus();
  });
  again.addEventListener("click", () => {
    save({ values: {}, revealed: false });
    show();
    questions[0]?.slider.focus();
  });
  openQuotes(root, payload.paper ?? {}, announce);
  onState(show);
  show();
});
