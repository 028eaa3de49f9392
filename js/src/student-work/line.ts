// The quiet line at the head of a lesson: how much is done, whether it is kept, and how to take it along.

import { find, h } from "../base/dom.ts";
import { n, t } from "../base/language.ts";
import { lessonProgress } from "./count.ts";
import { onChange, type Refusal, refusal, stateIn, textOf } from "./store.ts";
import { loader, save, sayings } from "./tools.ts";
import type { Lesson } from "./types.ts";

const WORDS = {
  none: (count: number) => n("{count} step, none begun", "{count} steps, none begun", count),
  some: (done: number, all: number) => t("{done} of {all} done", { done, all }),
  kept: {
    "": t("saved in this browser"),
    full: t("not saved: this browser has no room left. Save your work as a file before you leave."),
    forbidden: t("not saved: this browser lets pages keep nothing. Save your work as a file before you leave."),
  } satisfies Record<Refusal, string>,
  more: t("Save or load"),
  save: t("Save this lesson as a file"),
  load: t("Load my work"),
};

/** Bring the line of a lesson to life. */
export function showLine(root: HTMLElement, lesson: Lesson): void {
  const link = find<HTMLAnchorElement>(root, "a");
  const kept = h("span", {});
  const more = h("button", { type: "button", class: "work-more", "aria-expanded": "false", "aria-controls": "work-tools" }, WORDS.more);
  const { element, say } = sayings();
  const saver = h("button", { type: "button", class: "cwl-button" }, WORDS.save);
  const tools = h("div", { id: "work-tools", class: "work-tools", hidden: true }, h("div", { class: "work-buttons" }, saver, loader(WORDS.load, say)), element);
  const open = (yes: boolean) => {
    tools.hidden = !yes;
    more.setAttribute("aria-expanded", String(yes));
  };
  more.addEventListener("click", () => open(more.getAttribute("aria-expanded") !== "true"));
  saver.addEventListener("click", () => say(save(lesson.id)));
  link.after(" · ", kept, " · ", more);
  root.append(tools);

  let waiting = false;
  const show = () => {
    waiting = false;
    const { begun, done, all } = lessonProgress(lesson, Object.fromEntries(lesson.tasks.map(({ id }) => [id, stateIn(textOf(id))])));
    link.textContent = begun ? WORDS.some(done, all) : WORDS.none(all);
    const refused = refusal();
    if (kept.textContent !== WORDS.kept[refused]) kept.textContent = WORDS.kept[refused];
    // Said once aloud when it changes for the worse, and with the tools at hand.
    if (refused && !root.classList.contains("work-unsaved")) {
      kept.setAttribute("role", "alert");
      open(true);
    }
    root.classList.toggle("work-unsaved", refused !== "");
  };
  onChange(() => {
    // Several records may change at once; counted once, when the page has time.
    if (!waiting) requestAnimationFrame(show);
    waiting = true;
  });
  show();
}
