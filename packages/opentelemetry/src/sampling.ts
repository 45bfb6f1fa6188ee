import { createHash } from 'node:crypto';
import type { VisitOutcome, VisitSettled } from '@turnspan/core';

/** Why a visit leaves a span even if its session is not traced: how it ended, or that a loop was noticed at it. */
export type KeepReason = VisitOutcome | 'looped';

const HASHES = 2 ** 32;

/** Whether a session is among the share of sessions to trace: the same answer in every process, at any time. */
export function isSessionTraced(sessionId: string, ratio: number): boolean {
  if (ratio >= 1) return true;
  return createHash('sha256').update(sessionId).digest().readUInt32BE() < ratio * HASHES;
}

/** Whether a settled visit leaves a span: a turn of it is traced, or its end is always worth keeping. */
export function isVisitKept(settled: VisitSettled, reasons: ReadonlySet<KeepReason>): boolean {
  const looped = settled.loopPeriod !== undefined && reasons.has('looped');
  const traced = settled.turn?.trace !== undefined || settled.openedBy !== undefined;
  return traced || looped || reasons.has(settled.outcome);
}
