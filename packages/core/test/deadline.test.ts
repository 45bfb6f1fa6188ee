import { withDeadline } from '../src';

/** A deadline of a second, whose clock and timers are the test's. */
function createDeadline() {
  const clock = { tick: 0 };
  const timers: { readonly run: () => void; readonly ms: number }[] = [];
  const options = {
    timeoutMs: 1000,
    tooLate: (timeoutMs: number) => new Error(`Nothing in ${timeoutMs} ms.`),
    tick: () => clock.tick,
    startTimer: (run: () => void, ms: number) => {
      const timer = { run, ms };
      timers.push(timer);
      return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
    },
  };
  const wake = (tick: number) => {
    clock.tick = tick;
    timers.shift()?.run();
  };
  return { options, timers, wake };
}

describe('a deadline', () => {
  it.each([
    ['gives an answer', Promise.resolve('yes'), { status: 'fulfilled', value: 'yes' }],
    ['rejects as the answer does', Promise.reject('no'), { status: 'rejected', reason: 'no' }],
  ])('%s, and stops its timer', async (_, answer, expected) => {
    const { options, timers } = createDeadline();

    const [settled] = await Promise.allSettled([withDeadline(answer, options)]);

    expect(settled).toEqual(expected);
    expect(timers).toEqual([]);
  });

  it('rejects once the time is up, in words of the caller', async () => {
    const { options, timers, wake } = createDeadline();

    const answer = withDeadline(new Promise(() => undefined), options);
    wake(1000);

    await expect(answer).rejects.toThrow('Nothing in 1000 ms.');
    expect(timers).toEqual([]);
  });

  it('ignores what comes later', async () => {
    const { options, wake } = createDeadline();
    let fail: (error: Error) => void = () => undefined;
    const late = new Promise((_, reject) => {
      fail = reject;
    });

    const answer = withDeadline(late, options);
    wake(1000);
    fail(new Error('late'));

    await expect(answer).rejects.toThrow('Nothing in 1000 ms.');
  });

  it('reads an answer that came while the process was held up', async () => {
    const { options, timers, wake } = createDeadline();
    let answer: (text: string) => void = () => undefined;
    const pending = new Promise<string>((resolve) => {
      answer = resolve;
    });

    const given = withDeadline(pending, options);
    wake(5000);
    const waited = timers.map(({ ms }) => ms);
    answer('yes');

    expect(await given).toBe('yes');
    expect(waited).toEqual([50]);
    expect(timers).toEqual([]);
  });

  it('waits no longer for it than that', async () => {
    const { options, wake } = createDeadline();

    const answer = withDeadline(new Promise(() => undefined), options);
    wake(5000);
    wake(5050);

    await expect(answer).rejects.toThrow('Nothing in 1000 ms.');
  });

  it('has a timer of its own', async () => {
    const tooLate = () => new Error('late');

    const answer = withDeadline(new Promise(() => undefined), { timeoutMs: 1, tooLate });

    await expect(answer).rejects.toThrow('late');
  });
});
