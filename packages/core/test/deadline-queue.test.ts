import fc from 'fast-check';
import { DeadlineQueue } from '../src/deadline-queue';

describe('a queue of deadlines', () => {
  it('gives them out as sorting would, while new ones come in', () => {
    const steps = fc.array(fc.option(fc.integer({ min: 0, max: 50 }), { nil: 'pop' as const }));

    fc.assert(
      fc.property(steps, (sequence) => {
        const queue = new DeadlineQueue();
        let expected: number[] = [];
        for (const [index, step] of sequence.entries()) {
          if (step === 'pop') {
            const [first, ...rest] = expected;
            expect(queue.peek()?.at).toBe(first);
            expect(queue.pop()?.at).toBe(first);
            expected = rest;
          } else {
            queue.push(step, `id${index}`);
            expected = [...expected, step].sort((a, b) => a - b);
          }
        }
        expect(expected.map(() => queue.pop()?.at)).toEqual(expected);
        expect(queue.pop()).toBeUndefined();
      }),
    );
  });

  it('loses no id', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5)), (times) => {
        const queue = new DeadlineQueue();
        for (const [index, at] of times.entries()) queue.push(at, `id${index}`);

        const ids = times.map(() => queue.pop()?.id);

        expect(ids.sort()).toEqual(times.map((_, index) => `id${index}`).sort());
      }),
    );
  });
});
