/** Gives numbers from 0 up to but not including 1. */
export type Random = () => number;

/** Makes numbers that look random and are the same again for the same seed (SFC32, Doty-Humphrey). */
export function createRandom(seed: number): Random {
  let a = seed | 0;
  let b = (seed / 2 ** 32) | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;
  const next = () => {
    const mixed = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + mixed) | 0;
    return (mixed >>> 0) / 2 ** 32;
  };
  // Seeds that are alike begin alike.
  for (let step = 0; step < 15; step += 1) next();
  return next;
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
