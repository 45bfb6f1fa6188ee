import type { Store } from '@turnspan/core';
import type { StoreContractCase } from './store-contract';
import { ORIGIN } from './store-contract/fixtures';
import { INBOX_CASES } from './store-contract/inbox-cases';
import { REPEATED_CLAIM_CASES } from './store-contract/repeated-claim-cases';
import { type Processes, START } from './store-contract/shared-fixtures';
import { SHARED_STATE_CASES } from './store-contract/shared-state-cases';
import { UNTOLD_CASES } from './store-contract/untold-cases';

const CASES = [...SHARED_STATE_CASES, ...INBOX_CASES, ...REPEATED_CLAIM_CASES, ...UNTOLD_CASES];

/** What every store of the contract is made with. */
export interface SharedStoreSetup {
  readonly origin: string;
  /** The clock of the contract; no case sleeps. */
  readonly now: () => number;
}

/** What the contract of stores for several processes needs to know. */
export interface SharedStoreContractOptions {
  /** Makes the stores of two processes on one server that holds nothing yet. */
  readonly openStores: (setup: SharedStoreSetup) => Promise<readonly [Store, Store]>;
  /** Puts away what a case leaves behind. @default nothing */
  readonly closeStores?: (stores: readonly [Store, Store]) => void | Promise<void>;
}

/**
 * The contract of stores that several processes share, beyond {@link describeStore}, as cases that
 * any test runner can run.
 *
 * @example
 * it.each(describeSharedStore({ openStores: async (setup) => [open(setup), open(setup)] }))(
 *   '%s',
 *   (_name, run) => run(),
 * );
 */
export function describeSharedStore({
  openStores,
  closeStores = () => {},
}: SharedStoreContractOptions): readonly StoreContractCase[] {
  return CASES.map(([name, hold]) => [
    name,
    async () => {
      let time = START;
      const stores = await openStores({ origin: ORIGIN, now: () => time });
      try {
        await hold(toProcesses(stores, (ms) => (time += ms)));
      } finally {
        await closeStores(stores);
      }
    },
  ]);
}

function toProcesses(stores: Processes['stores'], pass: (ms: number) => void): Processes {
  const [one, two] = stores;
  if (!one.shared || !two.shared) throw new Error('The store shares no state.');
  if (!one.inbox || !two.inbox) throw new Error('The store has no inbox.');
  if (!one.untold || !two.untold) throw new Error('The store keeps no drops.');
  return {
    stores,
    shared: [one.shared, two.shared],
    inboxes: [one.inbox, two.inbox],
    untold: [one.untold, two.untold],
    pass,
  };
}
