// A citation in an essay opens what it cites below its paragraph, where it stays until it is closed.

import { findAll, h } from "../base/dom.ts";

export function openCitations(essay: HTMLElement): void {
  for (const link of findAll<HTMLAnchorElement>(essay, ".cite")) {
    link.setAttribute("aria-expanded", "false");
    link.setAttribute("role", "button");
    link.addEventListener("click", (event) => {
      const entry = document.getElementById(link.hash.slice(1));
      const block = link.closest("p");
      if (!entry || !block || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const open = link.getAttribute("aria-expanded") !== "true";
      if (block.nextElementSibling?.matches(".opened")) block.nextElementSibling.remove();
      for (const other of findAll(block, ".cite")) other.setAttribute("aria-expanded", "false");
      link.setAttribute("aria-expanded", String(open));
      if (open) block.after(h("div", { class: "opened" }, ...[...entry.childNodes].map((node) => node.cloneNode(true))));
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      link.click();
    });
  }
}
