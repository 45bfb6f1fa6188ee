import { type Answer, found, notEnough } from '../answer';
import { normalQuantile } from './distributions';

/** How sure an interval is to hold the true value. */
export interface ConfidenceOptions {
  /** @default 0.95 */
  readonly confidence?: number;
}

/** From where to where a number may be. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A part of a whole, and from where to where the true rate may be. */
export interface Proportion extends Interval {
  readonly count: number;
  readonly total: number;
  /** Undefined of nothing: then anything from 0 to 1 may be true. */
  readonly rate: number | undefined;
}

/** A difference of two rates, and from where to where the true one may be. */
export interface Difference extends Interval {
  readonly value: number;
}

/** How many standard errors an interval reaches in each direction. */
export function toCriticalValue(confidence: number): number {
  return confidence === 0.95 ? NORMAL_95 : normalQuantile(0.5 + confidence / 2);
}

const NORMAL_95 = 1.959963984540054;

/**
 * A rate with Wilson's score interval:
 * (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n) (Wilson 1927).
 *
 * @example
 * measureProportion(81, 263); // rate 0.308, from 0.255 to 0.366
 */
export function measureProportion(
  count: number,
  total: number,
  { confidence = 0.95 }: ConfidenceOptions = {},
): Proportion {
  if (total <= 0) return { count, total, rate: undefined, low: 0, high: 1 };
  const z = toCriticalValue(confidence);
  const rate = count / total;
  const weight = (z * z) / total;
  const middle = (rate + weight / 2) / (1 + weight);
  const reach = (z * Math.sqrt((rate * (1 - rate)) / total + weight / (4 * total))) / (1 + weight);
  return {
    count,
    total,
    rate,
    low: count <= 0 ? 0 : Math.max(0, middle - reach),
    high: count >= total ? 1 : Math.min(1, middle + reach),
  };
}

/**
 * How much larger the first rate is, with Newcombe's hybrid score interval:
 * d − √((p₁−l₁)² + (u₂−p₂)²) to d + √((u₁−p₁)² + (p₂−l₂)²) (Newcombe 1998, method 10).
 */
export function measureDifference(first: Proportion, second: Proportion): Answer<Difference> {
  if (first.rate === undefined || second.rate === undefined) {
    return notEnough('One of the two has no trials.', {
      had: Math.min(first.total, second.total),
      needed: 1,
    });
  }
  const value = first.rate - second.rate;
  const below = Math.hypot(first.rate - first.low, second.high - second.rate);
  const above = Math.hypot(first.high - first.rate, second.rate - second.low);
  return found({ value, low: value - below, high: value + above });
}
