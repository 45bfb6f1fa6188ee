import type { Journey } from './journey';
import type { ExposureRef } from './refs';
import type { Turn } from './turn';
import type { Timestamp } from './vocabulary';

/** A user is shown a variant of an experiment. */
export interface Shown {
  readonly experiment: string;
  readonly variant: string;
  /** The flow whose journeys it makes a difference to. */
  readonly flow: string;
  /** Names this run of the experiment: with another salt it begins anew. */
  readonly salt: string;
  /** Why it is this variant, in one word. */
  readonly reason: string;
  /** False for whoever takes no part: they bear no variant. */
  readonly counts: boolean;
  /** Nobody was told of this user before. */
  readonly first: boolean;
  /** When the user was shown it first. */
  readonly since: Timestamp;
}

/**
 * Puts an experiment on the journey that it makes a difference to: the innermost one of its flow,
 * from the visit on that has not been told yet. Where there is none, the next one to begin in the
 * turn is meant.
 */
export function expose(
  turn: Turn,
  journeys: readonly Journey[],
  shown: Shown,
): Journey | undefined {
  const journey = journeys.findLast(({ flow, ended }) => flow === shown.flow && !ended);
  if (!shown.counts) return journey;
  if (!journey) turn.shown.push(shown);
  const { experiment, variant } = shown;
  const index = journey?.visits ?? 0;
  const isUntold = journey !== undefined && turn.isEntering(journey.visit);
  journey?.expose({ experiment, variant, since: isUntold ? index : index + 1 });
  return journey;
}

/** Puts the experiments on a journey that were shown before it began. */
export function exposeFromStart(turn: Turn, journey: Journey): void {
  for (const { flow, experiment, variant } of turn.shown) {
    if (flow === journey.flow) journey.expose({ experiment, variant, since: 1 });
  }
}

/** Writes exposures down in one short text: names have no space, colon or at sign in them. */
export function writeExposures(exposures: readonly ExposureRef[]): string {
  return exposures
    .map(({ experiment, variant, since }) => `${experiment}:${variant}@${since}`)
    .join(' ');
}

/** Reads exposures back; what is none is left out. */
export function readExposures(text: string): readonly ExposureRef[] {
  if (text === '') return [];
  return [...text.matchAll(/([^ :@]+):([^ :@]+)@(\d+)/g)].map(
    ([, experiment = '', variant = '', since]) => ({ experiment, variant, since: Number(since) }),
  );
}
