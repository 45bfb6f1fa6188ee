import type { Due, Store, Waiting, WaitingCount } from '@turnspan/core';

/** A case of the contract, before it has a store. */
export type StoreCase = readonly [name: string, hold: (store: Store) => Promise<void>];

/** The origin of every store under test. */
export const ORIGIN = 'contract';
/** When waits stall. */
export const STALL = 100;
/** When waits are dropped. */
export const DROP = 1_000;

/** Somebody who waits. */
export function createWaiting(name: string): Waiting {
  return {
    id: `${ORIGIN}.${name}`,
    user: { channel: 'whatsapp', line: 'line', key: name },
    flow: 'order',
    node: 'size',
    position: '[1]',
    parents: [],
    stallAt: STALL,
    dropAt: DROP,
  };
}

/** Takes what is due, as text. */
export async function take(store: Store, now: number, limit = 10): Promise<readonly string[]> {
  const due: readonly Due[] = await store.takeDue(now, limit);
  return due.map(({ deadline, waiting }) => `${deadline} ${waiting.user.key}`);
}

/** The counts that are not zero, in the order of their nodes. */
export function countsOf(store: Store): readonly WaitingCount[] {
  const waiting = store.counts().filter((count) => count.waiting > 0 || count.stalled > 0);
  return waiting.sort((a, b) => a.node.localeCompare(b.node));
}
