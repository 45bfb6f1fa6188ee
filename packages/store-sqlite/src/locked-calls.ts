import { TurnspanError } from '@turnspan/core';

/** How soon what found the file locked is tried again. */
const RETRY_MS = 1;
/** After this a call fails: before the core stops waiting, so that it knows nothing was written. */
const LIMIT_MS = 800;
/** How many may wait; whoever tells more than that while a file is locked has to tell again. */
const CAPACITY = 10_000;
/** After this the bot has its turn. */
const SLICE_MS = 1;

/** What {@link LockedCalls} need. */
export interface LockedCallsOptions {
  readonly isBusy: (error: unknown) => boolean;
  /** Milliseconds on a clock that only goes forward. */
  readonly tick: () => number;
  readonly startTimer: (run: () => void, delayMs: number) => void;
}

interface Call {
  /** Runs it and tells; throws where the file is locked. */
  readonly run: () => void;
  readonly reject: (error: unknown) => void;
  readonly deadline: number;
}

/**
 * Calls that found the file locked, and those that came after them, in their order. Each is tried
 * until another process has let go of the file, for less than a second; the bot goes on meanwhile.
 */
export class LockedCalls {
  readonly #options: LockedCallsOptions;
  #calls: Call[] = [];

  constructor(options: LockedCallsOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#calls.length === 0;
  }

  /** Runs a function after those that wait already; rejects with what it throws last. */
  add<T>(run: () => T): Promise<T> {
    if (this.#calls.length >= CAPACITY) return Promise.reject(tooMany());
    return new Promise((resolve, reject) => {
      const deadline = this.#options.tick() + LIMIT_MS;
      this.#calls.push({ run: () => resolve(run()), reject, deadline });
      if (this.#calls.length === 1) this.#retrySoon();
    });
  }

  /** Tries each once more; there is no other time. */
  finish(): void {
    const calls = this.#calls;
    this.#calls = [];
    for (const call of calls) settle(call);
  }

  #retrySoon(): void {
    this.#options.startTimer(() => this.#retry(), RETRY_MS);
  }

  #retry(): void {
    const end = this.#options.tick() + SLICE_MS;
    let next = 0;
    for (const call of this.#calls) {
      if (this.#options.tick() > end || !this.#isSettled(call)) break;
      next += 1;
    }
    this.#calls = this.#calls.slice(next);
    if (!this.isEmpty) this.#retrySoon();
  }

  /** Whether it is over with a call. */
  #isSettled(call: Call): boolean {
    try {
      call.run();
      return true;
    } catch (error) {
      const isOver = !this.#options.isBusy(error) || this.#options.tick() >= call.deadline;
      if (isOver) call.reject(error);
      return isOver;
    }
  }
}

function settle({ run, reject }: Call): void {
  try {
    run();
  } catch (error) {
    reject(error);
  }
}

function tooMany(): TurnspanError {
  const detail = `Another process keeps the file locked, and ${CAPACITY} calls wait for it.`;
  return new TurnspanError('STORE_UNAVAILABLE', { detail });
}
