// The contract between a widget and whatever hosts it. `Model` is the part of anywidget's front-end
// model that we use; in the book a small model over localStorage stands in for it (page.ts).

export type Listener = (...args: unknown[]) => void;

export interface Model {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  save_changes(): void;
  on(event: string, listener: Listener): void;
  off(event: string, listener?: Listener | null): void;
}

export interface Widget {
  render(host: { model: Model; el: HTMLElement }): (() => void) | void;
}

/** An element of the server-rendered tree as JSON: tag, attributes, then children. */
export type Tree = [tag: string, attributes: Record<string, string>, ...children: (Tree | string)[]];

/** What a widget's `hydrate` gets. `P` is the payload, `S` the state that is kept. */
export interface Context<P, S extends object> {
  /** The widget's root element, holding the server-rendered HTML. */
  root: HTMLElement;
  /** What the HTML does not say: keys, feedback, dates. Never changes. */
  payload: P;
  /** The kept state as it stands now; empty at first. */
  state(): Partial<S>;
  /** Merge into the kept state and save it. */
  save(patch: Partial<S>): void;
  /** Called when the state was changed elsewhere: another view, another tab, the kernel. */
  onState(listener: () => void): void;
  /** Tell screen readers, politely. */
  announce(text: string): void;
  /** Aborted when the widget is taken down; give it to every addEventListener outside `root`. */
  signal: AbortSignal;
}
