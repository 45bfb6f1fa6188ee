import { statSync } from 'node:fs';
import { Checkpointer } from '../src/checkpointer';
import { createStoreWith } from '../src/create-sqlite-store';
import { findDriver } from '../src/drivers';
import type { Answer, Statement } from '../src/statement';
import { createPath, DRIVERS } from './support/journal';
import { createWaiting } from './support/store';

const UNABLE = "throw new Error('There are no threads here.');";

describe('Checkpointer', () => {
  it.each([
    ['a small log', 300, ['passive']],
    ['a log that grows faster than that', 10_000, ['passive', 'passive', 'truncate']],
  ])('tidies %s up every 200 writes', async (_case, log, modes) => {
    const { checkpointer, asked, answer } = create();

    for (let write = 0; write < 199; write += 1) checkpointer.note();
    const before = [...asked];
    checkpointer.note();
    for (let step = 0; step < 3; step += 1) await answer(log);

    expect(before).toEqual([]);
    expect(asked).toEqual(modes.map((mode) => `pragma wal_checkpoint(${mode})`));
  });

  it('does not ask again before it has an answer', async () => {
    const { checkpointer, asked, answer } = create();

    for (let write = 0; write < 1000; write += 1) checkpointer.note();
    const before = asked.length;
    await answer(1);
    checkpointer.note();

    expect([before, asked.length]).toEqual([1, 2]);
  });

  it('reports a checkpoint that fails once until one succeeds, and not that another process is at it', async () => {
    const { checkpointer, answer, fail, onError } = create();
    const write = () => {
      for (let count = 0; count < 200; count += 1) checkpointer.note();
    };

    const failBusy = () => fail({ errcode: 5 });

    for (const settle of [failBusy, fail, fail, answer, fail]) {
      write();
      await settle();
    }

    expect(onError).toHaveBeenCalledTimes(2);
  });
});

describe.each(DRIVERS)('a store on %s', (_name, openFile) => {
  it('has its log tidied up in another thread', async () => {
    const file = createPath('store.db');
    const onError = jest.fn();
    const store = createStoreWith(openFile, { file, onError });
    const before = statSync(file).size;

    for (let index = 0; index < 300; index += 1) await store.wait(createWaiting(`${index}`));
    const meanwhile = statSync(file).size;
    while (statSync(file).size === before) await new Promise(setImmediate);

    expect(meanwhile).toBe(before);
    expect(onError).not.toHaveBeenCalled();
    store.close();
  }, 30_000);

  it('tidies up by itself where there can be no thread, and tells so once', async () => {
    const file = createPath('store.db');
    const onError = jest.fn();
    const store = createStoreWith(openFile, { file, onError }, UNABLE);
    const before = statSync(file).size;
    let index = 0;
    const write = async () => {
      index += 1;
      await store.wait(createWaiting(`${index}`));
    };

    while (index < 200) await write();
    while (onError.mock.calls.length === 0) await new Promise(setImmediate);
    while (statSync(file).size === before) await write();
    while (index < 1000) await write();

    expect(onError.mock.calls.map(([{ message }]) => message)).toEqual([
      expect.stringContaining('failed (There are no threads here.)'),
    ]);
    store.close();
  }, 30_000);
});

/** A checkpointer whose thread answers when it is told to. */
function create() {
  const asked: string[] = [];
  const onError = jest.fn();
  let settle: { resolve(answer: Answer): void; reject(error: unknown): void } | undefined;
  const ask = ({ sql }: Statement) => {
    asked.push(sql);
    return new Promise<Answer>((resolve, reject) => {
      settle = { resolve, reject };
    });
  };
  const checkpointer = new Checkpointer({
    database: findDriver()(':memory:'),
    thread: { ask, hasFailed: false, stop: () => undefined },
    onError,
  });
  const answer = async (log = 1) => {
    settle?.resolve({ rows: [{ busy: 0, log, checkpointed: log }], changes: 0 });
    await new Promise(setImmediate);
  };
  const fail = async (error: object = new Error('disk I/O error')) => {
    settle?.reject(error);
    await new Promise(setImmediate);
  };
  return { checkpointer, asked, answer, fail, onError };
}
