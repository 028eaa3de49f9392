// What a quiz is in the browser.

/** A response by ids only: one, several, or one for each part. Texts stand as they were typed. */
export type Value = string | string[] | Record<string, string>;
/** The answer: as a value, but each part may have several right ones. */
export type Key = string | string[] | Record<string, string[]>;

export interface ItemData {
  points: number;
  /** Never of a graded quiz, like all that follows; `null` when a person marks the item. */
  key?: Key | null;
  near?: string[][];
  skill?: string;
  sentences?: string[];
}

export interface Payload {
  behaviour: "practice" | "tries" | "graded";
  /** With `tries`: how many, and the share of the points that each further one costs. */
  tries?: number;
  penalty?: number;
  shuffle: boolean;
  items: Record<string, ItemData>;
  /** Sentences of the paper to show in place, by id. */
  paper: Record<string, string>;
  /** What the document is called, if not the paper. */
  document?: string;
}

/** An answer that was given, and when (UTC). */
export interface Try {
  value?: Value | undefined;
  at: string;
}

export interface Response {
  value?: Value | undefined;
  checked: boolean;
  attempts: number;
  tries: Try[];
  /** Kept for reports; never read back. */
  score?: number | undefined;
}

export interface State {
  seed: number;
  mode: "one" | "all";
  responses: Record<string, Response>;
}

/** What brings the inputs of one item to life. */
export interface Control {
  /** Bring the inputs into line with a value. */
  show(value: Value | undefined): void;
  /** Keep now what was typed. */
  flush?(): void;
}

/** What a control is given. */
export interface Setup {
  field: HTMLElement;
  key: Key | null | undefined;
  /** The student answered. */
  change(value: Value | undefined): void;
  /** Shuffle ids for this student and item. */
  mix(ids: string[]): string[];
  announce(text: string): void;
  signal: AbortSignal;
}
