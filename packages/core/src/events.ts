import type { DeliverySignal, QualityEventSignal, WebhookSignal } from './channel';
import type { Shown } from './exposures';
import type { QualityChange } from './quality';
import type { FlowEdge, FlowNode, JourneyRef, TraceRef, TurnRef, UserRef, VisitRef } from './refs';
import type {
  ConfusionSignal,
  InputKind,
  JourneyOutcome,
  Match,
  Responder,
  Timestamp,
  VisitOutcome,
} from './vocabulary';

/**
 * What the tracker tells its observers. `at` is when it happened, not when it was noticed: a drop
 * bears the time of its deadline. Inside a turn times have fractions of a millisecond.
 */
export type TrackerEvent = Told & {
  /**
   * A process that has ended may have told it before: whoever knows its id has it already, and
   * whoever only counts leaves it out.
   */
  readonly again?: boolean;
};

type Told =
  | {
      /** A flow is seen for the first time or has changed. */
      readonly kind: 'flow_declared';
      readonly at: Timestamp;
      readonly flow: string;
      readonly version: string;
      readonly nodes: readonly FlowNode[];
      readonly edges: readonly FlowEdge[];
      readonly dropAfterMs: number;
    }
  | { readonly kind: 'turn_started'; readonly at: Timestamp; readonly turn: TurnRef }
  | {
      readonly kind: 'turn_ended';
      readonly at: Timestamp;
      readonly turn: TurnRef;
      /** Name of the error's class, where the bot threw. */
      readonly error: string | undefined;
    }
  | {
      readonly kind: 'inbound_received';
      readonly at: Timestamp;
      readonly turn: TurnRef;
      /** Receipt minus the channel's own time of the message; undefined if it gives none. */
      readonly delaySeconds: number | undefined;
    }
  | {
      readonly kind: 'journey_started';
      readonly at: Timestamp;
      readonly journey: JourneyRef;
      readonly turn: TurnRef | undefined;
    }
  | {
      readonly kind: 'journey_ended';
      readonly at: Timestamp;
      readonly journey: JourneyRef;
      readonly turn: TurnRef | undefined;
      readonly outcome: JourneyOutcome;
      readonly seconds: number;
      /** Inbound messages that the journey took. */
      readonly turns: number;
    }
  | {
      readonly kind: 'node_entered';
      readonly at: Timestamp;
      readonly visit: VisitRef;
      readonly turn: TurnRef;
      /** The node before it in the same journey. */
      readonly from: string | undefined;
    }
  | {
      /** The channel accepted the question: from now on the user owes an answer. */
      readonly kind: 'node_asked';
      readonly at: Timestamp;
      readonly visit: VisitRef;
      readonly turn: TurnRef;
    }
  | { readonly kind: 'visit_stalled'; readonly at: Timestamp; readonly visit: VisitRef }
  | VisitSettled
  | {
      readonly kind: 'node_confused';
      readonly at: Timestamp;
      readonly visit: VisitRef;
      readonly turn: TurnRef;
      readonly signal: ConfusionSignal;
    }
  | {
      readonly kind: 'node_looped';
      readonly at: Timestamp;
      readonly visit: VisitRef;
      readonly turn: TurnRef;
      /** How many questions the cycle has: 1 to 4. */
      readonly period: number;
    }
  | {
      /** The user answered a question whose visit had already been settled as dropped. */
      readonly kind: 'node_returned';
      readonly at: Timestamp;
      readonly visit: VisitRef;
      readonly turn: TurnRef;
    }
  | {
      /** A user was shown a variant of an experiment, the first time or once more. */
      readonly kind: 'variant_shown';
      readonly at: Timestamp;
      readonly turn: TurnRef;
      /** The journey it makes a difference to, if it has begun. */
      readonly journey: JourneyRef | undefined;
      readonly shown: Shown;
    }
  | {
      /** One call that hands messages to the channel. */
      readonly kind: 'message_sent';
      readonly at: Timestamp;
      readonly turn: TurnRef;
      /** The visit that sent it, if a node did. */
      readonly visit: VisitRef | undefined;
      readonly startedAt: Timestamp;
      readonly messages: number;
      /** Name of the error's class, if the channel refused. */
      readonly error: string | undefined;
    }
  | {
      /** The first thing sent after an inbound message that had not been answered. */
      readonly kind: 'responded';
      readonly at: Timestamp;
      readonly turn: TurnRef;
      /** Flow that answered; undefined when no flow did. */
      readonly flow: string | undefined;
      readonly responder: Responder;
      /** Whether it is the first response of its session, or of a responder after a hand-off. */
      readonly first: boolean;
      /** From receipt to acceptance by the channel, on a clock that only goes forward. */
      readonly seconds: number;
      /** From the channel's own time of the message; undefined if it gives none. */
      readonly feltSeconds: number | undefined;
    }
  | {
      readonly kind: 'delivery';
      readonly at: Timestamp;
      readonly signal: DeliverySignal;
      /** Where the message came from, if its tag says so. */
      readonly flow: string | undefined;
      readonly node: string | undefined;
      /** Time since the message was handed to the channel. */
      readonly seconds: number | undefined;
    }
  | { readonly kind: 'webhook'; readonly at: Timestamp; readonly signal: WebhookSignal }
  | {
      /** The channel said something about the business itself. */
      readonly kind: 'quality_event';
      readonly at: Timestamp;
      readonly signal: QualityEventSignal;
    }
  | {
      /** A rating, status, limit or restriction is no longer what it was. */
      readonly kind: 'quality_changed';
      readonly at: Timestamp;
      readonly change: QualityChange;
    }
  | {
      /** A person no longer wants messages, or wants them again. */
      readonly kind: 'preference_changed';
      readonly at: Timestamp;
      readonly user: UserRef;
      /** The channel's own word: `stop`, `resume`, `signup`. */
      readonly value: string;
      /** The node whose message they got last, if one is known. */
      readonly place: { readonly flow: string; readonly node: string } | undefined;
    }
  | {
      /** A difference of two times came out negative and was counted as 0. */
      readonly kind: 'clock_skewed';
      readonly at: Timestamp;
    }
  | {
      /** Something of Turnspan's own failed and was kept from the bot. */
      readonly kind: 'error_contained';
      readonly at: Timestamp;
      readonly error: unknown;
    };

/** A visit ended: the one event behind every exit, drop-off and waiting time. */
export interface VisitSettled {
  readonly kind: 'visit_settled';
  readonly at: Timestamp;
  readonly visit: VisitRef;
  /** The turn in which it ended; undefined when a deadline or a delivery status ended it. */
  readonly turn: TurnRef | undefined;
  readonly outcome: VisitOutcome;
  /** How long the person took to answer; undefined if there was no answer. */
  readonly waitSeconds: number | undefined;
  /** How long the bot took at this node, before asking and after the answer; undefined where it did not finish. */
  readonly processingSeconds: number | undefined;
  readonly repliedAt: Timestamp | undefined;
  readonly inputKind: InputKind | undefined;
  readonly match: Match | undefined;
  /** Span of the turn that asked. */
  readonly openedBy: TraceRef | undefined;
  /** Period of the loop that was noticed at this visit. */
  readonly loopPeriod: number | undefined;
}

/**
 * Listens to the tracker. It must not keep the turn waiting; what it throws is contained. It reads
 * what it needs at once, since journeys and visits live on; `JSON.stringify` takes a copy.
 */
export type Observer = (event: TrackerEvent) => void;
