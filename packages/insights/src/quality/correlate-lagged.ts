import type { Answer } from '../answer';
import { notEnough } from '../answer';
import type { DailyValue } from '../daily';
import { correlateRanks, type RankCorrelation } from '../statistics/spearman';

/** How far one series may run ahead of the other. */
export interface LagOptions {
  /** At most that many days. @default 7 */
  readonly longestDays?: number;
}

/** How one series goes along with what another was some days before. */
export interface LaggedCorrelation {
  readonly lagDays: number;
  readonly answer: Answer<RankCorrelation>;
  /** Its p times the number of lags that were tried; undefined without an answer. */
  readonly adjustedP: number | undefined;
}

const NEEDED_PAIRS = 14;

/**
 * Spearman's rank correlation of a daily signal with what follows it, for each lag from 0 to a week, with
 * the honest number of pairs of {@link correlateRanks} and Bonferroni over the lags.
 */
export function correlateLagged(
  signal: readonly DailyValue[],
  follower: readonly DailyValue[],
  { longestDays = 7 }: LagOptions = {},
): readonly LaggedCorrelation[] {
  const values = new Map(signal.map(({ day, value }) => [day, value]));
  const sorted = [...follower].sort((a, b) => a.day - b.day);
  return Array.from({ length: longestDays + 1 }, (_, lagDays) => {
    const pairs = sorted.flatMap(({ day, value }) => {
      const earlier = values.get(day - lagDays);
      return earlier === undefined ? [] : [[earlier, value] as const];
    });
    const answer =
      pairs.length < NEEDED_PAIRS
        ? notEnough('The two series share too few days.', {
            had: pairs.length,
            needed: NEEDED_PAIRS,
          })
        : correlateRanks(pairs, { inTime: true });
    const adjustedP =
      answer.kind === 'found' ? Math.min(1, answer.value.p * (longestDays + 1)) : undefined;
    return { lagDays, answer, adjustedP };
  });
}
