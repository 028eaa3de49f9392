// The language of the interface. Texts are British English, and keys of the catalogue that translations come from.

/** What the host sets before a script when its page is in another language (coldwar_lessons/language.py). */
interface Messages {
  /** The forms of a plural by number, for 0 to 199. */
  "": { language: string; direction: "ltr" | "rtl"; plural: number[] };
  [message: string]: unknown;
}
declare const COLDWAR_MESSAGES: Messages | undefined;

const messages = typeof COLDWAR_MESSAGES === "undefined" ? undefined : COLDWAR_MESSAGES;

/** The BCP 47 tag of the interface, for `Intl`. */
export const language = messages?.[""].language ?? "en-GB";

type Values = Record<string, string | number>;

/** A text in the page's language; `{name}` in it stands for the value of that name. */
export function t(message: string, values?: Values): string {
  return fill(messages?.[message] ?? message, values);
}

/** A text in the form that goes with a number, which `{count}` stands for. */
export function n(one: string, many: string, count: number, values?: Values): string {
  const forms = messages?.[one];
  const form = Array.isArray(forms) ? forms[messages?.[""].plural[count < 200 ? count : 100 + (count % 100)] ?? 0] : undefined;
  return fill(form ?? (count === 1 ? one : many), { count, ...values });
}

function fill(text: unknown, values: Values = {}): string {
  return String(text).replace(/\{(\w+)\}/g, (name, key: string) => String(values[key] ?? name));
}
