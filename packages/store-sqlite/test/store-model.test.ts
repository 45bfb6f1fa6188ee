import { type Due, MemoryStore, type Store, type WaitingSummary } from '@turnspan/core';
import fc from 'fast-check';
import { createStoreWith } from '../src/create-sqlite-store';
import { DRIVERS } from './support/journal';
import { createWaiting } from './support/store';

const name = fc.constantFrom('1', '2', '3', '4');
const time = fc.integer({ min: 0, max: 20 });
const call = fc.oneof(
  fc.record({
    kind: fc.constant('wait' as const),
    name,
    node: fc.constantFrom('size', 'crust'),
    stallAt: time,
    dropAt: time,
  }),
  fc.record({ kind: fc.constant('claim' as const), name }),
  fc.record({ kind: fc.constant('take' as const), after: time }),
  fc.record({ kind: fc.constant('settle' as const), which: fc.nat(3) }),
);

type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

describe.each(DRIVERS)('a store on %s', (_name, openFile) => {
  it('answers as the one in memory does, whatever is asked in whatever order', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 40 }), (calls) => {
        const store = createStoreWith(openFile, { file: ':memory:' });

        const answers = runAll(store, calls);

        expect(answers).toEqual(runAll(new MemoryStore('turnspan'), calls));
        store.close();
      }),
    );
  });
});

/** What each call got, and how the list was after it. */
function runAll(store: Store, calls: readonly Call[]): readonly unknown[] {
  const taken: (readonly Due[])[] = [];
  let now = 0;
  const run = (each: Call): unknown => {
    switch (each.kind) {
      case 'wait':
        return store.wait({ ...createWaiting(each.name), ...each, ...toUnique(each) });
      case 'claim':
        return store.claim(createWaiting(each.name).id, 'answered');
      case 'take':
        now += each.after;
        taken.push(store.takeDue({ now, limit: 3, leaseMs: 5 }) as readonly Due[]);
        return toPlain(taken.at(-1) ?? []);
      case 'settle':
        return toPlain(store.settle(taken.at(-1 - each.which) ?? []) as readonly Due[]);
    }
  };
  return calls.map((each) => [run(each), toSorted(store.summary() as WaitingSummary)]);
}

/** Which of two that are due at the same time comes first is nobody's promise. */
function toUnique({ name: id, stallAt, dropAt }: Call & { readonly kind: 'wait' }) {
  return { name: undefined, kind: undefined, stallAt: stallAt + Number(id) / 10, dropAt };
}

function toPlain(due: readonly Due[]): readonly unknown[] {
  return due.map(({ deadline, waiting: { id } }) => `${deadline} ${id}`).sort();
}

function toSorted({ counts, nextDeadline }: WaitingSummary): unknown {
  const there = counts.filter(({ waiting }) => waiting > 0).map((count) => ({ ...count }));
  return { counts: there.sort((a, b) => a.node.localeCompare(b.node)), nextDeadline };
}
