// Search in every section, sentence, event, person, term and source. The data is a script, so this works from the disk too.
(() => {
  const { t, n } = globalThis.coldwarLanguage;
  const WORDS = {
    none: t("Nothing found. Try fewer or shorter words."),
    found: (count, shown) =>
      shown < count
        ? n("{count} place found, the best {shown} shown.", "{count} places found, the best {shown} shown.", count, { shown })
        : n("One place found.", "{count} places found.", count),
  };
  const MOST = 40;
  const AROUND = 110;

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[‘’]/gu, "'").toLowerCase();
  const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  const entries = Object.entries(globalThis.coldwarSearch ?? {}).flatMap(([address, [title, places]]) =>
    places.map(([anchor, heading, text]) => ({ address, title, anchor, heading, text, body: fold(text), head: fold(`${title} ${heading}`) })),
  );

  /** The words of a query, each as a pattern that matches it at the beginning of a word. */
  const patterns = (query) =>
    (fold(query).match(/[\p{L}\p{N}][\p{L}\p{N}'.]*/gu) ?? []).map((word) => new RegExp(`(?<![\\p{L}\\p{N}])${escape(word)}`, "gu"));

  const count = (text, pattern) => (text.match(pattern) ?? []).length;

  const score = (entry, wanted, phrase) => {
    let sum = 0;
    for (const pattern of wanted) {
      const inHead = count(entry.head, pattern);
      const inBody = count(entry.body, pattern);
      if (inHead + inBody === 0) return 0;
      sum += Math.min(inHead, 2) * 8 + Math.min(inBody, 4);
    }
    if (phrase.includes(" ") && `${entry.head} ${entry.body}`.includes(phrase)) sum += 20;
    return sum;
  };

  /** The text around the first match. Folding keeps the length of all but a few letters, so a place may be off by a letter or two. */
  const excerpt = (entry, wanted) => {
    const places = wanted.map((pattern) => entry.body.search(pattern)).filter((index) => index >= 0);
    const at = places.length > 0 ? Math.min(...places) : 0;
    const start = at <= AROUND ? 0 : entry.text.indexOf(" ", at - AROUND) + 1;
    const end = start + 2 * AROUND + 40;
    return `${start > 0 ? "… " : ""}${entry.text.slice(start, end)}${end < entry.text.length ? " …" : ""}`;
  };

  /** The text with the matches marked, as nodes. */
  const marked = (text, wanted) => {
    const folded = fold(text);
    const fragment = document.createDocumentFragment();
    if (folded.length !== text.length) {
      fragment.append(text);
      return fragment;
    }
    const found = wanted.flatMap((pattern) => [...folded.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length])).sort((a, b) => a[0] - b[0]);
    let at = 0;
    for (const [start, end] of found) {
      if (start < at) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      fragment.append(text.slice(at, start), mark);
      at = end;
    }
    fragment.append(text.slice(at));
    return fragment;
  };

  const form = document.querySelector(".search-form");
  const input = form.querySelector("input");
  const output = document.getElementById("search-results");
  const status = document.getElementById("search-status");

  const show = (query) => {
    const wanted = patterns(query);
    output.replaceChildren();
    if (wanted.length === 0) {
      status.textContent = "";
      return;
    }
    const phrase = fold(query.trim());
    const found = entries
      .map((entry) => ({ entry, points: score(entry, wanted, phrase) }))
      .filter(({ points }) => points > 0)
      .sort((a, b) => b.points - a.points);
    status.textContent = found.length === 0 ? WORDS.none : WORDS.found(found.length, Math.min(found.length, MOST));
    for (const { entry } of found.slice(0, MOST)) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${entry.address}${entry.anchor ? `#${entry.anchor}` : ""}`;
      link.append(marked(entry.heading && entry.heading !== entry.title ? `${entry.title}: ${entry.heading}` : entry.title, wanted));
      const context = document.createElement("p");
      context.append(marked(excerpt(entry, wanted), wanted));
      item.append(link, context);
      output.append(item);
    }
  };

  let waiting;
  const search = () => {
    clearTimeout(waiting);
    const address = new URL(location.href);
    if (input.value) address.searchParams.set("q", input.value);
    else address.searchParams.delete("q");
    try {
      history.replaceState(null, "", address);
    } catch {
      // From the disk some browsers keep the address as it is.
    }
    show(input.value);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 200);
  });
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  show(input.value);
})();
