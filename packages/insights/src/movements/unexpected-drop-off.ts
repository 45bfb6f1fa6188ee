import type { Timestamp } from '@turnspan/core';
import type { VisitHourRow } from '@turnspan/journal';
import { type CalendarOptions, type Day, toDay } from '../calendar';
import { type DailyCount, toDailyCounts } from '../daily';
import { groupBy, type Place, toPlaceKey } from '../places';
import { studentTail } from '../statistics/distributions';
import { addFalseDiscovery } from '../statistics/false-discovery';
import { compareRateWithPast, type Movement, type PastWindow } from './compare-with-past';

/** What of an hour tells about dropping. */
export type DroppedVisits = Pick<VisitHourRow, 'hour' | 'flow' | 'node' | 'outcome' | 'count'>;

/** Which days may be unexpected. */
export interface UnexpectedOptions extends CalendarOptions {
  /** The day that holds this moment is the last one that is looked at; it should be over. */
  readonly at: Timestamp;
  /** How many days are looked at. @default 1 */
  readonly days?: number;
  /** How many days before them are the past. @default 28 */
  readonly pastDays?: number;
  /** Which part of what is called unexpected may be chance. @default 0.05 */
  readonly falseDiscoveryRate?: number;
}

/** A node at which more people dropped than should have. */
export interface UnexpectedDropOff extends Place {
  /** Against the same weekdays of its own past. */
  readonly past: Movement;
  /** Its ratio ÷ that of its flow-mates; undefined if it has none that moved at all. */
  readonly ratioToMates: number | undefined;
  /** The larger one of the two tests: it has to stand out from both. */
  readonly p: number;
  readonly q: number;
  readonly unexpected: boolean;
}

/**
 * Where more people dropped than on the same weekdays before, and more than what happened to the whole
 * flow explains: t = (O − E m − ½) ÷ √(m SE² + (E SEₘ/Eₘ)²), m = Oₘ/Eₘ of the mates together.
 */
export function findUnexpectedDropOff(
  visits: readonly DroppedVisits[],
  { at, days = 1, pastDays = 28, falseDiscoveryRate = 0.05, ...calendar }: UnexpectedOptions,
): readonly UnexpectedDropOff[] {
  const to = toDay(at, calendar) + 1;
  const window = { from: to - days, to, pastTo: to - days, pastDays };
  const nodes = [...groupBy(visits, toPlaceKey).values()].map((rows) => ({
    flow: rows[0]?.flow ?? '',
    node: rows[0]?.node ?? '',
    days: toDailyCounts(rows.map(toHourly), calendar),
  }));
  const flows = groupBy(nodes, ({ flow }) => flow);
  const compared = nodes.flatMap((node) => {
    const mates = (flows.get(node.flow) ?? []).filter((each) => each !== node);
    return compareNode(node, { mates, window });
  });
  return addFalseDiscovery(compared)
    .map((each) => ({ ...each, unexpected: each.q <= falseDiscoveryRate }))
    .sort((a, b) => a.p - b.p || b.past.excess - a.past.excess);
}

interface NodeDays extends Place {
  readonly days: readonly DailyCount[];
}

interface Context {
  readonly mates: readonly NodeDays[];
  readonly window: PastWindow;
}

function toHourly({ hour, outcome, count }: DroppedVisits): DailyHour {
  return { hour, count: outcome === 'dropped' ? count : 0, total: count };
}

interface DailyHour {
  readonly hour: Timestamp;
  readonly count: number;
  readonly total: number;
}

function compareNode(
  { flow, node, days }: NodeDays,
  { mates, window }: Context,
): readonly Omit<UnexpectedDropOff, 'q' | 'unexpected'>[] {
  const past = compareRateWithPast(days, window);
  if (past.kind !== 'found') return [];
  const others = compareRateWithPast(addDays(mates), window);
  if (others.kind !== 'found' || others.value.expected <= 0) {
    return [{ flow, node, past: past.value, ratioToMates: undefined, p: past.value.p }];
  }
  const { ratio, t } = standOut(past.value, others.value);
  const p = Math.max(past.value.p, studentTail(t, past.value.degrees));
  return [{ flow, node, past: past.value, ratioToMates: ratio, p }];
}

interface StandOut {
  readonly ratio: number;
  readonly t: number;
}

/** How far a node is from where it would be, had it moved like its flow-mates. */
function standOut(own: Movement, mates: Movement): StandOut {
  const moved = (mates.observed + 0.5) / (mates.expected + 0.5);
  const expected = own.expected * moved;
  const error = Math.hypot(
    own.standardError * Math.sqrt(moved),
    (own.expected * mates.standardError) / mates.expected,
  );
  return {
    ratio: (own.observed + 0.5) / (expected + 0.5),
    t: (own.observed - expected - 0.5) / error,
  };
}

function addDays(nodes: readonly NodeDays[]): readonly DailyCount[] {
  const days = groupBy(
    nodes.flatMap((node) => node.days),
    ({ day }) => day,
  );
  return [...days].map(([day, rows]: readonly [Day, readonly DailyCount[]]) => ({
    day,
    count: rows.reduce((sum, { count }) => sum + count, 0),
    total: rows.reduce((sum, { total }) => sum + total, 0),
  }));
}
