import { type OnError, TurnspanError } from '@turnspan/core';
import type { StartTimer } from '@turnspan/journal';
import type { GuardedPool } from './journal-pool';

/** How long the last write may take: whoever ends a process does not wait long. */
const CLOSE_TIMEOUT_MS = 5000;

/** What {@link closeInTime} closes, and how. */
export interface JournalClosing {
  readonly pool: GuardedPool;
  /** Writes the rest, as far as the pool lets it. */
  readonly finish: () => Promise<void>;
  /** How many records are lost so far. */
  readonly countLost: () => number;
  readonly startTimer: StartTimer;
  readonly onError: OnError;
}

/** Has the rest written in a bounded time, and tells how many records did not make it. */
export async function closeInTime(closing: JournalClosing): Promise<void> {
  const { pool, finish, countLost, startTimer, onError } = closing;
  const lostBefore = countLost();
  const stopTimer = startTimer(() => pool.cut(), CLOSE_TIMEOUT_MS);
  await finish();
  stopTimer();
  const lost = countLost() - lostBefore;
  if (lost > 0) onError(unwritten(lost));
}

function unwritten(count: number): TurnspanError {
  const records = count === 1 ? '1 record is' : `${count} records are`;
  const detail = `The journal was closed, and Postgres did not take what was left: ${records} lost. Look whether the server runs before you end the bot.`;
  return new TurnspanError('STORE_UNAVAILABLE', { detail });
}
