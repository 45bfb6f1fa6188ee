import type { Timestamp } from '@turnspan/core';
import { type Answer, found, notEnough } from '../answer';
import { type CalendarOptions, type Day, toTimestamp, toWeekday } from '../calendar';
import { type DailyCount, type DailyValue, toDailyRates } from '../daily';
import { type DatedChange, findDatedChanges, removeWeekdays } from '../movements/dated-changes';
import { compareByPermutation, type PermutationOptions } from '../statistics/permutation';
import {
  type Difference,
  measureDifference,
  measureProportion,
  type Proportion,
} from '../statistics/proportion';

/** What two periods are compared in. */
export interface PeriodCounts {
  readonly before: readonly DailyCount[];
  readonly after: readonly DailyCount[];
  /** The same days of something that was not touched, such as all other flows. @default none */
  readonly untouched?: readonly DailyCount[];
}

/** How two periods are compared. */
export type PeriodOptions = CalendarOptions & PermutationOptions;

/** How the rate differs between two periods, less what happened to what was not touched. */
export interface DifferenceInDifferences {
  readonly value: number;
  /** How likely it is as large in either direction by chance, days being drawn. */
  readonly p: number;
}

/** How two periods differ. Nobody was drawn by lot, so something else may be why. */
export interface PeriodComparison {
  readonly kind: 'observational';
  readonly before: Proportion;
  readonly after: Proportion;
  /** After − before. */
  readonly difference: Difference;
  /** The days of the week that both have, 0 for Sunday; only they count. */
  readonly weekdays: readonly number[];
  readonly differenceInDifferences: Answer<DifferenceInDifferences>;
  /** When the rate, less that of what was not touched, really changed. */
  readonly changes: Answer<readonly DatedChange[]>;
  /** When the second period began, to hold the dates against. */
  readonly afterFrom: Timestamp;
}

/**
 * Compares a rate before and after: Newcombe's interval over the weekdays that both have,
 * difference-in-differences (Ashenfelter & Card 1985) with a permutation p over days, and a dated change
 * point.
 */
export function comparePeriods(
  { before, after, untouched }: PeriodCounts,
  options: PeriodOptions = {},
): Answer<PeriodComparison> {
  const weekdays = findShared(before, after);
  const first = measureDays(before, weekdays);
  const second = measureDays(after, weekdays);
  const difference = measureDifference(second, first);
  if (difference.kind !== 'found') return difference;
  const [start] = [...after].sort((a, b) => a.day - b.day);
  const series = subtract(toDailyRates([...before, ...after]), untouched);
  const afterFrom = start?.day ?? 0;
  return found({
    kind: 'observational',
    before: first,
    after: second,
    difference: difference.value,
    weekdays,
    differenceInDifferences: untouched
      ? compareDifferences(series, { afterFrom, options })
      : notEnough('Nothing that was not touched is known.', { had: 0, needed: 1 }),
    changes: findDatedChanges(series, options),
    afterFrom: toTimestamp(afterFrom, options),
  });
}

function findShared(
  before: readonly DailyCount[],
  after: readonly DailyCount[],
): readonly number[] {
  const earlier = new Set(before.map(({ day }) => toWeekday(day)));
  const later = new Set(after.map(({ day }) => toWeekday(day)));
  return [...earlier].filter((weekday) => later.has(weekday)).sort((a, b) => a - b);
}

function measureDays(days: readonly DailyCount[], weekdays: readonly number[]): Proportion {
  const shared = days.filter(({ day }) => weekdays.includes(toWeekday(day)));
  return measureProportion(
    shared.reduce((sum, { count }) => sum + count, 0),
    shared.reduce((sum, { total }) => sum + total, 0),
  );
}

function subtract(
  days: readonly DailyValue[],
  untouched: readonly DailyCount[] | undefined,
): readonly DailyValue[] {
  const sorted = [...days].sort((a, b) => a.day - b.day);
  if (!untouched) return sorted;
  const rates = new Map(toDailyRates(untouched).map(({ day, value }) => [day, value]));
  return sorted.flatMap(({ day, value }) => {
    const other = rates.get(day);
    return other === undefined ? [] : [{ day, value: value - other }];
  });
}

interface Boundary {
  readonly afterFrom: Day;
  readonly options: PeriodOptions;
}

function compareDifferences(
  series: readonly DailyValue[],
  { afterFrom, options }: Boundary,
): Answer<DifferenceInDifferences> {
  const values = removeWeekdays(series);
  const isAfter = (index: number) => (series[index]?.day ?? 0) >= afterFrom;
  const answer = compareByPermutation(
    [values.filter((_, index) => isAfter(index)), values.filter((_, index) => !isAfter(index))],
    options,
  );
  if (answer.kind !== 'found') return answer;
  return found({ value: answer.value.difference, p: answer.value.p });
}
