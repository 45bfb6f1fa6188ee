import type { Timestamp } from '@turnspan/core';
import { type Answer, found, notEnough } from '../answer';
import { type CalendarOptions, type Day, toDay } from '../calendar';
import type { DailyValue } from '../daily';
import { countPart, type PermutationOptions } from '../statistics/permutation';
import { createRandom, type Random } from '../statistics/random';
import { mean, median } from '../statistics/summary';

/** What is looked at around each event. */
export interface EventStudyOptions extends CalendarOptions, PermutationOptions {
  /** How many days before. @default 7 */
  readonly before?: number;
  /** How many days after. @default 3 */
  readonly after?: number;
  /** How many weeks back the same weekday is looked up. @default 4 */
  readonly weeks?: number;
}

/** What a day around an event was like on average. */
export interface EventDay {
  /** 0 is the day of the event. */
  readonly offset: number;
  /** The mean distance from the same weekdays before; undefined if it is known of no event. */
  readonly distance: number | undefined;
  /** Of how many events it is known. */
  readonly events: number;
}

/** Whether something was unusual before events. */
export interface EventStudy {
  readonly events: number;
  readonly days: readonly EventDay[];
  /** The mean distance of the days before the events. */
  readonly before: number;
  /** How likely as many random days have days before them that are as far above. */
  readonly p: number;
}

/** Never with fewer events. */
const NEEDED = 3;

/**
 * Whether a daily number was above the median of the same weekdays of four weeks in the days before
 * events. Its p is from seeded draws of as many other days, so days may depend on their neighbours
 * (MacKinlay 1997; permutation p as in Phipson & Smyth 2010).
 */
export function studyEvents(
  days: readonly DailyValue[],
  events: readonly Timestamp[],
  { before = 7, after = 3, weeks = 4, seed = 1, draws = 1999, ...calendar }: EventStudyOptions = {},
): Answer<EventStudy> {
  const distances = toDistances(days, weeks);
  const span = { before, after };
  const candidates = [...distances.keys()]
    .map((day) => ({ day: day + 1, distance: averageBefore(distances, day + 1, before) }))
    .filter((each): each is Candidate => each.distance !== undefined);
  const known = new Map(candidates.map(({ day, distance }) => [day, distance]));
  const usable = [...new Set(events.map((at) => toDay(at, calendar)))].filter((day) =>
    known.has(day),
  );
  if (usable.length < NEEDED) {
    const reason = 'Too few events have days before them that can be compared.';
    return notEnough(reason, { had: usable.length, needed: NEEDED });
  }
  const observed = mean(usable.map((day) => known.get(day) ?? 0));
  const random = createRandom(seed);
  const drawn = Array.from({ length: draws }, () => drawMean(candidates, usable.length, random));
  return found({
    events: usable.length,
    days: toEventDays(usable, distances, span),
    before: observed,
    p: countPart([observed, ...drawn], (value) => value >= observed - 1e-12),
  });
}

interface Candidate {
  readonly day: Day;
  readonly distance: number;
}

/** How far each day is from the same weekdays before it; the median does not mind one bad week. */
function toDistances(days: readonly DailyValue[], weeks: number): ReadonlyMap<Day, number> {
  const values = new Map(days.map(({ day, value }) => [day, value]));
  const distances = new Map<Day, number>();
  for (const { day, value } of days) {
    const past = Array.from({ length: weeks }, (_, week) => values.get(day - 7 * (week + 1)));
    const known = past.filter((each) => each !== undefined);
    if (known.length >= Math.min(2, weeks)) distances.set(day, value - median(known));
  }
  return distances;
}

function averageBefore(
  distances: ReadonlyMap<Day, number>,
  day: Day,
  before: number,
): number | undefined {
  const known = Array.from({ length: before }, (_, index) => distances.get(day - 1 - index));
  const present = known.filter((each) => each !== undefined);
  return present.length === before ? mean(present) : undefined;
}

/** The mean of that many different days. */
function drawMean(candidates: readonly Candidate[], size: number, random: Random): number {
  const chosen = new Map<number, number>();
  while (chosen.size < size) {
    const index = Math.floor(random() * candidates.length);
    chosen.set(index, candidates[index]?.distance ?? 0);
  }
  return mean([...chosen.values()]);
}

function toEventDays(
  events: readonly Day[],
  distances: ReadonlyMap<Day, number>,
  { before, after }: { readonly before: number; readonly after: number },
): readonly EventDay[] {
  return Array.from({ length: before + after + 1 }, (_, index) => {
    const offset = index - before;
    const known = events
      .map((day) => distances.get(day + offset))
      .filter((each) => each !== undefined);
    const distance = known.length > 0 ? mean(known) : undefined;
    return { offset, distance, events: known.length };
  });
}
