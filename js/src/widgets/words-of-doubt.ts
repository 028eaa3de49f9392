// Mark how sure the author is, word by word; then lay the edition's reading beside it and count.

import { find, findAll, h } from "../base/dom.ts";
import { defineWidget } from "../base/define.ts";
import { listed, t } from "../base/language.ts";
import { later } from "../base/later.ts";
import { textOf, texts } from "../base/read.ts";
import { openQuotes } from "../quiz/quote.ts";
import { hedgeChart, type Rates } from "../words/chart.ts";
import { listenToWords } from "../words/pointing.ts";
import { radioName, tagChoice } from "../words/tags.ts";
import { markWord, quoteOf, splitWords, type Range } from "../words/tokens.ts";

interface Payload {
  tags: [id: string, label: string][];
  /** The edition's phrases, in the order of the data. */
  edition: [sentence: string, from: number, to: number, tag: string][];
  /** Sentences that the texts name, by id. */
  paper: Record<string, string>;
}
interface State {
  /** Tag of each marked word, for example "p3.s1/4": "sure". */
  marks: Record<string, string>;
  compared: boolean;
  closing: string;
}
type Marks = Record<string, string>;
interface Phrase {
  range: Range;
  tag: string;
}

const WORDS = {
  tagged: (words: string, tag: string) => t("“{words}”: {tag}", { words, tag }),
  cleared: (words: string) => t("“{words}”: not marked", { words }),
  chosen: (tag: string) => t("Now marking: {tag}", { tag }),
  undone: t("Undone."),
  early: t("Mark words in both paragraphs before you compare."),
  same: t("✓ You: the same tag"),
  other: (tags: string) => t("≠ You: {tags}", { tags }),
  missing: t("– You: not marked"),
  total: (same: number, other: number, missing: number, mine: number) =>
    t("Of the {all} phrases that this edition marks, you gave {same} the same tag and {other} another, and left {missing} unmarked. You marked {mine} that it does not. Where you differ, weigh the reasons: the edition can be wrong.", { all: same + other + missing, same, other, missing, mine }),
  only: t("Marked by you only"),
  show: t("Marks shown in the text"),
  yours: t("yours"),
  editions: t("this edition’s"),
  switched: t("Show your own marks to change them."),
};

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce, signal }) => {
  const words = splitWords(root);
  const places = new Map(words.map(({ key }, index) => [key, index]));
  const labels = new Map(payload.tags);
  const numbers = new Map(payload.tags.map(([id], index) => [id, index + 1]));
  const choice = tagChoice(root);
  const undo = find<HTMLButtonElement>(root, ".cwl-undo");
  const compare = find<HTMLButtonElement>(root, ".cwl-primary");
  const total = find(root, ".cwl-score");
  const chart = find(root, ".cwl-doubt-chart");
  const closing = find<HTMLTextAreaElement>(root, "textarea");
  const readings = find<HTMLDetailsElement>(root, ".cwl-doubt-readings");
  const conclusion = find<HTMLDetailsElement>(root, ".cwl-doubt-conclusion");
  const view = viewSwitch();
  compare.parentElement?.after(view.element);
  const mineOnly = h("div", { class: "cwl-doubt-mine" });
  find(readings, "ul").after(mineOnly);
  const verdicts = findAll(readings, "li").map((line) => {
    const verdict = h("span", { class: "cwl-doubt-verdict" });
    line.append(" ", verdict);
    return { word: payload.edition[Number(line.dataset["word"])], verdict };
  });

  const edition: Phrase[] = payload.edition.map(([sentence, from, to, tag]) => ({
    range: [places.get(`${sentence}/${from}`) ?? 0, places.get(`${sentence}/${to}`) ?? 0],
    tag,
  }));
  const editionMarks: Marks = Object.fromEntries(
    edition.flatMap(({ range, tag }) => words.slice(range[0], range[1] + 1).map(({ key }) => [key, tag])),
  );
  const past: Marks[] = [];
  const keep = later(() => {
    if (closing.value !== textOf(state().closing)) save({ closing: closing.value });
  }, signal);

  /** The student's marks, without what is not of this text or these tags. */
  const marks = (): Marks =>
    Object.fromEntries(Object.entries(texts(state().marks)).filter(([key, tag]) => places.has(key) && labels.has(tag)));
  /** Marked words that follow each other in a sentence with the same tag are one phrase. */
  const phrasesOf = (from: Marks): Phrase[] => {
    const found: Phrase[] = [];
    words.forEach(({ key, sentence }, index) => {
      const tag = from[key];
      const last = found.at(-1);
      if (!tag) return;
      if (last && last.tag === tag && last.range[1] === index - 1 && words[index - 1]?.sentence === sentence) last.range[1] = index;
      else found.push({ range: [index, index], tag });
    });
    return found;
  };
  const owners = words.map(({ element }) => element.closest<HTMLElement>("[data-part]")?.dataset["name"] ?? "");
  const parts = [...new Set(owners)];
  const isIn = (part: string, { range }: Phrase) => owners[range[0]] === part;
  const rates = (phrases: Phrase[]): Rates =>
    payload.tags.map(([id]) =>
      parts.map((part) => {
        const marked = phrases.filter((phrase) => phrase.tag === id && isIn(part, phrase)).length;
        return (100 * marked) / owners.filter((owner) => owner === part).length;
      }),
    );

  const show = () => {
    const mine = marks();
    const compared = state().compared === true;
    view.element.hidden = !compared;
    const shown = compared && view.edition() ? editionMarks : mine;
    words.forEach((word, index) => {
      const tag = shown[word.key];
      const before = words[index - 1];
      const first = tag !== undefined && !(before && before.sentence === word.sentence && shown[before.key] === tag);
      markWord(word, numbers.get(tag ?? "") ?? 0, labels.get(tag ?? "") ?? "", first);
    });
    undo.disabled = past.length === 0;
    compare.hidden = compared;
    readings.hidden = !compared;
    conclusion.hidden = !compared;
    if (compared) showComparison(mine);
    else total.textContent = "";
    chart.hidden = !compared;
    // What is being typed here wins over what arrives from elsewhere.
    if (!keep.waiting()) closing.value = textOf(state().closing);
  };
  const showComparison = (mine: Marks) => {
    const phrases = phrasesOf(mine);
    const counts = { same: 0, other: 0, missing: 0 };
    for (const { word, verdict } of verdicts) {
      if (!word) continue;
      const [sentence, from, to, tag] = word;
      const given = new Set(Array.from({ length: to - from + 1 }, (_, i) => mine[`${sentence}/${from + i}`]).filter((one) => one !== undefined));
      const outcome = given.has(tag) ? "same" : given.size > 0 ? "other" : "missing";
      counts[outcome] += 1;
      verdict.dataset["outcome"] = outcome;
      verdict.textContent =
        outcome === "same" ? WORDS.same : outcome === "other" ? WORDS.other(listed([...given].map((id) => labels.get(id) ?? "")).join("")) : WORDS.missing;
    }
    const alone = phrases.filter(({ range }) => !words.slice(range[0], range[1] + 1).some(({ key }) => key in editionMarks));
    total.textContent = WORDS.total(counts.same, counts.other, counts.missing, alone.length);
    mineOnly.replaceChildren();
    if (alone.length > 0) {
      const lines = alone.map(({ range, tag }) => h("li", {}, WORDS.tagged(quoteOf(words, range), labels.get(tag) ?? "")));
      mineOnly.append(h("p", {}, h("b", {}, WORDS.only)), h("ul", {}, ...lines));
    }
    const open = chart.querySelector("details")?.open ?? false;
    chart.replaceChildren(hedgeChart(payload.tags.map(([, label]) => label), parts, rates(phrases), rates(edition)));
    find<HTMLDetailsElement>(chart, "details").open = open;
  };
  const put = (next: Marks, said: string) => {
    past.push(marks());
    save({ marks: next });
    show();
    announce(said);
  };
  const paint = (range: Range, tag: string, erase: boolean) => {
    if (state().compared && view.edition()) {
      announce(WORDS.switched);
      return;
    }
    const next = marks();
    for (const { key } of words.slice(range[0], range[1] + 1)) {
      if (erase) delete next[key];
      else next[key] = tag;
    }
    const quote = quoteOf(words, range);
    put(next, erase ? WORDS.cleared(quote) : WORDS.tagged(quote, labels.get(tag) ?? ""));
  };
  /** The same tag once more takes it off. */
  const toggle = (range: Range) => {
    const tag = choice.chosen();
    const mine = marks();
    paint(range, tag, words.slice(range[0], range[1] + 1).every(({ key }) => mine[key] === tag));
  };

  const focus = listenToWords(
    words,
    {
      press: (index) => toggle([index, index]),
      phrase: toggle,
      digit(digit, range) {
        if (!choice.choose(digit)) return;
        if (range) toggle(range);
        else announce(WORDS.chosen(labels.get(choice.chosen()) ?? ""));
      },
    },
    signal,
  );
  const takeBack = () => {
    const before = past.pop();
    if (!before) return;
    save({ marks: before });
    show();
    announce(WORDS.undone);
  };
  undo.addEventListener("click", () => {
    takeBack();
    if (undo.disabled) focus(0);
  });
  find(root, ".cwl-typed").addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "z") {
      event.preventDefault();
      takeBack();
    }
  });
  compare.addEventListener("click", () => {
    const mine = phrasesOf(marks());
    if (!parts.every((part) => mine.some((phrase) => isIn(part, phrase)))) {
      total.textContent = WORDS.early;
      announce(WORDS.early);
      return;
    }
    save({ compared: true });
    readings.open = true;
    show();
    announce(total.textContent ?? "");
    total.focus();
  });
  view.element.addEventListener("change", show);
  closing.addEventListener("input", keep.ask);
  closing.addEventListener("change", keep.now);
  openQuotes(root, payload.paper, announce);
  onState(show);
  show();
});

/** Whose marks the text shows. */
function viewSwitch(): { element: HTMLElement; edition(): boolean } {
  const name = radioName();
  const radio = (value: string, label: string, checked: boolean) => {
    const input = h("input", { type: "radio", name, value, checked });
    return h("label", { class: "cwl-tag-choice" }, input, label);
  };
  const element = h(
    "fieldset",
    { class: "cwl-doubt-view cwl-scripted", hidden: true },
    h("legend", {}, WORDS.show),
    h("div", { class: "cwl-tag-choices" }, radio("mine", WORDS.yours, true), radio("edition", WORDS.editions, false)),
  );
  return { element, edition: () => find<HTMLInputElement>(element, 'input[value="edition"]').checked };
}
