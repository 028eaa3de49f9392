// The choice of the tag that the next words get.

import { findAll } from "../base/dom.ts";

export interface TagChoice {
  /** Id of the chosen tag. */
  chosen(): string;
  /** Choose by number, from 1; false when there is no such tag. */
  choose(number: number): boolean;
}

export function tagChoice(root: HTMLElement): TagChoice {
  const radios = findAll<HTMLInputElement>(root, ".cwl-tag-bar input");
  const choose = (number: number) => {
    const radio = radios[number - 1];
    if (radio) radio.checked = true;
    return radio !== undefined;
  };
  root.querySelector(".cwl-tag-bar")?.addEventListener("keydown", (event) => {
    const { key, target } = event as KeyboardEvent;
    if (/^[1-9]$/.test(key) && target instanceof HTMLInputElement && choose(Number(key))) radios[Number(key) - 1]?.focus();
  });
  return { chosen: () => radios.find(({ checked }) => checked)?.value ?? "", choose };
}
