// "Show me in the paper": opens sentences in place, where the link or button stands.

import { h } from "../base/dom.ts";
import { listed, t } from "../base/language.ts";
import { shortName } from "./names.ts";

const WORDS = {
  shown: (names: string) => t("Sentence {names} is shown below.", { names }),
  whole: t("Read it in its place"),
};

/** Let every link and button with `data-sentence` open and close those sentences in place. */
export function openQuotes(root: HTMLElement, paper: Record<string, string>, announce: (text: string) => void): void {
  if (!IN_BOOK) makeButtons(root);
  root.addEventListener("click", (event) => {
    const opener = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-sentence]") : null;
    const ids = (opener?.dataset["sentence"] ?? "").split(" ").filter((id) => Object.hasOwn(paper, id));
    if (!opener || ids.length === 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const open = opener.getAttribute("aria-expanded") !== "true";
    const block = opener.closest("p, .cwl-q-note, .cwl-q-actions") ?? opener;
    if (block.nextElementSibling?.matches(".cwl-q-inset")) block.nextElementSibling.remove();
    for (const other of block.querySelectorAll('[aria-expanded="true"]')) other.setAttribute("aria-expanded", "false");
    opener.setAttribute("aria-expanded", String(open));
    if (!open) return;
    block.after(
      h(
        "div",
        { class: "cwl-q-inset cwl-q-sheet cwl-scripted" },
        ...ids.map((id) => h("p", { dir: "auto" }, h("span", { class: "cwl-q-sid", dir: "auto" }, shortName(id)), " ", paper[id])),
        h("p", { class: "cwl-q-to-paper" }, h("a", { href: `../book/the-paper.html#${ids[0] ?? ""}` }, WORDS.whole)),
      ),
    );
    announce(WORDS.shown(listed(ids.map(shortName)).join("")));
  });
}

/** In a notebook a link to the paper leads nowhere, so there it is a button. */
function makeButtons(root: HTMLElement): void {
  for (const link of root.querySelectorAll("a[data-sentence]:not([href])")) {
    link.setAttribute("role", "button");
    link.setAttribute("tabindex", "0");
  }
  root.addEventListener("keydown", (event) => {
    if ((event.key !== "Enter" && event.key !== " ") || !(event.target instanceof HTMLElement) || !event.target.matches("a[data-sentence]:not([href])")) return;
    event.preventDefault();
    event.target.click();
  });
}
