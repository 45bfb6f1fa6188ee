import { type Clock, type OnError, TurnspanError } from '@turnspan/core';
import type { StartTimer } from './timer';

/** What every journal keeps, and for how long. */
export interface JournalOptions {
  /** Hears of a journal that cannot be written, once until it can, and of records it refuses. */
  readonly onError: OnError;
  /**
   * After how many days what happened is deleted; the latest facts stay.
   * @default 90
   */
  readonly retentionDays?: number | undefined;
  /**
   * After how many days the sums of each hour are deleted.
   * @default 800
   */
  readonly rollupRetentionDays?: number | undefined;
  /**
   * How long events wait in memory to be written together.
   * @default 1000
   */
  readonly flushIntervalMs?: number | undefined;
  /**
   * How many records may wait in memory; when there are more, the oldest are dropped.
   * @default 10000
   */
  readonly maxQueued?: number | undefined;
  /**
   * How long nobody may have looked at a fact until the timeline shows a gap. More than twice the
   * interval at which it is polled.
   * @default 3600000
   */
  readonly gapAfterMs?: number | undefined;
  /**
   * Where the time comes from.
   * @default the clock of this machine
   */
  readonly clock?: Clock | undefined;
  /**
   * What wakes the journal up.
   * @default timers of this machine, which keep no process alive
   */
  readonly startTimer?: StartTimer | undefined;
}

/** The defaults of the options that are numbers. */
export const JOURNAL_DEFAULTS = {
  retentionDays: 90,
  rollupRetentionDays: 800,
  flushIntervalMs: 1000,
  maxQueued: 10_000,
  gapAfterMs: 3_600_000,
} as const;

/** The options that are numbers. */
export type JournalNumbers = { readonly [Name in keyof typeof JOURNAL_DEFAULTS]: number };

/** The numbers among the options with their defaults; throws at what no option takes. */
export function readJournalNumbers(options: JournalOptions): JournalNumbers {
  const numbers: JournalNumbers = {
    retentionDays: options.retentionDays ?? JOURNAL_DEFAULTS.retentionDays,
    rollupRetentionDays: options.rollupRetentionDays ?? JOURNAL_DEFAULTS.rollupRetentionDays,
    flushIntervalMs: options.flushIntervalMs ?? JOURNAL_DEFAULTS.flushIntervalMs,
    maxQueued: options.maxQueued ?? JOURNAL_DEFAULTS.maxQueued,
    gapAfterMs: options.gapAfterMs ?? JOURNAL_DEFAULTS.gapAfterMs,
  };
  for (const [name, value] of Object.entries(numbers)) checkPositive(name, value);
  if (!Number.isInteger(numbers.maxQueued)) {
    throw invalidOption('maxQueued', 'a whole number from 1 up', numbers.maxQueued);
  }
  return numbers;
}

/** Tells of an option that has a value it does not take. */
export function invalidOption(name: string, expected: string, value: unknown): TurnspanError {
  const detail = `Expected \`${name}\` to be ${expected}, got ${String(value)}.`;
  return new TurnspanError('OPTION_INVALID', { detail });
}

function checkPositive(name: string, value: unknown): void {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return;
  throw invalidOption(name, 'a number above 0', value);
}
