import type { Clock } from '@turnspan/core';
import type { StartTimer } from '../timer';

/** Webhooks come in bursts: the read waits for the rest of one. */
const GATHER_MS = 2000;
/** However many webhooks come, they cause one read a minute. */
const SPACING_MS = 60_000;

/** What a {@link PollTask} needs. */
export interface PollTaskSetup {
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  /** Runs one job after the other. */
  readonly enqueue: (job: () => Promise<void>) => Promise<void>;
  /** Reads, and gives in how many milliseconds to read again. Never rejects. */
  readonly read: (isWanted: () => boolean) => Promise<number>;
}

/** Reads one thing again and again, each time after the delay that the last time gave. */
export class PollTask {
  readonly #setup: PollTaskSetup;
  #isStarted = false;
  #stopTimer: (() => void) | undefined;
  #stopWebhookTimer: (() => void) | undefined;
  #webhookReadAt = Number.NEGATIVE_INFINITY;
  #queued: Promise<void> | undefined;
  /** Changes with each stop, so that what began before it is not wanted any more. */
  #round = 0;

  constructor(setup: PollTaskSetup) {
    this.#setup = setup;
  }

  get isStarted(): boolean {
    return this.#isStarted;
  }

  /** Reads now and goes on. */
  start(): void {
    this.#isStarted = true;
    void this.readNow();
  }

  stop(): void {
    this.#isStarted = false;
    this.#round += 1;
    this.#queued = undefined;
    this.#stopTimer?.();
    this.#stopWebhookTimer?.();
    this.#stopTimer = undefined;
    this.#stopWebhookTimer = undefined;
  }

  /** Reads as soon as what is before it is done; who asks meanwhile gets the same read. */
  readNow(): Promise<void> {
    const round = this.#round;
    this.#queued ??= this.#setup.enqueue(async () => {
      if (round === this.#round) await this.#read(() => round === this.#round);
    });
    return this.#queued;
  }

  /** Reads soon, but only once for many webhooks. */
  noteWebhook(): void {
    if (!this.#isStarted || this.#stopWebhookTimer) return;
    const now = this.#setup.clock.tick();
    const delayMs = Math.max(GATHER_MS, this.#webhookReadAt + SPACING_MS - now);
    this.#stopWebhookTimer = this.#setup.startTimer(() => {
      this.#stopWebhookTimer = undefined;
      this.#webhookReadAt = this.#setup.clock.tick();
      void this.readNow();
    }, delayMs);
  }

  async #read(isWanted: () => boolean): Promise<void> {
    this.#queued = undefined;
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    const delayMs = await this.#setup.read(isWanted);
    if (!this.#isStarted || !isWanted()) return;
    this.#stopTimer = this.#setup.startTimer(() => void this.readNow(), delayMs);
  }
}
