import fc from 'fast-check';
import { toId, toStem } from '../src/id-stem';

const part = fc.string({ maxLength: 3, unit: fc.constantFrom('a', '.') });

describe('the stem of an id', () => {
  it('is the id again with what was cut off, also where the two overlap', () => {
    fc.assert(
      fc.property(part, part, part, (prefix, middle, suffix) => {
        const ends = { prefix, suffix };
        for (const id of [middle, prefix + middle, middle + suffix, prefix + middle + suffix]) {
          expect(toId(toStem(id, ends), ends)).toBe(id);
        }
      }),
    );
  });

  it('leaves out what an id begins and ends with', () => {
    const ends = { prefix: 'here.', suffix: 'size' };

    expect(toStem('here.abc.1.size', ends)).toEqual({
      stem: 'abc.1.',
      hasPrefix: true,
      hasSuffix: true,
    });
  });
});
