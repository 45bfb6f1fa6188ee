import { type DailyCount, findJump, type Jump } from '../src';
import { createRandom, type Random } from '../src/statistics/random';
import { expectFound } from './support/expect-found';

/** A Monday. */
const TODAY = 20_598;
const RUNS = 2000;

describe('a jump', () => {
  it('weighs raised rates against the usual one, as computed by hand', () => {
    const past = Array.from({ length: 28 }, (_, index) => toDay(TODAY - 28 + index, 2, 500));

    const jump = expectFound(findJump([...past, toDay(TODAY, 9, 250)], TODAY));

    const likelihoods = [1.5, 2, 3, 5, 10, 20].map(
      (raise) => raise ** 9 * (2250 / (2000 + raise * 250)) ** 17.5,
    );
    const evidence = likelihoods.reduce((sum, each) => sum + each, 0) / 6;
    expect(jump).toMatchObject({ observed: 9, expected: 1, total: 250, jumped: true });
    expect(jump.evidence).toBeCloseTo(evidence, 6);
  });

  it.each([
    ['the past is short', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['the weekday is known once only', [1, 2, 3, 4, 5, 6, 7, ...range(8, 13), ...range(15, 19)]],
  ])('is not looked for where %s', (_, daysAgo) => {
    const past = daysAgo.map((ago) => toDay(TODAY - ago, 1, 100));

    const answer = findJump([...past, toDay(TODAY, 50, 100)], TODAY);

    expect(answer.kind).toBe('not_enough_data');
  });

  it('is none where a few people do what nobody did before', () => {
    const past = range(1, 28).map((ago) => toDay(TODAY - ago, 0, 5000));

    const few = expectFound(findJump([...past, toDay(TODAY, 4, 300)], TODAY));
    const more = expectFound(findJump([...past, toDay(TODAY, 5, 300)], TODAY));

    expect([few.jumped, more.jumped]).toEqual([false, true]);
  });

  it('is held against its own weekday', () => {
    const isSunday = (day: number) => (day - TODAY) % 7 === -1;
    const past = range(1, 28).map((ago) => toDay(TODAY - ago, isSunday(TODAY - ago) ? 40 : 4, 400));

    const monday = expectFound(findJump([...past, toDay(TODAY, 40, 400)], TODAY));
    const sunday = expectFound(findJump([...past, toDay(TODAY - 1, 40, 400)], TODAY - 1));

    expect([monday.jumped, sunday.jumped]).toEqual([true, false]);
  });

  it.each([
    ['many messages', { messages: 3000, rate: 0.01, spread: 0 }],
    ['few messages', { messages: 120, rate: 0.02, spread: 0 }],
    ['something rare', { messages: 800, rate: 0.001, spread: 0 }],
    ['days that differ by a third', { messages: 1000, rate: 0.02, spread: 0.3 }],
  ])('is seen falsely on at most the stated part of days, looked at each hour: %s', (_, line) => {
    const random = createRandom(13);

    const days = range(1, RUNS).map(() => lookEachHour({ ...line, raise: 1, random }));

    const at = (alpha: number) => days.filter((evidence) => evidence >= 1 / alpha).length / RUNS;
    expect(at(0.05)).toBeLessThanOrEqual(0.05);
    expect(at(0.01)).toBeLessThanOrEqual(0.01);
    expect(at(0.001)).toBeLessThanOrEqual(0.001);
  });

  it.each([
    [5, { messages: 1200, rate: 0.01, spread: 0 }],
    [3, { messages: 3000, rate: 0.01, spread: 0 }],
    [10, { messages: 2000, rate: 0.002, spread: 0 }],
    [6, { messages: 2000, rate: 0.02, spread: 0.2 }],
  ])('of %s times the usual rate is seen the same day in 95 of 100 cases', (raise, line) => {
    const random = createRandom(5);

    const days = range(1, 100).map(() => lookEachHour({ ...line, raise, random }));

    expect(days.filter((evidence) => evidence >= 1000).length).toBeGreaterThanOrEqual(95);
  });
});

interface Line {
  readonly messages: number;
  readonly rate: number;
  /** By how much days differ, as a standard deviation of the logarithm of their rate. */
  readonly spread: number;
  readonly raise: number;
  readonly random: Random;
}

/** Four weeks and a day on which the rate is raised; the clearest evidence of its hours. */
function lookEachHour({ messages, rate, spread, raise, random }: Line): number {
  const toRate = () => rate * Math.exp(spread * toNormal(random) - spread ** 2 / 2);
  const past = range(1, 28).map((ago) => {
    const total = Math.round(messages * (ago % 7 === 0 ? 1 : 0.8));
    return toDay(TODAY - ago, toCount(total * toRate(), random), total);
  });
  const today = toRate() * raise;
  const each = messages / 24;
  let [count, total, most] = [0, 0, 0];
  for (let hour = 0; hour < 24; hour += 1) {
    count += toCount(each * today, random);
    total += each;
    most = Math.max(most, lookAt([...past, toDay(TODAY, count, total)]));
  }
  return most;
}

function lookAt(days: readonly DailyCount[]): number {
  const jump: Jump = expectFound(findJump(days, TODAY));
  return jump.observed < 5 ? 0 : jump.evidence;
}

function toDay(day: number, count: number, total: number): DailyCount {
  return { day, count, total };
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** A Poisson number: how many exponential waits fit into the mean. */
function toCount(mean: number, random: Random): number {
  let [count, left] = [-1, mean];
  while (left >= 0) {
    left += Math.log(1 - random());
    count += 1;
  }
  return count;
}

function toNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
