import type { EventOf, Recorder } from './recorder';

/** A variant of an experiment; what can be reached and paused. */
export interface VariantRef {
  readonly experiment: string;
  readonly variant: string;
}

/** Counts a user who is shown a variant for the first time; testers and whoever takes no part do not count. */
export function recordShown(
  { metrics, limits }: Recorder,
  { shown }: EventOf<'variant_shown'>,
): void {
  if (!shown.counts) return;
  const labels = limits.experiment(shown.experiment, shown.variant);
  if (shown.first) metrics.conversation_experiment_exposures_total.inc(...labels);
  else metrics.conversation_experiment_exposures_total.start(...labels);
}

/** Counts a user who reached the goal. */
export function recordConversion(
  { metrics, limits }: Recorder,
  { experiment, variant }: VariantRef,
  goal: string,
): void {
  const labels = limits.experiment(experiment, variant);
  metrics.conversation_experiment_conversions_total.inc(...labels, limits.goal(experiment, goal));
}

/** Notes whether a variant is paused. */
export function recordPause(
  { metrics, limits }: Recorder,
  { experiment, variant }: VariantRef,
  isPaused: boolean,
): void {
  const labels = limits.experiment(experiment, variant);
  metrics.conversation_experiment_paused.set(isPaused ? 1 : 0, ...labels);
}
