// Highlight words of the paper, tag them, write notes; take them along as a file and bring them back.

import { find, h } from "../base/dom.ts";
import { defineWidget } from "../base/define.ts";
import { n, t } from "../base/language.ts";
import { noteEditor } from "../words/editor.ts";
import { download, fileButton } from "../words/files.ts";
import { fromJson, overlap, placeNotes, toJson, toMarkdown, type Note, type PlacedNote } from "../words/notes.ts";
import { listenToWords } from "../words/pointing.ts";
import { tagChoice } from "../words/tags.ts";
import { markWord, quoteOf, splitWords, type Range } from "../words/tokens.ts";

interface Payload {
  tags: [id: string, label: string][];
  /** Reference of the paper, for exported files. */
  paper: string;
  /** Name of exported files, without their ending. */
  file: string;
}
interface State {
  notes: Note[];
}

const WORDS = {
  heading: (count: number) => (count === 0 ? t("No notes yet") : n("{count} note", "{count} notes", count)),
  start: (word: string) => t("From “{word}”: press the last word, or the same word again. Escape gives up.", { word }),
  added: (quote: string, tag: string) => t("Highlighted as {tag}: “{quote}”", { quote, tag }),
  overlaps: t("Some of these words have a note already. Open it, or choose other words."),
  chosen: (tag: string) => t("Now highlighting: {tag}", { tag }),
  label: (tag: string, number: number) => t("{tag}, note {number}", { tag, number }),
  edit: t("Edit"),
  editOn: (quote: string) => t("Edit the note on “{quote}”", { quote }),
  remove: t("Delete"),
  removeOn: (quote: string) => t("Delete the note on “{quote}”", { quote }),
  removed: (quote: string) => t("Deleted the note on “{quote}”.", { quote }),
  undo: t("Undo"),
  undone: t("Undone."),
  markdown: t("Save as Markdown"),
  json: t("Save as JSON"),
  load: t("Load JSON"),
  loaded: (count: number) => n("Loaded {count} note in place of what was here; Undo brings that back.", "Loaded {count} notes in place of what was here; Undo brings that back.", count),
  left: (count: number) => n("{count} on words that are not shown here was left out.", "{count} on words that are not shown here were left out.", count),
  title: (paper: string) => t("Notes on {paper}", { paper }),
};

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce, signal }) => {
  const words = splitWords(root);
  const labels = new Map(payload.tags);
  const numbers = new Map(payload.tags.map(([id], index) => [id, index + 1]));
  const choice = tagChoice(root);
  const marking = find(root, ".cwl-marking");
  const heading = h("p", { class: "cwl-notes-heading", tabindex: "-1" });
  const list = h("ol", { class: "cwl-notes-list" });
  const hint = h("p", { class: "cwl-note-hint cwl-small cwl-scripted" });
  const file = h("p", { class: "cwl-comment cwl-scripted", hidden: true });
  const past: Note[][] = [];
  let start: number | undefined;
  /** First word of the note that is open. */
  let open: string | undefined;
  let edited = false;
  let touched = false;

  const notes = () => placeNotes(state().notes, words, labels);
  const noteAt = (index: number) => notes().find(({ range }) => overlap(range, [index, index]));
  const quote = ({ range }: PlacedNote) => quoteOf(words, range);
  const keep = (next: Note[]) => save({ notes: next.map(({ from, to, tag, note }) => ({ from, to, tag, note })) });
  const change = (next: Note[]) => {
    past.push(notes());
    keep(next);
    show();
  };

  const editor = noteEditor(payload.file, payload.tags, {
    change(patch) {
      // One step back undoes all that was written since the note was opened.
      if (!edited) past.push(notes());
      edited = true;
      keep(notes().map((one) => (one.from === open ? { ...one, ...patch } : one)));
      show();
    },
    done() {
      const place = notes().find(({ from }) => from === open)?.range[0] ?? 0;
      close();
      focus(place);
    },
    remove() {
      const note = notes().find(({ from }) => from === open);
      if (!note) return;
      remove(note);
      focus(note.range[0]);
    },
  }, signal);
  const close = () => {
    editor.flush();
    open = undefined;
    show();
  };
  const openNote = (note: PlacedNote, focused: boolean) => {
    editor.flush();
    setStart(undefined);
    open = note.from;
    edited = false;
    show();
    if (focused) editor.focus();
  };
  const remove = (note: PlacedNote) => {
    if (note.from === open) open = undefined;
    change(notes().filter(({ from }) => from !== note.from));
    announce(WORDS.removed(quote(note)));
  };
  const setStart = (index: number | undefined) => {
    if (start !== undefined) words[start]?.element.classList.remove("cwl-w-taken");
    start = index;
    if (index === undefined) {
      hint.textContent = "";
      return;
    }
    words[index]?.element.classList.add("cwl-w-taken");
    hint.textContent = WORDS.start(words[index]?.text ?? "");
    announce(hint.textContent);
  };
  const add = (range: Range) => {
    const from = words[range[0]];
    const to = words[range[1]];
    setStart(undefined);
    editor.flush();
    const before = notes();
    if (!from || !to) return;
    if (before.some((note) => overlap(note.range, range))) {
      hint.textContent = WORDS.overlaps;
      announce(WORDS.overlaps);
      return;
    }
    const tag = choice.chosen();
    open = from.key;
    edited = false;
    change([...before, { from: from.key, to: to.key, tag, note: "" }]);
    announce(WORDS.added(quoteOf(words, range), labels.get(tag) ?? ""));
    // On a touch screen the keyboard would cover the words; it comes when the student asks for it.
    if (!touched) editor.focus();
  };

  const show = () => {
    const placed = notes();
    words.forEach((word, index) => {
      const number = placed.findIndex(({ range }) => overlap(range, [index, index]));
      const note = placed[number];
      const label = note ? WORDS.label(labels.get(note.tag) ?? "", number + 1) : "";
      markWord(word, numbers.get(note?.tag ?? "") ?? 0, label, note?.range[0] === index);
      word.element.classList.toggle("cwl-w-open", note !== undefined && note.from === open);
    });
    heading.textContent = WORDS.heading(placed.length);
    list.replaceChildren(...placed.map(line));
    const current = placed.find(({ from }) => from === open);
    marking.classList.toggle("cwl-editing", current !== undefined);
    if (current) editor.open(quote(current), current.tag, current.note);
    else editor.close();
    undo.hidden = past.length === 0;
    for (const button of saving) button.disabled = placed.length === 0;
  };
  const line = (note: PlacedNote, index: number) => {
    const button = (label: string, name: string, act: () => void) => {
      const element = h("button", { type: "button", class: "cwl-button", "aria-label": name }, label);
      element.addEventListener("click", act);
      return element;
    };
    return h(
      "li",
      { class: note.from === open ? "cwl-note-line cwl-note-current" : "cwl-note-line" },
      h("p", {}, h("span", { class: "cwl-tag", "data-tag": numbers.get(note.tag) }, labels.get(note.tag) ?? ""), ` “${quote(note)}”`),
      note.note ? h("p", { class: "cwl-note-text" }, note.note) : undefined,
      h(
        "div",
        { class: "cwl-note-row cwl-scripted" },
        button(WORDS.edit, WORDS.editOn(quote(note)), () => openNote(note, true)),
        button(WORDS.remove, WORDS.removeOn(quote(note)), () => {
          remove(note);
          // The focus goes to the note that took its place.
          const next = list.children[Math.min(index, list.children.length - 1)]?.querySelector("button");
          (next ?? heading).focus();
        }),
      ),
    );
  };

  const undo = h("button", { type: "button", class: "cwl-button cwl-undo" }, WORDS.undo);
  undo.addEventListener("click", () => {
    const before = past.pop();
    if (!before) return;
    editor.flush();
    open = undefined;
    keep(before);
    show();
    announce(WORDS.undone);
    if (undo.hidden) heading.focus();
  });
  const saver = (label: string, ending: string, type: string, write: (placed: PlacedNote[]) => string) => {
    const button = h("button", { type: "button", class: "cwl-button" }, label) as HTMLButtonElement;
    button.addEventListener("click", () => {
      editor.flush();
      download(`${payload.file}.${ending}`, type, write(notes()));
    });
    return button;
  };
  const saving = [
    saver(WORDS.markdown, "md", "text/markdown", (placed) => toMarkdown(placed, words, labels, WORDS.title(payload.paper))),
    saver(WORDS.json, "json", "application/json", (placed) => toJson(placed, words, payload.paper)),
  ];
  const loader = fileButton(WORDS.load, ".json,application/json", (text) => {
    editor.flush();
    let said: string;
    let failed = false;
    try {
      const { notes: read, left } = fromJson(text, words, labels);
      open = undefined;
      change(read);
      said = [WORDS.loaded(read.length), ...(left > 0 ? [WORDS.left(left)] : [])].join(" ");
    } catch (error) {
      said = error instanceof Error ? error.message : String(error);
      failed = true;
    }
    file.hidden = false;
    file.textContent = said;
    file.classList.toggle("cwl-wrong", failed);
    announce(said);
  });

  const focus = listenToWords(
    words,
    {
      press(index) {
        const note = noteAt(index);
        if (start !== undefined) add(start < index ? [start, index] : [index, start]);
        else if (note) openNote(note, !touched);
        else setStart(index);
      },
      phrase: add,
      digit(digit, range) {
        if (!choice.choose(digit)) return;
        if (range) add(range);
        else announce(WORDS.chosen(labels.get(choice.chosen()) ?? ""));
      },
      escape: () => setStart(undefined),
    },
    signal,
  );
  marking.addEventListener("pointerdown", ({ pointerType }) => {
    touched = pointerType === "touch";
  });
  marking.addEventListener("keydown", () => {
    touched = false;
  });
  find(marking, ".cwl-typed").after(hint, editor.element);
  find(root, ".cwl-notes").append(
    heading,
    list,
    h("div", { class: "cwl-note-row cwl-scripted" }, undo, ...saving, loader.button, loader.input),
    file,
  );
  onState(show);
  show();
});
