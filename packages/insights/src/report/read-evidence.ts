import type { Timestamp } from '@turnspan/core';
import type { EvidenceRows } from '../movements/series';
import { leaveOutParents } from './leave-out-parents';
import { DAY_MS, HOUR_MS, type RowSource } from './row-source';

/** A week, the four weeks before it, and a day because days need not begin at midnight. */
const DAYS = 36;

/** Reads what {@link investigate} looks at before a moment, in days that end with its hour. */
export async function readEvidence(
  source: Pick<RowSource, 'hours'>,
  at: Timestamp,
  { onProgress = () => undefined }: { readonly onProgress?: (done: number) => void } = {},
): Promise<Required<EvidenceRows>> {
  const until = Math.floor(at / HOUR_MS) * HOUR_MS;
  const query = { since: until - DAYS * DAY_MS, until, stepMs: DAY_MS };
  const nodes = { ...query, merged: ['version', 'variant', 'channel', 'line'] };
  const visits = await source.hours('visit_hours', nodes);
  onProgress(1 / 3);
  const signals = await source.hours('signal_hours', nodes);
  onProgress(2 / 3);
  const messages = await source.hours('message_hours', { ...query, merged: ['channel', 'line'] });
  onProgress(1);
  return { visits: leaveOutParents(visits), signals, messages };
}
