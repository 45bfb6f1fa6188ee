import type { ClaimReason, Store, Untold } from '@turnspan/core';
import { describeSharedStore } from '@turnspan/testing';
import { createSqliteStore } from '../src';

interface Whole extends Store {
  readonly untold: Untold;
}

/** Stores that break the contract, each in one way. */
const BROKEN: readonly [string, (store: Whole) => Partial<Store>][] = [
  [
    'forgets which message claimed',
    (store) => ({ claim: (id, reason) => store.claim(id, reason) }),
  ],
  [
    'takes every message for the same',
    (store) => ({ claim: (id, reason, by) => store.claim(id, reason, by && 'message') }),
  ],
  [
    'takes a claim of nobody for one of a message',
    (store) => ({ claim: (id, reason, by = 'undefined') => store.claim(id, reason, by) }),
  ],
  ['gives a message what it has for any reason', (store) => ({ claim: claimAsAnswered(store) })],
  ['keeps no drops', (store) => ({ untold: { ...bind(store), list: () => [] } })],
  ['never forgets a drop', (store) => ({ untold: { ...bind(store), forget: () => undefined } })],
  [
    'lists whatever was settled at any time',
    (store) => ({
      untold: { ...bind(store), list: (_, limit) => store.untold.list(Infinity, limit) },
    }),
  ],
  [
    'lists what was settled at that time as well',
    (store) => ({
      untold: { ...bind(store), list: (at, limit) => store.untold.list(at + 1, limit) },
    }),
  ],
  [
    'lists as many as there are',
    (store) => ({ untold: { ...bind(store), list: (at) => store.untold.list(at, 1000) } }),
  ],
  [
    'lists the latest first',
    (store) => ({
      untold: {
        ...bind(store),
        list: async (at, limit) => [...(await store.untold.list(at, limit))].reverse(),
      },
    }),
  ],
  [
    'forgets more than it is told to',
    (store) => ({
      untold: {
        ...bind(store),
        forget: async () => {
          const all = await store.untold.list(Infinity, 1000);
          await store.untold.forget(all.map(({ id }) => id));
        },
      },
    }),
  ],
];

describe('the contract of stores for several processes', () => {
  it('finds nothing in a store that keeps to it', async () => {
    expect(await holdTo(() => ({}))).toEqual([]);
  });

  it.each(BROKEN)('finds a store that %s', async (_name, breakIt) => {
    expect(await holdTo(breakIt)).not.toEqual([]);
  });
});

/** The names of the cases that a store in one process breaks. */
async function holdTo(breakIt: (store: Whole) => Partial<Store>): Promise<readonly string[]> {
  const cases = describeSharedStore({
    openStores: async ({ origin, now }) => {
      const store = createSqliteStore({ file: ':memory:', origin, clock: { now, tick: now } });
      const { shared, inbox } = store;
      const bound = {
        wait: store.wait.bind(store),
        claim: store.claim.bind(store),
        takeDue: store.takeDue.bind(store),
        settle: store.settle.bind(store),
        summary: store.summary.bind(store),
      };
      const whole: Whole = { origin, shared, inbox, untold: bind(store), ...bound };
      return [
        { ...whole, ...breakIt(whole) },
        { ...whole, ...breakIt(whole) },
      ];
    },
  });
  const broken: string[] = [];
  for (const [name, run] of cases) await run().catch(() => broken.push(name));
  return broken.filter((name) => !OF_TWO_HOLDERS.test(name));
}

/** Leases and messages of a store in one process have one holder. */
const OF_TWO_HOLDERS =
  /lease|hands over|message once|dead process|no longer its own|another process has/;

function bind({ untold }: Whole): Untold {
  return {
    list: (settledBefore, limit) => untold.list(settledBefore, limit),
    forget: (ids) => untold.forget(ids),
  };
}

/** It asks for the answer when it was refused something else. */
function claimAsAnswered(store: Store): Store['claim'] {
  return async (id: string, reason: ClaimReason, by?: string) => {
    const claim = await store.claim(id, reason, by);
    return claim.claimed ? claim : await store.claim(id, 'answered', by);
  };
}
