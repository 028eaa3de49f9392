// Put at the head of every page that is measured. `clock.start()` is the first statement of the widget's own code.
// The page as it was served is laid out before. Mounted is the last time that anything in the document changed, counted
// after a forced layout of all of it.
// The marks tell the trace the same moments in processor time.
const clock = {
  head: performance.now(),
  begun: undefined,
  mounted: undefined,
  ready: undefined,
  start() {
    if (clock.begun !== undefined) return;
    // What stands on the page already is laid out, whoever put it there: this clock is the widget's code's.
    document.documentElement.getBoundingClientRect();
    new MutationObserver(() => {
      clock.mounted = clock.settled("mounted");
    }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    performance.mark("clock-begun");
    clock.begun = performance.now();
  },
  settled(name) {
    document.documentElement.getBoundingClientRect();
    performance.mark(`clock-${name}`);
    return performance.now();
  },
  // For a widget that says itself when it is ready: what it goes on changing later, an animation say, is not counted.
  done() {
    clock.ready ??= clock.settled("ready");
  },
  // Resolves when nothing has changed for so many milliseconds.
  quiet(milliseconds) {
    return new Promise((resolve) => {
      const look = () => {
        const since = performance.now() - clock.mounted;
        if (since > milliseconds) resolve();
        else setTimeout(look, since < 0 || Number.isNaN(since) ? 100 : milliseconds - since + 10);
      };
      look();
    });
  },
};
performance.mark("clock-head");
