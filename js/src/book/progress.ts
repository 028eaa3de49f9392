// Student work in the book: the line at the head of a lesson, the checklist, and the desk of the progress page.

import { findAll } from "../base/dom.ts";
import { showProgress } from "../widgets/progress.ts";
import { handInDesk, keepDesk, startAgainDesk } from "../student-work/desk.ts";
import { inventory } from "../student-work/inventory.ts";
import { showLine } from "../student-work/line.ts";
import { migrate } from "../student-work/migrate.ts";
import { allRecords, onChange } from "../student-work/store.ts";

const DESKS: Record<string, (root: HTMLElement) => void> = { keep: keepDesk, "hand-in": handInDesk, "start-again": startAgainDesk };

// This script stands before those of the widgets: they find what it takes over.
migrate();

for (const root of findAll(document, "[data-work]")) {
  const lesson = inventory.lessons.find(({ id }) => id === root.dataset["workLesson"]);
  if (lesson) showLine(root, lesson);
  else DESKS[root.dataset["work"] ?? ""]?.(root);
}

// The checklist shows all that this browser keeps, as it changes here or on another page.
for (const root of findAll(document, '[data-cwl-kind="progress"] > .cwl')) {
  const listed = new Set(findAll(root, "[data-lesson]").map((section) => section.dataset["lesson"]));
  const lessons = inventory.lessons.filter(({ id }) => listed.has(id));
  const show = () => showProgress(root, lessons, allRecords());
  onChange(show);
  show();
  root.classList.add("cwl-live");
}
