import { TurnspanError } from '@turnspan/core';

/** Runs a function after a time, and returns what stops it. */
export type StartTimer = (run: () => void, ms: number) => () => void;

/** How long to wait, and what wakes one up. */
export interface Limit {
  readonly timeoutMs: number;
  readonly startTimer: StartTimer;
}

/** Gives what a store answers, or rejects once it has taken too long. */
export async function withinTime<T>(ask: () => Promise<T>, limit: Limit): Promise<T> {
  const { promise: tooLate, reject } = withReject();
  const stop = limit.startTimer(() => reject(createTooLate(limit.timeoutMs)), limit.timeoutMs);
  try {
    return await Promise.race([ask(), tooLate]);
  } finally {
    stop();
  }
}

/** A timer of this machine that keeps no process alive. */
export const systemTimer: StartTimer = (run, ms) => {
  const timer = setTimeout(run, ms).unref();
  return () => clearTimeout(timer);
};

function withReject(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<never>((_resolve, rejectPromise) => {
    reject = rejectPromise;
  });
  return { promise, reject };
}

function createTooLate(timeoutMs: number): TurnspanError {
  const detail = `It did not answer within ${timeoutMs} ms.`;
  return new TurnspanError('STORE_UNAVAILABLE', { detail });
}
