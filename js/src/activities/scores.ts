// The same scores as in Python (forecast.py, argument_map.py); tests hold both to shared cases.

export type Link = [from: string, relation: string, to: string];

/** Squared difference between a stated probability (0 to 1) and what happened. */
export function brier(probability: number, happened: boolean): number {
  return (probability - Number(happened)) ** 2;
}

/** Mean of the squared differences over all questions. */
export function brierScore(probabilities: Record<string, number>, outcomes: Record<string, boolean>): number {
  const scores = Object.entries(outcomes).map(([name, happened]) => brier(probabilities[name] ?? Number.NaN, happened));
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** One text for each link, to compare them by. */
export const linkKey = (link: Link): string => link.join(" ");

/** Half the share of kinds as in the edition, half the links in both maps divided by the links in either. */
export function mapScore(kinds: Record<string, string>, links: Link[], nodes: { id: string; kind: string }[], edition: Link[]): number {
  const sameKind = nodes.filter(({ id, kind }) => kinds[id] === kind).length / nodes.length;
  const mine = new Set(links.map(linkKey));
  const theirs = new Set(edition.map(linkKey));
  const either = new Set([...mine, ...theirs]).size;
  const shared = either === 0 ? 1 : [...mine].filter((key) => theirs.has(key)).length / either;
  return (sameKind + shared) / 2;
}
