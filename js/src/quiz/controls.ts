// The inputs of the plain interactions: ticks (choice, multiple-choice, select-passage) and texts.

import { find, findAll } from "../base/dom.ts";
import { lengthInWords } from "../words/length.ts";
import type { Control, Setup } from "./types.ts";

const SAVE_AFTER_MS = 400;

export function ticks({ field, change }: Setup): Control {
  const inputs = findAll<HTMLInputElement>(field, ".cwl-q-option input");
  const single = inputs[0]?.type === "radio";
  find(field, ".cwl-q-options").addEventListener("change", () => {
    const on = inputs.filter((input) => input.checked).map((input) => input.value);
    change(single ? on[0] : on);
  });
  return {
    show(value) {
      for (const input of inputs) input.checked = single ? value === input.value : Array.isArray(value) && value.includes(input.value);
    },
  };
}

export function text({ field, change, signal }: Setup): Control {
  const input = find<HTMLInputElement | HTMLTextAreaElement>(field, "input, textarea");
  const count = field.querySelector(".cwl-q-count");
  const { low, high } = find(field, ".cwl-q-short, .cwl-q-extended").dataset;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const showCount = () => {
    if (count) count.textContent = lengthInWords(input.value.trim().split(/\s+/).filter(Boolean).length, Number(low), Number(high));
  };
  const flush = () => {
    if (waiting === undefined) return;
    clearTimeout(waiting);
    waiting = undefined;
    change(input.value);
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(flush, SAVE_AFTER_MS);
    showCount();
  });
  input.addEventListener("change", flush);
  addEventListener("pagehide", flush, { signal });
  return {
    flush,
    show(value) {
      // What is being typed here wins over what arrives from elsewhere.
      const wanted = typeof value === "string" ? value : "";
      if (waiting === undefined && input.value !== wanted) input.value = wanted;
      showCount();
    },
  };
}
