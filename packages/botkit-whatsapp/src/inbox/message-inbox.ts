import { type Clock, contain, type InboxEntry, type OnError, TurnspanError } from '@turnspan/core';
import type { StartTimer } from '@turnspan/whatsapp';
import type { Task } from '../tasks';
import type { TurnQueue } from '../turn-queue';
import { Arrivals } from './arrivals';
import { Attempts } from './attempts';
import { createEnvelope, type Envelope } from './envelope';
import { type Held, Holdings } from './holdings';
import type { InboxSettings } from './inbox-options';
import { type Letter, parseLetter, writeLetter } from './letter';
import { createRareReport, type RareReport } from './rare-report';
import { createStoreCalls, type StoreCalls } from './store-calls';

/** How many messages are taken over with one call, and how many calls may follow one another. */
const PAGE = 100;
const MAX_PAGES = 100;
/** How often it is looked whether an earlier message of another process is done with. */
const LOOK_MS = { first: 20, last: 1_000 };

/** What {@link MessageInbox} takes. */
export interface MessageInboxOptions extends InboxSettings {
  readonly queue: TurnQueue;
  /** Makes what is to be done with a message taken over; undefined if that is nothing. */
  readonly toTask: (letter: Letter) => Task | undefined;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly onError: OnError;
}

/** Keeps messages in a store until their turn is done, and takes up those that others left there. */
export class MessageInbox {
  readonly #options: MessageInboxOptions;
  readonly #onError: OnError;
  readonly #report: RareReport;
  readonly #envelope: Envelope;
  readonly #calls: StoreCalls;
  readonly #holdings: Holdings;
  readonly #attempts: Attempts;
  readonly #arrivals: Arrivals;
  #isOpen = false;
  #isTicking = false;
  #isTakingOver = false;
  #takenOver: Promise<void> = Promise.resolve();

  constructor(options: MessageInboxOptions) {
    const tick = () => options.clock.tick();
    this.#options = options;
    this.#onError = contain(options.onError, () => {});
    this.#report = createRareReport(this.#onError, tick);
    this.#envelope = createEnvelope(options.key);
    this.#calls = createStoreCalls({ ...options, tick, report: this.#report });
    this.#holdings = new Holdings({ calls: this.#calls, leaseMs: options.leaseMs, tick });
    this.#attempts = new Attempts({
      calls: this.#calls,
      envelope: this.#envelope,
      holdings: this.#holdings,
      onError: this.#onError,
    });
    this.#arrivals = new Arrivals({ ...options, waitMs: 2 * options.leaseMs });
  }

  /**
   * Runs a task once its message is kept, or cannot be; not at all if it was kept before. Settles
   * as the task does.
   */
  async receive(letter: Letter, task: Task): Promise<void> {
    const id = this.#envelope.name('message', letter.message.id);
    if (this.#holdings.find(id) || this.#holdings.isLeaving(id)) return;
    const held = this.#holdings.hold(id);
    this.#keepTicking();
    const { conversationId, run } = task;
    const isNew = await this.#arrivals.run(conversationId, {
      put: () => this.#put(held, letter, task),
      wait: () => this.#waitForEarlier(held),
    });
    if (isNew === false) {
      this.#holdings.drop(held);
      return;
    }
    if (!held.isAsked) this.#report('put', notAsked);
    await this.#options.queue
      .run(conversationId, run, () => this.#holdings.begin(held))
      .finally(() => this.#holdings.release(held));
  }

  /** Takes over what other processes left, now and from time to time. */
  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#takeOver();
    this.#keepTicking();
  }

  /** Takes nothing over any more; what this process has in its hands stays there. */
  close(): void {
    this.#isOpen = false;
  }

  async #put(held: Held, letter: Letter, { conversationId }: Task): Promise<boolean | undefined> {
    const { clock, leaseMs } = this.#options;
    const sender = this.#envelope.name('sender', conversationId);
    const payload = this.#envelope.seal(held.id, writeLetter(letter));
    const leasedUntil = clock.tick() + leaseMs;
    held.isAsked = true;
    const isNew = await this.#calls.put({ id: held.id, sender, payload });
    if (isNew) this.#holdings.keep(held, leasedUntil);
    return isNew;
  }

  /** What a process that has ended left behind is older, and so is what another one is at. */
  async #waitForEarlier(held: Held): Promise<void> {
    await this.#takenOver;
    const until = this.#options.clock.tick() + 2 * this.#options.leaseMs;
    for (let ms = LOOK_MS.first; held.isKept && !held.isLost; ms = Math.min(2 * ms, LOOK_MS.last)) {
      if (this.#options.clock.tick() >= until) return;
      if ((await this.#calls.isBehind(held.id)) !== true) break;
      await new Promise<void>((resolve) => void this.#options.startTimer(resolve, ms));
    }
    await this.#takenOver;
  }

  #keepTicking(): void {
    if (this.#isTicking || !(this.#isOpen || !this.#holdings.isEmpty)) return;
    this.#isTicking = true;
    this.#options.startTimer(() => {
      this.#isTicking = false;
      this.#tick();
      this.#keepTicking();
    }, this.#options.leaseMs / 3);
  }

  #tick(): void {
    void this.#holdings.tellDone();
    void this.#holdings.renew();
    this.#takeOver();
  }

  #takeOver(): void {
    if (!this.#isOpen || this.#isTakingOver) return;
    this.#isTakingOver = true;
    this.#takenOver = this.#takeOverPages().finally(() => {
      this.#isTakingOver = false;
    });
  }

  async #takeOverPages(): Promise<void> {
    const { clock, leaseMs } = this.#options;
    for (let page = 0; page < MAX_PAGES && this.#isOpen; page += 1) {
      const leasedUntil = clock.tick() + leaseMs;
      const entries = await this.#calls.takeOver(PAGE, (taken) =>
        this.#takeUpAll(taken, leasedUntil),
      );
      if ((entries?.length ?? 0) < PAGE) return;
    }
  }

  #takeUpAll(entries: readonly InboxEntry[], leasedUntil: number): void {
    // Whoever is open takes them when they have run out again.
    if (!this.#isOpen) return;
    for (const entry of entries) {
      const known = this.#holdings.find(entry.id);
      if (known) this.#holdings.keep(known, leasedUntil);
      else this.#takeUp(entry, leasedUntil);
    }
  }

  #takeUp(entry: InboxEntry, leasedUntil: number): void {
    const held = this.#holdings.hold(entry.id);
    const hasEnded = this.#holdings.isLeaving(entry.id);
    this.#holdings.keep(held, leasedUntil);
    const task = hasEnded ? undefined : this.#read(entry);
    if (!task) {
      this.#holdings.release(held);
      return;
    }
    this.#options.queue
      .run(task.conversationId, task.run, () => this.#attempts.begin(held))
      .catch(this.#onError)
      .finally(() => {
        this.#attempts.end(held);
        this.#holdings.release(held);
      });
  }

  #read({ id, payload }: InboxEntry): Task | undefined {
    try {
      const letter = parseLetter(this.#envelope.open(id, payload));
      return letter && this.#options.toTask(letter);
    } catch (cause) {
      this.#report('key', () => unreadable(cause));
      return undefined;
    }
  }
}

function notAsked(): TurnspanError {
  const detail =
    'A message waited too long for its turn at `put`, or could not be written as JSON.';
  return new TurnspanError('STORE_UNAVAILABLE', { detail });
}

function unreadable(cause: unknown): TurnspanError {
  const detail =
    'The inbox held a message that `inbox.key` does not open; it was put away. All processes need the same key.';
  return new TurnspanError('OPTION_INVALID', { detail, cause });
}
