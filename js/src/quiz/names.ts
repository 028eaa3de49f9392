// What sentences of the paper are called.

import { t } from "../base/language.ts";

/** The number printed beside a sentence: 3.8, note 1.2. */
export function shortName(id: string): string {
  const [part = "", number = ""] = id.split(".s");
  // i18n: a sentence of a footnote, such as note 1.2.
  return part.startsWith("fn") ? t("note {number}", { number: `${part.slice(2)}.${number}` }) : `${part.slice(1)}.${number}`;
}
