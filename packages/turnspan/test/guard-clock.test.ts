import type { Clock } from '@turnspan/core';
import { systemClock } from '@turnspan/core';
import { guardClock } from '../src/guard-clock';

const fail = () => {
  throw new TypeError('the words of somebody else');
};

/** Wrong clocks, and what is said of them. */
const WRONG: readonly (readonly [what: string, read: () => unknown, said: string])[] = [
  ['throws', fail, 'it threw'],
  ['gives no number', () => Number.NaN, 'it gave NaN'],
  ['never ends', () => Number.POSITIVE_INFINITY, 'it gave Infinity'],
  ['gives nothing', () => undefined, 'it gave undefined'],
  ['gives a text', () => '12:00', 'it gave string'],
  ['gives a promise that is kept', async () => 5, 'it gave object'],
  ['gives a promise that is broken', async () => fail(), 'it gave object'],
];

describe('a guarded clock', () => {
  it.each(WRONG)('that %s is reported, and this machine stands in', async (_, read, said) => {
    const onError = jest.fn();
    const clock = guardClock({ now: read as () => number, tick: read as () => number }, onError);
    const before = systemClock.tick();

    const [now, tick] = [clock.now(), clock.tick()];
    await new Promise(setImmediate);

    expect(Math.abs(now - Date.now())).toBeLessThan(10_000);
    expect(tick).toBeGreaterThanOrEqual(before);
    const messages = onError.mock.calls.map(([error]) => error.message);
    expect(messages).toEqual([
      expect.stringMatching(`\`now\` to return milliseconds, but ${said};`),
      expect.stringMatching(`\`tick\` to return milliseconds, but ${said};`),
    ]);
    expect(messages.join()).not.toContain('somebody else');
  });

  it.each<[string, Partial<Clock>, readonly number[]]>([
    ['both', { now: () => 5, tick: () => 6 }, [5, 6]],
    ['the wall clock for durations too, where there is no other', { now: () => 5 }, [5, 5]],
  ])('takes %s', (_, options, expected) => {
    const onError = jest.fn();
    const clock = guardClock(options, onError);

    expect([clock.now(), clock.tick()]).toEqual(expected);
    expect(onError).not.toHaveBeenCalled();
  });
});
