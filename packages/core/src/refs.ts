import type { Entry, InputKind, NodeKind, Timestamp } from './vocabulary';

/** A person on a channel, as a keyed hash. */
export interface UserRef {
  readonly channel: string;
  /** The business endpoint written to. */
  readonly line: string;
  readonly key: string;
}

/** A period of activity of one user with one bot. */
export interface SessionRef {
  readonly id: string;
  readonly previousId?: string;
}

/** A recorded span, as far as others need to point at it. */
export interface TraceRef {
  readonly traceId: string;
  readonly spanId: string;
}

/** One inbound message, or one proactive start, and all that the bot does because of it. */
export interface TurnRef {
  readonly id: string;
  readonly user: UserRef;
  readonly startedAt: Timestamp;
  /** The bot speaks first: there was no inbound message. */
  readonly proactive: boolean;
  readonly inputKind: InputKind | undefined;
  /** Keyed hash of the channel's message id. */
  readonly messageKey: string | undefined;
  /** Becomes known while the turn runs. */
  readonly session: SessionRef;
  /** Set by a tracing observer while `turn_started` is delivered, if the turn is recorded. */
  trace: TraceRef | undefined;
}

/** An experiment that a journey met. */
export interface ExposureRef {
  readonly experiment: string;
  readonly variant: string;
  /** The index of the first visit that it made a difference to. */
  readonly since: number;
}

/** One run of one user through one flow. */
export interface JourneyRef {
  readonly id: string;
  readonly flow: string;
  /** Fingerprint of the flow as it was when the journey began. */
  readonly version: string;
  /** What the first experiment that it met shows in it, as `experiment:variant`; empty outside of any. */
  readonly variant: string;
  /** Every experiment that it met, in this order. */
  readonly exposures: readonly ExposureRef[];
  readonly entry: Entry;
  readonly startedAt: Timestamp;
  readonly user: UserRef;
  readonly sessionId: string;
}

/** One passage of a journey through a node. */
export interface VisitRef {
  readonly journey: JourneyRef;
  /** Counts the visits of the journey from 1. */
  readonly index: number;
  readonly node: string;
  readonly kind: NodeKind;
  /** The variant of its journey, if the visit began with it or after it. */
  readonly variant: string;
  readonly enteredAt: Timestamp;
  /** When the channel accepted the question; undefined for nodes that ask nothing. */
  readonly askedAt: Timestamp | undefined;
}

/** A node of a flow as declared by the bot's own code. */
export interface FlowNode {
  readonly id: string;
  readonly kind: NodeKind;
}

/** An edge between two nodes of a flow. */
export interface FlowEdge {
  readonly from: string;
  readonly to: string;
}
