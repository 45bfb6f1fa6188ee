import { attempt, contain, type OnError } from '@turnspan/core';
import type { OpenFile } from './drivers';
import type { Database } from './internal-types';
import { IN_MEMORY, setBusyTimeout } from './open-database';
import { SqliteThread, type SqliteThreadOptions } from './sqlite-thread';
import { type Answer, type Ask, runHere, type Statement, toStatement } from './statement';
import { BEGIN } from './to-database';

/** How long a write of the thread waits for another process before it comes again later. */
const BUSY_TIMEOUT_MS = 250;

/** What a {@link JournalFile} needs. */
export interface JournalFileOptions extends Pick<SqliteThreadOptions, 'file' | 'source'> {
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
  /** Where a transaction has begun it goes on, even if that can only fail. */
  #transaction: Ask | undefined;

  constructor({ file, source, openFile, database, onError }: JournalFileOptions) {
    this.#database = database;
    setBusyTimeout(database, 0);
    if (file === IN_MEMORY) return;
    this.#thread = new SqliteThread({
      file,
      source,
      driver: openFile.driver,
      timeoutMs: BUSY_TIMEOUT_MS,
      onFailure: contain(onError, () => undefined),
    });
  }

  /** Runs a statement; where there is no thread, the bot has to wait for it. */
  async ask(statement: Statement): Promise<Answer> {
    if (statement.kind === 'control') return await this.#control(statement);
    return await (this.#transaction ?? this.#choose())(statement);
  }

  /** Has statements wait for other processes this long. */
  async setBusyTimeout(timeoutMs: number): Promise<void> {
    await this.#tryPragma(`busy_timeout = ${Math.round(timeoutMs)}`);
  }

  /** Tidies up and lets go of the file; never rejects. */
  async close(): Promise<void> {
    // libsql lets go of its statements, and so of the file, only when they are collected.
    await this.#tryPragma('wal_checkpoint(truncate)');
    await this.#thread?.end();
    attempt(
      () => this.#database.close(),
      () => undefined,
    );
  }

  async #control(statement: Statement): Promise<Answer> {
    const ask = this.#transaction ?? this.#choose();
    this.#transaction = undefined;
    const answer = await ask(statement);
    if (statement.sql === BEGIN) this.#transaction = ask;
    return answer;
  }

  #choose(): Ask {
    const thread = this.#thread;
    if (thread && !thread.hasFailed) return (statement) => thread.ask(statement);
    return async (statement) => runHere(this.#database, statement);
  }

  async #tryPragma(pragma: string): Promise<void> {
    await this.ask(toStatement(`pragma ${pragma}`)).catch(() => undefined);
  }
}
