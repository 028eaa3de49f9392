// Where each event stands: rows within a lane, so that nothing overlaps; crowds become clusters.

/** An event or a cluster in its place; `x` and widths are pixels from the start of the line. */
export interface Item {
  /** The event, or the first of the cluster. */
  event: number;
  /** All events of a cluster; empty for a single event. */
  members: number[];
  x: number;
  row: number;
  /** Width of a bar; 0 for a mark. */
  bar: number;
  /** Pixels up to the next item in the row. */
  room: number;
}

export interface LaneLayout {
  items: Item[];
  rows: number;
}

export interface Measures {
  /** First and last pixel of an event on the line. */
  start(event: number): number;
  end(event: number): number;
  /** Pixels that its label wants; 0 for none. */
  label(event: number): number;
  soft(event: number): boolean;
  /** An event that never goes into a cluster. */
  pinned: number;
  /** How many rows a lane may have before events cluster. */
  rows: number;
}

const EXTRA_ROWS = 2;
const SYMBOL = 26;
const LABEL_MIN = 88;
const CLUSTER = 106;
const BAR_MIN = 20;
const SOFT_MIN = 28;
const LONG_BAR = 240;

/** Lay out the events of one lane, given in time order. */
export function layoutLane(events: number[], measures: Measures): LaneLayout {
  const first = pack(events, measures, -1);
  const swallowed = first.items.some((item) => item.members.includes(measures.pinned));
  return swallowed ? pack(events, measures, measures.pinned) : first;
}

function pack(events: number[], { start, end, label, soft, rows: most }: Measures, pinned: number): LaneLayout {
  const items: Item[] = [];
  const rows: Item[] = [];
  let long = 0;

  const wish = (item: Item) => (item.members.length ? CLUSTER : Math.max(item.bar, SYMBOL + label(item.event)));
  const need = (item: Item) => (item.members.length ? CLUSTER : Math.max(item.bar, SYMBOL + Math.min(LABEL_MIN, label(item.event))));
  const put = (item: Item, limit: number): boolean => {
    let best = -1;
    for (let row = 0; row < limit; row++) {
      const before = rows[row];
      if (!before || before.x + wish(before) <= item.x) {
        best = row;
        break;
      }
      if (before.x + need(before) <= item.x && (best < 0 || before.x < (rows[best]?.x ?? 0))) best = row;
    }
    if (best < 0) return false;
    const before = rows[best];
    if (before) before.room = item.x - before.x;
    item.row = best;
    rows[best] = item;
    items.push(item);
    return true;
  };
  const single = (event: number): Item => {
    const width = end(event) - start(event);
    const bar = width >= BAR_MIN ? width : soft(event) ? SOFT_MIN : 0;
    const x = bar ? Math.min(start(event), (start(event) + end(event) - bar) / 2) : (start(event) + end(event) - SYMBOL) / 2;
    return { event, members: [], x, row: 0, bar, room: Infinity };
  };
  const flush = (group: number[]) => {
    const kept = { items: items.length, rows: rows.slice(), rooms: rows.map((item) => item.room), long };
    const crowd: number[] = [];
    for (const event of group) {
      const item = single(event);
      if (item.bar > LONG_BAR) long = Math.min(long + 1, EXTRA_ROWS);
      if (!put(item, most + long)) crowd.push(event);
    }
    if (crowd.length === 0) return;
    // No half measures: what stands too close goes together.
    items.length = kept.items;
    rows.length = 0;
    rows.push(...kept.rows);
    kept.rows.forEach((item, i) => (item.room = kept.rooms[i] ?? Infinity));
    long = kept.long;
    const alone = group.filter((event) => event === pinned || end(event) - start(event) > LONG_BAR);
    const together = group.filter((event) => !alone.includes(event));
    const [head] = together;
    if (head !== undefined) {
      const cluster = together.length > 1 ? { ...single(head), members: together, bar: 0 } : single(head);
      if (!put(cluster, most + long)) put(cluster, rows.length + 1);
    }
    for (const event of alone) if (!put(single(event), most + long)) put(single(event), rows.length + 1);
  };

  let group: number[] = [];
  for (const event of events) {
    const head = group[0];
    if (head !== undefined && start(event) > start(head) + CLUSTER) {
      flush(group);
      group = [];
    }
    group.push(event);
  }
  flush(group);
  return { items, rows: Math.max(1, rows.length) };
}
