import type { QualityChange, QualitySubject } from './quality';
import type { Timestamp } from './vocabulary';

/**
 * What a channel adapter and the instrumentation of a bot agree on, without knowing each other.
 * Symbols, because what hangs on a symbol is in no JSON, no log and no transcript.
 */

/** Key in a turn's state under which a channel adapter leaves the {@link Receipt} of the message. */
export const RECEIPT: unique symbol = Symbol.for('turnspan.receipt');

/** When a message reached us, and when its sender says it was sent. */
export interface Receipt {
  readonly receivedAt: Timestamp;
  /** `performance.now()` at the same moment, for durations that no clock change can bend. */
  readonly receivedTick: number;
  /** The channel's own time of the message. */
  readonly sentAt?: Timestamp;
  /**
   * It is kept until its turn is done: should this process end before, the message comes again.
   * @default it is not
   */
  readonly kept?: boolean;
  /**
   * It was kept by a process that has ended, which may have done some of its turn.
   * @default nobody has had it before
   */
  readonly again?: boolean;
}

/**
 * Key on an outgoing activity under which the instrumentation leaves a tag (at most 512
 * characters). An adapter whose channel echoes such data sends it along and hands it back as
 * {@link DeliverySignal.tag}; others ignore it.
 */
export const MESSAGE_TAG: unique symbol = Symbol.for('turnspan.message_tag');

/** What became of a message on its way. `played` (voice) counts as read. */
export const DELIVERY_STATUSES = ['sent', 'delivered', 'read', 'failed'] as const;
/** One of {@link DELIVERY_STATUSES}. */
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Why a message did not arrive, in classes that mean different things to its sender. */
export const FAILURE_CLASSES = [
  'negative_feedback',
  'opt_out',
  'frequency_cap',
  'unreachable',
  'window_closed',
  'throttled',
  'policy',
  'billing',
  'transient',
  'auth',
  'other',
] as const;
/** One of {@link FAILURE_CLASSES}. */
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/** A channel's word on a message sent earlier. */
export interface DeliverySignal {
  readonly kind: 'delivery';
  readonly channel: string;
  /** The business endpoint that sent it; on WhatsApp the `phone_number_id`. */
  readonly line: string;
  readonly status: DeliveryStatus;
  readonly at: Timestamp;
  /** What the instrumentation had left under {@link MESSAGE_TAG}. */
  readonly tag?: string;
  /** What the channel bills it as, e.g. `service`. */
  readonly category?: string;
  readonly failure?: { readonly class: FailureClass; readonly code: string };
}

/** One update of a webhook, by what was done with it. */
export interface WebhookSignal {
  readonly kind: 'webhook';
  readonly field: string;
  readonly result: 'applied' | 'duplicate' | 'stale' | 'unknown' | 'invalid' | 'bad_signature';
}

/** Something the channel says about the business itself, once for each time that it says so. */
export interface QualityEventSignal {
  readonly kind: 'quality_event';
  readonly subject: QualitySubject;
  /** The channel's own name of the event, as `FLAGGED`. */
  readonly event: string;
  readonly at: Timestamp;
}

/** A number, template or account is no longer what it was. */
export interface QualityChangedSignal {
  readonly kind: 'quality_changed';
  readonly change: QualityChange;
}

/** A person decided whether the business may write to them. */
export interface PreferenceSignal {
  readonly kind: 'preference';
  readonly channel: string;
  readonly line: string;
  /** The channel's own id of the person; it becomes a hash before anybody else hears of it. */
  readonly userId: string;
  /** The channel's own word: `stop`, `resume`, `signup`. */
  readonly value: string;
  readonly at: Timestamp;
}

/** Something about the business itself, as it came; whoever keeps the quality state reads it. */
export interface ChangeSignal {
  readonly kind: 'change';
  readonly channel: string;
  /** The channel's name for what the change is about, as `account_update`. */
  readonly field: string;
  readonly accountId: string | undefined;
  /** When the channel sent it. */
  readonly timestamp: Timestamp | undefined;
  readonly receivedAt: Timestamp;
  readonly value: unknown;
}

/** What a channel tells beside the messages themselves. */
export type ChannelSignal =
  | ChangeSignal
  | DeliverySignal
  | WebhookSignal
  | QualityEventSignal
  | QualityChangedSignal
  | PreferenceSignal;

/** The side of a channel adapter that the instrumentation listens to. */
export interface SignalSource {
  /** Calls the listener for every signal until the returned function is called. */
  subscribe(listener: (signal: ChannelSignal) => void): () => void;
}
