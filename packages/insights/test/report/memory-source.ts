import type { HourTable, HourTables, VisitRow } from '@turnspan/journal';
import type { RowSource } from '../../src';

/** What a source in memory holds. */
export interface MemoryRows {
  readonly hours: Partial<{ readonly [T in HourTable]: readonly HourTables[T][] }>;
  readonly visits?: readonly VisitRow[];
  readonly changes?: readonly Readonly<Record<string, string | number | null>>[];
  readonly countedSince?: number;
}

const NUMBERS = ['seconds', 'first', 'last', 'confused'];

/** A journal without a database, which notes what it was asked for. */
export function createMemorySource({
  hours,
  visits = [],
  changes = [],
  countedSince = 0,
}: MemoryRows): RowSource & { readonly asked: [table: HourTable, since: number, until: number][] } {
  const asked: [HourTable, number, number][] = [];
  return {
    asked,
    hours: async (table, { since, until, flow, stepMs = 3_600_000, merged = [] }) => {
      const empty = merged.map((name) => [name, NUMBERS.includes(name) ? 0 : '']);
      asked.push([table, since, until]);
      return (hours[table] ?? [])
        .filter((row) => row.hour >= since && row.hour < until)
        .filter((row) => flow === undefined || !('flow' in row) || row.flow === flow)
        .map((row) => ({
          ...row,
          ...Object.fromEntries(empty),
          hour: since + Math.floor((row.hour - since) / stepMs) * stepMs,
        })) as never;
    },
    countedSince: async () => countedSince,
    visitsOf: async ({ flow }) => visits.filter((visit) => visit.flow === flow),
    rows: async () => changes,
    timeline: async () => [],
  };
}
