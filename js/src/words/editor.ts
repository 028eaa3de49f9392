// The box in which one note is written.

import { h } from "../base/dom.ts";
import { language, t } from "../base/language.ts";
import { later } from "../base/later.ts";
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
  about: (quote: string) => t("Note on “{quote}”", { quote }),
  tag: t("Tag"),
  note: t("Your note"),
  done: t("Done"),
  remove: t("Delete"),
};

export function noteEditor(base: string, tags: [id: string, label: string][], handlers: EditorHandlers, signal: AbortSignal): Editor {
  const title = h("p", { class: "cwl-note-title", id: `${base}-note-title` });
  const options = tags.map(([id, label]) => h("option", { value: id }, label));
  const select = h("select", { id: `${base}-note-tag` }, ...options) as HTMLSelectElement;
  const area = h("textarea", { id: `${base}-note-text`, rows: 3, maxlength: LONGEST_NOTE, spellcheck: "true", lang: language }) as HTMLTextAreaElement;
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
  const keep = later(() => handlers.change({ note: area.value }), signal);
  area.addEventListener("input", keep.ask);
  area.addEventListener("change", keep.now);
  select.addEventListener("change", () => handlers.change({ tag: select.value }));
  done.addEventListener("click", () => {
    keep.now();
    handlers.done();
  });
  remove.addEventListener("click", () => {
    keep.now();
    handlers.remove();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    keep.now();
    handlers.done();
  });
  return {
    element,
    open(quote, tag, note) {
      element.hidden = false;
      title.textContent = WORDS.about(quote);
      select.value = tag;
      // What is being typed here wins over what arrives from elsewhere.
      if (!keep.waiting() && area.value !== note) area.value = note;
    },
    close() {
      element.hidden = true;
    },
    flush: keep.now,
    focus: () => area.focus(),
  };
}
