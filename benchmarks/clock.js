// Put at the head of every page that is measured. `clock.start()` is the first line of the widget's own code.
// Mounted is the last time that anything in the document changed, counted after a forced layout of all of it.
const clock = {
  head: performance.now(),
  begun: undefined,
  mounted: undefined,
  ready: undefined,
  changes: 0,
  start() {
    if (clock.begun !== undefined) return;
    new MutationObserver((records) => {
      clock.changes += records.length;
      clock.mounted = clock.settled();
    }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    clock.begun = performance.now();
  },
  settled() {
    document.documentElement.getBoundingClientRect();
    return performance.now();
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
  // For a widget that says itself when it is ready: what it goes on changing later, an animation say, is not counted.
  done() {
    clock.ready ??= clock.settled();
  },
};
