// One card at a time: think, turn, say how well it was known. The deck is one for the whole course.

import { find, findAll, h } from "../base/dom.ts";
import { defineWidget } from "../base/define.ts";
import { n, t } from "../base/language.ts";
import { record } from "../base/read.ts";
import { gradeCard, inWords, isDue, isNew, nextCard, readCard, writeCard, type Cards, type Kept } from "../cards/deck.ts";

interface State {
  /** By card id, for example "term:armistice"; cards of other lessons too. */
  cards: Cards;
}

interface Payload {
  /** What the document is called, if not the paper. */
  document?: string;
}

const WORDS = {
  due: (due: number, fresh: number, resting: number) => t("Due today: {due} · new: {fresh} · resting: {resting}.", { due, fresh, resting }),
  elsewhere: (count: number) => n("In other lessons {count} card is due today.", "In other lessons {count} cards are due today.", count),
  term: t("What does this mean?"),
  // i18n: {document} is what the course calls its document, such as: the paper.
  person: (document: string) => t("Who is this, and what has this person to do with {document}?", { document }),
  card: (front: string) => t("Card: {front}", { front }),
  answer: (back: string) => t("Answer: {back}", { back }),
  // i18n: {card} is the front of a card; {when} is such as: in 3 days, tomorrow.
  next: (card: string, when: string, next: string) => t("{card} comes back {when}. Next card: {next}", { card, when, next }),
  back: (card: string, when: string) => t("{card} comes back {when}.", { card, when }),
  done: t("Nothing more is due today."),
  ahead: t("Go on all the same"),
  undone: t("Undone."),
  all: t("Show all cards"),
  one: t("Show one card at a time"),
};

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce, signal }) => {
  const stage = find(root, ".cwl-flash-stage");
  const groups = new Map(findAll(root, "[data-card]").map((group) => [group.dataset["card"] ?? "", group]));
  const turn = find<HTMLButtonElement>(root, ".cwl-flash-turn");
  const grading = find(root, ".cwl-flash-grading");
  const grades = findAll<HTMLButtonElement>(grading, "button");
  const whens = findAll(grading, ".cwl-flash-when");
  const due = find(root, ".cwl-flash-due");
  const undo = find<HTMLButtonElement>(root, ".cwl-undo");
  const all = find<HTMLButtonElement>(root, ".cwl-flash-all");
  const ask = h("p", { class: "cwl-flash-ask cwl-small cwl-scripted" });
  const done = h("p", { class: "cwl-flash-done cwl-scripted" });
  const ahead = h("button", { type: "button", class: "cwl-button cwl-scripted" }, WORDS.ahead);
  const past: [id: string, before: Kept | undefined][] = [];
  let current: string | undefined;
  let last: string | undefined;
  let turned = false;
  let goingOn = false;
  let listed = false;

  const kept = () => record(state().cards) as Cards;
  const front = (id: string | undefined) => groups.get(id ?? "")?.querySelector("dt")?.textContent ?? "";
  const back = (id: string | undefined) => {
    const group = groups.get(id ?? "");
    return group ? findAll(group, "dd > p:not(.cwl-small)").map(({ textContent }) => textContent).join(" ") : "";
  };
  const read = (now: Date) => new Map([...groups.keys()].map((id) => [id, readCard(kept()[id], now)]));

  const show = () => {
    const now = new Date();
    const cards = read(now);
    if (!turned) current = nextCard(cards, now, last, goingOn);
    for (const [id, group] of groups) {
      group.classList.toggle("cwl-flash-current", id === current);
      group.classList.toggle("cwl-flash-turned", id === current && turned);
    }
    root.classList.toggle("cwl-flash-listed", listed);
    all.textContent = listed ? WORDS.one : WORDS.all;
    all.setAttribute("aria-pressed", String(listed));
    ask.hidden = current === undefined || listed;
    ask.textContent = current?.startsWith("person:") ? WORDS.person(payload.document ?? t("the paper")) : WORDS.term;
    turn.hidden = turned || current === undefined || listed;
    grading.hidden = !turned || listed;
    done.hidden = current !== undefined || listed;
    ahead.hidden = done.hidden;
    undo.hidden = past.length === 0 || listed;
    const after = turned && current !== undefined ? gradeCard(cards.get(current) ?? readCard(undefined, now), now) : [];
    whens.forEach((when, index) => {
      const card = after[index];
      when.textContent = card ? inWords(card.due, now) : "";
    });
    const list = [...cards.values()];
    const fresh = list.filter(isNew).length;
    const repeat = list.filter((card) => !isNew(card) && isDue(card, now)).length;
    const others = Object.keys(kept()).filter((id) => !groups.has(id) && isKnownAndDue(kept()[id], now)).length;
    due.textContent = WORDS.due(repeat, fresh, list.length - fresh - repeat) + (others > 0 ? ` ${WORDS.elsewhere(others)}` : "");
    if (current === undefined) {
      const [soonest] = [...cards].sort(([, a], [, b]) => a.due.getTime() - b.due.getTime());
      done.textContent = soonest ? `${WORDS.done} ${WORDS.back(front(soonest[0]), inWords(soonest[1].due, now))}` : WORDS.done;
    }
  };
  const reveal = () => {
    if (turned || current === undefined || listed) return;
    turned = true;
    show();
    stage.focus();
    announce(WORDS.answer(back(current)));
  };
  const grade = (index: number) => {
    if (!turned || current === undefined || listed) return;
    const now = new Date();
    const card = gradeCard(readCard(kept()[current], now), now)[index];
    if (!card) return;
    past.push([current, kept()[current]]);
    save({ cards: { ...kept(), [current]: writeCard(card) } });
    last = current;
    turned = false;
    show();
    const when = inWords(card.due, now);
    announce(current === undefined ? `${WORDS.back(front(last), when)} ${WORDS.done}` : WORDS.next(front(last), when, front(current)));
    stage.focus();
  };

  stage.tabIndex = 0;
  stage.setAttribute("role", "group");
  stage.setAttribute("aria-label", root.getAttribute("aria-label") ?? "");
  stage.prepend(ask);
  stage.append(done, ahead);
  turn.addEventListener("click", reveal);
  grades.forEach((button, index) => button.addEventListener("click", () => grade(index)));
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.key === " " && event.target === stage) {
      // The page must not scroll.
      event.preventDefault();
      reveal();
    } else if (/^[1-4]$/.test(event.key)) grade(Number(event.key) - 1);
  });
  ahead.addEventListener("click", () => {
    goingOn = true;
    show();
    announce(WORDS.card(front(current)));
    stage.focus();
  });
  undo.addEventListener("click", () => {
    const step = past.pop();
    if (!step) return;
    const [id, before] = step;
    const { [id]: _, ...rest } = kept();
    save({ cards: before === undefined ? rest : { ...rest, [id]: before } });
    // The card is shown again, front up.
    last = undefined;
    turned = false;
    show();
    announce(WORDS.undone);
    if (undo.hidden) stage.focus();
  });
  all.addEventListener("click", () => {
    listed = !listed;
    show();
  });
  // A page left open overnight, or opened again on the phone, must not show yesterday's count.
  document.addEventListener("visibilitychange", () => !turned && show(), { signal });
  onState(show);
  show();
});

function isKnownAndDue(kept: unknown, now: Date): boolean {
  const card = readCard(kept, now);
  return !isNew(card) && isDue(card, now);
}
