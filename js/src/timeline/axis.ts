// Marks on the time axis: a finer row of labels under a coarser one.

import { decimal, language, SOURCE } from "../base/language.ts";

const DAY_MS = 864e5;

export interface Tick {
  day: number;
  label: string;
}
export interface Stretch {
  from: number;
  to: number;
  label: string;
}
export interface Axis {
  ticks: Tick[];
  stretches: Stretch[];
}

const toDay = (year: number, month: number, day = 1): number => {
  const time = new Date(Date.UTC(2000, month, day));
  time.setUTCFullYear(year + Math.floor(month / 12), ((month % 12) + 12) % 12, day);
  return time.getTime() / DAY_MS;
};
const toDate = (day: number) => new Date(Math.floor(day) * DAY_MS);

// English not by Intl: to make its first formatter costs more than all the rest of the axis.
const MONTHS = language === SOURCE ? "January February March April May June July August September October November December".split(" ") : undefined;
const formats = new Map<string, Intl.DateTimeFormat>();
const dated = (day: number, month: "long" | "short" | undefined, year: "numeric" | undefined) => {
  const key = `${month} ${year}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, { month, year, calendar: "gregory", timeZone: "UTC" });
  formats.set(key, format);
  return format.format(toDate(day));
};
const shortMonth = (day: number) => MONTHS?.[toDate(day).getUTCMonth()]?.slice(0, 3) ?? dated(day, "short", undefined);
export const monthAndYear = (day: number) => (MONTHS ? `${MONTHS[toDate(day).getUTCMonth()]} ${yearLabel(day)}` : dated(day, "long", "numeric"));

/** Pixels that a label needs. */
const ROOM = { day: 26, days: 30, month: MONTHS ? 38 : 60, year: 44 };
const YEARS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** Labels for the days from `from` to `to`, when a day is `scale` pixels wide. */
export function axis(from: number, to: number, scale: number): Axis {
  const start = toDate(from);
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth()];
  const lastYear = toDate(to).getUTCFullYear();
  const months: number[] = [];
  const every = (step: number) => {
    for (let m = Math.floor(month / step) * step, day = toDay(year, m); day <= to; m += step, day = toDay(year, m)) months.push(day);
  };
  const perMonth = [1, 2, 5, 10].find((days) => scale * days >= ROOM[days === 1 ? "day" : "days"]);
  if (perMonth) {
    every(1);
    const ticks = months.flatMap((first) => {
      const length = toDay(toDate(first).getUTCFullYear(), toDate(first).getUTCMonth() + 1) - first;
      const days: Tick[] = [];
      for (let d = 0; d + (perMonth > 1 ? perMonth / 2 : 0) < length; d += d === 0 && perMonth > 2 ? perMonth - 1 : perMonth) days.push({ day: first + d, label: decimal(d + 1, 0) });
      return days;
    });
    return { ticks, stretches: stretches(months, to, monthAndYear) };
  }
  const step = [1, 3].find((count) => scale * 30.4 * count >= ROOM.month);
  if (step) {
    every(step);
    return { ticks: months.map((day) => ({ day, label: shortMonth(day) })), stretches: stretches(yearStarts(year, lastYear, 1), to, yearLabel) };
  }
  const years = YEARS.find((count) => scale * 365.25 * count >= ROOM.year) ?? 1000;
  return { ticks: yearStarts(year, lastYear, years).map((day) => ({ day, label: yearLabel(day) })), stretches: [] };
}

const yearLabel = (day: number) => decimal(toDate(day).getUTCFullYear(), 0);

function yearStarts(first: number, last: number, step: number): number[] {
  const days: number[] = [];
  for (let year = Math.floor(first / step) * step; year <= last; year += step) days.push(toDay(year, 0));
  return days;
}

function stretches(starts: number[], to: number, label: (day: number) => string): Stretch[] {
  return starts.map((from, i) => ({ from, to: starts[i + 1] ?? to, label: label(from) }));
}
