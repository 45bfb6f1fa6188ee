import { attempt, type Maybe, type Timestamp, TurnspanError } from '@turnspan/core';
import type { Checkpointer } from './checkpointer';
import type { Database, PreparedStatement, Row } from './internal-types';
import { LockedCalls } from './locked-calls';
import { setBusyTimeout } from './open-database';
import { isBusy, toStoreError } from './sqlite-error';

/** More than one that runs out for each that is new, so that what has run out gets less. */
const SWEPT_AT_ONCE = 3;

/** What can be bound to a statement. */
export type Parameters = readonly (string | number)[];

/** Tables of which what has run out goes. */
type ExpiringTable = 'claims' | 'seen_keys' | 'assignments' | 'inbox_done';

/** What a {@link StoreFile} needs. */
export interface StoreFileOptions {
  readonly file: string;
  readonly database: Database;
  /**
   * Tidies up what was written.
   * @default nobody, as there is no log of what is in memory
   */
  readonly checkpointer?: Checkpointer | undefined;
}

/**
 * The open file of a store: prepares each statement once, and says of every failure what it was.
 * What finds the file locked is answered later; the bot never waits for another process.
 */
export class StoreFile {
  readonly #options: StoreFileOptions;
  readonly #statements = new Map<string, PreparedStatement>();
  readonly #locked: LockedCalls;
  #database: Database | undefined;

  constructor(options: StoreFileOptions) {
    this.#options = options;
    this.#database = options.database;
    this.#locked = new LockedCalls({
      isBusy,
      tick: () => performance.now(),
      startTimer: (run, delayMs) => setTimeout(run, delayMs),
    });
    setBusyTimeout(options.database, 0);
  }

  /** Runs something that only reads. */
  read<T>(run: () => T): Maybe<T> {
    return this.#tell('read', run);
  }

  /**
   * Runs something that writes, as a whole or not at all. It locks the file before it looks, so
   * that of two processes one sees what the other did.
   */
  write<T>(run: () => T): Maybe<T> {
    return this.#tell('written', (database) => this.#transact(database, run));
  }

  /** The rows that are written, if a look without a lock says that there are any. */
  writeWhere<T>(isAny: () => boolean, run: () => readonly T[]): Maybe<readonly T[]> {
    return this.#tell('written', (database) => (isAny() ? this.#transact(database, run) : []));
  }

  /** The rows of a statement, in an array of this realm. */
  rows(sql: string, parameters: Parameters = []): readonly Row[] {
    return this.#prepare(sql).all(parameters);
  }

  /** Runs a statement, and says how many rows it changed. */
  change(sql: string, parameters: Parameters): number {
    return this.#prepare(sql).run(parameters);
  }

  /** Deletes a few rows whose time is over. */
  sweep(table: ExpiringTable, now: Timestamp): void {
    const over = `select id from ${table} where expires_at <= ? order by expires_at limit ?`;
    this.change(`delete from ${table} where id in (${over})`, [now, SWEPT_AT_ONCE]);
  }

  /** Runs what is left to be done and lets go of the file. */
  close(finish: () => void, timeoutMs: number): void {
    const database = this.#database;
    if (!database) return;
    const steps = [
      () => setBusyTimeout(database, timeoutMs),
      () => this.#locked.finish(),
      () => this.#transact(database, finish),
      () => this.#options.checkpointer?.stop(),
      // libsql lets go of its statements, and so of the file, only when they are collected.
      () => database.query('pragma wal_checkpoint(truncate)'),
      () => database.close(),
    ];
    for (const step of steps) attempt(step, () => undefined);
    this.#statements.clear();
    this.#database = undefined;
  }

  /** What comes while others wait for the file has to wait as well, or it would overtake them. */
  #tell<T>(what: string, run: (database: Database) => T): Maybe<T> {
    const database = this.#open();
    const toError = (error: unknown) =>
      toStoreError(error, `The store ${this.#options.file} was not ${what}`);
    try {
      if (this.#locked.isEmpty) return run(database);
    } catch (error) {
      if (!isBusy(error)) throw toError(error);
    }
    return this.#locked.add(() => run(database)).catch((error) => Promise.reject(toError(error)));
  }

  #transact<T>(database: Database, run: () => T): T {
    database.exec('begin immediate');
    try {
      const result = run();
      database.exec('commit');
      this.#options.checkpointer?.note();
      return result;
    } catch (error) {
      attempt(
        () => database.exec('rollback'),
        () => undefined,
      );
      throw error;
    }
  }

  #open(): Database {
    if (this.#database) return this.#database;
    const detail = `The store ${this.#options.file} is closed. Close it when nothing uses it any more.`;
    throw new TurnspanError('STORE_UNAVAILABLE', { detail });
  }

  #prepare(sql: string): PreparedStatement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#open().prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
