import { type StartTimer, TurnspanError, withDeadline } from '@turnspan/core';

/** How long to wait, and what wakes one up. */
export interface Limit {
  readonly timeoutMs: number;
  readonly startTimer: StartTimer;
}

/** Gives what a store answers, or rejects once it has taken too long. */
export async function withinTime<T>(ask: () => Promise<T>, limit: Limit): Promise<T> {
  return await withDeadline(ask(), { ...limit, tooLate });
}

function tooLate(timeoutMs: number): TurnspanError {
  const detail = `It did not answer within ${timeoutMs} ms.`;
  return new TurnspanError('STORE_UNAVAILABLE', { detail });
}
