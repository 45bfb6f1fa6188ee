import { type Clock, type OnError, TurnspanError } from '@turnspan/core';
import type { StartTimer } from './timer';

/** Where the journal is, and what it keeps. */
export interface SqliteJournalOptions {
  /**
   * The file, made with its folder where they are missing, for their owner only; `:memory:` for a
   * journal that ends with the process.
   */
  readonly file: string;
  /** Hears of a journal that cannot be written, once until it can, and of records it refuses. */
  readonly onError: OnError;
  /**
   * After how many days what happened is deleted; the latest facts stay.
   * @default 90
   */
  readonly retentionDays?: number;
  /**
   * How long events wait in memory to be written together.
   * @default 1000
   */
  readonly flushIntervalMs?: number;
  /**
   * How many records may wait in memory; when there are more, the oldest are dropped.
   * @default 10000
   */
  readonly maxQueued?: number;
  /**
   * How long nobody may have looked at a fact until the timeline shows a gap. More than twice the
   * interval at which it is polled.
   * @default 3600000
   */
  readonly gapAfterMs?: number;
  /**
   * How long opening and closing wait for another process that holds the file.
   * @default 5000
   */
  readonly lockTimeoutMs?: number;
  /**
   * Where the time comes from.
   * @default the clock of this machine
   */
  readonly clock?: Clock;
  /**
   * What wakes the journal up.
   * @default timers of this machine, which keep no process alive
   */
  readonly startTimer?: StartTimer;
}

/** The defaults of the options that are numbers. */
export const DEFAULTS = {
  retentionDays: 90,
  flushIntervalMs: 1000,
  maxQueued: 10_000,
  gapAfterMs: 3_600_000,
  lockTimeoutMs: 5000,
} as const;

/** The options that are numbers. */
export type Numbers = { readonly [Name in keyof typeof DEFAULTS]: number };

/** The numbers among the options with their defaults; throws at what no option takes. */
export function readNumbers(options: SqliteJournalOptions): Numbers {
  if (typeof options.file !== 'string' || options.file === '') {
    throw invalid('file', 'the path of a file', options.file);
  }
  const numbers: Numbers = {
    retentionDays: options.retentionDays ?? DEFAULTS.retentionDays,
    flushIntervalMs: options.flushIntervalMs ?? DEFAULTS.flushIntervalMs,
    maxQueued: options.maxQueued ?? DEFAULTS.maxQueued,
    gapAfterMs: options.gapAfterMs ?? DEFAULTS.gapAfterMs,
    lockTimeoutMs: options.lockTimeoutMs ?? DEFAULTS.lockTimeoutMs,
  };
  for (const [name, value] of Object.entries(numbers)) checkNumber(name, value);
  if (!Number.isInteger(numbers.maxQueued)) {
    throw invalid('maxQueued', 'a whole number from 1 up', numbers.maxQueued);
  }
  return numbers;
}

/** Only waiting for another process can be done without. */
function checkNumber(name: string, value: unknown): void {
  const mayBeZero = name === 'lockTimeoutMs';
  const isNumber = typeof value === 'number' && Number.isFinite(value);
  if (isNumber && (value > 0 || (mayBeZero && value === 0))) return;
  throw invalid(name, `a number ${mayBeZero ? 'from 0 up' : 'above 0'}`, value);
}

function invalid(name: string, expected: string, value: unknown): TurnspanError {
  const detail = `Expected \`${name}\` to be ${expected}, got ${String(value)}.`;
  return new TurnspanError('OPTION_INVALID', { detail });
}
