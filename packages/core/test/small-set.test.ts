import fc from 'fast-check';
import { SmallSet } from '../src/small-set';

describe('a small set', () => {
  it('holds what a set holds, in the same order', () => {
    const values = fc.array(fc.constantFrom<string>('', 'a', 'b', 'c', 'd'));

    fc.assert(
      fc.property(values, (added) => {
        const small = new SmallSet<string>();

        for (const value of added) small.add(value);

        const set = new Set(added);
        expect([...small.values()]).toEqual([...set]);
        for (const value of ['', 'a', 'b', 'c', 'd']) expect(small.has(value)).toBe(set.has(value));
      }),
    );
  });
});
