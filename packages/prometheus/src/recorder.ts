import type { TrackerEvent, VisitRef } from '@turnspan/core';
import type { LabelLimits } from './label-limits';
import type { MetricSet } from './metric-set';

/** What a function needs that turns an event into numbers. */
export interface Recorder {
  readonly metrics: MetricSet;
  readonly limits: LabelLimits;
  /** The version of each flow that was declared last; bounded by the cap on flows. */
  readonly versions: Map<string, string>;
}

/** The value of `flow` and `node` where something happened outside of every flow. */
export const NONE = '__none__';

/** The event of a kind. */
export type EventOf<K extends TrackerEvent['kind']> = Extract<TrackerEvent, { readonly kind: K }>;

/** Any event about a visit. */
export interface VisitEvent {
  readonly visit: VisitRef;
}

/** The labels that say where in a conversation something happened. */
export type NodeLabels = readonly [flow: string, node: string, variant: string];

/** Where a visit took place, in labels. */
export function toNodeLabels(
  { limits }: Recorder,
  { journey, node, variant }: VisitRef,
): NodeLabels {
  const flow = limits.flow(journey.flow);
  return [flow, limits.node(flow, node), limits.variant(flow, variant)];
}
