import type { QualityChangeRow } from '@turnspan/journal';
import { toDay, toTimestamp } from '../src/calendar';
import { investigate } from '../src/investigate';
import { correlateLagged } from '../src/quality/correlate-lagged';
import { findNegativeChanges } from '../src/quality/negative-changes';
import { measureRisk } from '../src/quality/risk-index';
import { studyEvents } from '../src/quality/study-events';
import { createRandom } from '../src/statistics/random';
import { expectFound } from './support/expect-found';
import { NOON } from './support/rows';
import { drawNormal } from './support/simulated/draw';

const FIRST = toDay(NOON);
const EVENT_DAYS = [50, 83, 120, 151];

/** Half a year with weekends and slow swings; before events it is worse, if it is told to be. */
function simulateYearHalf(seed: number, worse: number) {
  const random = createRandom(seed);
  let swing = 0;
  return Array.from({ length: 180 }, (_, index) => {
    swing = 0.6 * swing + 0.3 * drawNormal(random);
    const isBefore = EVENT_DAYS.some((event) => index < event && index >= event - 5);
    const value = 5 + (index % 7 > 4 ? 2 : 0) + swing + 0.3 * drawNormal(random);
    return { day: FIRST + index, value: value + (isBefore ? worse : 0) };
  });
}

const EVENTS = EVENT_DAYS.map((day) => toTimestamp(FIRST + day));

describe('a study of events', () => {
  it('sees what was unusual in the days before', () => {
    const study = expectFound(studyEvents(simulateYearHalf(1, 2), EVENTS));

    expect(study.events).toBe(4);
    expect(study.p).toBeLessThan(0.01);
    expect(study.days.map(({ offset }) => offset)).toEqual([
      -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3,
    ]);
    const near = study.days.filter(({ offset }) => offset >= -5 && offset < 0);
    expect(Math.min(...near.map(({ distance }) => distance ?? 0))).toBeGreaterThan(1);
  });

  it('sees it in 95 of 100 histories, and in one of twenty where nothing was', () => {
    const toP = (seed: number, worse: number) =>
      expectFound(studyEvents(simulateYearHalf(seed, worse), EVENTS, { draws: 399 })).p;
    const seeds = Array.from({ length: 100 }, (_, seed) => seed);

    const seen = seeds.filter((seed) => toP(seed, 1.5) <= 0.05);
    const imagined = seeds.filter((seed) => toP(seed + 500, 0) <= 0.05);

    expect(seen.length).toBeGreaterThanOrEqual(95);
    // 5 of 100 are stated; that is two and a half standard errors above.
    expect(imagined.length).toBeLessThanOrEqual(10);
  });

  it('is never made of two events', () => {
    const answer = studyEvents(simulateYearHalf(1, 2), EVENTS.slice(0, 2));

    expect(answer).toMatchObject({ kind: 'not_enough_data', had: 2, needed: 3 });
  });

  it('leaves out events without a past', () => {
    const early = toTimestamp(FIRST + 10);

    const answer = studyEvents(simulateYearHalf(1, 2), [early, ...EVENTS.slice(0, 2)]);

    expect(answer).toMatchObject({ kind: 'not_enough_data', had: 2 });
  });
});

describe('a lagged correlation', () => {
  const random = createRandom(12);
  const signal = Array.from({ length: 90 }, (_, index) => {
    return { day: FIRST + index, value: drawNormal(random) };
  });
  const follower = signal.map(({ day, value }) => {
    return { day: day + 3, value: -value + 0.5 * drawNormal(random) };
  });

  it('is clearest at the true lag', () => {
    const lags = correlateLagged(signal, follower);

    const clear = lags.filter(({ adjustedP = 1 }) => adjustedP < 0.01);
    expect(clear.map(({ lagDays }) => lagDays)).toEqual([3]);
    expect(expectFound(clear[0]?.answer).rho).toBeLessThan(-0.7);
  });

  it('says nothing of a rating that never changed, or of a few days', () => {
    const still = follower.map(({ day }) => ({ day, value: 3 }));

    const kinds = [
      ...correlateLagged(signal, still),
      ...correlateLagged(signal, follower.slice(0, 9)),
    ];

    expect(new Set(kinds.map(({ answer }) => answer.kind))).toEqual(new Set(['not_enough_data']));
    expect(kinds.map(({ adjustedP }) => adjustedP)).toEqual(kinds.map(() => undefined));
  });
});

describe('changes for the worse', () => {
  type Change = Pick<QualityChangeRow, 'attribute' | 'previous' | 'value' | 'at'>;
  const change = (
    attribute: Change['attribute'],
    previous: string | null,
    value: string,
  ): Change => {
    return { attribute, previous, value, at: NOON };
  };

  it.each([
    change('rating', 'GREEN', 'YELLOW'),
    change('rating', 'YELLOW', 'RED'),
    change('messaging_limit', '100000', '2000'),
    change('messaging_limit', 'Infinity', '100000'),
    change('status', 'APPROVED', 'PAUSED'),
    change('restriction', null, 'RESTRICTED'),
  ])('are $attribute from $previous to $value', (worse) => {
    expect(findNegativeChanges([worse])).toEqual([worse]);
  });

  it.each([
    change('rating', 'RED', 'YELLOW'),
    change('rating', 'UNKNOWN', 'RED'),
    change('rating', null, 'RED'),
    change('messaging_limit', '2000', '100000'),
    change('status', 'PAUSED', 'APPROVED'),
    change('status', 'PAUSED', 'DISABLED'),
    change('throughput', 'HIGH', 'STANDARD'),
  ])('are not $attribute from $previous to $value', (other) => {
    expect(findNegativeChanges([other])).toEqual([]);
  });
});

describe('without a past', () => {
  it('nobody is suspected, and no risk is told', () => {
    expect(investigate({}, NOON).kind).toBe('not_enough_data');
    expect(measureRisk({}, { at: NOON }).kind).toBe('not_enough_data');
  });
});
