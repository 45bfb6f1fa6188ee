import type { JourneyOutcome, Timestamp } from '@turnspan/core';
import type { JourneyHourRow } from '@turnspan/journal';
import { type Answer, notEnough } from '../answer';
import { type DailyCount, toDailyCounts } from '../daily';
import { comparePeriods, type PeriodComparison, type PeriodOptions } from './compare-periods';

/** What of an hour of journeys tells how they end. */
export type EndedJourneysOfHour = Pick<
  JourneyHourRow,
  'hour' | 'flow' | 'version' | 'outcome' | 'count'
>;

/** Which two versions of which flow are compared. */
export interface VersionQuery extends PeriodOptions {
  readonly flow: string;
  readonly before: string;
  readonly after: string;
  /** Which outcome is counted. @default 'completed' */
  readonly outcome?: JourneyOutcome;
}

/** Which two stretches of time of a flow are compared. */
export interface PeriodQuery extends PeriodOptions {
  readonly flow: string;
  /** The first of them, up to but not including its end. */
  readonly before: readonly [Timestamp, Timestamp];
  readonly after: readonly [Timestamp, Timestamp];
  /** Which outcome is counted. @default 'completed' */
  readonly outcome?: JourneyOutcome;
}

/** Compares how journeys of two versions of a flow end; all other flows are what was not touched. */
export function compareVersions(
  journeys: readonly EndedJourneysOfHour[],
  { flow, before, after, outcome = 'completed', ...options }: VersionQuery,
): Answer<PeriodComparison> {
  const own = journeys.filter((row) => row.flow === flow);
  const old = own.filter(({ version }) => version === before);
  const young = own.filter(({ version }) => version === after);
  return compareRows(
    { old, young, others: journeys.filter((row) => row.flow !== flow) },
    { ...options, outcome },
  );
}

/** Compares how journeys of a flow end in two stretches of time; all other flows were not touched. */
export function compareFlowPeriods(
  journeys: readonly EndedJourneysOfHour[],
  { flow, before, after, outcome = 'completed', ...options }: PeriodQuery,
): Answer<PeriodComparison> {
  const own = journeys.filter((row) => row.flow === flow);
  return compareRows(
    {
      old: own.filter(({ hour }) => hour >= before[0] && hour < before[1]),
      young: own.filter(({ hour }) => hour >= after[0] && hour < after[1]),
      others: journeys.filter((row) => row.flow !== flow),
    },
    { ...options, outcome },
  );
}

interface Sides {
  readonly old: readonly EndedJourneysOfHour[];
  readonly young: readonly EndedJourneysOfHour[];
  readonly others: readonly EndedJourneysOfHour[];
}

function compareRows(
  { old, young, others }: Sides,
  { outcome, ...options }: PeriodOptions & { readonly outcome: JourneyOutcome },
): Answer<PeriodComparison> {
  const toDays = (rows: readonly EndedJourneysOfHour[]): readonly DailyCount[] =>
    toDailyCounts(
      rows.map(({ hour, count, outcome: ended }) => ({
        hour,
        count: ended === outcome ? count : 0,
        total: count,
      })),
      options,
    );
  const [before, after] = [toDays(old), toDays(young)];
  if (before.length === 0 || after.length === 0) {
    return notEnough('One of the two has no journeys.', { had: 0, needed: 1 });
  }
  return comparePeriods(
    { before, after, ...(others.length > 0 && { untouched: toDays(others) }) },
    options,
  );
}
