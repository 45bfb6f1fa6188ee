import fc from 'fast-check';
import { createTurnQueue } from '../src/turn-queue';
import { createGate, createManualTimer } from './harness';

const neverTimesOut = { turnTimeoutMs: 1, startTimer: () => () => {}, onTimeout: () => {} };

it('keeps the order of each conversation, runs one turn of it at a time, and ends empty', async () => {
  const turns = fc.array(
    fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      ticks: fc.nat({ max: 5 }),
      fails: fc.boolean(),
    }),
  );
  await fc.assert(
    fc.asyncProperty(turns, async (sequence) => {
      const queue = createTurnQueue(neverTimesOut);
      const running = new Map<string, number>();
      const ended: { key: string; index: number }[] = [];

      const outcomes = sequence.map(({ key, ticks, fails }, index) =>
        queue.run(key, async () => {
          expect(running.get(key) ?? 0).toBe(0);
          running.set(key, 1);
          for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
          running.set(key, 0);
          ended.push({ key, index });
          if (fails) throw new Error(String(index));
        }),
      );
      const settled = await Promise.allSettled(outcomes);

      for (const key of ['a', 'b', 'c']) {
        const indices = ended.filter((turn) => turn.key === key).map(({ index }) => index);
        expect(indices).toEqual([...indices].sort((one, other) => one - other));
      }
      expect(settled.map(({ status }) => status === 'rejected')).toEqual(
        sequence.map(({ fails }) => fails),
      );
      await new Promise((resolve) => setImmediate(resolve));
      expect(queue.size).toBe(0);
    }),
  );
});

it('runs conversations side by side', async () => {
  const queue = createTurnQueue(neverTimesOut);
  const gate = createGate();
  const first = queue.run('a', () => gate.opened);

  await queue.run('b', async () => {});
  await new Promise((resolve) => setImmediate(resolve));

  expect(queue.size).toBe(1);
  gate.open();
  await first;
});

it('goes on when a turn takes too long, and says so', async () => {
  const timer = createManualTimer();
  const onTimeout = jest.fn();
  const queue = createTurnQueue({ turnTimeoutMs: 9, startTimer: timer.start, onTimeout });
  const begun = createGate();
  const stuck = queue.run('a', () => {
    begun.open();
    return new Promise(() => {});
  });
  const next = queue.run('a', async () => {});

  await begun.opened;
  timer.fire(9);
  await Promise.all([stuck, next]);

  expect(onTimeout).toHaveBeenCalledTimes(1);
});

it('takes a turn that fails before it begins for one that failed', async () => {
  const queue = createTurnQueue(neverTimesOut);

  const outcome = queue.run('a', () => {
    throw new Error('boom');
  });

  await expect(outcome).rejects.toThrow('boom');
});
