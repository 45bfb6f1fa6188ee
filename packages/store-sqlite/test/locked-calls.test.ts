import { LockedCalls } from '../src/locked-calls';

const BUSY = new Error('database is locked');
const FULL = new Error('database or disk is full');

describe('LockedCalls', () => {
  it('runs calls in their order, once the file is free', async () => {
    const { calls, file, pass, ran } = create();
    const answers = ['a', 'b', 'c'].map((name) => calls.add(() => file.run(name)));
    pass(10);
    const before = [...ran];
    file.failure = undefined;

    pass(1);

    expect(before).toEqual([]);
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c']);
    expect(ran).toEqual(['a', 'b', 'c']);
    expect(calls.isEmpty).toBe(true);
  });

  it('gives up a call in time for its caller to know that nothing was written', async () => {
    const { calls, file, pass } = create();
    const first = calls.add(() => file.run('a'));
    pass(400);
    const second = calls.add(() => file.run('b'));

    pass(400);
    file.failure = undefined;
    pass(1);

    await expect(first).rejects.toBe(BUSY);
    expect(await second).toBe('b');
  });

  it('gives up at once what fails for another reason, and goes on', async () => {
    const { calls, file, pass } = create();
    const first = calls.add(() => {
      throw FULL;
    });
    const second = calls.add(() => file.run('b'));
    file.failure = undefined;

    pass(1);

    await expect(first).rejects.toBe(FULL);
    expect(await second).toBe('b');
  });

  it('lets the bot have its turn between calls that take time', () => {
    const { calls, file, pass, ran } = create();
    file.takesMs = 1;
    for (const name of ['a', 'b', 'c', 'd']) void calls.add(() => file.run(name));
    file.failure = undefined;

    pass(1);

    expect(ran).toEqual(['a', 'b']);
  });

  it('tries each once more when there is no other time', async () => {
    const { calls, file } = create();
    const first = calls.add(() => file.run('a'));
    const second = calls.add(() => {
      throw BUSY;
    });
    file.failure = undefined;

    calls.finish();

    expect(await first).toBe('a');
    await expect(second).rejects.toBe(BUSY);
  });

  it('takes no more than memory is meant to hold', async () => {
    const { calls, file } = create();
    for (let index = 0; index < 10_000; index += 1) void calls.add(() => file.run('a'));

    await expect(calls.add(() => file.run('b'))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('10000 calls wait for it'),
    });
  });
});

/** Calls on a file that is locked at first, and time that passes when it is told to. */
function create() {
  let now = 0;
  let timer: { readonly run: () => void; readonly at: number } | undefined;
  const ran: string[] = [];
  const file = {
    failure: BUSY as Error | undefined,
    takesMs: 0,
    run: (name: string) => {
      now += file.takesMs;
      if (file.failure) throw file.failure;
      ran.push(name);
      return name;
    },
  };
  const calls = new LockedCalls({
    isBusy: (error) => error === BUSY,
    tick: () => now,
    startTimer: (run, delayMs) => {
      timer = { run, at: now + delayMs };
    },
  });
  const pass = (ms: number) => {
    const end = now + ms;
    while (timer && timer.at <= end) {
      const { run, at } = timer;
      timer = undefined;
      now = Math.max(now, at);
      run();
    }
    now = Math.max(now, end);
  };
  return { calls, file, pass, ran };
}
