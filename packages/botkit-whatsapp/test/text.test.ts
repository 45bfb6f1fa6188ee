import fc from 'fast-check';
import { shorten, splitText } from '../src/text';

const texts = fc.array(fc.constantFrom('a', 'word', ' ', '\n', '\n\n', '😀', 'é'), {
  maxLength: 80,
});
const limits = fc.record({
  limit: fc.integer({ min: 4, max: 40 }),
  last: fc.integer({ min: 4, max: 40 }),
});

it('splits into parts that fit, loses only white space, and tears no character', () => {
  fc.assert(
    fc.property(texts, limits, (pieces, { limit, last }) => {
      const text = pieces.join('');

      const parts = splitText(text, Math.max(limit, last), last);

      const visible = (value: string) => value.replace(/\s/g, '');
      expect(visible(parts.join(''))).toBe(visible(text));
      expect(parts.every((part) => part.length <= Math.max(limit, last))).toBe(true);
      expect((parts.at(-1) ?? '').length).toBeLessThanOrEqual(last);
      expect(parts.every((part) => !/\p{Surrogate}/u.test(part))).toBe(true);
    }),
  );
});

it.each([
  ['one two three', 8, ['one two', 'three']],
  ['first\n\nsecond third', 9, ['first', 'second', 'third']],
  ['unbreakable', 5, ['unbre', 'akabl', 'e']],
  ['', 5, []],
])('splits %j at %d', (text, limit, expected) => {
  expect(splitText(text, limit)).toEqual(expected);
});

it.each([
  ['short', 5, 'short'],
  ['longer', 5, 'long…'],
  ['abc😀d', 5, 'abc…'],
])('shortens %j to %d', (text, limit, expected) => {
  expect(shorten(text, limit)).toBe(expected);
});
