import fc from 'fast-check';
import { DeadlineQueue } from '../src/deadline-queue';

type Step =
  | { readonly kind: 'push'; readonly at: number }
  | { readonly kind: 'pop' }
  | { readonly kind: 'remove'; readonly which: number };

const deadline = fc.oneof(
  fc.integer({ min: 0, max: 50 }),
  fc.constantFrom(Number.NEGATIVE_INFINITY, 0.5, Number.POSITIVE_INFINITY),
);

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('push' as const), at: deadline }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'pop' as const }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), which: fc.nat() }) },
  ),
  { maxLength: 100, size: 'max' },
);

/** A queue beside what it should hold: records with their deadlines. */
class Pair {
  readonly indexes = new Map<number, number>();
  readonly queue = new DeadlineQueue((record, index) => this.indexes.set(record, index));
  readonly expected = new Map<number, number>();
  #records = 0;

  take(step: Step): void {
    if (step.kind === 'push') this.#push(step.at);
    if (step.kind === 'pop') this.pop();
    if (step.kind === 'remove') this.#remove(step.which);
    expect(this.queue.peek()).toBe(this.#earliest());
  }

  pop(): void {
    const earliest = this.#earliest();
    const record = this.queue.pop();
    expect(record === undefined ? undefined : this.expected.get(record)).toBe(earliest);
    if (record !== undefined) this.expected.delete(record);
  }

  #push(at: number): void {
    this.#records += 1;
    this.queue.push(at, this.#records);
    this.expected.set(this.#records, at);
  }

  #remove(which: number): void {
    const records = [...this.expected.keys()];
    const record = records[which % records.length];
    if (record === undefined) return;
    this.queue.remove(this.indexes.get(record) ?? -1);
    this.expected.delete(record);
  }

  #earliest(): number | undefined {
    return [...this.expected.values()].sort((a, b) => a - b)[0];
  }
}

describe('a queue of deadlines', () => {
  it('gives them out as sorting would, while some come in and others are taken out', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const pair = new Pair();

        for (const step of sequence) pair.take(step);
        while (pair.expected.size > 0) pair.pop();

        expect(pair.queue.pop()).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
});
