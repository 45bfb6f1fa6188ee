import { type Claim, MemoryStore, type Store, type Waiting } from '@turnspan/core';
import { describeStore } from '../src';

/** The store in memory, asked over a network. */
function createRemote(origin: string): Store {
  const store = new MemoryStore(origin);
  const later = async <T>(run: () => T): Promise<T> => {
    await new Promise((resolve) => setImmediate(resolve));
    return run();
  };
  return {
    origin,
    wait: (waiting) => later(() => store.wait(waiting)),
    claim: (id, reason) => later(() => store.claim(id, reason)),
    takeDue: (request) => later(() => store.takeDue(request)),
    settle: (due) => later(() => store.settle(due)),
    summary: () => later(() => store.summary()),
  };
}

describe('MemoryStore', () => {
  it.each(describeStore({ createStore: (origin) => new MemoryStore(origin) }))('%s', (_name, run) =>
    run(),
  );
});

describe('a store behind a network', () => {
  it.each(describeStore({ createStore: createRemote }))('%s', (_name, run) => run());
});

/** Stores that break the contract, each in one way. */
const BROKEN: readonly [string, (store: MemoryStore) => Partial<Store>][] = [
  ['forgets who claimed', () => ({ claim: () => granted(undefined) })],
  ['hands out nothing', () => ({ takeDue: () => [] })],
  [
    'hands out everything at once',
    (store) => ({ takeDue: (request) => store.takeDue({ ...request, limit: 1_000 }) }),
  ],
  [
    'hands out what is not due',
    (store) => ({ takeDue: (request) => store.takeDue({ ...request, now: 1e9 }) }),
  ],
  [
    'hands out for ever',
    (store) => ({ takeDue: (request) => store.takeDue({ ...request, leaseMs: 1e9 }) }),
  ],
  ['settles whatever it is told', () => ({ settle: (due) => due })],
  ['settles nothing', () => ({ settle: () => [] })],
  [
    'forgets a claim that comes before the wait',
    () => ({ claim: () => ({ claimed: false, reason: undefined }) }),
  ],
  ['counts nobody', (store) => ({ summary: () => ({ ...store.summary(), counts: [] }) })],
  [
    'knows no deadline',
    (store) => ({ summary: () => ({ ...store.summary(), nextDeadline: undefined }) }),
  ],
  ['has an origin of its own', () => ({ origin: 'own' })],
  [
    'loses the parents',
    (store) => ({ wait: (waiting: Waiting) => store.wait({ ...waiting, parents: [] }) }),
  ],
];

describe('the contract', () => {
  it.each(BROKEN)('finds a store that %s', async (_, breakIt) => {
    const createStore = (origin: string): Store => {
      const store = new MemoryStore(origin);
      const { wait, claim, takeDue, settle, summary } = store;
      const whole = { origin, wait, claim, takeDue, settle, summary };
      const bound = Object.entries(whole).map(([name, value]) => [
        name,
        typeof value === 'function' ? value.bind(store as never) : value,
      ]);
      return { ...Object.fromEntries(bound), ...breakIt(store) };
    };

    const results = await Promise.allSettled(
      describeStore({ createStore }).map(([, run]) => run()),
    );

    expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
  });

  it('puts away every store, also those that break it', async () => {
    const closed: Store[] = [];
    const cases = describeStore({
      createStore: () => new MemoryStore('wrong'),
      closeStore: (store) => void closed.push(store),
    });

    await Promise.allSettled(cases.map(([, run]) => run()));

    expect(closed).toHaveLength(cases.length);
  });
});

function granted(waiting: Waiting | undefined): Claim {
  return { claimed: true, waiting, stalled: false };
}
