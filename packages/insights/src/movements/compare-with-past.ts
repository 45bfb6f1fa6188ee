import { type Answer, found, notEnough } from '../answer';
import { type Day, toWeekday } from '../calendar';
import type { DailyCount, DailyValue } from '../daily';
import { addUp, groupBy } from '../places';
import { binomialTail, studentTail } from '../statistics/distributions';
import { mean, sum } from '../statistics/summary';

/** Which days are held against which. */
export interface PastWindow {
  /** The first day of the window. */
  readonly from: Day;
  /** The first day after it. */
  readonly to: Day;
  /** The first day after the past; the window's first day or before. */
  readonly pastTo: Day;
  /** How many days the past has. @default 28 */
  readonly pastDays?: number;
}

/** How a window differs from the same weekdays of the past. */
export interface Movement {
  readonly observed: number;
  /** What it would have been, had every weekday been as it used to be. */
  readonly expected: number;
  /** Observed ÷ expected. */
  readonly ratio: number;
  /** Observed − expected. */
  readonly excess: number;
  /** What the excess is at least, with 95 % confidence; may be below 0. */
  readonly atLeast: number;
  readonly standardError: number;
  /** How many standard errors the excess is. */
  readonly t: number;
  readonly degrees: number;
  /** How likely so much or more is, if nothing has changed. */
  readonly p: number;
}

const NEEDED_DAYS = 14;
const NEEDED_TOTAL = 20;
const ONE_SIDED_95 = 1.6448536269514722;

/**
 * How a rate moved: t = (O − E − ½) ÷ √(φ r(1−r)(Σ T + Σ Tᵥᵥ²/Nᵥᵥ)), E from the rate of each weekday,
 * φ ≥ 1 the Pearson dispersion of the past (quasi-likelihood, Wedderburn 1974). Its p is never smaller
 * than the exact one of two binomials, which counts where little happens.
 */
export function compareRateWithPast(
  days: readonly DailyCount[],
  window: PastWindow,
): Answer<Movement> {
  const { past, now } = cutDays(days, window);
  const pastTotal = sumOf(past, 'total');
  const total = sumOf(now, 'total');
  if (past.length < NEEDED_DAYS || pastTotal < NEEDED_TOTAL || total < 1) {
    return tooShort(past.length);
  }
  const pastCount = sumOf(past, 'count');
  const observed = sumOf(now, 'count');
  const { expected, spread, degrees } = projectRates(past, now);
  const standardError = Math.sqrt(spread);
  const t = (observed - expected - 0.5) / standardError;
  const exact = binomialTail(
    { successes: observed, trials: observed + pastCount },
    total / (total + pastTotal),
  );
  const p = Math.max(studentTail(t, degrees), exact);
  return found(toMovement({ observed, expected, standardError, t, degrees, p }));
}

/**
 * How the daily mean of positive numbers moved, on the log scale: Student's t of the distances from the
 * mean of each weekday, with their variance pooled. Its excess is in days of the usual size.
 */
export function compareMeanWithPast(
  days: readonly DailyValue[],
  window: PastWindow,
): Answer<Movement> {
  const { past, now } = cutDays(
    days.filter(({ value }) => value > 0),
    window,
  );
  if (past.length < NEEDED_DAYS || now.length === 0) return tooShort(past.length);
  const { above, error, degrees } = projectLogs(past, now);
  const t = error > 0 ? above / error : 0;
  const observed = mean(now.map(({ value }) => value));
  const ratio = Math.exp(above);
  const atLeast = now.length * (Math.exp(above - ONE_SIDED_95 * error) - 1);
  return found({
    observed,
    expected: observed / ratio,
    ratio,
    excess: now.length * (ratio - 1),
    atLeast,
    standardError: now.length * ratio * error,
    t,
    degrees,
    p: error > 0 ? studentTail(t, degrees) : Number(above <= 0),
  });
}

interface Cut<T> {
  readonly past: readonly T[];
  readonly now: readonly T[];
}

function cutDays<T extends { readonly day: Day }>(
  days: readonly T[],
  { from, to, pastTo, pastDays = 28 }: PastWindow,
): Cut<T> {
  return {
    past: days.filter(({ day }) => day >= pastTo - pastDays && day < pastTo),
    now: days.filter(({ day }) => day >= from && day < to),
  };
}

function tooShort(had: number): Answer<Movement> {
  return notEnough('The past is too short, or nothing happened.', { had, needed: NEEDED_DAYS });
}

interface Projection {
  readonly expected: number;
  readonly spread: number;
  readonly degrees: number;
}

function projectRates(past: readonly DailyCount[], now: readonly DailyCount[]): Projection {
  const counts = addUp(past.map(({ day, count }) => [toWeekday(day), count] as const));
  const totals = addUp(past.map(({ day, total }) => [toWeekday(day), total] as const));
  const overall = sumOf(past, 'count') / sumOf(past, 'total');
  const toRate = (day: Day) => {
    const total = totals.get(toWeekday(day)) ?? 0;
    return total > 0 ? (counts.get(toWeekday(day)) ?? 0) / total : overall;
  };
  const degrees = past.length - totals.size;
  const smooth = (sumOf(past, 'count') + 0.5) / (sumOf(past, 'total') + 1);
  const unit = smooth * (1 - smooth);
  const chiSquare = sum(
    past.map(({ day, count, total }) => {
      return total > 0 ? (count - total * toRate(day)) ** 2 / (total * unit) : 0;
    }),
  );
  const windows = addUp(now.map(({ day, total }) => [toWeekday(day), total] as const));
  const variances = [...windows].map(([weekday, total]) => {
    return total + total ** 2 / (totals.get(weekday) || sumOf(past, 'total'));
  });
  return {
    expected: sum(now.map(({ day, total }) => total * toRate(day))),
    spread: Math.max(1, chiSquare / degrees) * unit * sum(variances),
    degrees,
  };
}

interface LogProjection {
  readonly above: number;
  readonly error: number;
  readonly degrees: number;
}

function projectLogs(past: readonly DailyValue[], now: readonly DailyValue[]): LogProjection {
  const weekdays = groupBy(past, ({ day }) => toWeekday(day));
  const logs = past.map(({ value }) => Math.log(value));
  const toUsual = (day: Day) => {
    const same = weekdays.get(toWeekday(day));
    return mean(same ? same.map(({ value }) => Math.log(value)) : logs);
  };
  const degrees = past.length - weekdays.size;
  const residuals = past.map(({ day, value }) => (Math.log(value) - toUsual(day)) ** 2);
  const windows = addUp(now.map(({ day }) => [toWeekday(day), 1] as const));
  const weights = [...windows].map(([weekday, count]) => {
    const known = weekdays.get(weekday)?.length ?? past.length;
    return count + count ** 2 / known;
  });
  return {
    above: mean(now.map(({ day, value }) => Math.log(value) - toUsual(day))),
    error: Math.sqrt((sum(residuals) / degrees) * sum(weights)) / now.length,
    degrees,
  };
}

function toMovement({
  observed,
  expected,
  standardError,
  ...rest
}: Omit<Movement, 'ratio' | 'excess' | 'atLeast'>): Movement {
  const excess = observed - expected;
  // Half of one where nothing was expected, so that the ratio is a number.
  const ratio = observed / Math.max(expected, 0.5);
  const atLeast = excess - ONE_SIDED_95 * standardError;
  return { observed, expected, ratio, excess, atLeast, standardError, ...rest };
}

function sumOf(days: readonly DailyCount[], column: 'count' | 'total'): number {
  return sum(days.map((day) => day[column]));
}
