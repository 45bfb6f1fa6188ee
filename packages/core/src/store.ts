import type { Inbox } from './inbox';
import type { Maybe } from './maybe';
import type { UserRef } from './refs';
import type { SharedState } from './shared-state';
import type { Timestamp } from './vocabulary';

/** A visit on the waiting list: a person owes an answer. */
export interface Waiting {
  /** Names this wait, once and for all. */
  readonly id: string;
  readonly user: UserRef;
  readonly flow: string;
  readonly node: string;
  /** Where the person stands, as `encodePosition` writes it. */
  readonly position: string;
  /** Positions of the journeys below it, outermost first: they are dropped with it. */
  readonly parents: readonly string[];
  readonly stallAt: Timestamp;
  readonly dropAt: Timestamp;
}

/** Why a visit left the waiting list. */
export type ClaimReason = 'answered' | 'dropped' | 'undelivered';

/** Whether the caller is the one who may settle the visit. */
export type Claim =
  | {
      readonly claimed: true;
      /** What was on the list; undefined if this store never saw it. */
      readonly waiting: Waiting | undefined;
      /** The stall has been handed out. */
      readonly stalled: boolean;
    }
  | {
      readonly claimed: false;
      /** Why somebody else had it; undefined if that is no longer known. */
      readonly reason: ClaimReason | undefined;
    };

/** Drops that are settled, until somebody says that they are written down as well. */
export interface Untold {
  /** Drops that were settled before this time and that nobody has forgotten since, earliest first. */
  list(settledBefore: Timestamp, limit: number): Maybe<readonly Waiting[]>;
  /** These are written down; ids that are not there are none of its concern. */
  forget(ids: readonly string[]): Maybe<void>;
}

/** A deadline that has passed, handed out to one taker for a while. */
export interface Due {
  readonly deadline: 'stall' | 'drop';
  readonly waiting: Waiting;
  /** Proves at {@link Store.settle} that it is still this taker's; one that is overdue is handed out again under another. */
  readonly lease: string;
}

/** How many people wait at a node. */
export interface WaitingCount {
  readonly flow: string;
  readonly node: string;
  readonly waiting: number;
  readonly stalled: number;
}

/** The waiting list as a whole. */
export interface WaitingSummary {
  /** How many people wait at each node; nodes nobody waits at may be left out. */
  readonly counts: readonly WaitingCount[];
  /** The earliest deadline not yet settled; undefined if nobody waits. */
  readonly nextDeadline: Timestamp | undefined;
}

/** Which deadlines to take. */
export interface TakeDue {
  readonly now: Timestamp;
  /** How many at most. */
  readonly limit: number;
  /** How long they are this taker's; after that whoever asks next gets them. */
  readonly leaseMs: number;
}

/**
 * Who waits where, and until when. Silence sends no message, so somebody has to know. What takes
 * time may answer with a promise. The bot never waits for it, but the events of its turn do, so
 * every promise has to settle; {@link guardStore} sees to that.
 */
export interface Store {
  /** Distinguishes the waits that this store has seen from those of another. Processes that share a store share its origin. */
  readonly origin: string;
  /**
   * How long a claim is remembered for certain. Within that time an id of its own that the store
   * does not know was never there, as it was away or is new, and whoever asks first has it.
   * @default not for certain
   */
  readonly claimsKeptMs?: number;
  /**
   * Puts a visit on the waiting list, or replaces what is there under the same id; a stall that
   * was settled is not handed out again while `stallAt` stays the same. An id that was claimed
   * never comes back: of two turns at once, the one that ends last may not know.
   */
  wait(waiting: Waiting): Maybe<void>;
  /**
   * Takes a visit off the list; of all callers exactly one is told `claimed`, whether or not it is
   * handed out just now. A visit of another origin that this store never saw is claimed by the
   * first who asks. A claim of its own origin that it never saw is refused without a reason, and
   * remembered: the wait may still be on its way.
   *
   * `by` names the message that asks, if it comes again should this process end. Who asks again
   * for what it has is told `claimed` again, and that the stall has been handed out.
   */
  claim(id: string, reason: ClaimReason, by?: string): Maybe<Claim>;
  /**
   * Hands out deadlines that have passed and are nobody's, earliest first, a stall before the drop
   * of the same visit. Nothing changes by it: a taker that dies leaves them to the next.
   */
  takeDue(request: TakeDue): Maybe<readonly Due[]>;
  /**
   * Settles what was handed out and returns what was still this taker's: not claimed, moved or
   * handed out again since. A stall is noted and the visit stays; a drop is claimed by this.
   */
  settle(due: readonly Due[]): Maybe<readonly Due[]>;
  /** Who waits where, in numbers. */
  summary(): Maybe<WaitingSummary>;
  /** Drops from when they are settled; a store that ends with its process has none. */
  readonly untold?: Untold;
  /** What processes share besides; a store of one process has no need of it. */
  readonly shared?: SharedState;
  /** Messages that are not done with; a store that ends with its process has none. */
  readonly inbox?: Inbox;
}
