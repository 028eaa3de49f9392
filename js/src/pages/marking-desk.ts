// The marking desk: its pages are forms that work by themselves; this saves at once and brings the keys.

import { find, findAll, h } from "../base/dom.ts";
import { t } from "../base/language.ts";
import { openCitations } from "../marking/citing.ts";
import { listen } from "../marking/keys.ts";
import { Rows } from "../marking/rows.ts";
import { Saver, type State } from "../marking/saving.ts";

const WORDS = {
  progress: (marked: number, total: number) => t("{marked} of {total} marked", { marked, total }),
  flagged: t("Marked for later."),
  unflagged: t("No longer marked for later."),
  newer: t("A newer text was handed in meanwhile: load this page again to see it."),
};
/** How often to look whether a mark was given elsewhere. */
const LOOK_MS = 4000;

function markEssay(form: HTMLFormElement): void {
  const { signal } = new AbortController();
  const status = document.body.appendChild(h("p", { class: "cwl-hidden", role: "status" }));
  const say = (text: string) => (status.textContent = text);
  const saved = find(document, "#saved");
  const flag = find<HTMLInputElement>(form, '[name="later"]');
  let isNewest: boolean | undefined;

  const saver = new Saver(form, {
    said(text, trouble) {
      if (trouble && saved.textContent !== text) say(text);
      saved.textContent = text;
      saved.classList.toggle("trouble", trouble);
    },
    state(state, busy) {
      rows.show(state.fields, busy);
      const later = state.fields["later"];
      if (later && !busy("later")) {
        flag.checked = later.value !== "";
        saver.rebase("later", later.revision);
      }
      showProgress(state);
    },
    conflict: (field, mine, theirs) => rows.conflict(field, mine, theirs),
  });
  const rows = new Rows(form, saver, say, signal);

  const showProgress = ({ points, marked, total, newest }: State) => {
    find(form, "#points").textContent = points;
    find(document, "#progress-words").textContent = WORDS.progress(marked, total);
    find<HTMLProgressElement>(document, "progress").value = marked;
    if (isNewest === true && !newest) say((saved.textContent = WORDS.newer));
    isNewest = newest;
  };
  const leave = async (address: string | undefined) => {
    // A box that is being typed in is saved when it is left.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (address && (await saver.flush()) && !rows.goToConflict()) location.assign(address);
  };
  const next = () => void leave(form.dataset["next"]);
  const previous = () => void leave(form.dataset["previous"]);
  const undo = async () => {
    if (document.activeElement instanceof HTMLTextAreaElement) document.activeElement.blur();
    const undone = await saver.undo();
    if (undone?.go) location.assign(undone.go);
    else if (undone) {
      if (undone.field) rows.goToField(undone.field);
      saved.textContent = undone.message;
      say(undone.message);
    }
  };
  const setFlag = () => {
    saver.put("later", flag.checked ? "yes" : "");
    say(flag.checked ? WORDS.flagged : WORDS.unflagged);
  };

  flag.addEventListener("change", setFlag);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement)) return;
    if (button.name.startsWith("insert.")) rows.reuse(button);
    else if (button.value === "undo") void undo();
    else if (button.value === "previous") previous();
    else next();
  });
  const dialog = find<HTMLDialogElement>(document, "#keys");
  find(document, "#show-keys").addEventListener("click", () => dialog.showModal());
  listen(
    {
      level: (level) => rows.choose(level),
      letter: (letter) => rows.reuseLetter(letter),
      named: {
        enter: next,
        "Ctrl+enter": next,
        "Shift+enter": previous,
        j: () => rows.step(1),
        k: () => rows.step(-1),
        u: () => void undo(),
        w: () => rows.current.area.focus(),
        s: stepSamples,
        l: () => {
          flag.checked = !flag.checked;
          setFlag();
          if (flag.checked) next();
        },
      },
    },
    dialog,
    find<HTMLInputElement>(document, "#keys-on"),
  );
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target instanceof HTMLTextAreaElement) rows.current.element.focus();
  });

  // After a press with the mouse Enter is the key for the next essay again, not for what was pressed.
  find(document, ".left").addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target.closest<HTMLElement>("a, summary") : null;
    if (event.detail > 0) pressed?.blur();
  });

  const look = () => document.visibilityState === "visible" && void saver.refresh();
  setInterval(look, LOOK_MS);
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
  openCitations(find(document, "#essay"));
  document.documentElement.classList.add("desk-ready");
}

/** Basic, emergent, proficient, none. */
function stepSamples(): void {
  const samples = findAll<HTMLDetailsElement>(document, ".samples > details");
  const at = samples.findIndex(({ open }) => open);
  for (const one of samples) one.open = false;
  const following = samples[at + 1];
  if (following) {
    following.open = true;
    following.scrollIntoView({ block: "nearest" });
  }
}

const form = document.querySelector<HTMLFormElement>("#marks");
if (form) markEssay(form);
// On the list of essays Enter presses its one button.
const onward = document.querySelector<HTMLAnchorElement>(".go-on");
if (onward) {
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.key === "Enter" && !target?.closest("a, button, summary")) onward.click();
  });
}
