// The paper's words: folds what is far from the chosen sentences; opens notes and terms in place.

import { defineWidget } from "../base/define.ts";
import { find, findAll, h } from "../base/dom.ts";
import { t } from "../base/language.ts";

const WORDS = { show: t("Show the whole paragraph"), hide: t("Show the chosen sentences only"), copied: t("Link copied."), left: "· · · " };

interface State {
  open: boolean;
}

export default defineWidget<unknown, State>(({ root, state, save, onState, announce }) => {
  for (const term of findAll<HTMLAnchorElement>(root, "a.cwl-term")) disclose(root, term, announce);

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
  for (const sentence of far) {
    sentence.classList.add("cwl-far");
    // One mark for each run of sentences that is left out.
    if (!sentence.previousElementSibling?.classList.contains("cwl-far")) sentence.before(h("span", { class: "cwl-left-out", "aria-hidden": "true" }, WORDS.left));
  }
  const button = h("button", { type: "button", class: "cwl-button cwl-fold" });
  const show = () => {
    const open = state().open === true;
    root.classList.toggle("cwl-folded", !open);
    button.textContent = open ? WORDS.hide : WORDS.show;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => {
    save({ open: state().open !== true });
    show();
  });
  find(root, ".cwl-to-paper").before(button);
  onState(show);
  show();
  // A link to a sentence that is folded away opens it.
  if (far.some((sentence) => `#${sentence.id}` === location.hash)) {
    root.classList.remove("cwl-folded");
    button.textContent = WORDS.hide;
    button.setAttribute("aria-expanded", "true");
  }
});

/** Let a term open what is said about it below its sentence. */
function disclose(root: HTMLElement, term: HTMLAnchorElement, announce: (text: string) => void): void {
  const body = find(root, `[id="${CSS.escape(term.hash.slice(1))}"]`);
  const place = document.createComment("");
  body.before(place);
  term.setAttribute("role", "button");
  term.setAttribute("aria-controls", body.id);
  const isOpen = () => term.getAttribute("aria-expanded") === "true";
  const open = (yes: boolean) => {
    if (yes) term.closest(".cwl-sentence")?.append(body);
    else place.after(body);
    body.classList.toggle("cwl-open", yes);
    term.setAttribute("aria-expanded", String(yes));
  };
  open(false);
  term.addEventListener("click", (event) => {
    event.preventDefault();
    open(!isOpen());
    if (isOpen()) announce(body.textContent ?? "");
  });
  term.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      term.click();
    }
    if (event.key === "Escape") open(false);
  });
}

/** Dimmed sentences with no chosen neighbour. */
function farSentences(root: HTMLElement): HTMLElement[] {
  return findAll(root, ".cwl-text").flatMap((text) => {
    const sentences = findAll(text, ".cwl-sentence");
    const chosen = (index: number) => sentences[index]?.classList.contains("cwl-chosen") ?? false;
    return sentences.filter((_, i) => !chosen(i - 1) && !chosen(i) && !chosen(i + 1));
  });
}
