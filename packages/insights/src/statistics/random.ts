/** Gives numbers from 0 up to but not including 1. */
export type Random = () => number;

/** Makes numbers that look random and are the same again for the same seed (Mulberry32). */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A copy in another order, every order as likely as any (Fisher–Yates). */
export function shuffle<T>(values: readonly T[], random: Random): T[] {
  const rest = [...values];
  const shuffled: T[] = [];
  while (rest.length > 0) {
    const index = Math.floor(random() * rest.length);
    const last = rest.pop() as T;
    shuffled.push(index === rest.length ? last : (rest[index] as T));
    if (index < rest.length) rest[index] = last;
  }
  return shuffled;
}
