import type { ResponseHourRow } from '@turnspan/journal';
import { toTimestamp } from '../src/calendar';
import { findResponseChanges } from '../src/response/response-changes';
import { findResponsePeaks } from '../src/response/response-peaks';
import { measureResponseTimes } from '../src/response/response-times';
import { createRandom } from '../src/statistics/random';
import { expectFound } from './support/expect-found';
import { DAY_MS, HOUR_MS, NOON } from './support/rows';
import { drawFactor } from './support/simulated/draw';

function response(fields: Partial<ResponseHourRow>): ResponseHourRow {
  return {
    hour: NOON,
    channel: 'whatsapp',
    line: '1',
    flow: 'book',
    responder: 'bot',
    first: 0,
    seconds: 1,
    count: 1,
    seconds_sum: (fields.seconds ?? 1) * (fields.count ?? 1),
    ...fields,
  };
}

describe('response times', () => {
  it('are told apart by who responds, and the first apart from all', () => {
    const times = measureResponseTimes([
      response({ seconds: 1, count: 18 }),
      response({ seconds: 2, count: 1, first: 1, seconds_sum: 1.5 }),
      response({ seconds: 10, count: 1 }),
      response({ responder: 'agent', seconds: 300 }),
    ]);

    expect(times[0]).toMatchObject({
      responder: 'bot',
      first: { value: { count: 1, meanSeconds: 1.5, medianSeconds: 2 } },
      all: { value: { count: 20, meanSeconds: 29.5 / 20, medianSeconds: 1, p95Seconds: 2 } },
    });
    expect(times[1]).toMatchObject({
      responder: 'agent',
      first: { kind: 'not_enough_data' },
      all: { value: { meanSeconds: 300 } },
    });
  });

  it('have peaks at hours of the week', () => {
    const random = createRandom(9);
    const hours = Array.from({ length: 6 * 7 * 24 }, (_, index) => {
      const isPeak = index % (7 * 24) === 21;
      const seconds = (isPeak ? 6 : 2) * drawFactor(random, 0.2);
      return response({ hour: NOON + index * HOUR_MS, count: 10, seconds_sum: 10 * seconds });
    });

    const peaks = expectFound(findResponsePeaks(hours));

    // 21 hours after noon on Monday.
    expect(peaks[0]).toMatchObject({ weekday: 2, hour: 9, weeks: 6 });
    expect(peaks[0]?.ratio).toBeCloseTo(3, 0);
    expect(peaks.length).toBeLessThanOrEqual(2);
  });

  it('have no peak that is known after three weeks', () => {
    const hours = Array.from({ length: 3 * 7 * 24 }, (_, index) =>
      response({ hour: NOON + index * HOUR_MS }),
    );

    expect(findResponsePeaks(hours)).toMatchObject({ kind: 'not_enough_data', had: 0 });
  });

  it('change on a day', () => {
    const random = createRandom(10);
    const days = Array.from({ length: 40 }, (_, day) => {
      const seconds = (day < 25 ? 2 : 4) * drawFactor(random, 0.1);
      return response({ hour: NOON + day * DAY_MS, count: 50, seconds_sum: 50 * seconds });
    });

    const [change, ...rest] = expectFound(findResponseChanges(days));

    expect(change?.at).toBe(toTimestamp(Math.floor(NOON / DAY_MS) + 25));
    expect(change?.before).toBeCloseTo(2, 0);
    expect(change?.after).toBeCloseTo(4, 0);
    expect(rest).toEqual([]);
  });
});
