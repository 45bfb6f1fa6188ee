import { type OnError, TurnspanError } from '@turnspan/core';
import type { LogEvent } from './log-events';
import { toRecord, toRecordHead } from './log-record';
import type { GetLogger } from './logger';

/** How many records a logger may be busy with; one that is busy with more counts as hanging. */
const MAX_PENDING = 1000;

/** What a {@link LogWriter} tells of. */
export interface LogWriterOptions {
  readonly onError: OnError;
  readonly onLost: () => void;
}

/** Gives records to a logger that may throw, refuse or hang, and tells of that once until it works again. */
export class LogWriter {
  readonly #getLogger: GetLogger;
  readonly #onError: OnError;
  readonly #onLost: () => void;
  #pending = 0;
  #failing = false;

  constructor(getLogger: GetLogger, { onError, onLost }: LogWriterOptions) {
    this.#getLogger = getLogger;
    this.#onError = onError;
    this.#onLost = onLost;
  }

  /** Hands over the record of an event, which is made only if there is a logger that wants it. */
  write(event: LogEvent): void {
    try {
      const logger = this.#getLogger();
      if (!logger) return;
      const head = toRecordHead(event);
      if (logger.enabled?.(head) === false) return;
      this.#checkPending();
      this.#follow(logger.emit(toRecord(event, head)));
    } catch (error) {
      this.#fail(error);
    }
  }

  #checkPending(): void {
    if (this.#pending < MAX_PENDING) return;
    const detail = `It is still busy with ${MAX_PENDING} log records; new ones are left out until it is done with some. Look at what its \`emit\` waits for.`;
    throw new TurnspanError('LOGGER_UNAVAILABLE', { detail });
  }

  /** Loggers of OpenTelemetry return nothing; those that others make may return a promise. */
  #follow(result: unknown): void {
    if (!isThenable(result)) {
      this.#failing = false;
      return;
    }
    this.#pending += 1;
    Promise.resolve(result).then(
      () => {
        this.#pending -= 1;
        this.#failing = false;
      },
      (error) => {
        this.#pending -= 1;
        this.#fail(error);
      },
    );
  }

  #fail(error: unknown): void {
    this.#onLost();
    if (!this.#failing) this.#onError(error);
    this.#failing = true;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
