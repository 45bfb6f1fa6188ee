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

/** The journeys that count, and what is to know of the others. */
export interface SettledCohort<Journey extends ExposedJourney> {
  /** The first journey of each user who saw one variant only. */
  readonly single: readonly Journey[];
  /** Those among them that count: they began before the earliest one that still goes on. */
  readonly counted: readonly Journey[];
  readonly multipleExposed: number;
  /** Up to when all is known; infinite if no journey goes on. */
  readonly until: Timestamp;
}

/**
 * Finds the journeys that count: the first journey of each user, if it began before the earliest
 * one that still goes on. Whoever came later is left out even when done: those who are quick would
 * otherwise be counted first. It is the same line for all variants.
 */
export function selectCohort<Journey extends ExposedJourney>(
  journeys: Iterable<Journey>,
  settledUntil: Timestamp = Number.POSITIVE_INFINITY,
): SettledCohort<Journey> {
  const users = groupByUser(journeys);
  const single = [...users.values()].filter(({ isMixed }) => !isMixed).map(({ first }) => first);
  const open = single.filter(({ settled }) => !settled);
  const until = earliest(open, settledUntil);
  const counted = single.filter(({ exposedAt }) => exposedAt < until);
  return { single, counted, multipleExposed: users.size - single.length, until };
}

/** Sums up journeys for the verdict: those that {@link selectCohort} finds. */
export function collectCohort(
  journeys: Iterable<ExposedJourney>,
  { variants, weights, settledUntil }: CohortOptions,
): Cohort {
  const { single, counted, multipleExposed, until } = selectCohort(journeys, settledUntil);
  return {
    arms: variants.map((variant, index) => ({
      variant,
      weight: weights[index] ?? 0,
      exposed: single.filter((each) => each.variant === variant).length,
      users: counted.filter((each) => each.variant === variant).length,
      reached: counted.filter((each) => each.variant === variant && each.reached).length,
    })),
    multipleExposed,
    days: counted.length === 0 ? 0 : (latest(counted) - earliest(counted, until)) / DAY_MS,
  };
}

interface ExposedUser<Journey> {
  first: Journey;
  isMixed: boolean;
}

function groupByUser<Journey extends ExposedJourney>(
  journeys: Iterable<Journey>,
): ReadonlyMap<string, ExposedUser<Journey>> {
  const users = new Map<string, ExposedUser<Journey>>();
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
