// What the server sends for a timeline, and what is kept of it.

/** A lane: index of its symbol and colour, id, label, description. */
export type Lane = [symbol: number, id: string, label: string, description: string];

/** Columns in the order of the list's entries; days are counted from 1970-01-01. */
export interface Events {
  from: number[];
  days: number[];
  /** Index of the lane's symbol and colour. */
  lane: number[];
  /** Events whose ends are not known to the day. */
  soft: number[];
  /** Events that the author could not know. */
  held: number[];
  /** Length of the title in letters. */
  size: number[];
  lanes: Lane[];
  range: [first: number, after: number];
  horizon: [first: number, last: number] | null;
  /** What stands at the horizon. */
  writes: string;
}

/** For each card the gaps in which it may stand. */
export type Right = Record<string, string[]>;

export type Payload = Events | { place: Right };

export interface State {
  /** Which of the two views is shown. */
  list: boolean;
  /** First day in sight, and how many days. */
  window: [from: number, days: number];
  /** Lanes that are left out, by id. */
  off: string[];
  find: string;
  /** Whether only what the author could know is told. */
  knowing: boolean;
  /** The event whose details are open, by its number in the list. */
  open: number;
  placed: Record<string, string>;
  /** Where each card stood when it was last checked. */
  checked: Record<string, string>;
}
