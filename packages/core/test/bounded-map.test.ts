import fc from 'fast-check';
import { BoundedMap } from '../src/bounded-map';

interface Step {
  readonly kind: 'set' | 'delete';
  readonly key: number;
}

/** The same map, as slow as it is plain: an array, oldest first. */
function createModel(capacity: number) {
  let entries: [number, number][] = [];
  const evicted: [number, number][] = [];
  const remove = (key: number) => {
    entries = entries.filter(([known]) => known !== key);
  };
  const set = (key: number, value: number) => {
    remove(key);
    entries.push([key, value]);
    if (entries.length > capacity) evicted.push(...entries.splice(0, 1));
  };
  return { set, delete: remove, evicted, entries: () => entries };
}

describe('a bounded map', () => {
  it('forgets the oldest when it is full, and an entry that is set again is the youngest', () => {
    const map = new BoundedMap<string, number>(2);

    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    map.set('c', 4);

    expect(map.toEntries()).toEqual([
      ['a', 3],
      ['c', 4],
    ]);
    expect([map.has('b'), map.get('a')]).toEqual([false, 3]);
  });

  it('tells what had to go, and not what was deleted or replaced', () => {
    const evicted: [string, number][] = [];
    const map = new BoundedMap<string, number>(2, { evicted: (...entry) => evicted.push(entry) });

    map.set('a', 1);
    map.set('a', 2);
    map.set('b', 3);
    map.delete('b');
    map.set('c', 4);
    map.set('d', 5);

    expect(evicted).toEqual([['a', 2]]);
  });

  it('holds and forgets the same as one that looks for its oldest entry each time', () => {
    const step: fc.Arbitrary<Step> = fc.record({
      kind: fc.constantFrom('set', 'set', 'set', 'delete'),
      key: fc.nat({ max: 12 }),
    });
    const steps = fc.array(step, { maxLength: 60, size: 'max' });

    const isSame = fc.property(fc.integer({ min: 1, max: 8 }), steps, (capacity, all) => {
      const model = createModel(capacity);
      const evicted: [number, number][] = [];
      const map = new BoundedMap<number, number>(capacity, {
        evicted: (...entry) => evicted.push(entry),
      });
      for (const [value, { kind, key }] of all.entries()) {
        for (const each of [model, map]) each[kind](key, value);
        expect(map.toEntries()).toEqual(model.entries());
      }
      expect(evicted).toEqual(model.evicted);
    });

    fc.assert(isSame);
  });

  it('takes about as long for a new entry when it is full and large as when it is full and small', () => {
    const sizes = [500, 50_000];
    const maps = sizes.map((size) => fill(new BoundedMap<number, number>(size), size));

    const ratios = Array.from({ length: 15 }, () => {
      const [small = 0, large = 0] = maps.map(timeTurnover);
      return large / small;
    });

    const [median = Number.POSITIVE_INFINITY] = ratios.sort((a, b) => a - b).slice(7);
    expect(median).toBeLessThan(8);
  });
});

function fill(map: BoundedMap<number, number>, size: number): BoundedMap<number, number> {
  for (let key = 0; key < size; key += 1) map.set(key, key);
  return map;
}

let nextKey = 1_000_000;

/** Milliseconds for a few thousand new entries, each of which pushes out an old one. */
function timeTurnover(map: BoundedMap<number, number>): number {
  const from = performance.now();
  for (let count = 0; count < 5000; count += 1) {
    nextKey += 1;
    map.set(nextKey, count);
  }
  return performance.now() - from;
}
