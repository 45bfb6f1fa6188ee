import { contain, type OnError } from '@turnspan/core';

const MINUTE_MS = 60_000;

/** Reports a failure unless one of the same kind was reported within the last minute. */
export type RareReport = (kind: string, toError: () => Error) => void;

/** Makes a report that is quiet for a minute after each failure, for each kind by itself. */
export function createRareReport(onError: OnError, tick: () => number): RareReport {
  const report = contain(onError, () => {});
  const quietUntil = new Map<string, number>();
  return (kind, toError) => {
    const now = tick();
    if (now < (quietUntil.get(kind) ?? Number.NEGATIVE_INFINITY)) return;
    quietUntil.set(kind, now + MINUTE_MS);
    report(toError());
  };
}
