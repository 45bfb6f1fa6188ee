import type { Timestamp } from '@turnspan/core';
import type { ExperimentResult, Verdict } from '@turnspan/experiments';
import type { Proportion } from '@turnspan/insights';

/** An experiment and what to do about it. */
export interface ExperimentSummary {
  readonly name: string;
  readonly flow: string;
  readonly startedAt: Timestamp | undefined;
  readonly endedAt: Timestamp | undefined;
  readonly result: ExperimentResult;
  /** The way each arm went, in the order of `result.arms`. */
  readonly rates: readonly Proportion[];
  readonly verdict: Verdict;
}

/** All experiments, those that run first. */
export interface ExperimentsDocument {
  readonly experiments: readonly ExperimentSummary[];
}
