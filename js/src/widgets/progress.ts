// Progress: keeps the checklist up to date with what is done. Its HTML and its words come from widgets/progress.py.

import { defineWidget } from "../base/define.ts";
import { find, findAll, h } from "../base/dom.ts";
import { between, listed, n, t } from "../base/language.ts";
import { record } from "../base/read.ts";
import { shortName } from "../quiz/names.ts";
import { lessonProgress, type LessonProgress, type TaskProgress } from "../student-work/count.ts";
import type { Lesson } from "../student-work/types.ts";

interface Payload {
  lessons: Lesson[];
}
interface State {
  /** What is kept of each widget, by its id. */
  records: Record<string, unknown>;
}

const PAPER = "../book/the-paper.html";
const BOXES = { open: "☐", begun: "◐", done: "☑" };
/** The number of a question alone is seen; what stands before and after it is said. */
const IN_WORDS = { open: t("Question {number}"), done: t("Question {number}, done"), missed: t("Question {number}, to look at again") };
const WORDS = {
  none: (count: number) => n("{count} step, none begun", "{count} steps, none begun", count),
  all: (count: number) => n("all {count} step done", "all {count} steps done", count),
  some: (done: number, all: number) => t("{done} of {all} done", { done, all }),
  // i18n: {progress} is such as: 3 of 9 done.
  written: (progress: string, count: number) => n("{progress} · {count} word written", "{progress} · {count} words written", count, { progress }),
  answered: (done: number, all: number, count: number) =>
    count ? n("{done} of {all} answered, {count} to look at again", "{done} of {all} answered, {count} to look at again", count, { done, all }) : t("{done} of {all} answered", { done, all }),
  // i18n: words that were written, and how many are still to be written.
  toGo: (count: number, left: number) => n("{count} word, {left} to go", "{count} words, {left} to go", count, { left }),
  words: (count: number) => n("{count} word", "{count} words", count),
  done: t("done"),
  begun: t("begun"),
  open: t("not begun"),
  // i18n: {sentences} are links, such as 3.8, note 1.2.
  again: t("Read again what you missed: {sentences}"),
  everything: t("Every step is done."),
  // i18n: {task} is a link.
  goOn: t("Go on with {task}"),
  begin: t("Begin with {task}"),
  lesson: (number: number, title: string, task: string) => t("lesson {number}, {title}: {task}", { number, title, task }),
  question: (task: string, number: number) => t("{task}, question {number}", { task, number }),
};

export function saidOfLesson({ begun, done, all, words }: LessonProgress): string {
  if (!begun) return WORDS.none(all);
  const progress = done === all ? WORDS.all(all) : WORDS.some(done, all);
  return words ? WORDS.written(progress, words) : progress;
}

function saidOfTask({ task, done, all, begun, words, missed }: TaskProgress): string {
  if (task.kind === "quiz") return WORDS.answered(done, all, missed.length);
  if (task.kind === "writing" && begun) return done ? WORDS.words(words) : WORDS.toGo(words, (task.words ?? 0) - words);
  return done ? WORDS.done : begun ? WORDS.begun : WORDS.open;
}

/** Show what the records say is done. */
export function showProgress(root: HTMLElement, lessons: Lesson[], records: Record<string, unknown>): void {
  const states = Object.fromEntries(Object.entries(records).map(([id, kept]) => [id, record(kept)["state"]]));
  const counted = lessons.map((lesson) => lessonProgress(lesson, states));
  for (const progress of counted) showLesson(place(root, progress.lesson), progress);
  showNext(root, counted, records);
}

// The book shows the checklist without this: see book/progress.ts.
export default /* @__PURE__ */ defineWidget<Payload, State>(({ root, payload, state, onState }) => {
  const show = () => showProgress(root, payload.lessons, record(state().records));
  onState(show);
  show();
});

function place(root: HTMLElement, lesson: Lesson): HTMLElement {
  return find(root, `[data-lesson="${CSS.escape(lesson.id)}"]`);
}

function showNext(root: HTMLElement, counted: LessonProgress[], records: Record<string, unknown>): void {
  const line = find(root, ".cwl-prog-next");
  const [left] = counted.filter(({ done, all }) => done < all).sort((a, b) => lastTouched(b, records) - lastTouched(a, records));
  if (!left) {
    line.replaceChildren(WORDS.everything);
    return;
  }
  const task = left.tasks.find(({ done, all }) => done < all)?.task;
  const item = task?.items?.findIndex(({ id }) => !left.tasks.some(({ answered }) => answered.includes(id))) ?? -1;
  const what = item < 0 ? (task?.title ?? "") : WORDS.question(task?.title ?? "", item + 1);
  const step = find(place(root, left.lesson), `[data-task="${CSS.escape(task?.id ?? "")}"]`);
  const link = item < 0 ? step.querySelector("a") : step.querySelector(`[data-step="${CSS.escape(task?.items?.[item]?.id ?? "")}"] a`);
  // Within its lesson the lesson's name goes without saying.
  const where = root.querySelector("h3") ? WORDS.lesson(left.lesson.number, left.lesson.title, what) : what;
  line.replaceChildren(...between(left.begun ? WORDS.goOn : WORDS.begin, { task: h("a", { href: link?.getAttribute("href") ?? undefined }, where) }));
}

/** When a lesson that was begun was last worked in; lessons not begun follow in their order. */
function lastTouched({ lesson, begun }: LessonProgress, records: Record<string, unknown>): number {
  if (!begun) return 0;
  return Math.max(1, ...lesson.tasks.map(({ id }) => Date.parse(String(record(records[id])["updated"]))).filter((time) => !Number.isNaN(time)));
}

function showLesson(section: HTMLElement, progress: LessonProgress): void {
  find(section, ":scope > .cwl-prog-said").textContent = saidOfLesson(progress);
  find<HTMLProgressElement>(section, ".cwl-prog-bar").value = progress.done;
  const again = find(section, ".cwl-prog-again");
  // In a notebook the book's other pages are not there, and no link leads to them.
  const inBook = section.querySelector("a[href]") !== null;
  const links = progress.readAgain.map((id) => (inBook ? h("a", { href: `${PAPER}#${id}` }, shortName(id)) : shortName(id)));
  again.replaceChildren(...between(WORDS.again, { sentences: listed<string | Node>(links) }).flat());
  again.hidden = links.length === 0;
  for (const one of progress.tasks) {
    const line = find(section, `[data-task="${CSS.escape(one.task.id)}"]`);
    const begun = one.done === one.all ? "done" : one.begun ? "begun" : "open";
    line.dataset["standing"] = begun;
    find(line, ".cwl-prog-box").textContent = BOXES[begun];
    find(line, ".cwl-prog-said").textContent = saidOfTask(one);
    for (const item of findAll(line, "[data-step]")) {
      const id = item.dataset["step"] ?? "";
      const standing = one.missed.includes(id) ? "missed" : one.answered.includes(id) ? "done" : "open";
      item.dataset["standing"] = standing;
      const [before = "", after = ""] = IN_WORDS[standing].split("{number}");
      const link = find(item, "a");
      link.firstElementChild?.replaceChildren(before);
      link.lastElementChild?.replaceChildren(after);
    }
  }
}
