import { attempt, type Timestamp, TurnspanError } from '@turnspan/core';
import type { SqliteStatement } from 'kysely';
import type { Database } from './internal-types';
import { setBusyTimeout } from './open-database';
import { isBusy, toStoreError } from './sqlite-error';

/** While the bot runs, a write rather fails and comes again than it keeps the bot waiting. */
const BUSY_TIMEOUT_MS = 50;
/** More than one that runs out for each that is new, so that what has run out gets less. */
const SWEPT_AT_ONCE = 3;

/** A row as the driver gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** What can be bound to a statement. */
export type Parameters = readonly (string | number)[];

/** Tables of which what has run out goes. */
type ExpiringTable = 'claims' | 'seen_keys' | 'assignments' | 'inbox_done';

/** The open file of a store: prepares each statement once, and says of every failure what it was. */
export class StoreFile {
  readonly #file: string;
  readonly #statements = new Map<string, SqliteStatement>();
  #database: Database | undefined;
  #isPatient = true;

  constructor(file: string, database: Database) {
    this.#file = file;
    this.#database = database;
    setBusyTimeout(database, BUSY_TIMEOUT_MS);
  }

  /** Runs something that only reads. */
  read<T>(run: () => T): T {
    return this.#tell('read', run);
  }

  /**
   * Runs something that writes, as a whole or not at all. It locks the file before it looks, so
   * that of two processes one sees what the other did.
   */
  write<T>(run: () => T): T {
    return this.#tell('written', (database) => {
      database.exec('begin immediate');
      try {
        const result = run();
        database.exec('commit');
        this.#bePatient(database, true);
        return result;
      } catch (error) {
        attempt(
          () => database.exec('rollback'),
          () => undefined,
        );
        throw error;
      }
    });
  }

  /** The rows of a statement, in an array of this realm. */
  rows(sql: string, parameters: Parameters = []): readonly Row[] {
    return [...this.#prepare(sql).all(parameters)] as readonly Row[];
  }

  /** Runs a statement, and says how many rows it changed. */
  change(sql: string, parameters: Parameters): number {
    return Number(this.#prepare(sql).run(parameters).changes);
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
      finish,
      // libsql lets go of its statements, and so of the file, only when they are collected.
      () => database.query('pragma wal_checkpoint(truncate)'),
      () => database.close(),
    ];
    for (const step of steps) attempt(step, () => undefined);
    this.#statements.clear();
    this.#database = undefined;
  }

  #tell<T>(what: string, run: (database: Database) => T): T {
    const database = this.#open();
    try {
      return run(database);
    } catch (error) {
      if (isBusy(error)) this.#bePatient(database, false);
      throw toStoreError(error, `The store ${this.#file} was not ${what}`);
    }
  }

  /** The bot waits once for another process that keeps the file, not in every call. */
  #bePatient(database: Database, isPatient: boolean): void {
    if (this.#isPatient === isPatient) return;
    this.#isPatient = isPatient;
    setBusyTimeout(database, isPatient ? BUSY_TIMEOUT_MS : 0);
  }

  #open(): Database {
    if (this.#database) return this.#database;
    const detail = `The store ${this.#file} is closed. Close it when nothing uses it any more.`;
    throw new TurnspanError('STORE_UNAVAILABLE', { detail });
  }

  #prepare(sql: string): SqliteStatement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#open().prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
