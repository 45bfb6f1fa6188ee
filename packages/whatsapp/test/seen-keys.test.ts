import fc from 'fast-check';
import { createSeenKeys } from '../src';
import { createManualClock } from './harness';

it('knows a key again until it expires, as a list of all of them would', () => {
  const steps = fc.array(
    fc.record({ key: fc.constantFrom('a', 'b', 'c'), waitMs: fc.nat({ max: 15 }) }),
  );
  fc.assert(
    fc.property(steps, (sequence) => {
      const clock = createManualClock();
      const seen = createSeenKeys({ clock });
      const expiries = new Map<string, number>();

      for (const { key, waitMs } of sequence) {
        clock.advance(waitMs);
        const isNew = (expiries.get(key) ?? 0) <= clock.tick();
        if (isNew) expiries.set(key, clock.tick() + 10);

        expect(seen.firstSeen(key, 10)).toBe(isNew);
      }
    }),
  );
});

it('forgets the oldest when there are too many', () => {
  const seen = createSeenKeys({ clock: createManualClock(), maxKeys: 2 });

  const answers = ['a', 'b', 'c', 'b', 'c', 'a'].map((key) => seen.firstSeen(key, 1000));

  expect(answers).toEqual([true, true, true, false, false, true]);
});
