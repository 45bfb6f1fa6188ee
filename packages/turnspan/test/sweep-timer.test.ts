import type { Tracker } from '@turnspan/core';
import { createSweepTimer } from '../src/sweep-timer';

const INTERVAL = 10_000;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A timer over sweeps that end when they are told to. */
function createSweeps() {
  const running: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const sweep = jest.fn(
    () =>
      new Promise<number>((resolve, reject) => {
        running.push({ resolve: () => resolve(0), reject });
      }),
  );
  const contained = jest.fn();
  const timer = createSweepTimer({ sweep, contained } as unknown as Tracker, INTERVAL);
  return { timer, sweep, contained, running };
}

describe('the sweep timer', () => {
  it('sweeps at each interval from its start to its stop', async () => {
    const { timer, sweep, running } = createSweeps();

    await jest.advanceTimersByTimeAsync(INTERVAL);
    expect(sweep).not.toHaveBeenCalled();
    timer.start();
    await jest.advanceTimersByTimeAsync(INTERVAL);
    running.shift()?.resolve();
    await jest.advanceTimersByTimeAsync(INTERVAL);
    timer.stop();
    await jest.advanceTimersByTimeAsync(10 * INTERVAL);

    expect(sweep).toHaveBeenCalledTimes(2);
  });

  it('begins no sweep while one is running, however long', async () => {
    const { timer, sweep, running } = createSweeps();
    timer.start();

    await jest.advanceTimersByTimeAsync(5 * INTERVAL);
    expect(sweep).toHaveBeenCalledTimes(1);
    running.shift()?.resolve();
    await jest.advanceTimersByTimeAsync(INTERVAL);

    expect(sweep).toHaveBeenCalledTimes(2);
    timer.stop();
  });

  it('reports a sweep that fails, and goes on', async () => {
    const { timer, sweep, contained, running } = createSweeps();
    const error = new Error('the store is gone');
    timer.start();

    await jest.advanceTimersByTimeAsync(INTERVAL);
    running.shift()?.reject(error);
    await jest.advanceTimersByTimeAsync(INTERVAL);

    expect(contained.mock.calls).toEqual([[error]]);
    expect(sweep).toHaveBeenCalledTimes(2);
    timer.stop();
  });

  it('is one timer however often it is started, and keeps no process alive', () => {
    const setInterval = jest.spyOn(globalThis, 'setInterval');
    const { timer } = createSweeps();

    timer.start();
    timer.start();

    const timers = setInterval.mock.results.map(({ value }) => value as NodeJS.Timeout);
    expect(timers.map((each) => each.hasRef())).toEqual([false]);
    timer.stop();
    expect(jest.getTimerCount()).toBe(0);
  });
});
