import fc from 'fast-check';
import { mergeRows } from '../src/merge-rows';

const row = fc.record({
  hour: fc.nat(3),
  flow: fc.constantFrom('a', 'b', '', '","'),
  count: fc.nat(9),
  seconds_sum: fc.nat(9),
});

const BY = { name: ['hour', 'flow'], sums: ['count', 'seconds_sum'] } as const;

describe('mergeRows', () => {
  it('has each name once, with the sums of its rows, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(row), fc.infiniteStream(fc.nat()), (rows, ranks) => {
        const shuffled = rows
          .map((each) => ({ each, rank: ranks.next().value }))
          .sort((one, other) => one.rank - other.rank)
          .map(({ each }) => each);

        const merged = mergeRows(rows, BY);

        const names = merged.map(({ hour, flow }) => JSON.stringify([hour, flow]));
        expect(new Set(names).size).toBe(merged.length);
        for (const { hour, flow, count, seconds_sum } of merged) {
          const same = rows.filter((each) => each.hour === hour && each.flow === flow);
          expect(count).toBe(same.reduce((sum, each) => sum + each.count, 0));
          expect(seconds_sum).toBe(same.reduce((sum, each) => sum + each.seconds_sum, 0));
        }
        expect(new Set(rows.map(({ hour, flow }) => JSON.stringify([hour, flow]))).size).toBe(
          merged.length,
        );
        expect(mergeRows(shuffled, BY)).toEqual(merged);
      }),
    );
  });
});
