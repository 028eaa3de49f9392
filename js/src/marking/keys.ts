// Single keys, off while anybody types and whenever the marker has turned them off.

export type Act = (event: KeyboardEvent) => void;
export interface Keys {
  level(level: number): void;
  letter(letter: string): boolean;
  /** By the key's name, small; with Shift+ or Ctrl+ before it. */
  named: Record<string, () => void>;
}

const KEPT = "marking-desk/keys";

export function listen(keys: Keys, dialog: HTMLDialogElement, box: HTMLInputElement): void {
  box.checked = kept() !== "off";
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(KEPT, box.checked ? "on" : "off");
    } catch {
      // Then they are as they were when the page is loaded again.
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || dialog.open || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : null;
    const named = keys.named[`${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.shiftKey ? "Shift+" : ""}${event.key.toLowerCase()}`];
    const act = (done: () => void) => {
      event.preventDefault();
      done();
    };
    if (event.ctrlKey || event.metaKey) {
      if (named) act(named);
      return;
    }
    if (target?.matches('textarea, select, input:not([type="radio"], [type="checkbox"])')) return;
    // Enter presses a button or follows a link that has the focus.
    if (event.key === "Enter") {
      if (named && (event.shiftKey || !target?.closest("a, button, summary"))) act(named);
      return;
    }
    if (!box.checked) return;
    if (event.key === "?") {
      act(() => dialog.showModal());
      return;
    }
    // By place, since some keyboards have digits only with Shift.
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] ?? /^\d$/.exec(event.key)?.[0];
    if (digit !== undefined) act(() => keys.level(Number(digit)));
    else if (event.shiftKey) return;
    else if (named) act(named);
    else if (/^[a-z]$/i.test(event.key) && keys.letter(event.key.toLowerCase())) event.preventDefault();
  });
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
