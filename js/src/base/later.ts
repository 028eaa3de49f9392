// Saving less often than a student types or moves things.

export interface Later {
  /** Ask for the act; it runs when nothing was asked for a while. */
  ask(): void;
  /** Run it at once if it was asked for. */
  now(): void;
  /** Whether it was asked for and has not run yet. */
  waiting(): boolean;
}

/** Put an act off while it is asked for again and again; it runs at the latest when the page is left. */
export function later(act: () => void, signal: AbortSignal, ms = 400): Later {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    act();
  };
  addEventListener("pagehide", now, { signal });
  // A phone may end a page in the background without another word.
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && now(), { signal });
  return {
    ask() {
      clearTimeout(timer);
      timer = setTimeout(now, ms);
    },
    now,
    waiting: () => timer !== undefined,
  };
}
