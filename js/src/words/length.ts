// How long a text is, in words.

import { n, t } from "../base/language.ts";

const WORDS = {
  words: (count: number) => n("{count} word", "{count} words", count),
  // i18n: {words} is such as "12 words", the length of an answer; the rest says how far it is from the aim.
  toGo: (words: string, count: number) => t("{words}, {count} to go", { words, count }),
  over: (words: string, count: number) => t("{words}, {count} over", { words, count }),
  within: (words: string) => t("{words}, within the aim", { words }),
};

/** How long an answer is, and how far from the aim; of an empty one only the length. */
export function lengthInWords(count: number, low: number, high: number): string {
  const words = WORDS.words(count);
  if (count === 0) return words;
  return count < low ? WORDS.toGo(words, low - count) : count > high ? WORDS.over(words, count - high) : WORDS.within(words);
}
