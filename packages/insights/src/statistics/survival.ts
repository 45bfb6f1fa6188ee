import { type Interval, toCriticalValue } from './proportion';

/** How long something took, or for how long it had not happened when nobody looked any more. */
export interface SurvivalObservation {
  readonly time: number;
  /** False where it is censored: it had not happened by then. */
  readonly happened: boolean;
  /**
   * How many observations are the same.
   * @default 1
   */
  readonly count?: number;
}

/** How the interval of a survival curve is made. */
export interface SurvivalOptions {
  /** @default 0.95 */
  readonly confidence?: number;
  /**
   * `log_log` stays between 0 and 1 and is right in the tails; `plain` is S ± z·SE, cut at 0 and 1.
   * @default 'log_log'
   */
  readonly interval?: 'plain' | 'log_log';
}

/** What is known just after a time at which something happened. */
export interface SurvivalStep extends Interval {
  readonly time: number;
  readonly atRisk: number;
  readonly happened: number;
  /** The part to which it has not happened yet. */
  readonly survival: number;
  /** Greenwood's. */
  readonly standardError: number;
}

/** A time, and from where to where the true one may be; undefined where the curve does not reach. */
export interface SurvivalMedian {
  readonly value: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/** Everything that was seen at one time. */
export interface RiskSet {
  readonly time: number;
  readonly atRisk: number;
  readonly happened: number;
}

/**
 * The Kaplan–Meier curve S(t) = Π (1 − dᵢ/nᵢ) with Greenwood's variance S² Σ dᵢ/(nᵢ(nᵢ−dᵢ))
 * (Kaplan & Meier 1958, Greenwood 1926); one step for each time at which something happened.
 */
export function estimateSurvival(
  observations: readonly SurvivalObservation[],
  { confidence = 0.95, interval = 'log_log' }: SurvivalOptions = {},
): readonly SurvivalStep[] {
  const z = toCriticalValue(confidence);
  const toInterval = interval === 'plain' ? toPlainInterval : toLogLogInterval;
  let survival = 1;
  let spread = 0;
  return toRiskSets(observations)
    .filter(({ happened }) => happened > 0)
    .map(({ time, atRisk, happened }) => {
      survival *= 1 - happened / atRisk;
      spread += atRisk === happened ? 0 : happened / (atRisk * (atRisk - happened));
      const standardError = survival * Math.sqrt(spread);
      const bounds = toInterval({ survival, spread, z });
      return { time, atRisk, happened, survival, standardError, ...bounds };
    });
}

/** Groups observations by time; what is censored at a time was still at risk at it. */
export function toRiskSets(observations: readonly SurvivalObservation[]): readonly RiskSet[] {
  const groups = new Map<number, { happened: number; count: number }>();
  let atRisk = 0;
  for (const { time, happened, count = 1 } of observations) {
    const group = groups.get(time) ?? { happened: 0, count: 0 };
    group.happened += happened ? count : 0;
    group.count += count;
    groups.set(time, group);
    atRisk += count;
  }
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([time, { happened, count }]) => {
      const set = { time, atRisk, happened };
      atRisk -= count;
      return set;
    });
}

/**
 * The first time at which a part of this size is reached, by default half; its interval is where the
 * bounds of the curve reach it (Brookmeyer & Crowley 1982).
 */
export function findSurvivalMedian(steps: readonly SurvivalStep[], survival = 0.5): SurvivalMedian {
  // A curve that is exactly at the level has reached it, whatever the last bit says.
  const level = survival + 1e-12;
  return {
    value: steps.find((step) => step.survival <= level)?.time,
    low: steps.find((step) => step.low <= level)?.time,
    high: steps.find((step) => step.high <= level)?.time,
  };
}

/** The step that tells of a time; undefined before the first one, when survival is 1. */
export function findSurvivalStep(
  steps: readonly SurvivalStep[],
  time: number,
): SurvivalStep | undefined {
  return steps.findLast((step) => step.time <= time);
}

interface Spread {
  readonly survival: number;
  readonly spread: number;
  readonly z: number;
}

function toPlainInterval({ survival, spread, z }: Spread): Interval {
  const reach = z * survival * Math.sqrt(spread);
  return { low: Math.max(0, survival - reach), high: Math.min(1, survival + reach) };
}

/** S^exp(±z·√spread ÷ log S) (Kalbfleisch & Prentice 1980). */
function toLogLogInterval({ survival, spread, z }: Spread): Interval {
  if (survival <= 0) return { low: 0, high: 0 };
  const reach = Math.exp((z * Math.sqrt(spread)) / Math.log(survival));
  return { low: survival ** (1 / reach), high: survival ** reach };
}
