import type { Inbox, SharedState, Store, Untold } from '@turnspan/core';

/** What a case about several processes works with. */
export interface Processes {
  /** The stores of two processes on one server. */
  readonly stores: readonly [Store, Store];
  /** The shared state of each of them. */
  readonly shared: readonly [SharedState, SharedState];
  /** The inbox of each of them. */
  readonly inboxes: readonly [Inbox, Inbox];
  /** What each of them has settled and not written down. */
  readonly untold: readonly [Untold, Untold];
  /** Lets time pass for both. */
  readonly pass: (ms: number) => void;
}

/** A case about several processes, before it has a store. */
export type ProcessesCase = readonly [name: string, hold: (processes: Processes) => Promise<void>];

/** When the clock of the contract begins. */
export const START = 1_700_000_000_000;
/** How long things are kept in the contract. */
export const TTL = 1_000;
