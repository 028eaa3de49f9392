// Every mark goes to the gradebook at once, one request at a time; what could not go is kept and sent again.

import { find } from "../base/dom.ts";
import { language, t } from "../base/language.ts";
import { record, textOf } from "../base/read.ts";

/** The newest value of one field, as the gradebook has it. */
export interface Entry {
  value: string;
  revision: number;
  marker: string;
  at: string;
}
/** What the desk answers: all fields of the essay, and how far the marking is. */
export interface State {
  fields: Record<string, Entry>;
  points: string;
  marked: number;
  total: number;
  newest: boolean;
}
export interface Handlers {
  /** The gradebook's values; those of `busy` fields are being changed here. */
  state(state: State, busy: (field: string) => boolean): void;
  /** Somebody else changed a field meanwhile: nothing is saved of it here. */
  conflict(field: string, mine: string, theirs: Entry): void;
  /** How saving goes; `trouble` stays until it is over. */
  said(text: string, trouble: boolean): void;
}
interface Change {
  value: string;
  continues: boolean;
}
export interface Undone {
  message: string;
  field?: string;
  /** The address of another essay, where it was undone. */
  go?: string;
}

const WORDS = {
  saving: t("Saving …"),
  saved: (at: Date) => t("Saved {time}", { time: at.toLocaleTimeString(language) }),
  changed: t("Not saved: changed elsewhere meanwhile, see below."),
  gone: t("The desk does not answer. What you gave last is not saved yet; it is sent again as long as this page is open. If the desk was closed, start coldwar-lessons rubric again."),
  closed: t("The desk does not answer: start coldwar-lessons rubric again. Everything that you gave is saved."),
};
const AGAIN_MS = 2000;

export class Saver {
  readonly #form: HTMLFormElement;
  readonly #handlers: Handlers;
  readonly #waiting = new Map<string, Change>();
  /** Whether the desk gave no answer when it was asked last. */
  #silent = false;
  #running: Promise<boolean> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(form: HTMLFormElement, handlers: Handlers) {
    this.#form = form;
    this.#handlers = handlers;
    addEventListener("beforeunload", (event) => {
      if (this.#waiting.size > 0) event.preventDefault();
    });
  }

  /** Save a field. `continues`: one undo takes this back together with the change before. */
  put(field: string, value: string, continues = false): void {
    const before = this.#waiting.get(field);
    this.#waiting.set(field, { value, continues: before ? before.continues : continues });
    this.#handlers.said(WORDS.saving, false);
    void this.flush();
  }

  /** Wait until everything is saved; false when it cannot be just now. */
  flush(): Promise<boolean> {
    this.#running ??= this.#send().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** Take the revision that a page shows as the one that the next change rests on. */
  rebase(field: string, revision: number): void {
    this.#base(field).value = String(revision);
  }

  /** Ask for the marks as they stand: another tab or another marker may have changed them. */
  async refresh(): Promise<void> {
    if (this.#running || this.#waiting.size > 0) return;
    const answer = await this.#ask(this.#form.dataset["state"] ?? "");
    const silent = this.#silent;
    this.#silent = !answer?.response.ok;
    if (!answer) this.#handlers.said(WORDS.closed, true);
    else if (!answer.response.ok) this.#handlers.said(textOf(answer.body["message"]), true);
    else if (!this.#running && this.#waiting.size === 0) {
      if (silent) this.#handlers.said("", false);
      this.#take(answer.body);
    }
  }

  /** Take back the last change, wherever it was made. */
  async undo(): Promise<Undone | undefined> {
    if (!(await this.flush())) return undefined;
    const answer = await this.#ask(this.#form.action, this.#body([["go", "undo"]]));
    if (!answer) {
      this.#handlers.said(WORDS.closed, true);
      return undefined;
    }
    const { message, field, go } = answer.body;
    if (answer.body["fields"]) this.#take(answer.body);
    return { message: textOf(message), ...(field ? { field: textOf(field) } : {}), ...(go ? { go: textOf(go) } : {}) };
  }

  async #send(): Promise<boolean> {
    clearTimeout(this.#retry);
    let refused = false;
    while (this.#waiting.size > 0) {
      const sent = new Map(this.#waiting);
      const fields = [...sent].flatMap(([field, { value, continues }]): [string, string][] => [
        [field, value],
        [`base.${field}`, this.#base(field).value],
        ...(continues ? ([["continues", field]] as [string, string][]) : []),
      ]);
      const answer = await this.#ask(this.#form.action, this.#body(fields));
      if (!answer || !(answer.response.ok || answer.response.status === 409)) {
        this.#handlers.said(answer ? textOf(answer.body["message"]) : WORDS.gone, true);
        this.#retry = setTimeout(() => void this.flush(), AGAIN_MS);
        return false;
      }
      for (const [field, change] of sent) {
        this.#base(field).value = String(entryOf(record(answer.body["fields"])[field]).revision);
        // What was typed while the answer was on its way goes with the next request.
        if (this.#waiting.get(field) === change) this.#waiting.delete(field);
      }
      this.#take(answer.body);
      const conflicts = record(answer.body["conflicts"]);
      refused = Object.keys(conflicts).length > 0;
      for (const [field, { value }] of sent) if (field in conflicts) this.#handlers.conflict(field, value, entryOf(conflicts[field]));
    }
    this.#handlers.said(refused ? WORDS.changed : WORDS.saved(new Date()), refused);
    return true;
  }

  #take(body: Record<string, unknown>): void {
    const state: State = {
      fields: Object.fromEntries(Object.entries(record(body["fields"])).map(([field, entry]) => [field, entryOf(entry)])),
      points: textOf(body["points"]),
      marked: Number(body["marked"]),
      total: Number(body["total"]),
      newest: body["newest"] !== false,
    };
    this.#handlers.state(state, (field) => this.#waiting.has(field));
  }

  async #ask(address: string, body?: URLSearchParams): Promise<{ response: Response; body: Record<string, unknown> } | undefined> {
    try {
      // Sent to its end even when the page is left in this very moment.
      const options = body ? { method: "POST", body, keepalive: true } : {};
      const response = await fetch(address, { ...options, headers: { Accept: "application/json" } });
      return { response, body: record(await response.json()) };
    } catch {
      return undefined;
    }
  }

  #body(fields: [string, string][]): URLSearchParams {
    return new URLSearchParams([["form_token", find<HTMLInputElement>(this.#form, '[name="form_token"]').value], ...fields]);
  }

  #base(field: string): HTMLInputElement {
    return find<HTMLInputElement>(this.#form, `[name="base.${CSS.escape(field)}"]`);
  }
}

function entryOf(value: unknown): Entry {
  const { value: text, revision, marker, at } = record(value);
  return { value: textOf(text), revision: Number(revision) || 0, marker: textOf(marker), at: textOf(at) };
}
