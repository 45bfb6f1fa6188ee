import { Worker } from 'node:worker_threads';
import { TurnspanError } from '@turnspan/core';
import type { DriverName } from './drivers';
import type { Row } from './internal-types';
import type { Answer, Statement } from './statement';
import { ThreadControl } from './thread-control';
import { THREAD_SOURCE } from './thread-source';

/** What a {@link SqliteThread} needs. */
export interface SqliteThreadOptions {
  readonly file: string;
  readonly driver: DriverName;
  /** How long a statement waits for another process; only this thread waits with it. */
  readonly timeoutMs: number;
  /**
   * What runs in it.
   * @default what answers statements
   */
  readonly source?: string | undefined;
  /**
   * Hears of a thread that failed while nobody waited for an answer.
   * @default whoever asks next
   */
  readonly onFailure?: ((error: TurnspanError) => void) | undefined;
}

interface Asked {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

type Reply =
  | readonly [id: number, answer: Answer]
  | readonly [id: number, answer: undefined, error: ThreadError];

/** An error, as far as it gets from one thread to another. */
interface ThreadError {
  readonly message: string;
  readonly code: unknown;
  readonly errcode: unknown;
  readonly rawCode: unknown;
  readonly isType: boolean;
}

/**
 * A thread that has a file open and runs statements while the bot goes on. It begins with the first
 * statement, and keeps the process alive only until each that was asked has its answer.
 */
export class SqliteThread {
  readonly #options: SqliteThreadOptions;
  readonly #control = new ThreadControl();
  readonly #asked = new Map<number, Asked>();
  #worker: Worker | undefined;
  #lastId = 0;
  #failure: TurnspanError | undefined;
  #isEnded = false;
  #gone: Promise<unknown> | undefined;

  constructor(options: SqliteThreadOptions) {
    this.#options = options;
  }

  /** Whether there is no use in asking it any more. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** Runs a statement after those that were asked before. */
  async ask({ sql, kind, parameters }: Statement): Promise<Answer> {
    const worker = this.#start();
    this.#lastId += 1;
    const id = this.#lastId;
    return await new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      if (this.#asked.size === 1) worker.ref();
      worker.postMessage([id, sql, kind, parameters]);
    });
  }

  /** Lets go of the file after what was asked; resolves when it has. */
  async end(): Promise<void> {
    this.#tellEnd();
    this.#worker?.ref();
    await this.#gone;
  }

  /** Lets go of the file after the statement that runs; what was asked besides is not answered. */
  stop(): void {
    this.#control.stop();
    this.#tellEnd();
  }

  #tellEnd(): void {
    this.#isEnded = true;
    this.#worker?.postMessage('end');
  }

  #start(): Worker {
    if (this.#isEnded) throw unavailable('has ended', undefined);
    if (this.#failure) throw this.#failure;
    if (this.#worker) return this.#worker;
    try {
      this.#worker = this.#createWorker();
      return this.#worker;
    } catch (error) {
      this.#failure = unavailable('did not start', error);
      throw this.#failure;
    }
  }

  #createWorker(): Worker {
    const { file, driver, timeoutMs, source = THREAD_SOURCE } = this.#options;
    const control = this.#control.memory;
    const library = driver === 'libsql' ? require.resolve('libsql') : undefined;
    const worker = new Worker(source, {
      eval: true,
      name: 'turnspan',
      workerData: { file, driver, library, timeoutMs: Math.round(timeoutMs), control },
      // What a bot preloads is not for this thread, and its warnings were told already.
      execArgv: ['--no-warnings', ...flagsOf(driver)],
      env: {},
    });
    worker.on('message', (reply: Reply) => this.#take(reply));
    worker.on('error', (error) => this.#fail('failed', error));
    worker.on('exit', () => this.#onExit());
    this.#gone = new Promise((resolve) => worker.on('exit', resolve));
    worker.unref();
    this.#control.watch();
    return worker;
  }

  #take([id, answer, error]: Reply): void {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (this.#asked.size === 0) this.#worker?.unref();
    if (answer) asked?.resolve({ ...answer, rows: Array.from(answer.rows, toPlain) });
    else asked?.reject(toError(error));
  }

  #onExit(): void {
    this.#control.forget();
    if (!this.#isEnded) this.#fail('ended', undefined);
    this.#rejectAll(unavailable('has ended', undefined));
  }

  #fail(what: string, cause: unknown): void {
    if (this.#failure) return;
    this.#failure = unavailable(what, cause);
    if (this.#asked.size === 0) this.#options.onFailure?.(this.#failure);
    this.#rejectAll(this.#failure);
  }

  #rejectAll(error: TurnspanError): void {
    for (const { reject } of this.#asked.values()) reject(error);
    this.#asked.clear();
  }
}

/** Rows come from another realm where the bot runs in one of its own. */
function toPlain(row: Row): Row {
  return { ...row };
}

/** Up to Node 22.12 the thread needs the flag that the process was started with. */
function flagsOf(driver: DriverName): readonly string[] {
  const isFlagged = /^v22\.(?:[5-9]|1[0-2])\./.test(process.version);
  return driver === 'node:sqlite' && isFlagged ? ['--experimental-sqlite'] : [];
}

/** The codes tell what is wrong; a row that no column takes is a type error in one of the drivers. */
function toError({ message, isType, ...codes }: ThreadError): Error {
  return Object.assign(isType ? new TypeError(message) : new Error(message), codes);
}

function unavailable(what: string, cause: unknown): TurnspanError {
  const { message } = Object(cause) as { readonly message?: unknown };
  const reason = message === undefined ? '' : ` (${String(message)})`;
  const detail = `The thread that keeps SQLite from blocking the bot ${what}${reason}. The thread of the bot does without it until the process is started again.`;
  return new TurnspanError('STORE_UNAVAILABLE', { detail, cause });
}
