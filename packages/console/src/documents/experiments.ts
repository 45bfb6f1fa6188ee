import type { Timestamp } from '@turnspan/core';
import type { GuardrailReading, Verdict } from '@turnspan/experiments';
import type { Proportion } from '@turnspan/insights';

/** Whether an experiment goes on; `over` once it was begun anew, `unknown` where nobody tells how it is declared. */
export const EXPERIMENT_STATES = ['running', 'paused', 'stopped', 'over', 'unknown'] as const;
/** One of {@link EXPERIMENT_STATES}. */
export type ExperimentState = (typeof EXPERIMENT_STATES)[number];

/** What came of the people who were shown a variant. */
export interface ExperimentVariant {
  readonly variant: string;
  readonly exposed: number;
  /** Whose journey counts. */
  readonly users: number;
  readonly reached: number;
  /** Bounds hold at every look; undefined where nothing can be said yet. */
  readonly rate: Proportion | undefined;
  /** Why nobody is shown it any more; undefined if somebody is. */
  readonly paused: string | undefined;
}

/** What an experiment says by now. */
export interface ExperimentJudgement {
  readonly verdict: Verdict;
  /** The control first. */
  readonly guardrails: readonly GuardrailReading[];
  readonly sampleRatioPValue: number;
  readonly multipleExposed: number;
  readonly days: number;
  /** People count who came before; undefined if no journey goes on. */
  readonly settledUntil: Timestamp | undefined;
}

/** An experiment and what to do about it. */
export interface ExperimentSummary {
  readonly name: string;
  /** Names the run. */
  readonly salt: string;
  readonly flow: string | undefined;
  readonly goal: string | undefined;
  readonly state: ExperimentState;
  /** Why it is stopped; undefined if it is not. */
  readonly stopped: string | undefined;
  /** When the first person was shown a variant; undefined while nobody was. */
  readonly since: Timestamp | undefined;
  /** The control first. */
  readonly variants: readonly ExperimentVariant[];
  /** Undefined where nobody tells how it is declared. */
  readonly judgement: ExperimentJudgement | undefined;
}

/** All experiments, those that go on first. */
export interface ExperimentsDocument {
  readonly experiments: readonly ExperimentSummary[];
}
