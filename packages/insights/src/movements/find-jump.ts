import { type Answer, found, notEnough } from '../answer';
import { type Day, toWeekday } from '../calendar';
import type { DailyCount } from '../daily';
import { addUp } from '../places';
import { mean, sum } from '../statistics/summary';

/** How sure a jump has to be. */
export interface JumpOptions {
  /** In so many of all days at most, a rate that has not changed is said to have jumped. @default 0.001 */
  readonly alpha?: number;
}

/** How often something happened on a day, against the same weekdays before it. */
export interface Jump {
  readonly observed: number;
  /** What it would have been, had the day been like the same weekdays of the four weeks before. */
  readonly expected: number;
  /** Out of how many. */
  readonly total: number;
  /** How many times better a raised rate explains the day than the usual one does. */
  readonly evidence: number;
  readonly jumped: boolean;
}

const PAST_DAYS = 28;
const NEEDED_DAYS = 14;
const NEEDED_WEEKDAYS = 2;
/** Fewer are no reason to alarm anybody, however unusual. */
const FEWEST = 5;
/** How much higher a raised rate may be. */
const RAISES = [1.5, 2, 3, 5, 10, 20];
/** Four weeks misjudge a variance by as much in one of ten cases: 21 ÷ the lower tenth of chi-square. */
const MISJUDGED = 1.59;
/** As a logarithm. */
const MOST_CLEAR = 700;

/**
 * Whether a rate has jumped on a day that may not be over. It may be asked as often as one likes in the
 * course of the day: the ratio of the likelihoods of its count, under a raised and under the usual rate,
 * exceeds 1 ÷ alpha at any time with a probability of at most alpha (Ville 1939). What is usual is a gamma
 * distribution: its mean is the rate of the same weekdays, its variance what their count leaves open and
 * by how much days differ beyond chance.
 */
export function findJump(
  days: readonly DailyCount[],
  today: Day,
  { alpha = 0.001 }: JumpOptions = {},
): Answer<Jump> {
  const past = days.filter(({ day, total }) => isPast(day, today) && total > 0);
  const same = past.filter(({ day }) => toWeekday(day) === toWeekday(today));
  if (past.length < NEEDED_DAYS || same.length < NEEDED_WEEKDAYS) {
    const reason = 'The past is too short to know what is usual on this weekday.';
    return notEnough(reason, { had: past.length, needed: NEEDED_DAYS });
  }
  const own = days.filter(({ day }) => day === today);
  const [observed, total] = [sumOf(own, 'count'), sumOf(own, 'total')];
  const [count, base] = [sumOf(same, 'count'), sumOf(same, 'total')];
  const evidence = weigh({ observed, total }, toUsualRate(past, same));
  const jumped = observed >= FEWEST && evidence >= 1 / alpha;
  return found({ observed, expected: (total * count) / base, total, evidence, jumped });
}

function isPast(day: Day, today: Day): boolean {
  return day >= today - PAST_DAYS && day < today;
}

interface Counts {
  readonly observed: number;
  readonly total: number;
}

/** What the rate of a day may be: a gamma distribution. */
interface UsualRate {
  readonly shape: number;
  readonly mean: number;
}

/** The likelihood of the day under each raise ÷ that under the usual rate, on average. */
function weigh({ observed, total }: Counts, { shape, mean: rate }: UsualRate): number {
  const base = shape / rate;
  const logs = RAISES.map((raise) => {
    const spread = Math.log((base + raise * total) / (base + total));
    return observed * Math.log(raise) - (shape + observed) * spread;
  });
  // However clear it is, it remains a number.
  return mean(logs.map((log) => Math.exp(Math.min(log, MOST_CLEAR))));
}

function toUsualRate(past: readonly DailyCount[], same: readonly DailyCount[]): UsualRate {
  const count = sumOf(same, 'count') + 0.5;
  const spread = measureSpread(past) * (1 + 1 / same.length);
  return { shape: 1 / (1 / count + spread), mean: count / sumOf(same, 'total') };
}

/** The squared coefficient of variation of days of the same weekday, beyond what chance explains. */
function measureSpread(past: readonly DailyCount[]): number {
  const counts = addUp(past.map(({ day, count }) => [toWeekday(day), count] as const));
  const totals = addUp(past.map(({ day, total }) => [toWeekday(day), total] as const));
  const days = past.map(({ day, count, total }) => {
    const weekday = toWeekday(day);
    const rate = ((counts.get(weekday) ?? 0) + 0.5) / ((totals.get(weekday) ?? 0) + 1);
    return { expected: total * rate, square: (count - total * rate) ** 2 };
  });
  const expected = sum(days.map((day) => day.expected));
  const lost = past.length / Math.max(1, past.length - totals.size);
  const beyond = lost * sum(days.map(({ square }) => square)) - expected;
  return Math.max(0, (MISJUDGED * beyond) / sum(days.map((day) => day.expected ** 2)));
}

function sumOf(days: readonly DailyCount[], column: 'count' | 'total'): number {
  return sum(days.map((day) => day[column]));
}
