import type { Timestamp } from '@turnspan/core';
import type { Answer } from '../answer';
import { type CalendarOptions, type Day, toDay } from '../calendar';
import { type DailyCount, toDailyCounts } from '../daily';
import { addFalseDiscovery } from '../statistics/false-discovery';
import { compareMeanWithPast, compareRateWithPast, type Movement } from './compare-with-past';
import type { EvidenceRows, Series } from './series';

/** Which stretches of time are looked at. */
export interface MovementOptions {
  /** They end where the hour of this moment began. */
  readonly at: Timestamp;
  /** How many days they have. @default [3, 7] */
  readonly windows?: readonly number[];
  /** How many days before the longest of them are the past. @default 28 */
  readonly pastDays?: number;
}

/** What moved, in which window, and how clearly. */
export interface SeriesMovement extends Movement, Pick<Series, 'subject' | 'measure'> {
  readonly windowDays: number;
  /** How many were counted in the window. */
  readonly total: number;
  /** The rate of false discoveries at which it counts, over all series and windows; volumes apart. */
  readonly q: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
const WINDOWS: readonly number[] = [3, 7];
const PAST_DAYS = 28;

/** The rows that {@link findMovements} looks at, of however many there are. */
export function cutEvidence(
  { visits = [], signals = [], messages = [] }: EvidenceRows,
  { at, windows = WINDOWS, pastDays = PAST_DAYS }: MovementOptions,
): EvidenceRows {
  const from = at - (Math.max(...windows) + pastDays + 1) * DAY_MS;
  const isInside = ({ hour }: { readonly hour: Timestamp }) => hour >= from && hour < at;
  return {
    visits: visits.filter(isInside),
    signals: signals.filter(isInside),
    messages: messages.filter(isInside),
  };
}

/** How every series moved in the windows before a moment, the clearest first. */
export function findMovements(
  series: readonly Series[],
  { at, windows = WINDOWS, pastDays = PAST_DAYS }: MovementOptions,
): readonly SeriesMovement[] {
  const end = Math.floor(at / HOUR_MS) * HOUR_MS;
  // Days that end exactly at the moment, whatever the clock on the wall says.
  const calendar: CalendarOptions = { utcOffsetMinutes: -(end % DAY_MS) / MINUTE_MS };
  const to = toDay(end, calendar);
  const pastTo = to - Math.max(...windows);
  const moved = series.flatMap((each) => {
    const hours = each.hours.filter(({ hour }) => hour < end);
    const days = toDailyCounts(hours, calendar);
    return windows.flatMap((windowDays): readonly Omit<SeriesMovement, 'q'>[] => {
      const window = { from: to - windowDays, to, pastTo, pastDays };
      const answer = compare(each.scale, days, window);
      if (answer.kind !== 'found') return [];
      const { subject, measure } = each;
      const total = sumTotals(days, window.from);
      return [{ subject, measure, windowDays, total, ...answer.value }];
    });
  });
  const harm = moved.filter(({ measure }) => measure !== 'volume');
  const volume = moved.filter(({ measure }) => measure === 'volume');
  return [...addFalseDiscovery(harm), ...addFalseDiscovery(volume)].sort((a, b) => a.p - b.p);
}

function compare(
  scale: Series['scale'],
  days: readonly DailyCount[],
  window: { readonly from: Day; readonly to: Day; readonly pastTo: Day; readonly pastDays: number },
): Answer<Movement> {
  if (scale === 'rate') return compareRateWithPast(days.map(clamp), window);
  const values = days
    .filter(({ total }) => total > 0)
    .map(({ day, count, total }) => ({ day, value: scale === 'mean' ? count / total : total }));
  return compareMeanWithPast(values, window);
}

/** What happened to a message may be told on another day than that it was sent. */
function clamp({ day, count, total }: DailyCount): DailyCount {
  return { day, total, count: Math.min(total, Math.max(0, count)) };
}

function sumTotals(days: readonly DailyCount[], from: Day): number {
  return days.reduce((sum, { day, total }) => sum + (day >= from ? total : 0), 0);
}
