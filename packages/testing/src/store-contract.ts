import type { Store } from '@turnspan/core';
import { CLAIM_CASES } from './store-contract/claim-cases';
import { DEADLINE_CASES } from './store-contract/deadline-cases';
import { ORIGIN } from './store-contract/fixtures';

/** What the contract needs to know of a store. */
export interface StoreContractOptions {
  /** Makes a store that nobody waits in yet. */
  readonly createStore: (origin: string) => Store | Promise<Store>;
  /** Puts away what a case leaves behind. @default nothing */
  readonly closeStore?: (store: Store) => void | Promise<void>;
}

/** A case of the contract: its name, and what runs it and rejects where the store breaks it. */
export type StoreContractCase = readonly [name: string, run: () => Promise<void>];

/**
 * The contract of every store, as cases that any test runner can run.
 *
 * @example
 * describe('RedisStore', () => {
 *   it.each(describeStore({ createStore: (origin) => new RedisStore({ origin, client }) }))(
 *     '%s',
 *     (_name, run) => run(),
 *   );
 * });
 */
export function describeStore({
  createStore,
  closeStore = () => {},
}: StoreContractOptions): readonly StoreContractCase[] {
  return [...CLAIM_CASES, ...DEADLINE_CASES].map(([name, hold]) => [
    name,
    async () => {
      const store = await createStore(ORIGIN);
      try {
        await hold(store);
      } finally {
        await closeStore(store);
      }
    },
  ]);
}
