import type { Timestamp } from '@turnspan/core';
import { type Answer, found, notEnough } from '../answer';
import { type CalendarOptions, toTimestamp, toWeekday } from '../calendar';
import type { DailyValue } from '../daily';
import { groupBy } from '../places';
import { type ChangePointOptions, findChangePoints } from '../statistics/change-point';
import { median } from '../statistics/summary';

/** A day from which on something was different. */
export interface DatedChange {
  readonly at: Timestamp;
  /** The mean before and from then on, with the habits of weekdays taken out. */
  readonly before: number;
  readonly after: number;
  /** How likely a series without a change looks as if it had one this clear. */
  readonly p: number;
}

const NEEDED_DAYS = 14;

/** The days on which a daily number began to be another, oldest first. */
export function findDatedChanges(
  days: readonly DailyValue[],
  options: ChangePointOptions & CalendarOptions = {},
): Answer<readonly DatedChange[]> {
  if (days.length < NEEDED_DAYS) {
    const reason = 'A change needs two weeks to be seen.';
    return notEnough(reason, { had: days.length, needed: NEEDED_DAYS });
  }
  const sorted = [...days].sort((a, b) => a.day - b.day);
  const changes = findChangePoints(removeWeekdays(sorted), options);
  return found(
    changes.map(({ index, before, after, p }) => ({
      at: toTimestamp(sorted[index]?.day ?? 0, options),
      before,
      after,
      p,
    })),
  );
}

/**
 * Takes out how each weekday differs from the others: its median distance from the median of the seven
 * days around it, which a change of level hardly moves.
 */
export function removeWeekdays(days: readonly DailyValue[]): readonly number[] {
  const distances = days.map(({ day, value }, index) => {
    const around = days.slice(Math.max(0, index - 3), index + 4);
    return { weekday: toWeekday(day), distance: value - median(around.map((each) => each.value)) };
  });
  const weekdays = groupBy(distances, ({ weekday }) => weekday);
  const habits = new Map(
    [...weekdays].map(([weekday, own]) => [weekday, median(own.map(({ distance }) => distance))]),
  );
  return days.map(({ day, value }) => value - (habits.get(toWeekday(day)) ?? 0));
}
