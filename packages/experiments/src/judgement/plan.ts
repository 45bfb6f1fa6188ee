import { TurnspanError } from '@turnspan/core';
import { normalQuantile } from '../numbers/distributions';
import { criticalValueWhenPlanned } from '../statistics/sequence';

/** What an experiment shall find. */
export interface PlanOptions {
  /** The control's rate today, such as the share of journeys of this flow that complete. */
  readonly baseRate: number;
  /** The smallest difference in rate worth finding; negative for one downwards. @default 0.05 */
  readonly smallestDifference?: number;
  /** How many variants there are, the control among them. @default 2 */
  readonly variants?: number;
  /** How likely such a difference shall be found. @default 0.8 */
  readonly power?: number;
  /** How often at most a difference may be found that is none. @default 0.05 */
  readonly alpha?: number;
  /** Users who come into the flow on a day, to tell how long it takes. @default unknown */
  readonly usersPerDay?: number;
}

/** How many users an experiment needs. */
export interface Plan {
  readonly usersPerVariant: number;
  /** Goes into the declaration as `plannedUsers`: the users of two variants together. */
  readonly plannedUsers: number;
  readonly totalUsers: number;
  /** What a test would need that may be looked at only once, for comparison. */
  readonly usersPerVariantForOneLook: number;
  readonly days: number | undefined;
}

/**
 * Works out how many users it takes to find a difference with a sequence that may be looked at all
 * the time. It leaves out that an early look may find it already, so that the true power is a
 * little higher than asked for.
 *
 * @throws TurnspanError `OPTION_INVALID`
 */
export function planExperiment(options: PlanOptions): Plan {
  const { baseRate, smallestDifference = 0.05, variants = 2 } = options;
  const { power = 0.8, alpha = 0.05, usersPerDay } = options;
  const wanted = baseRate + smallestDifference;
  checkRates(baseRate, wanted);
  const variance = baseRate * (1 - baseRate) + wanted * (1 - wanted);
  const toUsers = (errors: number) => Math.ceil((errors ** 2 * variance) / smallestDifference ** 2);
  const each = alpha / (variants - 1);
  const usersPerVariant = toUsers(criticalValueWhenPlanned(each) + normalQuantile(power));
  const oneLook = toUsers(normalQuantile(1 - each / 2) + normalQuantile(power));
  return {
    usersPerVariant,
    plannedUsers: Math.max(300, 2 * usersPerVariant),
    totalUsers: variants * usersPerVariant,
    usersPerVariantForOneLook: oneLook,
    days: usersPerDay && Math.ceil((variants * usersPerVariant) / usersPerDay),
  };
}

function checkRates(baseRate: number, wanted: number): void {
  const fits = [baseRate, wanted].every((rate) => rate > 0 && rate < 1) && baseRate !== wanted;
  if (fits) return;
  const detail = `Expected \`baseRate\` and \`baseRate\` with \`smallestDifference\` to be two rates between 0 and 1, got ${baseRate} and ${wanted}.`;
  throw new TurnspanError('OPTION_INVALID', { detail });
}
