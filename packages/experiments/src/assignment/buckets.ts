import { createHash } from 'node:crypto';

/** Two places of a user between 0 and 1, which know nothing of each other. */
export interface Buckets {
  readonly first: number;
  readonly second: number;
}

/** 48 bits fit into a number without loss. */
const BYTES = 6;
const RANGE = 2 ** (8 * BYTES);

/** Gives a user's places under a salt: the same in every process, by SHA-256 of both. */
export function toBuckets(salt: string, userKey: string): Buckets {
  // The length in front keeps two pairs with the same characters apart.
  const hash = createHash('sha256').update(`${salt.length}:${salt}:${userKey}`).digest();
  return {
    first: hash.readUIntBE(0, BYTES) / RANGE,
    second: hash.readUIntBE(BYTES, BYTES) / RANGE,
  };
}
