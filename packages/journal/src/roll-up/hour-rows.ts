import type {
  ConfusionSignal,
  DeliveryStatus,
  Entry,
  JourneyOutcome,
  Responder,
  Timestamp,
  VisitOutcome,
} from '@turnspan/core';

/** The tables whose rows are sums of an hour; they outlive what they count. */
export interface HourTables {
  readonly visit_hours: VisitHourRow;
  readonly wait_hours: WaitHourRow;
  readonly signal_hours: SignalHourRow;
  readonly journey_hours: JourneyHourRow;
  readonly transition_hours: TransitionHourRow;
  readonly node_journey_hours: NodeJourneyHourRow;
  readonly loop_hours: LoopHourRow;
  readonly response_hours: ResponseHourRow;
  readonly message_hours: MessageHourRow;
  readonly delivery_hours: DeliveryHourRow;
}

/** A table whose rows are sums of an hour. */
export type HourTable = keyof HourTables;

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

/** How many visits to a node were settled within an hour in one way, and how long they took. */
export interface VisitHourRow extends NodeHour {
  readonly outcome: VisitOutcome;
  readonly count: number;
  /** How many of them were answered. */
  readonly wait_count: number;
  readonly wait_seconds_sum: number;
  readonly processing_seconds_sum: number;
}

/** How a wait for a reply ended: `other` is everything that is neither, so it is censored. */
export type WaitEnd = 'replied' | 'dropped' | 'other';

/** How many waits that were settled within an hour took about that long. */
export interface WaitHourRow extends NodeHour {
  readonly end: WaitEnd;
  /** The first of the bounds that is not below it; what is longer than the last stays as it is. */
  readonly seconds: number;
  readonly count: number;
}

/** What can be told of a visit besides its outcome. */
export type NodeSignal = ConfusionSignal | 'loop' | 'return';

/**
 * How many signals of a node were told within an hour: a confusion or a return when it came, a loop
 * when its last visit was settled. The visit itself may have been settled in another hour.
 */
export interface SignalHourRow extends NodeHour {
  readonly signal: NodeSignal;
  readonly count: number;
}

/** How many journeys ended within an hour in one way, and how long they took. */
export interface JourneyHourRow extends RunHour {
  readonly entry: Entry;
  readonly outcome: JourneyOutcome;
  readonly count: number;
  readonly seconds_sum: number;
  readonly turns_sum: number;
}

/** How often journeys that ended within an hour went from one place to another. */
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
  /** Its nodes in their order as JSON, beginning so that the text is the first of all by name. */
  readonly cycle: string;
  readonly outcome: JourneyOutcome;
  readonly count: number;
}

/** How many responses took about that long within an hour. */
export interface ResponseHourRow {
  /** When the hour began. */
  readonly hour: Timestamp;
  readonly channel: string;
  readonly line: string;
  /** Empty if it is not known. */
  readonly flow: string;
  readonly responder: Responder;
  readonly first: 0 | 1;
  /** The first of the bounds that is not below it; what is longer than the last stays as it is. */
  readonly seconds: number;
  readonly count: number;
  readonly seconds_sum: number;
}

/** What became of messages, and what people did about them. */
export type MessageEvent = DeliveryStatus | 'negative_feedback' | 'opted_out';

/** How often messages met with something within an hour; what is not known is empty. */
export interface MessageHourRow {
  /** When the hour began. */
  readonly hour: Timestamp;
  readonly channel: string;
  readonly line: string;
  /** Always empty: no channel says yet which template a message was. */
  readonly template: string;
  readonly flow: string;
  readonly node: string;
  readonly event: MessageEvent;
  readonly count: number;
}

/** How many messages got a status within an hour; what is not known is empty. */
export interface DeliveryHourRow {
  /** When the hour began. */
  readonly hour: Timestamp;
  readonly channel: string;
  readonly line: string;
  readonly flow: string;
  readonly node: string;
  readonly status: DeliveryStatus;
  readonly class: string;
  readonly code: string;
  readonly count: number;
}
