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

/** How long what is handed out belongs to its taker. */
export const LEASE = 50;

/** What is handed out at this time. */
export async function takeDue(store: Store, now: number, limit = 10): Promise<readonly Due[]> {
  return await store.takeDue({ now, limit, leaseMs: LEASE });
}

/** Takes what is due and settles it. */
export async function settleDue(store: Store, now: number, limit = 10): Promise<readonly Due[]> {
  return await store.settle(await takeDue(store, now, limit));
}

/** Takes what is due and settles it, as text. */
export async function take(store: Store, now: number, limit = 10): Promise<readonly string[]> {
  return (await settleDue(store, now, limit)).map(toText);
}

/** A deadline as text. */
export function toText({ deadline, waiting }: Due): string {
  return `${deadline} ${waiting.user.key}`;
}

/** The same without what differs from store to store. */
export function withoutLease(due: readonly Due[]): readonly Omit<Due, 'lease'>[] {
  return due.map(({ deadline, waiting }) => ({ deadline, waiting }));
}

/** The counts that are not zero, in the order of their nodes. */
export async function countsOf(store: Store): Promise<readonly WaitingCount[]> {
  const { counts } = await store.summary();
  const waiting = counts.filter((count) => count.waiting > 0 || count.stalled > 0);
  return waiting.sort((a, b) => a.node.localeCompare(b.node));
}

/** The earliest deadline that nobody has settled. */
export async function nextDeadlineOf(store: Store): Promise<number | undefined> {
  return (await store.summary()).nextDeadline;
}
