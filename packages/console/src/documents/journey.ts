import type { NodeKind, Timestamp, VisitOutcome } from '@turnspan/core';
import type { Answer, Proportion, StallSuggestion, WaitCurve } from '@turnspan/insights';
import type { NodeSummary, Period, Trouble } from './flows';

/** A circle that people go in. */
export interface CircleCount {
  /** The questions of the circle in their order. */
  readonly nodes: readonly string[];
  readonly journeys: number;
}

/** A node of the journey map. */
export interface JourneyNode extends NodeSummary {
  readonly kind: NodeKind;
  /** The flow that begins here, where the node is a dialog. */
  readonly child: string | undefined;
  /** Journeys that came here. */
  readonly people: number;
  readonly settled: number;
  /** People who may still answer; they are in no rate. */
  readonly waiting: number;
  /** Dropped ÷ settled visits; undefined where nobody owes an answer. */
  readonly dropped: Proportion | undefined;
  /** Visits with a sign of confusion ÷ settled visits. */
  readonly confused: Proportion | undefined;
  /** Journeys that went in a circle here. */
  readonly loops: number;
  readonly trouble: Answer<Trouble>;
}

/** A way from one node to another. */
export interface JourneyEdge {
  readonly from: string;
  readonly to: string;
  readonly people: number;
}

/** A version of a flow, and since when it has been seen. */
export interface FlowVersion {
  readonly version: string;
  readonly since: Timestamp;
  readonly journeys: number;
}

/** The map of a flow. */
export interface JourneyDocument {
  readonly flow: string;
  readonly period: Period;
  /** The version that is shown; undefined if all are. */
  readonly version: string | undefined;
  readonly versions: readonly FlowVersion[];
  /** Journeys that began in the period. */
  readonly journeys: number;
  readonly completed: Proportion;
  readonly dropped: Proportion;
  /** Nodes where journeys begin come first. */
  readonly nodes: readonly JourneyNode[];
  readonly edges: readonly JourneyEdge[];
  readonly circles: readonly CircleCount[];
  /** The node to mend first. */
  readonly worst: Answer<string | undefined>;
}

/** One kind of sign that a node confuses people. */
export interface SignalRate {
  readonly signal: string;
  readonly own: Proportion;
  /** The other nodes of the flow together. */
  readonly mates: Proportion;
}

/** Where people go from a node: to another node, or out of the flow. */
export interface NextStep {
  readonly to:
    | { readonly kind: 'node'; readonly node: string }
    | { readonly kind: 'outcome'; readonly outcome: VisitOutcome };
  readonly share: Proportion;
}

/** How a node did in one version of its flow. */
export interface NodeVersion extends FlowVersion {
  readonly dropped: Proportion;
}

/** Everything about one node. */
export interface NodeDocument extends JourneyNode {
  readonly flow: string;
  readonly period: Period;
  /** Visits by the way they ended. */
  readonly outcomes: readonly { readonly outcome: VisitOutcome; readonly count: number }[];
  /** (Dropped − returned) ÷ settled visits. */
  readonly netDropped: Proportion | undefined;
  /** The drop-off of the other nodes of the flow together. */
  readonly matesDropped: Proportion | undefined;
  readonly signals: readonly SignalRate[];
  readonly circles: readonly CircleCount[];
  readonly reply: Answer<WaitCurve>;
  readonly stall: Answer<StallSuggestion>;
  readonly next: readonly NextStep[];
  /** The latest first. */
  readonly byVersion: readonly NodeVersion[];
}
