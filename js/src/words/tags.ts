// The choice of the tag that the next words get.

import { findAll } from "../base/dom.ts";

export interface TagChoice {
  /** Id of the chosen tag. */
  chosen(): string;
  /** Choose by number, from 1; false when there is no such tag. */
  choose(number: number): boolean;
}

let views = 0;

/** A name for radio buttons that no other view of the same widget has. */
export function radioName(): string {
  views += 1;
  return `cwl-words-${views}`;
}

export function tagChoice(root: HTMLElement): TagChoice {
  const radios = findAll<HTMLInputElement>(root, ".cwl-tag-bar input");
  const name = radioName();
  const first = radios.find(({ checked }) => checked);
  for (const radio of radios) radio.name = name;
  // Two views that were built with one name had only one choice between them.
  const chosen = first ?? radios[0];
  if (chosen) chosen.checked = true;
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
