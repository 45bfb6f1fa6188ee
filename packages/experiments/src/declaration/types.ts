import type { GuardrailName } from '../judgement/guardrails';

/** The part of a group of experiments whose users this one gets, from 0 to 1. */
export interface Exclusion {
  readonly group: string;
  readonly from: number;
  readonly to: number;
}

/** An experiment as a developer writes it down. */
export interface ExperimentOptions {
  /** What is tried; the first is the control, which is what everybody gets who is not in it. */
  readonly variants: readonly string[];
  /** How many users each variant gets in proportion to the others. @default all alike */
  readonly weights?: readonly number[];
  /** The flow whose journeys count. */
  readonly flow: string;
  /** What is wanted of a journey: `completed`, `replied`, or a node of the flow. @default 'completed' */
  readonly goal?: string;
  /** What pauses a variant that makes it worse. @default all there are */
  readonly guardrails?: readonly GuardrailName[];
  /** Another salt shuffles all users anew. @default the name of the experiment */
  readonly salt?: string;
  /** Which share of the users takes part, from 0 to 1; raising it moves nobody who was in. @default 1 */
  readonly ramp?: number;
  /** Keeps users out of the other experiments of a group. @default in no group */
  readonly exclusion?: Exclusion;
  /** Variants of testers, by user key; they are not counted. @default none */
  readonly overrides?: Readonly<Record<string, string>>;
  /** Users of two variants together at which the answer is wanted; see `planExperiment`. @default 2000 */
  readonly plannedUsers?: number;
  /** The smallest difference in rate that matters to you. @default 0.05 */
  readonly smallestDifference?: number;
}

/** An experiment that has been checked, with its defaults. */
export interface Declaration extends Required<Omit<ExperimentOptions, 'exclusion'>> {
  readonly name: string;
  readonly exclusion: Exclusion | undefined;
}

/** What is known of the bot, so that a declaration can be held against it. */
export interface KnownBot {
  /** The nodes of each flow, by its name. @default nothing is known, and any name is taken */
  readonly flows?: Readonly<Record<string, readonly string[]>>;
}
