import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { TurnspanError } from '@turnspan/core';
import { createSqliteJournal } from '../src';
import { migrate } from '../src/migrate';
import { MIGRATIONS } from '../src/migrations';
import { toDatabase } from '../src/to-database';
import { settled, T0 } from './support/events';
import { createJournal, createPath, DRIVERS, readRows } from './support/journal';

const failWith = (run: () => unknown): TurnspanError => {
  try {
    run();
  } catch (error) {
    if (error instanceof TurnspanError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
};

describe.each(DRIVERS)('opening a journal on %s', (_name, openFile) => {
  it('makes the folder and the files for their owner only', async () => {
    const file = createPath('data', 'turnspan', 'journal.db');
    const journal = createJournal(openFile, { file });
    journal.observe(settled());
    await journal.flush();

    const rights = [dirname(dirname(file)), dirname(file), file, `${file}-wal`, `${file}-shm`];

    expect(rights.map((path) => statSync(path).mode & 0o777)).toEqual([
      0o700, 0o700, 0o600, 0o600, 0o600,
    ]);
    await journal.close();
    expect(existsSync(`${file}-wal`) && statSync(`${file}-wal`).size).toBeFalsy();
  });

  it('does not touch the rights of what is there', async () => {
    const file = createPath('data', 'journal.db');
    mkdirSync(dirname(file), { mode: 0o750 });
    writeFileSync(file, '', { mode: 0o640 });

    await createJournal(openFile, { file }).close();

    expect(statSync(dirname(file)).mode & 0o777).toBe(0o750);
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it('refuses a file that is no database', () => {
    const file = createPath();
    writeFileSync(file, 'This is a letter to my aunt. '.repeat(200));

    const error = failWith(() => createJournal(openFile, { file }));

    expect(error.code).toBe('STORE_UNAVAILABLE');
    expect(error.message).toContain(file);
    expect(error.message).toContain('file is not a database');
  });

  it('refuses a folder', () => {
    const file = dirname(createPath());

    expect(failWith(() => createJournal(openFile, { file })).code).toBe('STORE_UNAVAILABLE');
  });

  it('refuses a database of something else', () => {
    const file = createPath();
    const other = openFile(file);
    other.exec('create table invoices (id integer)');
    other.close();

    const error = failWith(() => createJournal(openFile, { file }));

    expect(error.message).toContain('It holds the tables of something else.');
    expect(readRows(openFile, file, 'sqlite_master')).toHaveLength(1);
  });

  it('refuses a file that another connection keeps locked, after a while', () => {
    const file = createPath();
    const other = openFile(file);
    other.exec('begin exclusive');
    other.exec('create table t (id integer)');

    const error = failWith(() => createJournal(openFile, { file, lockTimeoutMs: 60 }));

    expect(error.code).toBe('STORE_UNAVAILABLE');
    expect(error.message).toContain('database is locked');
    other.close();
  });

  it('refuses a journal of a newer Turnspan and leaves it as it is', async () => {
    const file = createPath();
    await createJournal(openFile, { file }).close();
    const newer = openFile(file);
    newer.exec('insert into turnspan_migrations (version, at) values (99, 0)');
    newer.close();

    const error = failWith(() => createJournal(openFile, { file }));

    expect(error.code).toBe('STORE_UNAVAILABLE');
    expect(error.message).toContain('version 99, this one knows 7. Update Turnspan');
  });

  it('takes the steps that are missing, each once', () => {
    const database = openFile(':memory:');
    const steps = [['create table a (x integer)'], ['create table b (x integer)', 'drop table a']];

    migrate(database, { steps: steps.slice(0, 1), now: T0 });
    migrate(database, { steps, now: T0 + 1 });
    migrate(database, { steps, now: T0 + 2 });

    expect(database.query('select version, at from turnspan_migrations').map(toPlain)).toEqual([
      { version: 1, at: T0 },
      { version: 2, at: T0 + 1 },
    ]);
    expect(database.query("select name from sqlite_master where name in ('a', 'b')")).toHaveLength(
      1,
    );
  });

  it('takes all steps or none', () => {
    const database = openFile(':memory:');
    const steps = [...MIGRATIONS, ['create table extra (x integer)', 'nonsense']];

    expect(() => migrate(database, { steps, now: T0 })).toThrow(/syntax error/);

    expect(database.query('select * from sqlite_master')).toEqual([]);
  });
});

describe('createSqliteJournal', () => {
  it('uses the driver of this runtime', async () => {
    const journal = createSqliteJournal({ file: ':memory:', onError: jest.fn() });

    journal.observe(settled());
    await journal.flush();

    expect([journal.queued, journal.dropped]).toEqual([0, 0]);
    await journal.close();
  });

  it.each([
    [{ file: '' }, 'Expected `file` to be the path of a file, got .'],
    [{ retentionDays: 0 }, 'Expected `retentionDays` to be a number above 0, got 0.'],
    [
      { flushIntervalMs: Number.NaN },
      'Expected `flushIntervalMs` to be a number above 0, got NaN.',
    ],
    [{ maxQueued: 1.5 }, 'Expected `maxQueued` to be a whole number from 1 up, got 1.5.'],
    [{ gapAfterMs: -1 }, 'Expected `gapAfterMs` to be a number above 0, got -1.'],
    [{ lockTimeoutMs: -1 }, 'Expected `lockTimeoutMs` to be a number from 0 up, got -1.'],
  ])('refuses %j', (options, message) => {
    const error = failWith(() =>
      createSqliteJournal({ file: ':memory:', onError: jest.fn(), ...options }),
    );

    expect(error.code).toBe('OPTION_INVALID');
    expect(error.message).toContain(message);
  });
});

describe('toDatabase', () => {
  it('closes a driver once', () => {
    const close = jest.fn();
    const database = toDatabase({ prepare: jest.fn(), exec: jest.fn(), close });

    database.close();
    database.close();

    expect(close).toHaveBeenCalledTimes(1);
  });
});

function toPlain(row: object): object {
  return { ...row };
}
