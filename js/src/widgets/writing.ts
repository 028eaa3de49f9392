// A text area that is kept, with a word count against the target.

import { find } from "../base/dom.ts";
import { defineWidget } from "../base/define.ts";

interface Payload {
  words: [low: number, high: number];
}
interface State {
  text: string;
}

const SAVE_AFTER_MS = 400;

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, signal }) => {
  const area = find<HTMLTextAreaElement>(root, "textarea");
  const count = find(root, ".cwl-count");
  const [low, high] = payload.words;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const showCount = () => {
    const words = area.value.trim().split(/\s+/).filter(Boolean).length;
    const verdict = words === 0 ? "" : words < low ? `, ${low - words} to go` : words > high ? `, ${words - high} over` : ", within the aim";
    count.textContent = `${words} ${words === 1 ? "word" : "words"}${verdict}`;
  };
  const keep = () => {
    clearTimeout(waiting);
    waiting = undefined;
    if (area.value !== (state().text ?? "")) save({ text: area.value });
  };
  const show = () => {
    // What is being typed here wins over what arrives from elsewhere.
    if (waiting === undefined && area.value !== (state().text ?? "")) area.value = state().text ?? "";
    showCount();
  };

  area.addEventListener("input", () => {
    showCount();
    clearTimeout(waiting);
    waiting = setTimeout(keep, SAVE_AFTER_MS);
  });
  area.addEventListener("change", keep);
  addEventListener("pagehide", keep, { signal });
  onState(show);
  show();
});
