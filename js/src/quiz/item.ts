// One item: its inputs, its verdict, the feedback on each part.

import { find, findAll, h } from "../base/dom.ts";
import { idOf, match, order, place, rearrange } from "./cards.ts";
import { text, ticks } from "./controls.ts";
import { normalise, parts, score } from "./score.ts";
import { shuffled } from "./shuffle.ts";
import type { Control, ItemData, Key, Payload, Response, Setup, Value } from "./types.ts";

const WORDS = {
  check: "Check",
  again: "Try again",
  show: "Show me in the paper",
  open: "",
  answered: "",
  right: "Right",
  partly: "Partly right",
  wrong: "Not right yet",
  notThis: "Not right",
  first: "Answer first, then check.",
  ofParts: (hits: number, all: number) => `${hits} of ${all}`,
  found: (hits: number, all: number, wrong: number) => `${hits} of ${all} found${wrong ? `, and ${wrong} that ${wrong === 1 ? "does" : "do"} not fit` : ""}`,
  toMove: (count: number) => `${count} out of sequence`,
  tries: (count: number) => `${count} tries so far`,
};

export type Standing = "open" | "answered" | "right" | "partly" | "wrong";
export const MARKS: Record<Standing, string> = { open: "", answered: "•", right: "✓", partly: "◐", wrong: "✗" };

export interface Item {
  id: string;
  field: HTMLElement;
  data: ItemData;
  response(): Response;
  /** The verdict in words. */
  headline(): string;
  /** 0 to 1; undefined when nothing was checked. */
  score(): number | undefined;
  standing(): Standing;
  /** Show what the kept state says. */
  render(): void;
  /** Bring the inputs to life, if they are not yet. */
  wake(): void;
  /** What stays of the response for another try. */
  retry(): Response;
  focus(): void;
}

interface Quiz {
  payload: Payload;
  seed(): number;
  response(id: string): Response;
  put(id: string, response: Response): void;
  announce(text: string): void;
  signal: AbortSignal;
}

const MOVED: Record<string, (setup: Setup) => Control> = { order, match, "place-event": place };

export function makeItem(field: HTMLElement, quiz: Quiz): Item {
  const id = field.dataset["item"] ?? "";
  const interaction = field.dataset["interaction"] ?? "";
  const data: ItemData = quiz.payload.items[id] ?? { points: 0 };
  const { key } = data;
  const response = () => quiz.response(id);
  const judged = () => (key ? parts(interaction, key, response().value) : new Map<string, boolean>());
  const hits = () => [...judged().values()].filter(Boolean).length;
  let show: ((touched?: boolean) => void) | undefined;

  const item: Item = {
    id,
    field,
    data,
    response,
    score: () => (key && response().checked ? score(interaction, key, response().value) : undefined),
    standing() {
      const got = item.score();
      if (got !== undefined) return got === 1 ? "right" : got > 0 || hits() ? "partly" : "wrong";
      return isEmpty(response().value) ? "open" : "answered";
    },
    headline() {
      const standing = item.standing();
      const word = WORDS[standing];
      if (!key || standing === "right" || interaction === "choice" || interaction === "short-text") return `${word}.`;
      const wrong = judged().size - hits();
      if (interaction === "order") return `${word}: ${WORDS.toMove(wrong)}.`;
      const all = Object.keys(key).length;
      return `${word}: ${Array.isArray(key) ? WORDS.found(hits(), all, wrong) : WORDS.ofParts(hits(), all)}.`;
    },
    retry: () => ({ ...response(), value: key ? kept(interaction, judged(), response().value) : undefined, checked: false, score: undefined }),
    render() {
      // Nothing is done to an item before somebody sees it; and what works as it stands sleeps until it is touched.
      if (show || interaction in MOVED || response().value !== undefined || field.querySelector(".cwl-q-extended, :checked")) {
        show ??= mount(item, interaction, quiz);
        show();
      } else arrange(field, interaction, quiz);
    },
    wake() {
      if (show) return;
      show = mount(item, interaction, quiz);
      // What is being ticked or typed at this moment stays.
      show(true);
    },
    focus() {
      const legend = find(field, "legend");
      legend.tabIndex = -1;
      legend.focus();
    },
  };
  return item;
}

/** Put the options of a choice into this student's sequence. */
function arrange(field: HTMLElement, interaction: string, quiz: Quiz): void {
  if (!quiz.payload.shuffle || !/choice/.test(interaction)) return;
  const options = findAll(field, ".cwl-q-option");
  rearrange(options, idOf, shuffled(quiz.seed(), field.dataset["item"] ?? "", options.map(idOf)));
}

/** Bring an item to life; returns what shows the kept state. */
function mount(item: Item, interaction: string, quiz: Quiz): (touched?: boolean) => void {
  const { id, field, data, response } = item;
  const { key } = data;
  let seen = "";

  const control = (MOVED[interaction] ?? (interaction.endsWith("text") ? text : ticks))({
    field,
    key,
    mix: (ids) => shuffled(quiz.seed(), id, ids),
    announce: quiz.announce,
    signal: quiz.signal,
    change: (value) => quiz.put(id, { ...response(), value, checked: false, score: undefined }),
  });
  const answer = field.querySelector<HTMLDetailsElement>("details.cwl-q-answer");
  if (!key) answer?.classList.remove("cwl-static");

  const verdict = h("p", { class: "cwl-q-verdict" });
  const outcome = h("div", { class: "cwl-q-outcome" });
  const again = h("button", { type: "button", class: "cwl-button" }, WORDS.again);
  const quote = h("button", { type: "button", class: "cwl-button", "data-sentence": data.sentences?.join(" ") }, WORDS.show);
  const check = field.querySelector<HTMLButtonElement>(".cwl-q-actions button");
  if (key && check) {
    check.parentElement?.before(verdict, outcome);
    check.after(again, quote);
    check.addEventListener("click", tryCheck);
    again.addEventListener("click", () => {
      quiz.put(id, item.retry());
      field.querySelector<HTMLElement>(".cwl-q-option input, input[type=text], .cwl-q-move, select")?.focus();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target instanceof HTMLInputElement && !response().checked) tryCheck();
    });
  }

  function tryCheck(): void {
    control.flush?.();
    const now = response();
    // A sequence that is right as it stands is an answer too.
    const value = now.value ?? (interaction === "order" ? findAll(field, ".cwl-q-card").map(idOf) : undefined);
    if (!key || isEmpty(value)) {
      outcome.replaceChildren(h("p", { class: "cwl-q-first" }, WORDS.first));
      quiz.announce(WORDS.first);
      return;
    }
    quiz.put(id, { value, checked: true, attempts: now.attempts + 1, score: score(interaction, key, value) });
    quiz.announce(item.headline());
    (again.hidden ? quote : again).focus();
  }

  function showResult(key: Key, { checked, attempts, value }: Response): void {
    for (const old of findAll(field, ".cwl-q-note, .cwl-q-inset, .cwl-q-first")) old.remove();
    const standing = item.standing();
    const right = standing === "right";
    verdict.hidden = quote.hidden = !checked;
    if (check) check.hidden = checked;
    again.hidden = !checked || right;
    answer?.classList.toggle("cwl-static", !checked);
    if (!checked) {
      if (answer) answer.open = false;
      return;
    }
    verdict.className = `cwl-q-verdict cwl-q-is-${standing}`;
    verdict.replaceChildren(mark(standing), h("b", {}, item.headline()), attempts > 1 ? h("span", { class: "cwl-q-tries" }, WORDS.tries(attempts)) : "");
    for (const [part, fits] of parts(interaction, key, value)) {
      // In a sequence, the feedback on what is right would give the rest away; a match has feedback on wrong pairs only.
      const silent = fits && (interaction === "match" || (interaction === "order" && !right));
      field.querySelector(`[data-part="${CSS.escape(part)}"]`)?.append(note(fits, silent ? undefined : part));
    }
    if (interaction === "short-text") {
      const given = normalise(String(value));
      const near = data.near?.findIndex((answers) => answers.some((one) => normalise(one) === given)) ?? -1;
      outcome.append(note(right, right ? "correct" : near < 0 ? "incorrect" : `near-${near}`));
    }
  }

  /** A mark with the feedback of one part, copied from the server-rendered answer; without one, the word for it. */
  function note(right: boolean, part?: string): HTMLElement {
    const told = part === undefined ? null : answer?.querySelector(`[data-feedback="${CSS.escape(part)}"]`);
    const standing = right ? "right" : "wrong";
    const word = right ? WORDS.right : WORDS.notThis;
    return h(
      "div",
      { class: `cwl-q-note cwl-q-is-${standing}` },
      mark(standing),
      told ? h("p", { dir: "auto" }, h("span", { class: "cwl-hidden" }, `${word}: `), ...[...told.childNodes].map((child) => child.cloneNode(true))) : h("p", {}, h("b", {}, word)),
    );
  }

  return (touched) => {
    const now = response();
    const print = JSON.stringify([now, quiz.seed()]);
    if (print === seen) return;
    seen = print;
    arrange(field, interaction, quiz);
    if (!touched) control.show(now.value);
    if (key) showResult(key, now);
  };
}

function mark(standing: Standing): HTMLElement {
  return h("span", { class: "cwl-q-mark", "aria-hidden": "true" }, MARKS[standing]);
}

export function isEmpty(value: Value | undefined): boolean {
  return value === undefined || (typeof value === "string" ? value.trim() === "" : Object.keys(value).length === 0);
}

/** Another try begins with what was right already; a sequence and a text stay to be mended. */
function kept(interaction: string, judged: Map<string, boolean>, value: Value | undefined): Value | undefined {
  if (interaction === "order" || interaction === "short-text") return value;
  if (typeof value === "string") return undefined;
  if (Array.isArray(value)) return value.filter((id) => judged.get(id));
  return Object.fromEntries(Object.entries(value ?? {}).filter(([part]) => judged.get(part)));
}
