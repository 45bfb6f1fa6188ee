import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Store } from '@turnspan/core';
import { createStoreWith } from '../src/create-sqlite-store';
import { ending } from './support/child';
import { createPath, DRIVERS, readRows } from './support/journal';
import { createWaiting } from './support/store';

interface Told {
  readonly index: number;
  readonly claimed: boolean;
  /** Whether a call had to wait for another process. */
  readonly waited: boolean;
}

describe.each(DRIVERS)('processes with a store on %s', (name, openFile) => {
  it('open one new file at once, and give each wait to one of them', async () => {
    const file = createPath('store.db');
    const count = 1000;

    const children = [1, 2, 3].map(() => start(file, name, String(count)));
    await Promise.all(children.map((child) => once(child, 'message')));
    const processes = children.map(listen);
    for (const child of children) child.send('go');
    const endings = await Promise.all(processes.map(({ child }) => ending(child)));

    const claimed = processes.flatMap(({ told }) => told.filter((each) => each.claimed));
    const expected = Array.from({ length: count }, (_, index) => index);
    expect(endings).toEqual([0, 0, 0]);
    expect(processes.flatMap(({ told }) => told.filter((each) => each.waited))).not.toEqual([]);
    expect(claimed.map(({ index }) => index).sort((a, b) => a - b)).toEqual(expected);
    expect(readRows(openFile, file, 'waits')).toEqual([]);
    expect(readRows(openFile, file, 'waiting_counts')).toEqual([]);
  }, 60_000);

  it('are not kept alive by it, nor by the thread that tidies up', async () => {
    const child = start(createPath('store.db'), name, '500', 'exit');
    await once(child, 'message');

    child.send('go');

    expect(await ending(child)).toBe(0);
  }, 60_000);

  it('lose nothing of what they were told when they are killed', async () => {
    const file = createPath('store.db');
    const child = start(file, name);
    const closed = ending(child);
    await once(child, 'message');
    const { told } = listen(child);
    child.send('go');
    while (told.length < 300) await once(child, 'message');

    child.kill('SIGKILL');

    expect(await closed).toBe('SIGKILL');
    const store = createStoreWith(openFile, { file });
    const kept = await countWaiting(store);
    const ids = told.map(({ index }) => createWaiting(String(index)).id);
    const claims = await Promise.all(ids.map((id) => store.claim(id, 'dropped')));
    expect(kept).toBeGreaterThanOrEqual(told.length / 2);
    expect(claims.map(({ claimed }) => claimed)).toEqual(told.map((each) => !each.claimed));
    expect(readRows(openFile, file, 'waits')).toHaveLength(await countWaiting(store));
    store.close();
  }, 60_000);
});

async function countWaiting(store: Store): Promise<number> {
  const { counts } = await store.summary();
  return counts.reduce((sum, { waiting }) => sum + waiting, 0);
}

function start(...args: readonly string[]): ChildProcess {
  const script = join(__dirname, 'support/store-process.js');
  const typescript = require.resolve('../../opentelemetry/test/support/typescript.js');
  return spawn(process.execPath, ['--require', typescript, script, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    timeout: 30_000,
    killSignal: 'SIGKILL',
  });
}

function listen(child: ChildProcess): { readonly child: ChildProcess; readonly told: Told[] } {
  const told: Told[] = [];
  child.on('message', (message) => told.push(message as Told));
  return { child, told };
}
