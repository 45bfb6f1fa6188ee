import type { Maybe } from './maybe';
import type { UserRef } from './refs';
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

/** A deadline that has passed. */
export interface Due {
  readonly deadline: 'stall' | 'drop';
  readonly waiting: Waiting;
}

/** How many people wait at a node. */
export interface WaitingCount {
  readonly flow: string;
  readonly node: string;
  readonly waiting: number;
  readonly stalled: number;
}

/**
 * Who waits where, and until when. Silence sends no message, so somebody has to know. What takes
 * time may answer with a promise. The bot never waits for it, but the events of its turn do, so
 * every promise has to settle.
 */
export interface Store {
  /** Distinguishes the waits that this store has seen from those of another. */
  readonly origin: string;
  /**
   * Puts a visit on the waiting list, or replaces what is there under the same id; a stall that
   * was handed out is not handed out again while `stallAt` stays the same. An id that was claimed
   * never comes back: of two turns at once, the one that ends last may not know.
   */
  wait(waiting: Waiting): Maybe<void>;
  /**
   * Takes a visit off the list; of all callers exactly one is told `claimed`. A visit of another
   * origin that this store never saw is claimed by the first who asks.
   */
  claim(id: string, reason: ClaimReason): Maybe<Claim>;
  /**
   * Takes up to `limit` deadlines that have passed, earliest first. A stall is handed out once,
   * before the drop of the same visit, and the visit stays; a drop is claimed by being handed out.
   */
  takeDue(now: Timestamp, limit: number): Maybe<readonly Due[]>;
  /** How many people wait at each node; nodes nobody waits at may be left out. */
  counts(): readonly WaitingCount[];
  /** The earliest deadline not yet taken; undefined if nobody waits. */
  nextDeadline(): Timestamp | undefined;
}
