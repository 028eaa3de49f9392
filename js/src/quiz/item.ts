// One item: its inputs, its verdict, the feedback on each part.

import { find, findAll, h } from "../base/dom.ts";
import { n, t } from "../base/language.ts";
import { idOf, match, order, place, rearrange } from "./cards.ts";
import { text, ticks } from "./controls.ts";
import { normalise, parts, score, scoreTries } from "./score.ts";
import { shuffled } from "./shuffle.ts";
import type { Control, ItemData, Key, Payload, Response, Setup, Try, Value } from "./types.ts";

const WORDS = {
  check: t("Check"),
  again: t("Try again"),
  // i18n: {document} is what the course calls its document, such as: the paper.
  show: (document: string) => t("Show me in {document}", { document }),
  notThis: t("Not right"),
  first: t("Answer first, then check."),
  // i18n: {verdict} is "Right", "Partly right" or "Not right yet"; {how} says how much of the answer is right.
  headline: (verdict: string, how: string) => (how ? t("{verdict}: {how}.", { verdict, how }) : t("{verdict}.", { verdict })),
  ofParts: (count: number, all: number) => t("{count} of {all}", { count, all }),
  found: (found: number, all: number, count: number) =>
    count
      ? n("{found} of {all} found, and {count} that does not fit", "{found} of {all} found, and {count} that do not fit", count, { found, all })
      : t("{found} of {all} found", { found, all }),
  toMove: (count: number) => n("{count} out of sequence", "{count} out of sequence", count),
  tries: (count: number) => n("{count} tries so far", "{count} tries so far", count),
  left: (count: number) => n("One try left.", "{count} tries left.", count),
};

export type Standing = "open" | "answered" | "right" | "partly" | "wrong";
/** For each standing its sign, its verdict, and the name of the button that leads to such a question. */
export const STANDINGS: Record<Standing, [sign: string, verdict: string, question: string]> = {
  open: ["", "", t("Question {number}")],
  answered: ["•", "", t("Question {number}, answered")],
  right: ["✓", t("Right"), t("Question {number}, right")],
  partly: ["◐", t("Partly right"), t("Question {number}, partly right")],
  wrong: ["✗", t("Not right yet"), t("Question {number}, not right yet")],
};

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
  /** The share of the points that was earned. */
  worth(): number;
  /** Whether it was tried and not got right since. */
  missed(): boolean;
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

  const scored = (value?: Value) => (key ? score(interaction, key, value) : 0);

  const item: Item = {
    id,
    field,
    data,
    response,
    score: () => (key && response().checked ? scored(response().value) : undefined),
    worth() {
      const { tries } = response();
      return quiz.payload.tries && tries.length ? scoreTries(tries.map((one) => scored(one.value)), quiz.payload.tries, quiz.payload.penalty ?? 0) : item.score() ?? 0;
    },
    missed() {
      const { tries, checked, value } = response();
      const last = checked ? value : tries.at(-1)?.value;
      return !!key && last !== undefined && scored(last) < 1;
    },
    standing() {
      const got = item.score();
      if (got !== undefined) return got === 1 ? "right" : got > 0 || hits() ? "partly" : "wrong";
      return isEmpty(response().value) ? "open" : "answered";
    },
    headline() {
      const standing = item.standing();
      const left = quiz.payload.tries ? quiz.payload.tries - response().attempts : undefined;
      const word = standing === "wrong" && left !== undefined && left < 1 ? WORDS.notThis : STANDINGS[standing][1];
      if (!key || standing === "right") return WORDS.headline(word, "");
      const wrong = judged().size - hits();
      const all = Object.keys(key).length;
      const how = interaction === "order" ? WORDS.toMove(wrong) : Array.isArray(key) ? WORDS.found(hits(), all, wrong) : WORDS.ofParts(hits(), all);
      return WORDS.headline(word, interaction === "choice" || interaction === "short-text" ? "" : how) + (left && left > 0 ? ` ${WORDS.left(left)}` : "");
    },
    retry: () => ({ ...response(), value: key ? kept(interaction, judged(), response().value) : undefined, checked: false, score: undefined }),
    render() {
      // Nothing is done to an item before somebody sees it; and what works as it stands sleeps until it is touched.
      if (show || interaction in MOVED || response().value !== undefined || response().attempts || field.querySelector(".cwl-q-extended, :checked")) {
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
  const most = quiz.payload.tries;
  let seen = "";

  const control = (MOVED[interaction] ?? (interaction.endsWith("text") ? text : ticks))({
    field,
    key,
    mix: (ids) => shuffled(quiz.seed(), id, ids),
    announce: quiz.announce,
    signal: quiz.signal,
    change(value) {
      const now = response();
      // What is graded is never checked: each answer that stood for a minute is a try.
      const tries = key === undefined && data.points ? added(now.tries, value, 6e4) : now.tries;
      quiz.put(id, { ...now, value, checked: false, attempts: key === undefined ? tries.length : now.attempts, tries, score: undefined });
    },
  });
  const answer = field.querySelector<HTMLDetailsElement>("details.cwl-q-answer");
  const hints = most ? findAll<HTMLDetailsElement>(field, "details.cwl-q-hint") : [];
  if (!key) answer?.classList.remove("cwl-static");

  const verdict = h("p", { class: "cwl-q-verdict" });
  const outcome = h("div", { class: "cwl-q-outcome" });
  const again = h("button", { type: "button", class: "cwl-button" }, WORDS.again);
  const quote = h("button", { type: "button", class: "cwl-button", "data-sentence": data.sentences?.join(" ") }, WORDS.show(quiz.payload.document ?? t("the paper")));
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
      if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement) || response().checked) return;
      // Else the same key would press the button that gets the focus.
      event.preventDefault();
      tryCheck();
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
    quiz.put(id, { value, checked: true, attempts: now.attempts + 1, tries: added(now.tries, value), score: score(interaction, key, value) });
    quiz.announce(item.headline());
    (again.hidden ? quote : again).focus();
  }

  function showResult(key: Key, { checked, attempts, value }: Response): void {
    for (const old of findAll(field, ".cwl-q-note, .cwl-q-inset, .cwl-q-first")) old.remove();
    const standing = item.standing();
    const right = standing === "right";
    const over = right || (most !== undefined && attempts >= most);
    verdict.hidden = quote.hidden = !checked;
    if (check) check.hidden = checked;
    again.hidden = !checked || over;
    if (answer) {
      answer.classList.toggle("cwl-static", !checked || (most !== undefined && !over));
      answer.open = checked && most !== undefined && over && !right;
    }
    for (const [n, hint] of hints.entries()) {
      hint.classList.toggle("cwl-static", n >= attempts - Number(right));
      hint.open = n === attempts - 1 && !over;
    }
    if (most) for (const input of findAll<HTMLInputElement>(field, "input, select, .cwl-q-move")) input.disabled = checked && over;
    if (!checked) return;
    verdict.className = `cwl-q-verdict cwl-q-is-${standing}`;
    verdict.replaceChildren(mark(standing), h("b", {}, item.headline()), attempts > 1 && !most ? h("span", { class: "cwl-q-tries" }, WORDS.tries(attempts)) : "");
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
    const word = right ? STANDINGS.right[1] : WORDS.notThis;
    return h(
      "div",
      { class: `cwl-q-note cwl-q-is-${standing}` },
      mark(standing),
      told ? h("p", { dir: "auto" }, h("span", { class: "cwl-hidden" }, t("{verdict}:", { verdict: word }), " "), ...[...told.childNodes].map((child) => child.cloneNode(true))) : h("p", {}, h("b", {}, word)),
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
  return h("span", { class: "cwl-q-mark", "aria-hidden": "true" }, STANDINGS[standing][0]);
}

/** The tries with one more, or with the last one changed while it is that young. */
function added(tries: Try[], value: Value | undefined, young = 0): Try[] {
  const now = Date.now();
  const older = now - Date.parse(tries.at(-1)?.at ?? "") < young ? tries.slice(0, -1) : tries;
  return [...older, { value, at: new Date(now).toISOString() }];
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
