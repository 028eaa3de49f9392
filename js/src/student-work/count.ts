// What is done of a lesson. The rules stand at the head of grading/progress.py; tests/progress_cases.json holds both to
// the same results.

import { decimal, listed, n, t } from "../base/language.ts";
import { record } from "../base/read.ts";
import type { Lesson, Task } from "./types.ts";

export interface TaskProgress {
  task: Task;
  done: number;
  all: number;
  begun: boolean;
  words: number;
  answered: string[];
  missed: string[];
}

export interface LessonProgress {
  lesson: Lesson;
  tasks: TaskProgress[];
  done: number;
  all: number;
  begun: boolean;
  words: number;
  /** Sentences that missed items rest on. */
  readAgain: string[];
}

const WORDS = {
  // i18n: words that are still to be written.
  toGo: (task: string, left: number) => t("{task}: {left} to go", { task, left }),
  questions: (task: string, numbers: number[]) =>
    n("{task}: question {numbers}", "{task}: questions {numbers}", numbers.length, { task, numbers: listed(numbers.map((one) => decimal(one, 0))).join("") }),
};
const SPACE = /[\s\x1c-\x1f\x85]+/;

export function lessonProgress(lesson: Lesson, states: Record<string, unknown>): LessonProgress {
  const tasks = lesson.tasks.map((task) => taskProgress(task, Object.hasOwn(states, task.id) ? states[task.id] : undefined));
  const sum = (count: (one: TaskProgress) => number) => tasks.reduce((total, one) => total + count(one), 0);
  return {
    lesson,
    tasks,
    done: sum((one) => one.done),
    all: sum((one) => one.all),
    begun: tasks.some((one) => one.begun),
    words: sum((one) => one.words),
    readAgain: [...new Set(tasks.flatMap(({ task, missed }) => (task.items ?? []).filter(({ id }) => missed.includes(id)).flatMap(({ sentences }) => sentences ?? [])))],
  };
}

export function taskProgress(task: Task, kept: unknown): TaskProgress {
  const state = record(kept);
  const one = { task, words: 0, answered: [], missed: [] };
  if (task.kind === "quiz") return quizProgress(task, own(state, "responses"));
  if (task.kind === "writing") {
    const words = countWords(own(state, "text"));
    return { ...one, done: Number(words >= Math.max(task.words ?? 0, 1)), all: 1, begun: words > 0, words };
  }
  const closing = own(state, task.done ?? "");
  const done = task.parts ? task.parts.every((part) => holds(own(closing, part))) : holds(closing);
  return { ...one, done: Number(done), all: 1, begun: done || (task.work ?? []).some((name) => holds(own(state, name))) };
}

export function countWords(text: unknown): number {
  return typeof text === "string" ? text.split(SPACE).filter(Boolean).length : 0;
}

/** What is still to be done in a lesson, a phrase a task. */
export function stillOpen({ tasks }: LessonProgress): string[] {
  return tasks.filter(({ done, all }) => done < all).map(openIn);
}

function openIn({ task, done, words, answered }: TaskProgress): string {
  if (task.kind === "writing") return WORDS.toGo(task.title, Math.max(task.words ?? 0, 1) - words);
  if (task.kind !== "quiz" || !done) return task.title;
  const numbers = (task.items ?? []).flatMap(({ id }, index) => (answered.includes(id) ? [] : [index + 1]));
  return WORDS.questions(task.title, numbers);
}

function quizProgress(task: Task, responses: unknown): TaskProgress {
  const items = (task.items ?? []).map(({ id, check }) => {
    const response = record(own(responses, id));
    const begun = holds(own(response, "value"));
    const answered = begun && (!check || own(response, "checked") === true);
    const score = own(response, "score");
    return { id, begun, answered, missed: check === true && answered && typeof score === "number" && score < 1 };
  });
  const ids = (which: "answered" | "missed") => items.filter((item) => item[which]).map(({ id }) => id);
  return { task, done: ids("answered").length, all: items.length, begun: items.some(({ begun }) => begun), words: 0, answered: ids("answered"), missed: ids("missed") };
}

/** Whether there is anything in a value: not nothing, not an empty text, not empty through and through. */
export function holds(value: unknown): boolean {
  if (typeof value === "string") return value.split(SPACE).some(Boolean);
  if (value && typeof value === "object") return Object.values(value).some(holds);
  return typeof value === "number" || value === true;
}

/** An entry of an object that may be anything; what every object has by nature is not in it. */
function own(value: unknown, name: string): unknown {
  const object = record(value);
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
