import {
  compareProportions,
  type Difference,
  type Proportion,
  toRate,
} from '../statistics/proportions';
import type { SequenceOptions } from '../statistics/sequence';
import { toPercent } from './words';

/** What a variant must not make worse. */
export const GUARDRAILS = [
  'errors',
  'first_response',
  'opt_outs',
  'read_ratio',
  'quality_rating',
] as const;
/** One of {@link GUARDRAILS}. */
export type GuardrailName = (typeof GUARDRAILS)[number];

/** The guardrails that every variant has a rate of; the rating belongs to the line they share. */
export type RateGuardrail = Exclude<GuardrailName, 'quality_rating'>;

/** What the guardrails saw of a variant. */
export interface GuardrailReading {
  readonly variant: string;
  /**
   * `errors`: journeys, and those that failed. `first_response`: sessions, and those whose first
   * response was slower than the bot's usual p95. `opt_outs`: users, and those who left.
   * `read_ratio`: messages delivered, and those read.
   */
  readonly rates: Readonly<Partial<Record<RateGuardrail, Proportion>>>;
}

/** How guardrails are set. */
export interface GuardrailOptions extends SequenceOptions {
  /** Which are watched. @default all */
  readonly guardrails?: readonly GuardrailName[];
  /** By how much a rate may be worse before it counts. @default not at all */
  readonly tolerances?: Readonly<Partial<Record<RateGuardrail, number>>>;
  /** Meta's rating of the line fell while the experiment ran. @default false */
  readonly ratingFell?: boolean;
}

/** A guardrail that a variant broke; it is to be paused. */
export interface Breach {
  readonly guardrail: GuardrailName;
  readonly variant: string;
  readonly sentence: string;
}

/**
 * Finds the variants that make something worse, however often one looks: the whole confidence
 * sequence of a rate, at alpha shared among all guardrails and variants, lies on the wrong side.
 *
 * @param readings The control first.
 */
export function findBreaches(
  [control, ...variants]: readonly GuardrailReading[],
  options: GuardrailOptions = {},
): readonly Breach[] {
  if (control === undefined) return [];
  const { guardrails = GUARDRAILS, alpha = 0.05, ratingFell = false } = options;
  const rates = guardrails.filter((each) => each !== 'quality_rating');
  const shared = { ...options, alpha: alpha / Math.max(1, rates.length * variants.length) };
  const found = variants.flatMap((variant) =>
    rates.flatMap((rate) => findBreach({ rate, control, variant }, shared)),
  );
  if (!ratingFell || !guardrails.includes('quality_rating')) return found;
  return [...found, ...variants.map(({ variant }) => toRatingBreach(variant))];
}

/** What each rate is called, and whether more of it is worse. */
const RATES: Readonly<Record<RateGuardrail, { what: string; moreIsWorse: boolean }>> = {
  errors: { what: 'journeys failed', moreIsWorse: true },
  first_response: { what: 'first responses were slow', moreIsWorse: true },
  opt_outs: { what: 'users opted out', moreIsWorse: true },
  read_ratio: { what: 'messages were read', moreIsWorse: false },
};

interface Pair {
  readonly rate: RateGuardrail;
  readonly control: GuardrailReading;
  readonly variant: GuardrailReading;
}

function findBreach(
  { rate, control, variant }: Pair,
  options: GuardrailOptions,
): readonly Breach[] {
  const [before, now] = [control.rates[rate], variant.rates[rate]];
  if (before === undefined || now === undefined) return [];
  const { what, moreIsWorse } = RATES[rate];
  const difference = compareProportions(before, now, options);
  if (toSureHarm(difference, moreIsWorse) <= (options.tolerances?.[rate] ?? 0)) return [];
  const sentence = `Pause ${variant.variant}: ${toPercent(toRate(now))} of its ${what}, of ${control.variant}'s ${toPercent(toRate(before))}.`;
  return [{ guardrail: rate, variant: variant.variant, sentence }];
}

/** By how much it is worse at the least. */
function toSureHarm({ lower, upper }: Difference, moreIsWorse: boolean): number {
  return moreIsWorse ? lower : -upper;
}

function toRatingBreach(variant: string): Breach {
  const sentence = `Pause ${variant}: the quality rating of the line fell while it ran.`;
  return { guardrail: 'quality_rating', variant, sentence };
}
