import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@turnspan/core';
import type { Journal, SqliteJournalOptions } from '../../src';
import { createJournalWith } from '../../src/create-sqlite-journal';
import { type DriverName, findDrivers, type OpenFile } from '../../src/drivers';
import { T0 } from './events';

/** The drivers of this runtime. Node 20 has one, Node 24 has both. */
export const DRIVERS: readonly (readonly [DriverName, OpenFile])[] = [...findDrivers()];

const folders: string[] = [];

/** A file that is not there yet, in a folder that is removed after the tests. */
export function createPath(...parts: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-journal-'));
  folders.push(folder);
  return join(folder, ...(parts.length > 0 ? parts : ['journal.db']));
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A clock that stands still until it is told the time. */
export function createClock(): Clock & { time: number } {
  const clock = { time: T0, now: () => clock.time, tick: () => clock.time };
  return clock;
}

/** Timers that run when they are told to. */
export function createTimers() {
  const timers = new Set<{ readonly run: () => void; readonly delayMs: number }>();
  return {
    timers,
    startTimer: (run: () => void, delayMs: number) => {
      const timer = { run, delayMs };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    /** Runs what is due after this delay. */
    runAll: (delayMs: number) => {
      for (const timer of [...timers]) {
        if (timer.delayMs !== delayMs) continue;
        timers.delete(timer);
        timer.run();
      }
    },
  };
}

/** A journal in which nothing happens by itself and nothing may fail. */
export function createJournal(
  openFile: OpenFile,
  options: Partial<SqliteJournalOptions> = {},
  source?: string,
): Journal {
  const defaults: SqliteJournalOptions = {
    file: ':memory:',
    onError: (error) => {
      throw error;
    },
    clock: createClock(),
    startTimer: createTimers().startTimer,
  };
  return createJournalWith(openFile, { ...defaults, ...options }, source);
}

/** All rows of a table of a file. */
export function readRows(openFile: OpenFile, file: string, table: string): readonly object[] {
  const database = openFile(file);
  database.query('pragma busy_timeout = 5000');
  const rows = database.query(`select * from ${table}`).map((row) => ({ ...row }));
  database.close();
  return rows;
}
