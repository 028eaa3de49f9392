// Shuffling that one seed always repeats, so that a reload changes nothing.

/** Shuffle for one student (seed) and one item (salt); the result depends on the ids, not on their sequence. */
export function shuffled(seed: number, salt: string, ids: string[]): string[] {
  let state = seed | 0;
  for (const character of salt) state = (Math.imul(state, 31) + (character.codePointAt(0) ?? 0)) | 0;
  // mulberry32, a small public-domain generator by Tommy Ettinger
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const mixed = [...ids].sort();
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other] as string, mixed[last] as string];
  }
  return mixed;
}
