// The box in which one note is written.

import { h } from "../base/dom.ts";
import { LONGEST_NOTE } from "./notes.ts";

export interface EditorHandlers {
  /** The note or its tag was changed. */
  change(patch: { note?: string; tag?: string }): void;
  done(): void;
  remove(): void;
}
export interface Editor {
  element: HTMLElement;
  open(quote: string, tag: string, note: string): void;
  close(): void;
  /** Hand over what is still being typed. */
  flush(): void;
  focus(): void;
}

const WORDS = {
  about: (quote: string) => `Note on “${quote}”`,
  tag: "Tag",
  note: "Your note",
  done: "Done",
  remove: "Delete",
};
const SAVE_AFTER_MS = 400;

export function noteEditor(base: string, tags: [id: string, label: string][], handlers: EditorHandlers): Editor {
  const title = h("p", { class: "cwl-note-title", id: `${base}-note-title` });
  const options = tags.map(([id, label]) => h("option", { value: id }, label));
  const select = h("select", { id: `${base}-note-tag` }, ...options) as HTMLSelectElement;
  const area = h("textarea", { id: `${base}-note-text`, rows: 3, maxlength: LONGEST_NOTE, spellcheck: "true", lang: "en-GB" }) as HTMLTextAreaElement;
  const done = h("button", { type: "button", class: "cwl-button cwl-primary" }, WORDS.done);
  const remove = h("button", { type: "button", class: "cwl-button" }, WORDS.remove);
  const element = h(
    "div",
    { class: "cwl-note-editor cwl-scripted", role: "group", "aria-labelledby": title.id, hidden: true },
    title,
    h("label", { for: area.id, class: "cwl-small" }, WORDS.note),
    area,
    h("div", { class: "cwl-note-row" }, h("label", { for: select.id, class: "cwl-small" }, WORDS.tag), select, done, remove),
  );
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    if (waiting === undefined) return;
    clearTimeout(waiting);
    waiting = undefined;
    handlers.change({ note: area.value });
  };
  area.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(flush, SAVE_AFTER_MS);
  });
  area.addEventListener("change", flush);
  select.addEventListener("change", () => handlers.change({ tag: select.value }));
  done.addEventListener("click", () => {
    flush();
    handlers.done();
  });
  remove.addEventListener("click", () => {
    flush();
    handlers.remove();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    flush();
    handlers.done();
  });
  return {
    element,
    open(quote, tag, note) {
      element.hidden = false;
      title.textContent = WORDS.about(quote);
      select.value = tag;
      // What is being typed here wins over what arrives from elsewhere.
      if (waiting === undefined && area.value !== note) area.value = note;
    },
    close() {
      element.hidden = true;
    },
    flush,
    focus: () => area.focus(),
  };
}
