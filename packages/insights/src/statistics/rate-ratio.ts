import { type Answer, found, notEnough } from '../answer';
import { binomialTail } from './distributions';
import type { Proportion } from './proportion';

/** How many times as often something happens here as elsewhere. */
export interface RateRatio {
  readonly ratio: number;
  /** How likely that many here are, if it happened at most `tolerance` times as often as elsewhere. */
  readonly p: number;
}

/**
 * Whether something happens more often here than `tolerance` times its rate elsewhere: of all k, those
 * here are binomial with τ n₁ ÷ (τ n₁ + n₂), exact whatever the true rate is (Przyborowski &
 * Wilenski 1940).
 */
export function compareRates(
  here: Pick<Proportion, 'count' | 'total'>,
  elsewhere: Pick<Proportion, 'count' | 'total'>,
  tolerance = 1,
): Answer<RateRatio> {
  const had = Math.min(here.total, elsewhere.total);
  if (had <= 0) return notEnough('One of the two has no trials.', { had, needed: 1 });
  const weight = tolerance * here.total;
  // Half of one where nothing happened elsewhere, so that the ratio is a number.
  const base = Math.max(elsewhere.count, 0.5) / elsewhere.total;
  return found({
    ratio: here.count / here.total / base,
    p: binomialTail(
      { successes: here.count, trials: here.count + elsewhere.count },
      weight / (weight + elsewhere.total),
    ),
  });
}
