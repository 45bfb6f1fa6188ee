import fc from 'fast-check';
import { LabelCap, OTHER } from '../src';

describe('a capped label', () => {
  it('never has more values than its cap and the other one, whatever users type', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.array(fc.string()), (cap, typed) => {
        const overflows: string[] = [];
        const label = new LabelCap('node', cap, (name) => overflows.push(name));

        const values = typed.map((value) => label.apply(value));

        const others = values.filter((value) => value === OTHER);
        expect(new Set(values).size).toBeLessThanOrEqual(cap + 1);
        expect(overflows).toEqual(others.map(() => 'node'));
      }),
    );
  });

  it('always gives the same for the same', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd')), (typed) => {
        const label = new LabelCap('node', 2, () => {});
        const seen = new Map<string, string>();

        for (const value of typed) {
          const given = label.apply(value);
          expect(seen.get(value) ?? given).toBe(given);
          seen.set(value, given);
        }
      }),
    );
  });

  it('cuts what is too long', () => {
    const label = new LabelCap('node', 1, () => {});

    expect(label.apply('x'.repeat(500))).toBe('x'.repeat(128));
  });
});
