import type { Timestamp } from '@turnspan/core';
import type { Arm } from './types';

/** A journey in which a user was exposed. */
export interface ExposedJourney {
  readonly userKey: string;
  readonly variant: string;
  readonly exposedAt: Timestamp;
  /** It has ended, one way or the other. */
  readonly settled: boolean;
  readonly reached: boolean;
}

/** The variants of an experiment, the control first, and up to when all is known. */
export interface CohortOptions {
  readonly variants: readonly string[];
  readonly weights: readonly number[];
  /** Nothing after it counts. @default the first exposure whose journey still goes on */
  readonly settledUntil?: Timestamp;
}

/** The arms of an experiment, and what its verdict needs besides. */
export interface Cohort {
  readonly arms: readonly Arm[];
  readonly multipleExposed: number;
  readonly days: number;
}

const DAY_MS = 86_400_000;

/**
 * Sums up journeys for the verdict. What counts is the first journey of each user, if it began
 * before the earliest one that still goes on. Whoever came later is left out even when done: those
 * who are quick would otherwise be counted first. It is the same line for all variants.
 */
export function collectCohort(
  journeys: Iterable<ExposedJourney>,
  { variants, weights, settledUntil = Number.POSITIVE_INFINITY }: CohortOptions,
): Cohort {
  const users = groupByUser(journeys);
  const single = [...users.values()].filter(({ isMixed }) => !isMixed).map(({ first }) => first);
  const open = single.filter(({ settled }) => !settled);
  const until = earliest(open, settledUntil);
  const counted = single.filter(({ exposedAt }) => exposedAt < until);
  return {
    arms: variants.map((variant, index) => ({
      variant,
      weight: weights[index] ?? 0,
      exposed: single.filter((each) => each.variant === variant).length,
      users: counted.filter((each) => each.variant === variant).length,
      reached: counted.filter((each) => each.variant === variant && each.reached).length,
    })),
    multipleExposed: users.size - single.length,
    days: counted.length === 0 ? 0 : (latest(counted) - earliest(counted, until)) / DAY_MS,
  };
}

interface ExposedUser {
  first: ExposedJourney;
  isMixed: boolean;
}

function groupByUser(journeys: Iterable<ExposedJourney>): ReadonlyMap<string, ExposedUser> {
  const users = new Map<string, ExposedUser>();
  for (const journey of journeys) {
    const user = users.get(journey.userKey);
    if (user === undefined) {
      users.set(journey.userKey, { first: journey, isMixed: false });
      continue;
    }
    if (user.first.variant !== journey.variant) user.isMixed = true;
    if (journey.exposedAt < user.first.exposedAt) user.first = journey;
  }
  return users;
}

function earliest(journeys: readonly ExposedJourney[], limit: Timestamp): Timestamp {
  return journeys.reduce((time, { exposedAt }) => Math.min(time, exposedAt), limit);
}

function latest(journeys: readonly ExposedJourney[]): Timestamp {
  return journeys.reduce((time, { exposedAt }) => Math.max(time, exposedAt), 0);
}
