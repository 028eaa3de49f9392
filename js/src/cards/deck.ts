// When each card comes back: FSRS, as ts-fsrs computes it. Fuzz is off, so that the same answers at the same
// times always give the same days.

import { createEmptyCard, fsrs, Rating, State, type Card, type Grade } from "ts-fsrs";
import { n, t } from "../base/language.ts";

/** What is kept of one card; dates as ISO text. */
export type Kept = Record<string, unknown>;
export type Cards = Record<string, Kept>;

const GRADES: readonly Grade[] = [Rating.Again, Rating.Hard, Rating.Good, Rating.Easy];
const scheduler = fsrs({ enable_fuzz: false });
const MINUTE = 60_000;
/** Cards in their first steps that come due this soon are not waited for. */
const SOON = 20 * MINUTE;

/** A kept card; a new one when nothing is kept, or when what is kept is damaged. */
export function readCard(kept: unknown, now: Date): Card {
  const fresh = createEmptyCard(now);
  if (typeof kept !== "object" || kept === null) return fresh;
  const values = kept as Kept;
  const number = (name: string) => (typeof values[name] === "number" && Number.isFinite(values[name]) && values[name] >= 0 ? values[name] : undefined);
  const date = (name: string) => {
    const time = typeof values[name] === "string" ? new Date(values[name]) : undefined;
    return time && !Number.isNaN(time.getTime()) ? time : undefined;
  };
  const [due, last] = [date("due"), date("last_review")];
  const [stability, difficulty, reps, lapses] = [number("stability"), number("difficulty"), number("reps"), number("lapses")];
  const [scheduled, steps, state] = [number("scheduled_days"), number("learning_steps"), number("state")];
  if (!due || !last || !stability || !difficulty || !reps || lapses === undefined || scheduled === undefined || steps === undefined) return fresh;
  if (state !== State.Learning && state !== State.Review && state !== State.Relearning) return fresh;
  return { ...fresh, due, last_review: last, stability, difficulty, reps, lapses, scheduled_days: scheduled, learning_steps: steps, state };
}

/** The card after each of the four grades, given now. */
export function gradeCard(card: Card, now: Date): Card[] {
  const next = scheduler.repeat(card, now);
  return GRADES.map((grade) => next[grade].card);
}

/** What to keep of a card. */
export function writeCard(card: Card): Kept {
  const { due, stability, difficulty, reps, lapses, scheduled_days, learning_steps, state, last_review } = card;
  return { due: due.toISOString(), stability, difficulty, reps, lapses, scheduled_days, learning_steps, state, last_review: last_review?.toISOString() };
}

export const isNew = (card: Card): boolean => card.state === State.New;

/** Whether a card is to be gone through now: days are counted whole, the first steps by the minute. */
export function isDue(card: Card, now: Date): boolean {
  if (card.state !== State.Review) return card.due <= now;
  const midnight = new Date(now);
  midnight.setHours(24, 0, 0, 0);
  return card.due < midnight;
}

/**
 * The card to show: the one longest due, else the first new one, else one that comes back in a few minutes;
 * with `ahead`, else the one that comes back first.
 */
export function nextCard(cards: ReadonlyMap<string, Card>, now: Date, last: string | undefined, ahead: boolean): string | undefined {
  const seen = [...cards].filter(([, card]) => !isNew(card)).sort(([, a], [, b]) => a.due.getTime() - b.due.getTime());
  const queue = [
    ...seen.filter(([, card]) => isDue(card, now)),
    ...[...cards].filter(([, card]) => isNew(card)),
    ...seen.filter(([, card]) => ahead || card.due.getTime() <= now.getTime() + SOON),
  ].map(([id]) => id);
  // The card that was just answered is not asked again at once, when there is any other.
  return queue.find((id) => id !== last) ?? queue[0];
}

const WORDS = {
  now: t("now"),
  minutes: (count: number) => n("in 1 minute", "in {count} minutes", count),
  hours: (count: number) => n("in 1 hour", "in {count} hours", count),
  days: (count: number) => n("tomorrow", "in {count} days", count),
  months: (count: number) => n("in 1 month", "in {count} months", count),
  years: (count: number) => n("in 1 year", "in {count} years", count),
};

/** How long until then, in words. */
export function inWords(then: Date, now: Date): string {
  const minutes = Math.round((then.getTime() - now.getTime()) / MINUTE);
  if (minutes < 1) return WORDS.now;
  if (minutes < 60) return WORDS.minutes(minutes);
  if (minutes < 18 * 60) return WORDS.hours(Math.round(minutes / 60));
  const days = Math.max(1, Math.round(minutes / (24 * 60)));
  if (days < 60) return WORDS.days(days);
  return days < 700 ? WORDS.months(Math.round(days / 30.4)) : WORDS.years(Math.round(days / 365));
}
