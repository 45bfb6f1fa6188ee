import type { Timestamp } from '@turnspan/core';
import type { Answer, Proportion } from '@turnspan/insights';

/** From when to when is looked at; the end itself is not part of it. */
export interface Period {
  readonly since: Timestamp;
  readonly until: Timestamp;
}

/** How bad a node is, so that nodes can be told apart at a glance. */
export interface Trouble {
  /**
   * From 0 to 1: how far the lower bounds of drop-off and of confusion are above the flow-mates' rates,
   * added up. A node that is like the others has 0.
   */
  readonly score: number;
  /** How many people it loses beyond what its flow-mates lose, at least. */
  readonly people: number;
  /** True if that is more than chance. */
  readonly clear: boolean;
}

/** A flow in the list, with what it takes to search it. */
export interface FlowSummary {
  readonly flow: string;
  /** Journeys that ended in the period. */
  readonly journeys: number;
  readonly completed: Proportion;
  readonly dropped: Proportion;
  /** The node with the most trouble; undefined if none has any. */
  readonly worst: string | undefined;
  readonly trouble: Answer<Trouble>;
  readonly nodes: readonly NodeSummary[];
}

/** A node as the search shows it. */
export interface NodeSummary {
  readonly node: string;
  /** What the bot says there, if the script is known. */
  readonly text: string | undefined;
}

/** All flows, the one with the most trouble first. */
export interface FlowsDocument {
  readonly period: Period;
  readonly flows: readonly FlowSummary[];
}
