import type { Responder } from '@turnspan/core';
import type { ResponseHourRow } from '@turnspan/journal';
import { type Answer, found, notEnough } from '../answer';
import { groupBy } from '../places';

/** What of a response tells how long it took. */
export type CountedResponse = Pick<
  ResponseHourRow,
  'channel' | 'line' | 'responder' | 'first' | 'seconds' | 'count' | 'seconds_sum'
>;

/** How long responses took. */
export interface Duration {
  readonly count: number;
  /** Exact: sum ÷ count. */
  readonly meanSeconds: number;
  /** As exact as the rows are: the upper bound of the bucket, if they are in buckets. */
  readonly medianSeconds: number;
  readonly p95Seconds: number;
}

/** How long a line keeps people waiting for a bot, or for a person. */
export interface ResponseTimes {
  readonly channel: string;
  readonly line: string;
  readonly responder: Responder;
  /** To the first message of a session or of a responder. */
  readonly first: Answer<Duration>;
  /** To every first message after what had not been answered. */
  readonly all: Answer<Duration>;
}

/** First and average response times by line and by who responds. */
export function measureResponseTimes(
  responses: readonly CountedResponse[],
): readonly ResponseTimes[] {
  const groups = groupBy(responses, ({ channel, line, responder }) =>
    JSON.stringify([channel, line, responder]),
  );
  return [...groups.values()].map((rows) => ({
    channel: rows[0]?.channel ?? '',
    line: rows[0]?.line ?? '',
    responder: rows[0]?.responder ?? 'bot',
    first: measureDuration(rows.filter(({ first }) => first === 1)),
    all: measureDuration(rows),
  }));
}

function measureDuration(rows: readonly CountedResponse[]): Answer<Duration> {
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  if (count === 0) return notEnough('Nothing was answered.', { had: 0, needed: 1 });
  const sorted = [...rows].sort((a, b) => a.seconds - b.seconds);
  return found({
    count,
    meanSeconds: rows.reduce((sum, row) => sum + row.seconds_sum, 0) / count,
    medianSeconds: findQuantile(sorted, 0.5 * count),
    p95Seconds: findQuantile(sorted, 0.95 * count),
  });
}

function findQuantile(sorted: readonly CountedResponse[], place: number): number {
  let passed = 0;
  for (const { seconds, count } of sorted) {
    passed += count;
    if (passed >= place) return seconds;
  }
  return sorted.at(-1)?.seconds ?? 0;
}
