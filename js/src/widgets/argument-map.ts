// Classify and link claims in the list; the graph shows what the list says, and takes presses as well.

import { type Link, linkKey, mapScore } from "../activities/scores.ts";
import { defineWidget } from "../base/define.ts";
import { find, findAll, h, svg } from "../base/dom.ts";
import { decimal, t } from "../base/language.ts";
import { texts } from "../base/read.ts";
import { openQuotes } from "../quiz/quote.ts";

interface Payload {
  places: Record<string, [x: number, y: number]>;
  size: [width: number, height: number];
  nodes: { id: string; kind: string }[];
  links: Link[];
  paper: Record<string, string>;
}
interface State {
  kinds: Record<string, string>;
  links: Link[];
  compared: boolean;
}
type Shown = "both" | "mine" | "edition";
type Standing = "same" | "extra" | "missing" | "";

const RADIUS = 18;
const SIGNS: Record<string, string> = { supports: "+", qualifies: "~", opposes: "−" };
const WORDS = {
  graph: t("Graph of the map. The list beside it says the same in words."),
  remove: (link: string) => t("Remove: {link}", { link }),
  // i18n: a link between two pieces by their numbers, such as: 3 supports 5.
  linked: (from: string, relation: string, to: string) => t("{from} {relation} {to}", { from, relation, to }),
  // i18n: what a piece does to the piece with that number, such as: supports 5.
  bears: (relation: string, to: string) => t("{relation} {to}", { relation, to }),
  // i18n: a link between two pieces, and whether it stands in both maps.
  standing: (link: string, standing: string) => t("{link} ({standing})", { link, standing }),
  removed: t("Link removed."),
  already: t("That link is there already."),
  target: t("Choose a piece first."),
  picked: (number: string) => t("Piece {number} picked. Press the piece it bears on.", { number }),
  early: t("Give at least half of the pieces a kind, and draw at least three links, before you compare."),
  total: (score: number, kinds: number, all: number, shared: number, missing: number, extra: number) =>
    t("Closeness to this edition’s map: {score} %. Kinds: {kinds} of {all} the same. Links: {shared} the same, {missing} missing in yours, {extra} only in yours. A difference is not a mistake until you have read the edition’s reason.", { score, kinds, all, shared, missing, extra }),
  compare: t("Compare with this edition"),
  hide: t("Hide this edition’s map"),
  same: t("the same"),
  missing: t("missing in yours"),
  extra: t("only in yours"),
  asYou: t("As you."),
  yours: (kind: string) => t("You: {kind}.", { kind }),
  show: t("Show"),
  shown: { both: t("both maps"), mine: t("mine only"), edition: t("this edition’s only") } satisfies Record<Shown, string>,
};

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce }) => {
  const numbers = new Map(payload.nodes.map(({ id }, index) => [id, decimal(index + 1, 0)]));
  const number = (id: string) => numbers.get(id) ?? "?";
  const claims = findAll(root, "fieldset").map((box) => {
    const id = box.dataset["claim"] ?? "";
    const reading = find(box, ".cwl-am-reading");
    return {
      id,
      box,
      span: root.querySelector<HTMLElement>(`[data-span="${CSS.escape(id)}"]`),
      kind: find<HTMLSelectElement>(box, ".cwl-am-kind"),
      relation: find<HTMLSelectElement>(box, ".cwl-am-relation"),
      target: find<HTMLSelectElement>(box, ".cwl-am-target"),
      button: find<HTMLButtonElement>(box, ".cwl-am-add"),
      list: find(box, ".cwl-am-links"),
      reveal: find<HTMLDetailsElement>(box, "details"),
      verdict: reading.appendChild(h("span", { class: "cwl-small" })),
      theirs: findAll(box, "li[data-link]").map((line) => ({ key: line.dataset["link"] ?? "", verdict: line.appendChild(h("span", { class: "cwl-am-tag" })) })),
    };
  });
  const graph = find(root, ".cwl-am-graph");
  const key = find(root, ".cwl-am-key");
  const compare = find<HTMLButtonElement>(root, ".cwl-primary");
  const total = find(root, ".cwl-score");
  let picked: string | undefined;
  let lit: string | undefined;
  let shown: Shown = "both";

  const choice = h("div", { class: "cwl-am-shown", role: "radiogroup", "aria-label": WORDS.show });
  const group = `cwl-am-${Math.random().toString(36).slice(2)}`;
  for (const one of ["both", "mine", "edition"] as const) {
    const input = h("input", { type: "radio", name: group, value: one, checked: one === shown });
    input.addEventListener("change", () => {
      shown = one;
      draw();
    });
    choice.append(h("label", {}, input, ` ${WORDS.shown[one]}`));
  }
  const standings = h(
    "ul",
    { class: "cwl-am-key cwl-am-standings" },
    ...(["same", "missing", "extra"] as const).map((standing) => h("li", {}, h("span", { class: `cwl-am-line cwl-am-${standing}` }), ` ${WORDS[standing]}`)),
  );
  key.after(choice, standings);

  /** What a choice calls a kind or a relation. */
  const called = (choice: "kind" | "relation", value: string) => [...(claims[0]?.[choice].options ?? [])].find((option) => option.value === value)?.text ?? value;
  const name = ([from, relation, to]: Link) => WORDS.linked(number(from), called("relation", relation), number(to));
  const kinds = () => texts(state().kinds);
  const links = (): Link[] => {
    const kept: unknown = state().links;
    return (Array.isArray(kept) ? kept : []).filter(
      (link): link is Link => Array.isArray(link) && link.length === 3 && numbers.has(link[0]) && numbers.has(link[2]) && Object.hasOwn(SIGNS, link[1]),
    );
  };
  const theirKeys = new Set(payload.links.map(linkKey));
  const isCompared = () => state().compared === true;
  const add = (link: Link) => {
    if (link[0] === link[2]) return;
    if (links().some((other) => linkKey(other) === linkKey(link))) {
      announce(WORDS.already);
      return;
    }
    save({ links: [...links(), link] });
    show();
    announce(name(link));
  };
  const standing = (link: Link): Standing => (!isCompared() ? "" : theirKeys.has(linkKey(link)) ? "same" : "extra");

  const draw = () => {
    const compared = isCompared();
    const mine = links();
    const myKeys = new Set(mine.map(linkKey));
    const arrows: [Link, Standing][] = [
      ...(compared ? payload.links.filter((link) => !myKeys.has(linkKey(link))).map((link): [Link, Standing] => [link, "missing"]) : []),
      ...mine.map((link): [Link, Standing] => [link, standing(link)]),
    ].filter(([, status]) => !compared || shown === "both" || status === "same" || status === (shown === "mine" ? "extra" : "missing"));
    const [width, height] = payload.size;
    const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": WORDS.graph });
    for (const [link, status] of arrows) picture.append(arrow(link, status));
    for (const { id, kind } of payload.nodes) picture.append(node(id, kind, compared));
    graph.replaceChildren(picture);
  };
  const node = (id: string, kind: string, compared: boolean) => {
    const [x, y] = payload.places[id] ?? [0, 0];
    const given = kinds()[id] ?? "";
    const label = compared && shown === "edition" ? called("kind", kind) : !given ? "" : `${called("kind", given)}${!compared ? "" : given === kind ? " ✓" : " ✗"}`;
    const classes = ["cwl-am-node", picked === id ? "cwl-am-picked" : "", lit === id ? "cwl-am-lit" : ""].filter(Boolean).join(" ");
    const drawn = svg(
      "g",
      { class: classes },
      svg("circle", { cx: x, cy: y, r: RADIUS }),
      svg("text", { x, y: y + 5, class: "cwl-am-digit" }, number(id)),
      svg("text", { x, y: y + RADIUS + 14, class: "cwl-am-label" }, label),
    );
    drawn.addEventListener("click", () => press(id));
    drawn.addEventListener("pointerenter", () => light(id, true, false));
    drawn.addEventListener("pointerleave", () => light(id, false, false));
    return drawn;
  };
  const press = (id: string) => {
    if (picked === undefined || picked === id) {
      picked = picked === id ? undefined : id;
      if (picked) announce(WORDS.picked(number(id)));
      draw();
      return;
    }
    const from = picked;
    picked = undefined;
    add([from, key.querySelector<HTMLInputElement>(":checked")?.value ?? "supports", id]);
    draw();
  };

  const arrow = ([from, relation, to]: Link, status: Standing) => {
    const [x1, y1] = payload.places[from] ?? [0, 0];
    const [x2, y2] = payload.places[to] ?? [0, 0];
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
    // Bent to one side, so that a link there and one back lie apart.
    const bend = Math.min(40, 8 + length / 9);
    const [mx, my] = [(x1 + x2) / 2 - uy * bend, (y1 + y2) / 2 + ux * bend];
    const trim = (x: number, y: number) => {
      const away = Math.hypot(mx - x, my - y) || 1;
      return [x + ((mx - x) / away) * (RADIUS + 3), y + ((my - y) / away) * (RADIUS + 3)] as const;
    };
    const [sx, sy] = trim(x1, y1);
    const [ex, ey] = trim(x2, y2);
    const angle = Math.atan2(ey - my, ex - mx);
    const wing = (turn: number) => `${ex - 10 * Math.cos(angle + turn)} ${ey - 10 * Math.sin(angle + turn)}`;
    const [cx, cy] = [(sx + 2 * mx + ex) / 4, (sy + 2 * my + ey) / 4];
    const on = lit !== undefined && (from === lit || to === lit);
    return svg(
      "g",
      { class: `cwl-am-arrow cwl-am-${relation} ${status ? `cwl-am-${status}` : ""} ${lit === undefined ? "" : on ? "cwl-am-on" : "cwl-am-off"}` },
      svg("title", {}, status ? WORDS.standing(name([from, relation, to]), WORDS[status]) : name([from, relation, to])),
      svg("path", { d: `M${sx} ${sy}Q${mx} ${my} ${ex} ${ey}`, class: "cwl-am-stroke" }),
      svg("path", { d: `M${wing(0.42)}L${ex} ${ey}L${wing(-0.42)}`, class: "cwl-am-head" }),
      svg("circle", { cx, cy, r: 8, class: "cwl-am-ground" }),
      svg("text", { x: cx, y: cy + 5, class: "cwl-am-mark" }, SIGNS[relation]),
    );
  };
  const light = (id: string, on: boolean, redraw: boolean) => {
    lit = on ? id : undefined;
    const claim = claims.find((one) => one.id === id);
    claim?.box.classList.toggle("cwl-am-lit", on);
    claim?.span?.classList.toggle("cwl-am-lit", on);
    if (redraw) draw();
  };

  const show = () => {
    const mine = links();
    const compared = isCompared();
    const myKeys = new Set(mine.map(linkKey));
    for (const claim of claims) {
      const given = kinds()[claim.id] ?? "";
      const kind = payload.nodes.find(({ id }) => id === claim.id)?.kind;
      claim.kind.value = given;
      claim.reveal.hidden = !compared;
      claim.verdict.textContent = !given ? "" : ` ${given === kind ? WORDS.asYou : WORDS.yours(called("kind", given))}`;
      for (const { key: link, verdict } of claim.theirs) {
        const same = myKeys.has(link);
        verdict.textContent = same ? WORDS.same : WORDS.missing;
        verdict.className = `cwl-am-tag cwl-am-tag-${same ? "same" : "missing"}`;
      }
      claim.list.replaceChildren(...mine.filter(([from]) => from === claim.id).map((link) => line(link, claim.button)));
    }
    choice.hidden = !compared;
    standings.hidden = !compared;
    compare.textContent = compared ? WORDS.hide : WORDS.compare;
    compare.classList.toggle("cwl-primary", !compared);
    if (compared) {
      const same = payload.nodes.filter(({ id, kind }) => kinds()[id] === kind).length;
      const shared = mine.filter((link) => theirKeys.has(linkKey(link))).length;
      const score = Math.round(100 * mapScore(kinds(), mine, payload.nodes, payload.links));
      total.textContent = WORDS.total(score, same, payload.nodes.length, shared, theirKeys.size - shared, mine.length - shared);
    } else total.textContent = "";
    draw();
  };
  const line = (link: Link, next: HTMLElement) => {
    const remove = h("button", { type: "button", class: "cwl-am-remove", "aria-label": WORDS.remove(name(link)) }, "×");
    remove.addEventListener("click", () => {
      save({ links: links().filter((other) => linkKey(other) !== linkKey(link)) });
      show();
      announce(WORDS.removed);
      next.focus();
    });
    const status = standing(link);
    return h(
      "li",
      {},
      h("span", { class: "cwl-am-sign", "aria-hidden": "true" }, SIGNS[link[1]]),
      ` ${WORDS.bears(called("relation", link[1]), number(link[2]))} `,
      status ? h("span", { class: `cwl-am-tag cwl-am-tag-${status}` }, WORDS[status]) : undefined,
      remove,
    );
  };

  for (const claim of claims) {
    claim.kind.addEventListener("change", () => {
      save({ kinds: { ...kinds(), [claim.id]: claim.kind.value } });
      show();
    });
    claim.button.addEventListener("click", () => {
      if (claim.target.value === "") {
        announce(WORDS.target);
        claim.target.focus();
        return;
      }
      add([claim.id, claim.relation.value, claim.target.value]);
      claim.target.value = "";
    });
    claim.box.addEventListener("focusin", () => light(claim.id, true, true));
    claim.box.addEventListener("focusout", () => light(claim.id, false, true));
    claim.box.addEventListener("pointerenter", () => light(claim.id, true, true));
    claim.box.addEventListener("pointerleave", () => light(claim.id, false, true));
    claim.span?.addEventListener("click", (event) => {
      event.preventDefault();
      claim.kind.focus();
    });
  }
  compare.addEventListener("click", () => {
    if (isCompared()) {
      save({ compared: false });
      show();
      return;
    }
    const given = payload.nodes.filter(({ id }) => kinds()[id]).length;
    if (given * 2 < payload.nodes.length || links().length < 3) {
      total.textContent = WORDS.early;
      announce(WORDS.early);
      return;
    }
    save({ compared: true });
    for (const { reveal } of claims) reveal.open = true;
    show();
    announce(total.textContent ?? "");
    total.focus();
  });
  openQuotes(root, payload.paper ?? {}, announce);
  onState(show);
  show();
});
