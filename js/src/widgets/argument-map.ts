// Classify and link claims in the list; the graph shows what the list says, and takes clicks as well.

import { find, findAll, h, svg } from "../base/dom.ts";
import { defineWidget } from "../base/define.ts";

type Link = [from: string, relation: string, to: string];
interface Payload {
  places: Record<string, [x: number, y: number]>;
  width: number;
  nodes: { id: string; kind: string }[];
  links: Link[];
}
interface State {
  kinds: Record<string, string>;
  links: Link[];
  compared: boolean;
}

const RADIUS = 19;
const SIGNS: Record<string, string> = { supports: "+", qualifies: "~", opposes: "−" };
const WORDS = {
  graph: "Graph of your map. The list below says the same in words.",
  remove: (text: string) => `Remove: ${text}`,
  linked: (from: string, relation: string, to: string) => `${from} ${relation} ${to}`,
  picked: (number: string) => `Piece ${number} picked. Press the piece it is to be linked to.`,
  early: "Give at least half of the pieces a kind, and draw at least three links, before you compare.",
  total: (kinds: number, all: number, shared: number, theirs: number, extra: number) =>
    `Kinds: ${kinds} of ${all} as in this edition. Links: you share ${shared} of its ${theirs} and have ${extra} of your own. A difference is not a mistake until you have read the edition’s reason.`,
  same: "as in this edition",
  missing: "in this edition, not in yours",
  extra: "in yours, not in this edition",
};

export default defineWidget<Payload, State>(({ root, payload, state, save, onState, announce }) => {
  const numbers = new Map(payload.nodes.map(({ id }, index) => [id, String(index + 1)]));
  const claims = findAll(root, "fieldset").map((box) => ({
    id: box.dataset["claim"] ?? "",
    kind: find<HTMLSelectElement>(box, ".cwl-kind"),
    relation: find<HTMLSelectElement>(box, ".cwl-relation"),
    target: find<HTMLSelectElement>(box, ".cwl-target"),
    button: find<HTMLButtonElement>(box, ".cwl-link"),
    list: find(box, ".cwl-links"),
    reveal: find<HTMLDetailsElement>(box, "details"),
  }));
  const graph = find(root, ".cwl-graph");
  const compare = find<HTMLButtonElement>(root, ".cwl-primary");
  const total = find(root, ".cwl-score");
  let picked: string | undefined;

  const name = ([from, relation, to]: Link) => WORDS.linked(numbers.get(from) ?? "?", relation, numbers.get(to) ?? "?");
  const key = (link: Link) => link.join(" ");
  const links = (): Link[] =>
    (Array.isArray(state().links) ? state().links ?? [] : []).filter(
      (link) => Array.isArray(link) && numbers.has(link[0]) && numbers.has(link[2]) && link[1] in SIGNS,
    );
  const add = (link: Link) => {
    if (link[0] === link[2] || links().some((other) => key(other) === key(link))) return;
    save({ links: [...links(), link] });
    show();
    announce(name(link));
  };

  const draw = (mine: Link[], compared: boolean) => {
    const height = Math.max(...Object.values(payload.places).map(([, y]) => y)) + 50;
    const picture = svg("svg", { viewBox: `0 0 ${payload.width} ${height}`, role: "img", "aria-label": WORDS.graph });
    const theirs = compared ? payload.links : [];
    const theirKeys = new Set(theirs.map(key));
    const myKeys = new Set(mine.map(key));
    const shown: [Link, string][] = [
      ...mine.map((link): [Link, string] => [link, !compared ? "" : theirKeys.has(key(link)) ? "cwl-same" : "cwl-extra"]),
      ...theirs.filter((link) => !myKeys.has(key(link))).map((link): [Link, string] => [link, "cwl-missing"]),
    ];
    for (const [link, status] of shown) picture.append(arrow(link, status));
    for (const { id, kind } of payload.nodes) {
      const [x, y] = payload.places[id] ?? [0, 0];
      const given = state().kinds?.[id] ?? "";
      const verdict = !compared || !given ? "" : given === kind ? " ✓" : ` ✗ ${kind}`;
      const node = svg(
        "g",
        { class: `cwl-node${picked === id ? " cwl-picked" : ""}` },
        svg("circle", { cx: x, cy: y, r: RADIUS }),
        svg("text", { x, y: y + 5, class: "cwl-number" }, numbers.get(id)),
        svg("text", { x, y: y + RADIUS + 15, class: "cwl-kind-label" }, given + verdict),
      );
      node.addEventListener("click", () => {
        if (picked === undefined || picked === id) {
          picked = picked === id ? undefined : id;
          if (picked) announce(WORDS.picked(numbers.get(id) ?? ""));
          show();
          return;
        }
        const from = claims.find((claim) => claim.id === picked);
        picked = undefined;
        add([from?.id ?? "", from?.relation.value ?? "supports", id]);
        show();
      });
      picture.append(node);
    }
    graph.replaceChildren(picture);
  };

  const arrow = ([from, relation, to]: Link, status: string) => {
    const [x1, y1] = payload.places[from] ?? [0, 0];
    const [x2, y2] = payload.places[to] ?? [0, 0];
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
    // Bent to one side, so that a link there and one back lie apart.
    const bend = Math.min(46, 12 + length / 9);
    const [mx, my] = [(x1 + x2) / 2 - uy * bend, (y1 + y2) / 2 + ux * bend];
    const trim = (x: number, y: number) => {
      const away = Math.hypot(mx - x, my - y) || 1;
      return [x + ((mx - x) / away) * (RADIUS + 3), y + ((my - y) / away) * (RADIUS + 3)] as const;
    };
    const [sx, sy] = trim(x1, y1);
    const [ex, ey] = trim(x2, y2);
    const angle = Math.atan2(ey - my, ex - mx);
    const wing = (turn: number) => `${ex - 11 * Math.cos(angle + turn)} ${ey - 11 * Math.sin(angle + turn)}`;
    const label = status === "cwl-missing" ? WORDS.missing : status === "cwl-extra" ? WORDS.extra : status ? WORDS.same : "";
    return svg(
      "g",
      { class: `cwl-arrow cwl-${relation} ${status}` },
      svg("title", {}, `${name([from, relation, to])}${label ? ` (${label})` : ""}`),
      svg("path", { d: `M${sx} ${sy}Q${mx} ${my} ${ex} ${ey}`, class: "cwl-line" }),
      svg("path", { d: `M${wing(0.42)}L${ex} ${ey}L${wing(-0.42)}`, class: "cwl-head" }),
      svg("circle", { cx: (sx + 2 * mx + ex) / 4, cy: (sy + 2 * my + ey) / 4, r: 9, class: "cwl-sign-ground" }),
      svg("text", { x: (sx + 2 * mx + ex) / 4, y: (sy + 2 * my + ey) / 4 + 5, class: "cwl-sign" }, SIGNS[relation]),
    );
  };

  const show = () => {
    const mine = links();
    const compared = state().compared === true;
    const theirs = new Set(payload.links.map(key));
    for (const claim of claims) {
      claim.kind.value = state().kinds?.[claim.id] ?? "";
      claim.reveal.hidden = !compared;
      claim.list.replaceChildren(
        ...mine
          .filter(([from]) => from === claim.id)
          .map((link) => {
            const remove = h("button", { type: "button", class: "cwl-button cwl-remove", "aria-label": WORDS.remove(name(link)) }, "×");
            remove.addEventListener("click", () => {
              save({ links: links().filter((other) => key(other) !== key(link)) });
              show();
              claim.button.focus();
            });
            const verdict = compared ? ` (${theirs.has(key(link)) ? WORDS.same : WORDS.extra})` : "";
            return h("li", {}, `${name(link)}${verdict} `, remove);
          }),
      );
    }
    compare.hidden = compared;
    if (compared) {
      const kinds = payload.nodes.filter(({ id, kind }) => state().kinds?.[id] === kind).length;
      const shared = mine.filter((link) => theirs.has(key(link))).length;
      total.textContent = WORDS.total(kinds, payload.nodes.length, shared, theirs.size, mine.length - shared);
    }
    draw(mine, compared);
  };

  for (const claim of claims) {
    claim.kind.addEventListener("change", () => {
      save({ kinds: { ...state().kinds, [claim.id]: claim.kind.value } });
      show();
    });
    claim.button.addEventListener("click", () => {
      if (claim.target.value === "") {
        claim.target.focus();
        return;
      }
      add([claim.id, claim.relation.value, claim.target.value]);
      claim.target.value = "";
    });
  }
  compare.addEventListener("click", () => {
    const kinds = payload.nodes.filter(({ id }) => state().kinds?.[id]).length;
    if (kinds * 2 < payload.nodes.length || links().length < 3) {
      total.textContent = WORDS.early;
      announce(WORDS.early);
      return;
    }
    save({ compared: true });
    for (const { reveal } of claims) reveal.open = true;
    show();
    announce(total.textContent ?? "");
    total.setAttribute("tabindex", "-1");
    total.focus();
  });
  onState(show);
  show();
});
