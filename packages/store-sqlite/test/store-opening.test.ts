import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TurnspanError } from '@turnspan/core';
import { createSqliteStore } from '../src';
import { createStoreWith } from '../src/create-sqlite-store';
import type { OpenFile } from '../src/drivers';
import { createJournal, createPath, DRIVERS } from './support/journal';

const NOBODY = 65_534;

describe.each(DRIVERS)('opening a store on %s', (_name, openFile) => {
  it('makes the folder and the files for their owner only', async () => {
    const file = createPath('data', 'turnspan', 'store.db');
    const store = createStoreWith(openFile, { file });
    await store.claim('another.1', 'answered');

    const rights = [dirname(dirname(file)), dirname(file), file, `${file}-wal`, `${file}-shm`];

    expect(rights.map((path) => statSync(path).mode & 0o777)).toEqual([
      0o700, 0o700, 0o600, 0o600, 0o600,
    ]);
    store.close();
    expect(existsSync(`${file}-wal`) && statSync(`${file}-wal`).size).toBeFalsy();
  });

  it.each<[string, (file: string) => unknown, string]>([
    ['that is no database', writeLetter, 'Bring the file back from a backup, or move it away'],
    ['that is a folder', mkdirSync, 'Choose the path of a file, not of a folder.'],
    ['below a file', writeBelow, 'Choose a path whose folders are folders.'],
    ['of something else', writeInvoices(openFile), 'Choose another file.'],
    ['of a journal', (file) => createJournal(openFile, { file }).close(), 'Choose another file.'],
    ['of a newer Turnspan', writeNewer(openFile), 'Update Turnspan, or choose another file.'],
  ])('refuses a file %s, and says what to do', async (_case, write, advice) => {
    const file = createPath('store.db', 'x').slice(0, -2);
    await write(file);

    const error = failWith(() => createStoreWith(openFile, { file: pathOf(file) }));

    expect(error.code).toBe('STORE_UNAVAILABLE');
    expect(error.message).toContain(advice);
  });

  it('refuses a folder in which it may not write, and says what to do', () => {
    const file = createPath('data', 'store.db');
    for (const folder of [dirname(dirname(file)), dirname(file)]) {
      mkdirSync(folder, { recursive: true });
      chmodSync(folder, 0o555);
    }

    const error = failWith(() => asAnybody(() => createStoreWith(openFile, { file })));

    expect(error.code).toBe('STORE_UNAVAILABLE');
    expect(error.message).toContain(`The store ${file} does not open`);
    expect(error.message).toContain('Give the process the right to write');
    for (const folder of [dirname(dirname(file)), dirname(file)]) chmodSync(folder, 0o700);
  });

  it('refuses a file that another process keeps locked, and says what to do', () => {
    const file = createPath('store.db');
    const other = openFile(file);
    other.exec('begin exclusive');
    other.exec('create table t (id integer)');

    const error = failWith(() => createStoreWith(openFile, { file, lockTimeoutMs: 60 }));

    expect(error.code).toBe('STORE_UNAVAILABLE');
    expect(error.message).toContain('Another process has the file');
    other.close();
  });

  it('is refused by a journal', () => {
    const file = createPath('store.db');
    createStoreWith(openFile, { file }).close();

    const error = failWith(() => createJournal(openFile, { file }));

    expect(error.message).toContain('It holds the tables of something else.');
  });
});

describe('createSqliteStore', () => {
  it('uses the driver and the clock of this runtime', async () => {
    const store = createSqliteStore({ file: ':memory:' });

    expect(store.origin).toBe('turnspan');
    expect(await store.shared.see('key', 1000)).toBe(true);
    expect(await store.shared.see('key', 1000)).toBe(false);
    store.close();
  });

  it.each([
    [{ file: '' }, 'Expected `file` to be the path of a file, got .'],
    [{ origin: '' }, 'Expected `origin` to be a name without dots, got .'],
    [{ origin: 'a.b' }, 'Expected `origin` to be a name without dots, got a.b.'],
    [{ lockTimeoutMs: -1 }, 'Expected `lockTimeoutMs` to be a number from 0 up, got -1.'],
  ])('refuses %j', (options, message) => {
    const error = failWith(() => createSqliteStore({ file: ':memory:', ...options }));

    expect(error.code).toBe('OPTION_INVALID');
    expect(error.message).toContain(message);
  });
});

function failWith(run: () => unknown): TurnspanError {
  try {
    run();
  } catch (error) {
    if (error instanceof TurnspanError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

function writeLetter(file: string): void {
  writeFileSync(file, 'This is a letter to my aunt. '.repeat(200));
}

function writeBelow(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}-file`, '');
}

/** The case of a path whose folder is a file. */
function pathOf(file: string): string {
  return existsSync(`${file}-file`) ? join(`${file}-file`, 'store.db') : file;
}

function writeInvoices(openFile: OpenFile): (file: string) => void {
  return (file) => {
    const other = openFile(file);
    other.exec('create table invoices (id integer)');
    other.close();
  };
}

function writeNewer(openFile: OpenFile): (file: string) => void {
  return (file) => {
    createStoreWith(openFile, { file }).close();
    const newer = openFile(file);
    newer.exec('insert into turnspan_store_migrations (version, at) values (99, 0)');
    newer.close();
  };
}

/** The rights of a file mean nothing to the superuser. */
function asAnybody<T>(run: () => T): T {
  if (process.geteuid?.() !== 0) return run();
  process.seteuid?.(NOBODY);
  try {
    return run();
  } finally {
    process.seteuid?.(0);
  }
}
