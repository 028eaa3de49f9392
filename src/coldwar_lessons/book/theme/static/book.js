// The frame around the text: choice of colours, printing, the list of sections. Pages read well without it.
(() => {
  const root = document.documentElement;
  // What the book says in its language, if that is not English: _static/widgets/messages.js comes before this.
  const messages = globalThis.COLDWAR_MESSAGES;
  const fill = (text, values = {}) => text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
  const t = (message, values) => fill(messages?.[message] ?? message, values);
  const n = (one, many, count, values) => {
    const form = messages?.[one]?.[messages[""].plural[count < 200 ? count : 100 + (count % 100)] ?? 0];
    return fill(form ?? (count === 1 ? one : many), { count, ...values });
  };
  globalThis.coldwarLanguage = { t, n };

  const colours = document.querySelector('[data-book="colours"]');
  const ORDER = ["auto", "light", "dark"];
  const WORDS = { auto: t("Colours: automatic"), light: t("Colours: light"), dark: t("Colours: dark") };
  const showColours = () => {
    colours.querySelector("span").textContent = WORDS[root.dataset.colours];
  };
  colours?.addEventListener("click", () => {
    const next = ORDER[(ORDER.indexOf(root.dataset.colours) + 1) % ORDER.length];
    root.dataset.colours = next;
    try {
      localStorage.setItem("coldwar-lessons/colours", next);
    } catch {
      // The choice then holds for this page only.
    }
    root.dispatchEvent(new Event("cwl-colours"));
    showColours();
  });
  if (colours) showColours();

  // Python in the browser starts only from a web server.
  if (location.protocol === "file:") document.querySelector('[data-book="lite"]')?.remove();

  document.querySelector('[data-book="print"]')?.addEventListener("click", () => print());

  // A builder's choice (cwl_offline): the book then works without a network. From the disk there is no need of it.
  if ("offline" in root.dataset && "serviceWorker" in navigator && location.protocol.startsWith("http")) {
    navigator.serviceWorker.register(`${root.dataset.content_root}service-worker.js`).catch(() => {});
  }

  const contents = document.getElementById("contents");
  contents?.addEventListener("click", (event) => {
    if (event.target.closest?.('a[href^="#"]') && contents.matches(":popover-open")) contents.hidePopover();
  });

  // The section being read is marked in the list of sections.
  const links = new Map([...document.querySelectorAll(".sections a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  if (links.size > 0 && "IntersectionObserver" in window) {
    const mark = (id) => {
      for (const [anchor, link] of links) {
        if (anchor === id) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    const observer = new IntersectionObserver(
      (entries) => {
        const top = entries.find((entry) => entry.isIntersecting);
        if (top) mark(top.target.id || top.target.closest("section")?.id);
      },
      { rootMargin: "-10% 0px -75% 0px" },
    );
    for (const id of links.keys()) {
      const target = document.getElementById(id);
      if (target) observer.observe(target);
    }
  }
})();
