import fc from 'fast-check';
import { ByteBuffer } from '../src/byte-buffer';
import { Slab } from '../src/slab';

const steps = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('put' as const),
        length: fc.integer({ min: 1, max: 3_000 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('free' as const), which: fc.nat() }) },
  ),
  { maxLength: 300, size: 'max' },
);

/** Bytes that differ from number to number. */
function createBytes(number: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => number + index);
}

function put(slab: Slab, bytes: Uint8Array): number {
  const buffer = new ByteBuffer();
  buffer.reserve(bytes.length);
  buffer.bytes.set(bytes);
  buffer.position = bytes.length;
  return slab.put(buffer);
}

function load(slab: Slab, record: number, length: number): Uint8Array {
  const buffer = new ByteBuffer();
  slab.load(record, buffer);
  return buffer.bytes.subarray(0, length);
}

/** A slab beside what it should hold. */
class Pair {
  readonly slab = new Slab();
  readonly expected = new Map<number, Uint8Array>();
  #puts = 0;

  put(length: number): void {
    this.#puts += 1;
    const bytes = createBytes(this.#puts, length);
    const record = put(this.slab, bytes);
    expect(this.expected.has(record)).toBe(false);
    this.expected.set(record, bytes);
  }

  free(which: number): void {
    const record = [...this.expected.keys()][which % this.expected.size];
    if (record === undefined) return;
    this.slab.free(record);
    this.expected.delete(record);
  }
}

describe('a slab', () => {
  it('keeps every record as it was put there, until it is freed', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const pair = new Pair();

        for (const step of sequence) {
          if (step.kind === 'put') pair.put(step.length);
          else pair.free(step.which);
        }

        for (const [record, bytes] of pair.expected) {
          expect(load(pair.slab, record, bytes.length)).toEqual(bytes);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('uses what was freed again before anything new', () => {
    const slab = new Slab();
    const records = Array.from({ length: 20_000 }, (_, number) =>
      put(slab, createBytes(number, 8)),
    );

    for (const record of records.slice(100)) slab.free(record);
    const again = records.slice(100).map((_, number) => put(slab, createBytes(number, 8)));

    expect(Math.max(...again)).toBe(Math.max(...records));
  });

  it('reads and changes single words of a record', () => {
    const slab = new Slab();
    const record = put(slab, createBytes(1, 200));

    slab.setWord(record, 2, 0xfedcba98);

    expect(slab.word(record, 2)).toBe(0xfedcba98);
    expect(load(slab, record, 16).subarray(0, 8)).toEqual(createBytes(1, 8));
  });
});
