import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createStoreWith } from '../src/create-sqlite-store';
import { ending } from './support/child';
import { createPath, DRIVERS, readRows } from './support/journal';
import { createWaiting } from './support/store';

interface Told {
  readonly index: number;
  readonly claimed: boolean;
}

describe.each(DRIVERS)('processes with a store on %s', (name, openFile) => {
  it('open one new file at once, and give each wait to one of them', async () => {
    const file = createPath('store.db');
    const count = 500;

    const processes = [1, 2, 3].map(() => listen(start(file, name, String(count))));
    const endings = await Promise.all(processes.map(({ child }) => ending(child)));

    const claimed = processes.flatMap(({ told }) => told.filter((each) => each.claimed));
    const expected = Array.from({ length: count }, (_, index) => index);
    expect(endings).toEqual([0, 0, 0]);
    expect(claimed.map(({ index }) => index).sort((a, b) => a - b)).toEqual(expected);
    expect(readRows(openFile, file, 'waits')).toEqual([]);
    expect(readRows(openFile, file, 'waiting_counts')).toEqual([]);
  }, 60_000);

  it('lose nothing of what they were told when they are killed', async () => {
    const file = createPath('store.db');
    const { child, told } = listen(start(file, name));
    const closed = ending(child);
    while (told.length < 300) await once(child, 'message');

    child.kill('SIGKILL');

    expect(await closed).toBe('SIGKILL');
    const store = createStoreWith(openFile, { file });
    const kept = store.summary().counts.reduce((sum, { waiting }) => sum + waiting, 0);
    const claims = told.map(({ index }) => store.claim(createWaiting(String(index)).id, 'dropped'));
    expect(kept).toBeGreaterThanOrEqual(told.length / 2);
    expect(claims.map(({ claimed }) => claimed)).toEqual(told.map((each) => !each.claimed));
    const left = store.summary().counts.reduce((sum, { waiting }) => sum + waiting, 0);
    expect(readRows(openFile, file, 'waits')).toHaveLength(left);
    store.close();
  }, 60_000);
});

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
