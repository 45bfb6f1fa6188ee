import type { Timestamp } from '@turnspan/core';
import type { JourneyRow, RunHour, VisitRow } from '../../../src';

/** A journey that has ended, and the visits it was made of, in their order. */
export interface JourneyTrail {
  readonly journey: JourneyRow;
  readonly visits: readonly VisitRow[];
}

/** Puts the visits of each ended journey in order; journeys that go on are left out. */
export function toTrails(
  visits: readonly VisitRow[],
  journeys: readonly JourneyRow[],
): readonly JourneyTrail[] {
  const visitsOf = groupBy(visits, ({ journey_id }) => journey_id);
  return journeys.map((journey) => ({
    journey,
    visits: (visitsOf.get(journey.journey_id) ?? []).sort((a, b) => a.visit_index - b.visit_index),
  }));
}

/** Whether rows of a visit belong together. */
export interface VisitKey {
  readonly journey_id: string;
  readonly visit_index: number;
}

/** Names a visit in a map. */
export function toVisitKey({ journey_id, visit_index }: VisitKey): string {
  return `${visit_index} ${journey_id}`;
}

const HOUR_MS = 3_600_000;

/** The columns that an hour of something has in common with what it is counted from. */
export function toRunHour({
  at,
  flow,
  version,
  variant,
  channel,
  line,
}: Omit<RunHour, 'hour'> & { readonly at: Timestamp }): RunHour {
  return { hour: toHour(at), flow, version, variant, channel, line };
}

/** When the hour of a time began. */
export function toHour(at: Timestamp): Timestamp {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}

/** Makes one row of rows that differ in nothing but how many they are. */
export function mergeCounts<T extends { readonly count: number }>(
  rows: readonly T[],
): readonly T[] {
  const groups = groupBy(rows, (row) => JSON.stringify({ ...row, count: 0 }));
  return [...groups.values()].map((group) => ({
    ...(group[0] as T),
    count: group.reduce((sum, { count }) => sum + count, 0),
  }));
}

function groupBy<T>(values: readonly T[], toKey: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = toKey(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}
