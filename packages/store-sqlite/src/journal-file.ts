import { attempt, contain, type OnError } from '@turnspan/core';
import type { OpenFile } from './drivers';
import type { Database } from './internal-types';
import { IN_MEMORY, setBusyTimeout } from './open-database';
import { SqliteThread } from './sqlite-thread';
import { type Answer, runHere, type Statement, toStatement } from './statement';

/** How long a write of the thread waits for another process before it comes again later. */
const BUSY_TIMEOUT_MS = 250;

/** What a {@link JournalFile} needs. */
export interface JournalFileOptions {
  readonly file: string;
  readonly openFile: OpenFile;
  /** The same file, open in this thread. */
  readonly database: Database;
  /** Hears of it when there can be no thread. */
  readonly onError: OnError;
}

/** The open file of a journal: statements run in a thread of its own, so that the bot goes on. */
export class JournalFile {
  readonly #database: Database;
  readonly #thread: SqliteThread | undefined;

  constructor({ file, openFile, database, onError }: JournalFileOptions) {
    this.#database = database;
    setBusyTimeout(database, 0);
    if (file === IN_MEMORY) return;
    this.#thread = new SqliteThread({
      file,
      driver: openFile.driver,
      timeoutMs: BUSY_TIMEOUT_MS,
      onFailure: contain(onError, () => undefined),
    });
  }

  /** Runs a statement; where there is no thread, the bot has to wait for it. */
  async ask(statement: Statement): Promise<Answer> {
    if (this.#thread && !this.#thread.hasFailed) return await this.#thread.ask(statement);
    return runHere(this.#database, statement);
  }

  /** Has statements wait for other processes this long. */
  async setBusyTimeout(timeoutMs: number): Promise<void> {
    await this.#tryPragma(`busy_timeout = ${Math.round(timeoutMs)}`);
  }

  /** Tidies up and lets go of the file; never rejects. */
  async close(): Promise<void> {
    // libsql lets go of its statements, and so of the file, only when they are collected.
    await this.#tryPragma('wal_checkpoint(truncate)');
    this.#thread?.end();
    attempt(
      () => this.#database.close(),
      () => undefined,
    );
  }

  async #tryPragma(pragma: string): Promise<void> {
    await this.ask(toStatement(`pragma ${pragma}`)).catch(() => undefined);
  }
}
