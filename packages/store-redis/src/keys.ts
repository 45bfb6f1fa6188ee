import { createHash } from 'node:crypto';

/** Enough of a hash that no two names meet. */
const HASH_BYTES = 16;

/** What the keys of a store are called. */
export interface Keys {
  /** Of the waiting list, in the order in which its scripts take them. */
  readonly waitingList: readonly string[];
  /** Of the drops that are not written down, in the order in which scripts take them. */
  readonly untold: readonly string[];
  /** Of the inbox, in the order in which its scripts take them. */
  readonly inbox: readonly string[];
  readonly facts: string;
  claim(id: string): string;
  done(id: string): string;
  seen(key: string): string;
  assigned(name: string): string;
  lease(name: string): string;
}

/**
 * Names all keys under a prefix. What a script changes in one step has the same hash tag, and so
 * lies in one slot of a cluster. Keys and names that callers choose appear as hashes.
 */
export function createKeys(prefix: string): Keys {
  const tag = `{${prefix}}`;
  return {
    waitingList: ['waits', 'due', 'out', 'leases', 'waiting', 'stalled'].map(
      (name) => `${tag}:${name}`,
    ),
    untold: ['untold', 'settled'].map((name) => `${tag}:${name}`),
    inbox: ['payloads', 'entries', 'order', 'leases'].map((name) => `${tag}:inbox:${name}`),
    facts: `${prefix}:facts`,
    claim: (id) => `${tag}:claim:${id}`,
    done: (id) => `${tag}:inbox:done:${id}`,
    seen: (key) => `${prefix}:seen:${hash(key)}`,
    assigned: (name) => `${prefix}:assigned:${hash(name)}`,
    lease: (name) => `${prefix}:lease:${name}`,
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, HASH_BYTES).toString('base64url');
}
