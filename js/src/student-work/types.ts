// Student work as it is kept and exchanged, and what there is to do. The models stand in grading/records.py and
// content/inventory.py; both sides read and write the same.

/** What a student did in one widget, and when (UTC, to the second). */
export interface WidgetRecord {
  state: Record<string, unknown>;
  updated: string;
}
/** Records by widget id. */
export type Records = Record<string, WidgetRecord>;

export interface Workbook {
  schema: string;
  course: string;
  version: string;
  lesson: string;
  updated: string;
  widgets: Records;
}

/** A hand-in; one that names no student is a saved copy of all that a browser keeps. */
export interface HandIn {
  schema: string;
  course: string;
  version: string;
  class: string | null;
  student: { name: string; number: string | null };
  created: string;
  workbooks: Record<string, Workbook>;
}

/** One thing to do: see `Task` in content/inventory.py. What is empty is left out. */
export interface Task {
  id: string;
  kind: "quiz" | "activity" | "writing";
  title: string;
  items?: { id: string; check?: boolean; sentences?: string[] }[];
  words?: number;
  work?: string[];
  done?: string;
  parts?: string[];
}

export interface Lesson {
  id: string;
  number: number;
  title: string;
  tasks: Task[];
}

export interface Inventory {
  /** The course's id and the version of its content. */
  course: string;
  version: string;
  lessons: Lesson[];
}
