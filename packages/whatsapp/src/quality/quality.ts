import {
  attempt,
  type ChannelSignal,
  type Clock,
  contain,
  type OnError,
  type QualityFact,
  type Timestamp,
  type WebhookSignal,
} from '@turnspan/core';
import { fingerprintOf } from '../dedup-key';
import { warn } from '../report';
import { createSeenKeys, type SeenKeys } from '../seen-keys';
import type { FieldChange } from '../types';
import { PhoneDirectory } from './phone-directory';
import { type QualityReport, toReport } from './quality-report';
import { QualityState } from './quality-state';
import { type QualityReading, readChange } from './read-change';
import { Repetitions } from './repetitions';
import { toSubjectKey } from './subject-names';

/** What {@link createQuality} takes. */
export interface QualityOptions {
  /** Hears of every event, every change, every preference, and what was done with each update. */
  readonly onSignal: (signal: ChannelSignal) => void;
  readonly clock: Clock;
  /**
   * Where the keys of updates already taken are remembered.
   * @default the memory of this process, 100,000 keys
   */
  readonly seen?: SeenKeys;
  /**
   * Which ids the displayed numbers have.
   * @default one of its own
   */
  readonly phones?: PhoneDirectory;
  /**
   * Within how many milliseconds an update that says the same as the one before it, only with
   * another time, is a repetition.
   * @default 3_600_000
   */
  readonly repeatWindowMs?: number;
  /**
   * Hears of contained failures.
   * @default a process warning
   */
  readonly onError?: OnError;
}

/** Knows how WhatsApp rates, limits and restricts the business. */
export interface Quality {
  /** Teach it the ids of numbers: webhooks about a number's quality do not tell them. */
  readonly phones: PhoneDirectory;
  /**
   * Takes an update of a webhook, and counts it. Give the whole object to the webhook handler as
   * its `quality`, instead of calling this; then each update is counted once.
   */
  takeChange(change: FieldChange, receivedAt: Timestamp): void;
  /** Takes what a poll found. */
  takeFacts(facts: readonly QualityFact[]): void;
  /** All that is so now, without what has ended by itself. To be kept, and shown. */
  facts(): readonly QualityFact[];
  /** Takes facts that were kept; nobody hears of it. */
  restore(facts: readonly QualityFact[]): void;
  /** The same as {@link facts}, arranged for readers. */
  toJson(): QualityReport;
}

/**
 * Makes the memory of the business's quality.
 *
 * @example
 * const quality = createQuality({ onSignal: (signal) => tracker.signal(signal), clock });
 * const webhook = createWebhookHandler({ appSecret, verifyToken, quality });
 */
export function createQuality(options: QualityOptions): Quality {
  return new WhatsAppQuality(options);
}

const HOUR_MS = 60 * 60 * 1000;
const WEEK_MS = 7 * 24 * HOUR_MS;

class WhatsAppQuality implements Quality {
  readonly phones: PhoneDirectory;
  readonly #clock: Clock;
  readonly #seen: SeenKeys;
  readonly #emit: (signal: ChannelSignal) => void;
  readonly #onError: OnError;
  readonly #state = new QualityState();
  readonly #repetitions: Repetitions;

  constructor({ onSignal, clock, ...options }: QualityOptions) {
    this.#clock = clock;
    this.#onError = contain(options.onError ?? warn, () => {});
    this.#emit = contain(onSignal, this.#onError);
    this.#seen = options.seen ?? createSeenKeys({ clock });
    this.#repetitions = new Repetitions(options.repeatWindowMs ?? HOUR_MS);
    this.phones = options.phones ?? new PhoneDirectory();
    this.phones.subscribe(({ digits, id }) =>
      this.#state.move({ kind: 'phone', id: digits }, { kind: 'phone', id }),
    );
  }

  takeChange(change: FieldChange, receivedAt: Timestamp): void {
    const reading = readChange(change, receivedAt);
    const take = (isNew: boolean) => {
      const result = isNew
        ? attempt(() => this.#take(change, reading), this.#onError)
        : 'duplicate';
      this.#emit({ kind: 'webhook', field: change.field, result: result ?? 'invalid' });
    };
    const isNew = reading.result === 'invalid' || this.#isNew(reading);
    if (isNew instanceof Promise) isNew.then(take).catch(this.#onError);
    else take(isNew);
  }

  takeFacts(facts: readonly QualityFact[]): void {
    for (const fact of facts) this.#apply(fact);
  }

  facts(): readonly QualityFact[] {
    return this.#state.present(this.#clock.now());
  }

  restore(facts: readonly QualityFact[]): void {
    this.#state.restore(facts);
  }

  toJson(): QualityReport {
    return toReport(this.facts());
  }

  /** When the memory of keys fails, the update counts as new: twice is better than never. */
  #isNew({ fingerprint }: QualityReading): boolean | Promise<boolean> {
    const fail = (error: unknown) => {
      this.#onError(error);
      return true;
    };
    try {
      const isNew = this.#seen.firstSeen(`quality:${fingerprint}`, WEEK_MS);
      return isNew instanceof Promise ? isNew.catch(fail) : isNew;
    } catch (error) {
      return fail(error);
    }
  }

  /** A repetition counts for the state, where it can do no harm, and for nothing else. */
  #take(change: FieldChange, reading: QualityReading): WebhookSignal['result'] {
    const facts = reading.facts.map((fact) => this.#identify(fact));
    const isStale = facts.length > 0 && facts.every((fact) => this.#state.isStale(fact));
    const isRepeated = this.#isRepeated(change, reading);
    const hasChanged = facts.map((fact) => this.#apply(fact)).includes(true);
    if (isRepeated && !hasChanged) return 'duplicate';
    this.#announce(reading);
    return isStale && !hasChanged && reading.result === 'applied' ? 'stale' : reading.result;
  }

  #isRepeated(change: FieldChange, { events }: QualityReading): boolean {
    const [event] = events;
    if (event === undefined) return false;
    const subject = `${change.field} ${toSubjectKey(event.subject)}`;
    const content = fingerprintOf({ ...change, timestamp: 0 });
    return this.#repetitions.isRepetition(subject, { content, at: this.#clock.now() });
  }

  #announce({ events, preferences }: QualityReading): void {
    for (const event of events) this.#emit({ kind: 'quality_event', ...this.#identify(event) });
    for (const preference of preferences) {
      this.#emit({ kind: 'preference', channel: 'whatsapp', ...preference });
    }
  }

  #apply(fact: QualityFact): boolean {
    const change = this.#state.apply(this.#identify(fact));
    if (change) this.#emit({ kind: 'quality_changed', change });
    return change !== undefined;
  }

  /** Numbers become known by their id. */
  #identify<T extends Pick<QualityFact, 'subject'>>(about: T): T {
    const { subject } = about;
    const id = subject.kind === 'phone' ? this.phones.idOf(subject.id) : undefined;
    return id === undefined ? about : { ...about, subject: { ...subject, id } };
  }
}
