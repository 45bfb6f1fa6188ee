import fc from 'fast-check';
import { HashIndex, hashText } from '../src/hash-index';

/** Few, so that they collide, and some that begin at the end of the table. */
const hash = fc.oneof(
  fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32 - 2),
  fc.nat({ max: 2 ** 31 - 1 }),
);
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('add' as const), hash }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), which: fc.nat() }) },
  ),
  { maxLength: 600, size: 'max' },
);

/** An index beside what it should hold: numbers with their hashes. */
class Pair {
  readonly index = new HashIndex();
  readonly expected = new Map<number, number>();
  #numbers = 0;

  add(hash: number): void {
    this.#numbers += 1;
    this.index.add(hash, this.#numbers);
    this.expected.set(this.#numbers, hash);
  }

  remove(which: number): void {
    const [number, hash] = [...this.expected][which % this.expected.size] ?? [];
    if (number === undefined || hash === undefined) return;
    this.index.remove(hash, number);
    this.expected.delete(number);
    expect(this.index.find(hash, (each) => each === number)).toBeUndefined();
  }
}

describe('an index by hash', () => {
  it('finds what was added and not removed, whatever the hashes are', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const pair = new Pair();

        for (const step of sequence) {
          if (step.kind === 'add') pair.add(step.hash);
          else pair.remove(step.which);
        }

        for (const [number, hash] of pair.expected) {
          expect(pair.index.find(hash, (each) => each === number)).toBe(number);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('spreads ids that differ little', () => {
    const buckets = new Set(
      Array.from({ length: 1_000 }, (_, number) => hashText(`a1b2.${number}.1.size`) >>> 20),
    );

    expect(buckets.size).toBeGreaterThan(800);
  });
});
