// A notebook may show one widget twice on a page. Ids and groups of radio buttons must not be shared then.

let views = 0;
const REFERENCES = ["for", "aria-labelledby", "aria-describedby", "aria-controls"];

/** Give this view ids and groups of its own if another view on the page has the same. */
export function separateView(root: HTMLElement): void {
  const all = [...root.querySelectorAll<HTMLElement>("[id]")];
  const renamed = new Set(all.filter(({ id }) => root.ownerDocument.getElementById(id)?.closest(".cwl") !== root).map(({ id }) => id));
  if (renamed.size === 0) return;
  views += 1;
  const own = (id: string) => (renamed.has(id) ? `${id}-view${views}` : id);
  for (const one of all) one.id = own(one.id);
  for (const name of REFERENCES) {
    for (const one of root.querySelectorAll(`[${name}]`)) one.setAttribute(name, (one.getAttribute(name) ?? "").split(" ").map(own).join(" "));
  }
  for (const one of root.querySelectorAll('a[href^="#"]')) one.setAttribute("href", `#${own((one.getAttribute("href") ?? "").slice(1))}`);
  for (const one of root.querySelectorAll('input[type="radio"], details[name]')) one.setAttribute("name", `${one.getAttribute("name") ?? ""}-view${views}`);
}
