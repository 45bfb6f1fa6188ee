import type { QualityFact, Timestamp } from '@turnspan/core';
import type { Declaration } from '@turnspan/experiments';
import type { ShownVariant } from '@turnspan/journal';
import { type SharedDeclaration, toDeclarations } from '../../experiments/shared-declarations';
import { type Pause, toPauses, WHOLE_EXPERIMENT } from '../../experiments/shared-pauses';

/** Whether an experiment goes on; `over` once another run of it has begun. */
export type ExperimentState = 'running' | 'paused' | 'stopped' | 'over' | 'unknown';

/** A variant that was declared or shown. */
export interface KnownVariant {
  readonly variant: string;
  readonly users: number;
  /** Why it is paused; undefined if it is not. */
  readonly paused: string | undefined;
}

/** A run of an experiment, as store and journal know it. */
export interface KnownExperiment {
  readonly name: string;
  readonly salt: string;
  readonly state: ExperimentState;
  /** Why it is stopped; undefined if it is not. */
  readonly stopped: string | undefined;
  /** Undefined where the store does not know it. */
  readonly declaration: Declaration | undefined;
  /** The control first, as far as that is known. */
  readonly variants: readonly KnownVariant[];
  /** When the first user was exposed; undefined while nobody was. */
  readonly since: Timestamp | undefined;
}

/** What is known of experiments, by where it is known from. */
export interface ExperimentSources {
  readonly shown: readonly ShownVariant[];
  readonly facts: readonly QualityFact[];
}

/** Puts together what the journal has seen of experiments and what the store says about them. */
export function toKnownExperiments({
  shown,
  facts,
}: ExperimentSources): readonly KnownExperiment[] {
  const declared = toDeclarations(facts);
  const pauses = toPauses(facts).filter(({ isPaused }) => isPaused);
  const names = [
    ...shown.map(({ experiment, salt }) => ({ name: experiment, salt })),
    ...declared.map(({ declaration: { name, salt } }) => ({ name, salt })),
  ];
  const runs = new Map(names.map((run) => [`${run.name}/${run.salt}`, run]));
  return [...runs]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, run]) => toKnown(run, { declared, pauses, shown }));
}

/** The run of an experiment that was declared last, or else the one that was shown last. */
export function findLatest(
  experiments: readonly KnownExperiment[],
  name: string,
): KnownExperiment | undefined {
  const own = experiments.filter((each) => each.name === name);
  const rank = ({ state }: KnownExperiment) => ['over', 'unknown'].indexOf(state);
  return [...own].sort(
    (one, other) => rank(one) - rank(other) || (other.since ?? 0) - (one.since ?? 0),
  )[0];
}

interface Run {
  readonly name: string;
  readonly salt: string;
}

interface Known {
  readonly declared: readonly SharedDeclaration[];
  readonly pauses: readonly Pause[];
  readonly shown: readonly ShownVariant[];
}

function toKnown({ name, salt }: Run, { declared, ...known }: Known): KnownExperiment {
  const runs = declared.filter(({ declaration }) => declaration.name === name);
  const own = runs.find(({ declaration }) => declaration.salt === salt);
  const pauses = known.pauses.filter((each) => each.experiment === name && each.salt === salt);
  const shown = known.shown.filter((each) => each.experiment === name && each.salt === salt);
  const names = own?.declaration.variants ?? shown.map(({ variant }) => variant);
  const variants = names.map((variant) => ({
    variant,
    users: shown.find((each) => each.variant === variant)?.users ?? 0,
    paused: pauses.find((each) => each.variant === variant)?.because,
  }));
  const stopped = pauses.find(({ variant }) => variant === WHOLE_EXPERIMENT)?.because;
  const isOver = runs.some(({ at }) => own !== undefined && at > own.at);
  const since = shown.length === 0 ? undefined : Math.min(...shown.map((each) => each.since));
  const state = toState({ isKnown: own !== undefined, isOver, stopped, variants });
  return { name, salt, state, stopped, declaration: own?.declaration, variants, since };
}

interface Signs extends Pick<KnownExperiment, 'stopped' | 'variants'> {
  readonly isKnown: boolean;
  readonly isOver: boolean;
}

function toState({ isKnown, isOver, stopped, variants }: Signs): ExperimentState {
  if (!isKnown) return 'unknown';
  if (isOver) return 'over';
  if (stopped !== undefined) return 'stopped';
  return variants.some(({ paused }) => paused !== undefined) ? 'paused' : 'running';
}
