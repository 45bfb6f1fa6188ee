import type {
  ConfusionSignal,
  DeliveryStatus,
  JourneyOutcome,
  Responder,
  Timestamp,
} from '@turnspan/core';

/** Which hour, and what a journey ran through. */
export interface RunHour {
  /** When the hour began. */
  readonly hour: Timestamp;
  readonly flow: string;
  readonly version: string;
  readonly variant: string;
  readonly channel: string;
  readonly line: string;
}

/** Which hour, and at which node. */
export interface NodeHour extends RunHour {
  readonly node: string;
}

/** What can be told of a visit besides its outcome. */
export type NodeSignal = ConfusionSignal | 'loop' | 'return';

/** How many visits that were settled within an hour bore a signal, whenever it came. */
export interface SignalHourRow extends NodeHour {
  readonly signal: NodeSignal;
  readonly count: number;
}

/** How a wait for a reply ended: `other` is everything that is neither, so it is censored. */
export type WaitEnd = 'replied' | 'dropped' | 'other';

/** How many waits that were settled within an hour took about that long. */
export interface WaitHourRow extends NodeHour {
  readonly end: WaitEnd;
  /** As long as it took, or the upper bound of the bucket that holds it. */
  readonly seconds: number;
  readonly count: number;
}

/** How many journeys that ended within an hour went from one place to another. */
export interface TransitionHourRow extends RunHour {
  /** Empty at the beginning. */
  readonly from: string;
  /** Empty at the end. */
  readonly to: string;
  /** How the journey ended; empty where it went on. */
  readonly outcome: JourneyOutcome | '';
  readonly count: number;
}

/** How many journeys that ended within an hour had passed a node. */
export interface NodeJourneyHourRow extends NodeHour {
  readonly outcome: JourneyOutcome;
  /** 1 if the journey ended at the node. */
  readonly last: 0 | 1;
  /** 1 if the node confused the user. */
  readonly confused: 0 | 1;
  readonly count: number;
}

/** How many journeys that ended within an hour had gone in this circle. */
export interface LoopHourRow extends RunHour {
  /** Its nodes in their order as JSON, beginning with the first by name. */
  readonly cycle: string;
  readonly outcome: JourneyOutcome;
  readonly count: number;
}

/** What became of messages, and what people did about them. */
export type MessageEvent = DeliveryStatus | 'negative_feedback' | 'opted_out';

/** How many messages of a template or a node met with something within an hour. */
export interface MessageHourRow {
  readonly hour: Timestamp;
  readonly channel: string;
  readonly line: string;
  /** Empty where it was no template. */
  readonly template: string;
  readonly flow: string;
  readonly node: string;
  readonly event: MessageEvent;
  readonly count: number;
}

/** How many responses took about that long within an hour. */
export interface ResponseHourRow {
  readonly hour: Timestamp;
  readonly channel: string;
  readonly line: string;
  readonly flow: string;
  readonly responder: Responder;
  readonly first: 0 | 1;
  /** As long as it took, or the upper bound of the bucket that holds it. */
  readonly seconds: number;
  readonly count: number;
  readonly seconds_sum: number;
}
