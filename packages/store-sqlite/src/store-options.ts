import { type Clock, type OnError, TurnspanError } from '@turnspan/core';

/** Where the store is. */
export interface SqliteStoreOptions {
  /**
   * The file, made with its folder where they are missing, for their owner only; not that of the
   * journal. `:memory:` for a store that ends with the process.
   */
  readonly file: string;
  /**
   * Distinguishes the waits of this bot from those of another; the same in all processes on the
   * file and after every restart.
   * @default 'turnspan'
   */
  readonly origin?: string;
  /**
   * Where the time comes from.
   * @default the clock of this machine
   */
  readonly clock?: Clock;
  /**
   * How long opening and closing wait for another process that holds the file.
   * @default 5000
   */
  readonly lockTimeoutMs?: number;
  /**
   * Hears of it once when SQLite's log cannot be tidied up beside the bot.
   * @default a warning of the process
   */
  readonly onError?: OnError;
}

/** Throws at what no option takes. */
export function checkStoreOptions({
  file,
  origin,
  lockTimeoutMs,
}: Required<Omit<SqliteStoreOptions, 'clock' | 'onError'>>): void {
  if (typeof file !== 'string' || file === '') throw invalid('file', 'the path of a file', file);
  if (typeof origin !== 'string' || origin === '' || origin.includes('.')) {
    throw invalid('origin', 'a name without dots', origin);
  }
  if (!Number.isFinite(lockTimeoutMs) || lockTimeoutMs < 0) {
    throw invalid('lockTimeoutMs', 'a number from 0 up', lockTimeoutMs);
  }
}

function invalid(name: string, expected: string, value: unknown): TurnspanError {
  const detail = `Expected \`${name}\` to be ${expected}, got ${String(value)}.`;
  return new TurnspanError('OPTION_INVALID', { detail });
}
