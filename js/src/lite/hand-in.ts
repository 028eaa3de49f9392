// Handing in from JupyterLite: one file, made and checked by Python, given to the student as a download.

import { h } from "../base/dom.ts";
import { t } from "../base/language.ts";
import { ask, type Panel } from "./host.ts";

const WORDS = {
  title: t("Hand in"),
  about: t("You get one file with your answers in every lesson that you did in this browser. Give it to your teacher in the way you were told."),
  name: t("Name"),
  number: t("Student number"),
  class: t("Class"),
  make: t("Make the file"),
  close: t("Close"),
  done: (file: string) => t("{file} is in your downloads.", { file }),
};

/** Ask who hands in, then make the file. */
export function handIn(panel: Panel): void {
  const field = (name: string, label: string) => h("label", {}, label, h("input", { name, autocomplete: "off" }));
  const said = h("p", { role: "status" });
  const close = h("button", { type: "button" }, WORDS.close);
  const form = h(
    "form",
    { method: "dialog" },
    h("h2", { id: "cwl-hand-in" }, WORDS.title),
    h("p", {}, WORDS.about),
    field("name", WORDS.name),
    field("number", WORDS.number),
    field("class_name", WORDS.class),
    said,
    h("div", { class: "cwl-lite-buttons" }, h("button", { type: "submit" }, WORDS.make), close),
  );
  const dialog = h("dialog", { class: "cwl-lite-dialog", "aria-labelledby": "cwl-hand-in" }, form);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const who = Object.fromEntries([...new FormData(form)].map(([key, value]) => [key, String(value).trim()]));
    make(panel, who).then(
      (name) => (said.textContent = WORDS.done(name)),
      (problem: Error) => (said.textContent = `${problem.message}.`),
    );
  });
  document.body.append(dialog);
  dialog.showModal();
}

async function make(panel: Panel, who: Record<string, string>): Promise<string> {
  // JSON's strings are Python's too: what was typed stays within the quotation marks.
  const given = JSON.stringify(JSON.stringify(who));
  const text = await ask(panel, `import json as _json, coldwar_lessons.grading.handin as _hand_in; print(_hand_in.hand_in_text(**_json.loads(${given})))`);
  const name = `${(who["name"] || who["number"] || "student").replace(/[^\p{L}\p{N}]+/gu, "-")}.hand-in.json`;
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return name;
}
