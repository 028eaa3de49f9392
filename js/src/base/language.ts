// The language of the interface. Texts are British English, and keys of the catalogue that translations come from.

/** What the host sets before a script when its page is in another language (coldwar_lessons/language.py). */
interface Messages {
  /** The forms of a plural by number, for 0 to 199. */
  "": { language: string; direction: "ltr" | "rtl"; plural: number[] };
  [message: string]: unknown;
}
declare const COLDWAR_MESSAGES: Messages | undefined;

const messages = typeof COLDWAR_MESSAGES === "undefined" ? undefined : COLDWAR_MESSAGES;

/** The language of the texts in the code. */
export const SOURCE = "en-GB";
/** The BCP 47 tag of the interface, for `Intl`; English texts stand without `Intl`, whose first use costs milliseconds. */
export const language = messages?.[""].language ?? SOURCE;

/** The direction of the interface, where it is not English. */
export const direction = messages?.[""].direction;

type Values = Record<string, string | number>;

/** A text in the page's language; `{name}` in it stands for the value of that name. */
export function t(message: string, values?: Values): string {
  return fill((messages?.[message] ?? message) as string, values);
}

/** A text in the form that goes with a number, which `{count}` stands for. */
export function n(one: string, many: string, count: number, values?: Values): string {
  const form = (messages?.[one] as string[] | undefined)?.[messages?.[""].plural[count < 200 ? count : 100 + (count % 100)] ?? 0];
  return fill(form ?? (count === 1 ? one : many), { count, ...values });
}

/** A text that is translated already, with its values in their places. */
export function fill(text: string, values: Values = {}): string {
  return between(text, values).map(local).join("");
}

/** A translated text in pieces, with a link or another thing in place of each `{name}`. */
export function between<V>(text: string, values: Record<string, V>): (V | string)[] {
  return text.split(/\{(\w+)\}/).map((piece, odd) => (odd % 2 ? (values[piece] ?? `{${piece}}`) : piece));
}

/** A number as the language writes it; a text stays as it is. */
function local(value: string | number): string {
  return messages ? value.toLocaleString(language, { useGrouping: false }) : String(value);
}

/** A number with so many decimals. */
export function decimal(value: number, digits: number): string {
  return messages ? value.toLocaleString(language, { useGrouping: false, minimumFractionDigits: digits, maximumFractionDigits: digits }) : value.toFixed(digits);
}

/** Longer texts, with commas in them, one after the other. */
export function semicolons(texts: string[]): string {
  // i18n: what stands between the parts of a list whose parts have commas.
  return texts.reduce((before, next) => (before ? t("{before}; {next}", { before, next }) : next), "");
}

/** Things with what the language puts between them in an enumeration. */
export function listed<V>(things: V[]): (V | string)[] {
  let at = 0;
  return new Intl.ListFormat(language, { type: "unit" }).formatToParts(things.map(String)).map(({ type, value }) => (type === "element" ? (things[at++] as V) : value));
}
