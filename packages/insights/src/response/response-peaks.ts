import type { ResponseHourRow } from '@turnspan/journal';
import { type Answer, found, notEnough } from '../answer';
import { type CalendarOptions, type Day, toDay, toHourOfDay, toWeekday } from '../calendar';
import { groupBy } from '../places';
import { studentTail } from '../statistics/distributions';
import { addFalseDiscovery } from '../statistics/false-discovery';
import { mean, sum } from '../statistics/summary';

/** What of a response tells when it was slow. */
export type TimedResponse = Pick<ResponseHourRow, 'hour' | 'count' | 'seconds_sum'>;

/** How peaks are told from chance. */
export interface PeakOptions extends CalendarOptions {
  /** Which part of the peaks may be chance. @default 0.05 */
  readonly falseDiscoveryRate?: number;
  /** In how many weeks an hour has to have been seen. @default 4 */
  readonly weeks?: number;
}

/** An hour of the week in which responses take longer. */
export interface ResponsePeak {
  /** 0 for Sunday. */
  readonly weekday: number;
  readonly hour: number;
  readonly meanSeconds: number;
  /** How many times the usual (geometric means of the hours). */
  readonly ratio: number;
  readonly weeks: number;
  readonly p: number;
  readonly q: number;
}

/**
 * Hours of the week in which responses regularly take longer than in the others, the worst first:
 * Student's t of the logarithms of the hours' means with a variance pooled within hours of the week.
 */
export function findResponsePeaks(
  responses: readonly TimedResponse[],
  { falseDiscoveryRate = 0.05, weeks = 4, ...calendar }: PeakOptions = {},
): Answer<readonly ResponsePeak[]> {
  const cells = [...groupBy(toHours(responses, calendar), ({ cell }) => cell).values()];
  const known = cells.filter((hours) => hours.length >= weeks);
  if (known.length < 2) {
    return notEnough('Too few hours of the week were seen often enough.', {
      had: known.length,
      needed: 2,
    });
  }
  const model = toModel(known);
  const peaks = addFalseDiscovery(known.map((hours) => toPeak(hours, model)));
  return found(peaks.filter(({ q }) => q <= falseDiscoveryRate).sort((a, b) => b.ratio - a.ratio));
}

interface Hour {
  readonly cell: number;
  readonly log: number;
  readonly seconds: number;
  readonly count: number;
}

function toHours(responses: readonly TimedResponse[], calendar: CalendarOptions): readonly Hour[] {
  const hours = groupBy(
    responses.filter(({ count, seconds_sum }) => count > 0 && seconds_sum > 0),
    ({ hour }) => hour,
  );
  return [...hours].map(([hour, rows]) => {
    const count = rows.reduce((total, row) => total + row.count, 0);
    const seconds = rows.reduce((total, row) => total + row.seconds_sum, 0);
    const day: Day = toDay(hour, calendar);
    const cell = toWeekday(day) * 24 + toHourOfDay(hour, calendar);
    return { cell, log: Math.log(seconds / count), seconds, count };
  });
}

interface Model {
  readonly usual: number;
  readonly spread: number;
  readonly degrees: number;
}

function toModel(cells: readonly (readonly Hour[])[]): Model {
  const means = cells.map((hours) => mean(hours.map(({ log }) => log)));
  const squares = cells.map((hours, index) =>
    sum(hours.map(({ log }) => (log - (means[index] ?? 0)) ** 2)),
  );
  const degrees = sum(cells.map((hours) => hours.length - 1));
  return { usual: mean(means), spread: sum(squares) / degrees, degrees };
}

function toPeak(
  hours: readonly Hour[],
  { usual, spread, degrees }: Model,
): Omit<ResponsePeak, 'q'> {
  const above = mean(hours.map(({ log }) => log)) - usual;
  const error = Math.sqrt(spread / hours.length);
  const cell = hours[0]?.cell ?? 0;
  return {
    weekday: Math.floor(cell / 24),
    hour: cell % 24,
    meanSeconds: sum(hours.map(({ seconds }) => seconds)) / sum(hours.map(({ count }) => count)),
    ratio: Math.exp(above),
    weeks: hours.length,
    p: error > 0 ? studentTail(above / error, degrees) : Number(above <= 0),
  };
}
