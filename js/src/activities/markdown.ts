// A piece of writing as a Markdown file: with its prompt, and with what it cites written out.

import { n, t } from "../base/language.ts";

export interface Evidence {
  group: string;
  label: string;
  cite: string;
  detail: string;
  reference: string;
  url: string;
}
export interface Payload {
  title: string;
  prompt: string;
  file: string;
  words: [low: number, high: number];
  evidence: Evidence[];
  rubric: { levels: string[]; rows: Record<string, string> } | null;
  paper: Record<string, string>;
}
export interface State {
  text: string;
  plan: string;
  /** The checks that are ticked, by their words. */
  checks: string[];
  /** Level by row of the rubric, from 0. */
  levels: Record<string, number>;
}

const WORDS = {
  aim: (count: number, low: number, high: number) => n("{count} words (aim: {low} to {high})", "{count} words (aim: {low} to {high})", count, { low, high }),
  cited: t("Evidence cited"),
  plan: t("Plan"),
  check: t("My own check"),
};

/** What a text cites, each piece once, in the order of the list of evidence. */
export function citedIn(text: string, evidence: Evidence[]): Evidence[] {
  const seen = new Set<string>();
  return evidence.filter(({ cite }) => {
    const words = cite.slice(1, -1);
    if (seen.has(words) || !mentions(text, words)) return false;
    seen.add(words);
    return true;
  });
}

/** Whether a text has these words, not as the beginning of longer ones (p3.s1 is not in p3.s10). */
function mentions(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text[at + words.length] ?? "") && !/[\p{L}\p{N}]/u.test(text[at - 1] ?? "")) return true;
  }
  return false;
}

/** The student's own words stay as they are; what comes from the course is not taken for markup. */
export function toMarkdown({ title, prompt, words, evidence, rubric }: Payload, { text, plan, checks, levels }: State, allChecks: string[]): string {
  const cited = citedIn(`${text}\n${plan}`, evidence);
  const count = text.trim().split(/\s+/).filter(Boolean).length;
  const judged = Object.entries(rubric?.rows ?? {}).flatMap(([row, label]) => {
    const level = rubric?.levels[levels[row] ?? -1];
    return level === undefined ? [] : [`- ${plain(label)}: ${plain(level)}`];
  });
  const ticked = checks.length === 0 ? [] : allChecks.map((check) => `- [${checks.includes(check) ? "x" : " "}] ${plain(check)}`);
  return [
    `# ${plain(title)}`,
    `> ${plain(prompt)}`,
    text.trim(),
    `*${WORDS.aim(count, ...words)}*`,
    ...section(WORDS.cited, cited.map(({ cite, reference, url }) => `- ${plain(cite)} ${plain(reference)}${url ? ` <${url}>` : ""}`).join("\n")),
    ...section(WORDS.plan, plan.trim()),
    ...section(WORDS.check, [...judged, ...ticked].join("\n")),
    "",
  ].join("\n\n");
}

const section = (title: string, body: string): string[] => (body === "" ? [] : [`## ${title}`, body]);
const plain = (text: string): string => text.replace(/[\\`*_<>#[\]|]/g, "\\$&");
