import type { Clock, FailureClass, Maybe, OnError, QualityFact } from '@turnspan/core';
import type { GraphClient } from '../graph-client';
import type { GraphUsage } from '../graph-usage';
import type { PhoneDirectory } from '../quality/phone-directory';
import type { StartTimer } from '../timer';

/** What is asked for, each at a pace of its own, in the order of the first read. */
export const POLL_SUBJECTS = ['phones', 'account', 'limit', 'health', 'templates'] as const;
/** One of {@link POLL_SUBJECTS}. */
export type PollSubject = (typeof POLL_SUBJECTS)[number];

/** What a call asked for, as a label of few values. */
export type PollEndpoint =
  | 'phone_numbers'
  | 'message_templates'
  | 'account'
  | 'messaging_limit'
  | 'health_status';

/** What became of a call: an answer, none, or a refusal of this class. */
export type PollResult = 'ok' | 'unreachable' | FailureClass;

/** Lets one process of many do the work. Any store that can set a key with a time to live can be one. */
export interface Lease {
  /**
   * Takes the lease of this name, or renews it: true if this process has it for the next `ttlMs`,
   * false while another one does.
   */
  acquire(name: string, ttlMs: number): Maybe<boolean>;
}

/** What {@link createPoller} takes. */
export interface PollerOptions {
  /** Only reads are asked of it. Give its `onUsage` on to `noteUsage`, so that limits are respected. */
  readonly graph: Pick<GraphClient, 'request'>;
  /** The WhatsApp Business Accounts to read. */
  readonly businessAccountIds: readonly string[];
  /** Hears what was read, page by page, whether it is new or not. */
  readonly onFacts: (facts: readonly QualityFact[]) => void;
  /**
   * Learns the ids of the numbers, which webhooks about their quality do not tell.
   * @default nobody
   */
  readonly phones?: Pick<PhoneDirectory, 'learn'>;
  /**
   * How many milliseconds lie between two reads.
   * @default phones 10 min, health 15 min, templates 30 min, account and limit 1 h
   */
  readonly intervalsMs?: Partial<Readonly<Record<PollSubject, number>>>;
  /**
   * Decides, for each account, which process polls.
   * @default this process does
   */
  readonly lease?: Lease;
  /**
   * Hears of each call what was asked for and what became of it.
   * @default nobody
   */
  readonly onRequest?: (endpoint: PollEndpoint, result: PollResult) => void;
  /**
   * Hears, once for each streak of failures, why something cannot be read. No text in it has the
   * access token.
   * @default a process warning
   */
  readonly onError?: OnError;
  /** @default the clock of this machine */
  readonly clock?: Clock;
  /** @default the timer of this machine */
  readonly startTimer?: StartTimer;
  /**
   * Spreads tries: a number from 0 up to 1.
   * @default Math.random
   */
  readonly random?: () => number;
}

/** Reads again and again what Meta tells only to those who ask. */
export interface Poller {
  /** Reads everything now, and from now on each thing at its pace. */
  start(): void;
  /** Ends it: no timer is left, and an answer that is still on its way is thrown away. */
  stop(): void;
  /**
   * Reads now, one thing or everything, started or not, and resolves when that is over, also when
   * it failed: that goes to `onError`. Nothing is read while Meta has told to wait, or while
   * another process has the lease.
   */
  pollNow(subject?: PollSubject): Promise<void>;
  /**
   * Reads what a webhook of this field may have changed: once for a burst, two seconds after its
   * first webhook, and not twice in a minute. Does nothing before `start`, nor in a process that
   * has not the lease.
   */
  noteWebhook(field: string, accountId?: string): void;
  /** Takes in how much of the limits is used up; meant as `onUsage` of the client. */
  noteUsage(usages: readonly GraphUsage[]): void;
}
