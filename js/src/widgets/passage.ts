// The paper's words: folds what is far from the chosen sentences; opens notes and terms in place.

import { find, findAll, h } from "../base/dom.ts";
import { defineWidget } from "../base/define.ts";

const WORDS = { show: "Show the whole paragraph", hide: "Show the chosen sentences only", copied: "Link copied." };

interface State {
  open: boolean;
}

export default defineWidget<unknown, State>(({ root, state, save, announce }) => {
  for (const term of findAll<HTMLAnchorElement>(root, "a.cwl-term")) {
    const gloss = find(root, `[id="${CSS.escape(term.hash.slice(1))}"]`);
    term.setAttribute("role", "button");
    term.setAttribute("aria-controls", gloss.id);
    const open = (yes: boolean) => {
      gloss.classList.toggle("cwl-open", yes);
      term.setAttribute("aria-expanded", String(yes));
    };
    open(false);
    term.addEventListener("click", (event) => {
      event.preventDefault();
      open(term.getAttribute("aria-expanded") !== "true");
    });
    term.addEventListener("keydown", (event) => {
      if (event.key === " ") {
        event.preventDefault();
        term.click();
      }
      if (event.key === "Escape") open(false);
    });
  }

  for (const link of findAll<HTMLAnchorElement>(root, "a.cwl-sid")) {
    link.addEventListener("click", () => {
      void navigator.clipboard?.writeText(link.href).then(
        () => announce(WORDS.copied),
        () => undefined,
      );
    });
  }

  const far = root.classList.contains("cwl-whole") ? [] : farSentences(root);
  if (far.length === 0) return;
  const button = h("button", { type: "button", class: "cwl-button cwl-fold", "aria-expanded": "false" });
  const fold = (open: boolean) => {
    root.classList.toggle("cwl-folded", !open);
    button.textContent = open ? WORDS.hide : WORDS.show;
    button.setAttribute("aria-expanded", String(open));
  };
  for (const sentence of far) sentence.classList.add("cwl-far");
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    fold(open);
    save({ open });
  });
  find(root, ".cwl-to-paper").before(button);
  fold(state().open ?? false);
});

/** Dimmed sentences with no chosen neighbour. */
function farSentences(root: HTMLElement): HTMLElement[] {
  return findAll(root, ".cwl-text").flatMap((text) => {
    const sentences = findAll(text, ".cwl-sentence");
    const chosen = (index: number) => sentences[index]?.classList.contains("cwl-chosen") ?? false;
    return sentences.filter((_, i) => !chosen(i - 1) && !chosen(i) && !chosen(i + 1));
  });
}
