import type { MetricName } from '@turnspan/prometheus';
import { toDuration } from './durations';

/** A metric, with a matcher for labels if need be. */
export type Selector = Series | `${Series}{${string}}`;

type Series = MetricName | `${MetricName}_bucket`;

/*
 * Always there, from the start of every process. Where it has a sample, the process was seen, and
 * what has none did not exist.
 */
const WITNESS: MetricName = 'turnspan_contained_errors_total';

/** Adds up by labels. */
export function sumBy(labels: readonly string[], expression: string): string {
  return `sum by (${labels.join(', ')}) (${expression})`;
}

/** Takes the greatest by labels: for what every process tells of all of them. */
export function maxBy(labels: readonly string[], expression: string): string {
  return `max by (${labels.join(', ')}) (${expression})`;
}

/**
 * Counts what happened within a time. `increase()` alone misses the first value of a series, which
 * is all there is of a rare event. So a series that is younger than the time counts with its whole
 * value, if its process was already watched when the time began.
 */
export function countIncrease(selector: Selector, seconds: number): string {
  const time = toDuration(seconds);
  const young = `(${selector} unless ${selector} offset ${time})`;
  const watched = `on (job, instance) ${WITNESS} offset ${time}`;
  return `${young} and ${watched} or increase(${selector}[${time}])`;
}

/** Adds up what was recorded in steps; `ago` moves the whole window into the past. */
export function sumSteps(name: string, window: StepWindow): string {
  const { step, length, ago = 0 } = window;
  // A window takes both its ends. A millisecond less, and the step at the far end is not in it.
  const range = `[${toDuration(length - 0.001)}:${toDuration(step)}]`;
  return `sum_over_time(${name}${range}${ago === 0 ? '' : ` offset ${toDuration(ago)}`})`;
}

/** A window made of steps, in seconds. */
export interface StepWindow {
  readonly step: number;
  readonly length: number;
  readonly ago?: number;
}

/** Lower bound of the 95 % Wilson interval of a part of a whole; nothing where the whole is 0. */
export function wilsonLower(part: string, whole: string): string {
  return `clamp_min(${wilson(part, whole, -Z_95)}, 0)`;
}

/** Upper bound of the 95 % Wilson interval of a part of a whole; nothing where the whole is 0. */
export function wilsonUpper(part: string, whole: string): string {
  return wilson(part, whole, Z_95);
}

/** Lower bound of the 99.9 % interval, for alerts: they look at many nodes, again and again. */
export function wilsonCertainLower(part: string, whole: string): string {
  return `clamp_min(${wilson(part, whole, -Z_999)}, 0)`;
}

const Z_95 = 1.96;
const Z_999 = 3.29;

/**
 * The bound on the side of the sign of z. With more than one part in each whole, as with signs of
 * confusion, the variance is taken as none.
 */
function wilson(part: string, whole: string, z: number): string {
  const squared = Number((z * z).toFixed(4));
  const variance = `clamp_min(${part} * (${whole} - ${part}) / ${whole}, 0)`;
  const spread = `${Math.abs(z)} * sqrt(${variance} + ${squared / 4})`;
  const sign = z < 0 ? '-' : '+';
  return `(${part} + ${squared / 2} ${sign} ${spread}) / ((${whole} > 0) + ${squared})`;
}
