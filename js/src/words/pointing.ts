// Pointing at words: press one, drag over several, or walk with the arrow keys (one word is in the tab
// order; Shift takes in more).

import type { Range, Word } from "./tokens.ts";

export interface Handlers {
  /** A word was pressed: click, tap, Enter or Space. */
  press(index: number): void;
  /** Several words were dragged over, or taken in with Shift and confirmed with Enter or Space. */
  phrase(range: Range): void;
  /** A digit was typed; `range` says which words are taken in, when more than one is. */
  digit(digit: number, range: Range | undefined): void;
  /** Escape was pressed with nothing taken in. */
  escape?(): void;
}

/** Make words answer to mouse, touch and keyboard. Returns a function that moves the focus to a word. */
export function listenToWords(words: Word[], handlers: Handlers, signal: AbortSignal): (index: number) => void {
  const places = new Map(words.map(({ element }, index) => [element, index]));
  const sheet = words[0]?.element.closest<HTMLElement>(".cwl-typed");
  if (!sheet) return () => undefined;
  let current = 0;
  let anchor: number | undefined;
  let taken: Range | undefined;
  let dragged: number | undefined;

  const placeOf = (target: EventTarget | null): number | undefined =>
    target instanceof Element ? places.get(target.closest<HTMLElement>(".cwl-w") as HTMLElement) : undefined;
  const take = (range: Range | undefined) => {
    for (let i = taken?.[0] ?? 0; taken && i <= taken[1]; i++) words[i]?.element.classList.remove("cwl-w-taken");
    taken = range && range[0] !== range[1] ? range : undefined;
    for (let i = taken?.[0] ?? 0; taken && i <= taken[1]; i++) words[i]?.element.classList.add("cwl-w-taken");
  };
  const between = (a: number, b: number): Range => (a < b ? [a, b] : [b, a]);
  const makeCurrent = (index: number) => {
    words[current]?.element.setAttribute("tabindex", "-1");
    current = index;
    words[current]?.element.setAttribute("tabindex", "0");
  };
  const focus = (index: number) => {
    makeCurrent(index);
    words[index]?.element.focus();
  };
  const confirm = (range: Range) => {
    take(undefined);
    anchor = undefined;
    handlers.phrase(range);
  };

  makeCurrent(0);
  sheet.addEventListener("focusin", ({ target }) => {
    const place = placeOf(target);
    if (place !== undefined) makeCurrent(place);
  });
  // Screen readers and speech input click without ever pointing, so a press is always a click.
  sheet.addEventListener("click", ({ target }) => {
    const place = placeOf(target);
    if (place === undefined) return;
    take(undefined);
    anchor = undefined;
    handlers.press(place);
  });
  sheet.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.isPrimary) dragged = placeOf(event.target);
  });
  addEventListener(
    "pointermove",
    (event) => {
      if (dragged === undefined || !event.isPrimary) return;
      const place = placeOf(document.elementFromPoint(event.clientX, event.clientY));
      if (place !== undefined) take(between(dragged, place));
    },
    { signal },
  );
  addEventListener(
    "pointerup",
    () => {
      // When the button goes up over another word, no word gets a click.
      if (dragged !== undefined && taken) confirm(taken);
      dragged = undefined;
    },
    { signal },
  );
  addEventListener(
    "pointercancel",
    () => {
      if (dragged !== undefined) take(undefined);
      dragged = undefined;
    },
    { signal },
  );
  sheet.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key !== "Home" && event.key !== "End") return;
    if (event.altKey || event.metaKey || placeOf(event.target) === undefined) return;
    if (/^[1-9]$/.test(event.key)) {
      // The focus may go to a text area, which must not get the digit.
      event.preventDefault();
      const range = taken;
      take(undefined);
      anchor = undefined;
      handlers.digit(Number(event.key), range);
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (event.repeat) return;
      if (taken) confirm(taken);
      else handlers.press(current);
      return;
    }
    if (event.key === "Escape") {
      if (taken) take(undefined);
      else handlers.escape?.();
      anchor = undefined;
      return;
    }
    const next = step(words, current, event.key, event.ctrlKey);
    if (next === undefined) return;
    event.preventDefault();
    if (event.shiftKey) {
      anchor ??= current;
      take(between(anchor, next));
    } else {
      anchor = undefined;
      take(undefined);
    }
    focus(next);
  });
  return focus;
}

/** The word that a key leads to. */
function step(words: Word[], from: number, key: string, whole: boolean): number | undefined {
  const last = words.length - 1;
  const sentence = words[from]?.sentence;
  if (key === "ArrowRight" || key === "ArrowLeft") {
    // Where words run from right to left, the next one stands to the left.
    const forward = (key === "ArrowRight") === (getComputedStyle(words[from]?.element ?? document.body).direction === "ltr");
    return forward ? Math.min(last, from + 1) : Math.max(0, from - 1);
  }
  if (key === "Home") return whole ? 0 : words.findIndex((word) => word.sentence === sentence);
  if (key === "End") return whole ? last : words.findLastIndex((word) => word.sentence === sentence);
  if (key === "ArrowDown" || key === "ArrowUp") return nextLine(words, from, key === "ArrowDown" ? 1 : -1);
  return undefined;
}

/** The nearest word on the line below or above. */
function nextLine(words: Word[], from: number, way: 1 | -1): number {
  const box = (index: number) => words[index]?.element.getBoundingClientRect();
  const here = box(from);
  if (!here) return from;
  const centre = here.left + here.width / 2;
  let line: number | undefined;
  let best = from;
  let least = Infinity;
  for (let i = from + way; i >= 0 && i < words.length; i += way) {
    const there = box(i);
    if (!there || Math.abs(there.top - here.top) < 4) continue;
    line ??= there.top;
    if (Math.abs(there.top - line) >= 4) break;
    const away = Math.abs(there.left + there.width / 2 - centre);
    if (away < least) [least, best] = [away, i];
  }
  return best;
}
