import { attempt } from '@turnspan/core';
import type { Database } from './internal-types';
import { isBusy } from './sqlite-error';
import type { SqliteThread } from './sqlite-thread';
import { toStatement } from './statement';

/** About as many writes as fill what SQLite would tidy up by itself. */
const WRITES = 200;
/** Pages of the log from which on those who write have to pause, so that it does not grow for ever. */
const LARGE = 10_000;
/** What SQLite does by default: every so many pages, whoever writes tidies up. */
const AUTOMATIC = 1000;

/** What a {@link Checkpointer} needs. */
export interface CheckpointerOptions {
  /** The connection that writes. */
  readonly database: Database;
  readonly thread: Pick<SqliteThread, 'ask' | 'hasFailed' | 'stop'>;
  /** Hears of a log that was not tidied up. */
  readonly onError: (error: unknown) => void;
}

/** Moves what was written from SQLite's log to the file itself, in another thread. */
export class Checkpointer {
  readonly #options: CheckpointerOptions;
  #writes = 0;
  #isFailing = false;
  #isAsking = false;
  #isStopped = false;

  constructor(options: CheckpointerOptions) {
    this.#options = options;
    setAutomatic(options.database, 0);
  }

  /** Notes that something was written. */
  note(): void {
    this.#writes += 1;
    if (this.#writes < WRITES || this.#isAsking || this.#isStopped) return;
    this.#writes = 0;
    void this.#tidyUp();
  }

  /** Lets go of the file. */
  stop(): void {
    this.#isStopped = true;
    this.#options.thread.stop();
  }

  async #tidyUp(): Promise<void> {
    this.#isAsking = true;
    try {
      const pages = await this.#checkpoint('passive');
      if (pages >= LARGE) await this.#empty();
      this.#isFailing = false;
    } catch (error) {
      this.#onFailure(error);
    }
    this.#isAsking = false;
  }

  /** Another process may be at it. Without the thread, whoever writes tidies up. */
  #onFailure(error: unknown): void {
    if (this.#isStopped || isBusy(error)) return;
    const { thread, database, onError } = this.#options;
    if (!this.#isFailing) onError(error);
    this.#isFailing = true;
    if (!thread.hasFailed) return;
    this.#isStopped = true;
    attempt(
      () => setAutomatic(database, AUTOMATIC),
      () => undefined,
    );
  }

  /** Whoever writes pauses for what the step before it has left. */
  async #empty(): Promise<void> {
    await this.#checkpoint('passive');
    await this.#checkpoint('truncate');
  }

  /** How many pages there are in the log. */
  async #checkpoint(mode: 'passive' | 'truncate'): Promise<number> {
    const statement = toStatement(`pragma wal_checkpoint(${mode})`);
    const { rows } = await this.#options.thread.ask(statement);
    return Number(rows[0]?.log ?? 0);
  }
}

function setAutomatic(database: Database, pages: number): void {
  database.query(`pragma wal_autocheckpoint = ${pages}`);
}
