import { guardStore, MemoryStore, type Store } from '../src';

const boom = new Error('boom');

/** A guarded store whose answers, clock and timers are the test's. */
function guard(answer: () => unknown) {
  const clock = { tick: 0 };
  const timers = new Set<() => void>();
  const claim = jest.fn(answer);
  const inner = Object.assign(new MemoryStore('here'), { claim }) as unknown as Store;
  const store = guardStore(inner, {
    tick: () => clock.tick,
    failures: 3,
    pauseMs: 100,
    maxPauseMs: 250,
    startTimer: (run) => {
      timers.add(run);
      return () => timers.delete(run);
    },
  });
  const ask = async () => await store.claim('here.1', 'answered');
  const fail = async (times: number) => {
    for (let time = 0; time < times; time += 1) await ask().catch(() => undefined);
  };
  return { store, clock, timers, claim, ask, fail };
}

describe('a guarded store', () => {
  it('gives back what the store answers, at once where the store does', () => {
    const { store } = guard(() => 'granted');

    expect(store.claim('here.1', 'answered')).toBe('granted');
  });

  it('stops the timer of a call that is answered', async () => {
    const { ask, timers } = guard(async () => 'granted');

    expect(await ask()).toBe('granted');
    expect(timers.size).toBe(0);
  });

  it('tells the store which message claims', async () => {
    const { store, claim } = guard(() => 'granted');

    await store.claim('here.1', 'answered', 'message');
    await store.claim('here.2', 'answered');

    expect(claim.mock.calls).toEqual([
      ['here.1', 'answered', 'message'],
      ['here.2', 'answered', undefined],
    ]);
  });

  it('asks a store for the drops that it keeps, and no other', async () => {
    const list = jest.fn(() => []);
    const forget = jest.fn(async () => undefined);
    const inner: Store = Object.assign(new MemoryStore('here'), { untold: { list, forget } });

    const { untold } = guardStore(inner);

    expect(await untold?.list(5, 2)).toEqual([]);
    await untold?.forget(['here.1']);
    expect(list).toHaveBeenCalledWith(5, 2);
    expect(forget).toHaveBeenCalledWith(['here.1']);
    expect(guard(() => 'granted').store).not.toHaveProperty('untold');
  });

  it.each([
    ['list', 'listed'],
    ['forget', 'forgotten'],
  ] as const)('gives %s as long as a sweep may take', async (name, answer) => {
    const limits: number[] = [];
    const untold = {
      list: async () => [],
      forget: async () => undefined,
      [name]: async () => answer,
    };
    const inner = Object.assign(new MemoryStore('here'), { untold }) as unknown as Store;
    const startTimer = (_: () => void, ms: number) => {
      limits.push(ms);
      return () => undefined;
    };
    const store = guardStore(inner, { timeoutMs: 1, sweepTimeoutMs: 2, startTimer });

    const told = name === 'list' ? store.untold?.list(0, 1) : store.untold?.forget([]);

    expect(await told).toBe(answer);
    expect(limits).toEqual([2]);
  });

  it('rejects a call that gets no answer in time, in words', async () => {
    const { ask, timers } = guard(() => new Promise(() => {}));

    const answer = expect(ask()).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('did not answer within 1000 ms'),
    });
    for (const run of timers) run();

    await answer;
  });

  it('reads an answer that came while the process was held up, and waits no longer than for that', async () => {
    const answers: ((answer: string) => void)[] = [];
    const { ask, timers, clock } = guard(() => new Promise((resolve) => answers.push(resolve)));
    const runTimers = () => {
      for (const run of [...timers]) run();
    };
    const [answered, lost] = [ask(), expect(ask()).rejects.toThrow('did not answer')];

    clock.tick = 5000;
    runTimers();
    answers[0]?.('granted');
    expect(await answered).toBe('granted');
    runTimers();

    await lost;
  });

  it.each([
    [
      'throws',
      () => {
        throw boom;
      },
    ],
    ['rejects', () => Promise.reject(boom)],
  ])('hands on what a store that %s fails with', async (_, answer) => {
    await expect(guard(answer).ask()).rejects.toBe(boom);
  });

  it('asks no more after failures in a row, and again after a pause', async () => {
    const { ask, claim, clock, fail } = guard(() => Promise.reject(boom));
    await fail(3);

    await expect(ask()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(claim).toHaveBeenCalledTimes(3);
    clock.tick = 100;
    await expect(ask()).rejects.toBe(boom);
  });

  it('tries with one call, while the others are turned away', async () => {
    const pending: (() => void)[] = [];
    let isDown = true;
    const { ask, clock, fail } = guard(() =>
      isDown ? Promise.reject(boom) : new Promise((resolve) => pending.push(() => resolve('ok'))),
    );
    await fail(3);
    isDown = false;
    clock.tick = 100;

    const trial = ask();
    await expect(ask()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    for (const answer of pending) answer();

    expect(await trial).toBe('ok');
    const next = ask();
    for (const answer of pending) answer();
    expect(await next).toBe('ok');
  });

  it('doubles the pause with every trial that fails, up to the longest', async () => {
    const { ask, claim, clock, fail } = guard(() => Promise.reject(boom));
    await fail(3);

    const asked: number[] = [];
    for (clock.tick = 0; clock.tick <= 1_000; clock.tick += 10) {
      const before = claim.mock.calls.length;
      await ask().catch(() => undefined);
      if (claim.mock.calls.length > before) asked.push(clock.tick);
    }

    expect(asked).toEqual([100, 300, 550, 800]);
  });

  it('takes failures that are not in a row for chance', async () => {
    let call = 0;
    const { ask, claim } = guard(() => {
      call += 1;
      return call % 3 === 0 ? Promise.resolve('ok') : Promise.reject(boom);
    });

    for (let time = 0; time < 12; time += 1) await ask().catch(() => undefined);

    expect(claim).toHaveBeenCalledTimes(12);
  });
});
