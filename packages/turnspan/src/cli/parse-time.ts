import type { Timestamp } from '@turnspan/core';
import { UsageError } from './usage-error';

const UNIT_MS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Reads `30d` as 30 days ago, and anything else as a date of ISO 8601. */
export function parseTime(option: string, text: string, now: Timestamp): Timestamp {
  const [, count, unit = ''] = /^(\d+)([mhdw])$/.exec(text) ?? [];
  const at = count === undefined ? parseIso(text) : now - Number(count) * (UNIT_MS[unit] ?? 0);
  // Beyond this, `Date` cannot tell the time.
  if (Math.abs(at) <= 8.64e15) return at;
  throw new UsageError(
    `--${option} takes a time ago, as 30m, 12h, 30d or 4w, or a date, as 2026-11-01 or 2026-11-01T09:30Z.`,
  );
}

/** `Date.parse` alone takes almost anything, and a time without a zone for a local one. */
function parseIso(text: string): number {
  const isIso =
    /^\d{4}-\d\d-\d\d(?<time>T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?<zone>Z|[+-]\d\d:\d\d)?$/;
  const { groups } = isIso.exec(text) ?? {};
  if (!groups) return Number.NaN;
  return Date.parse(groups.time !== undefined && groups.zone === undefined ? `${text}Z` : text);
}
