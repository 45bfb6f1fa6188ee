import type { Clock, OnError } from '@turnspan/core';
import type { StartTimer } from '../timer';
import type { Lease } from './types';

/** Renewed three times before it ends, so that one failing renewal costs nothing. */
const TTL_MS = 60_000;
const RENEW_MS = TTL_MS / 3;

/** What a {@link LeaseKeeper} needs. */
export interface LeaseKeeperSetup {
  readonly name: string;
  readonly lease: Lease | undefined;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly onError: OnError;
  readonly onGain: () => void;
  readonly onLose: () => void;
}

/** Keeps asking for a lease and says when it is had and when it is lost. Without one it is had at once. */
export class LeaseKeeper {
  readonly #setup: LeaseKeeperSetup;
  #heldUntil = 0;
  #isGained = false;
  #isBroken = false;
  #stopTimer: (() => void) | undefined;
  /** Changes with each start and stop, so that a slow store's answer to an earlier one is ignored. */
  #round = 0;

  constructor(setup: LeaseKeeperSetup) {
    this.#setup = setup;
  }

  /** Whether the lease is this process's now. */
  get isHeld(): boolean {
    return this.#setup.lease === undefined || this.#setup.clock.tick() < this.#heldUntil;
  }

  start(): void {
    this.#round += 1;
    if (this.#setup.lease === undefined) this.#setup.onGain();
    else void this.#beat(this.#round);
  }

  /** Asks no more. The lease ends by itself. */
  stop(): void {
    this.#round += 1;
    this.#isGained = false;
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  /** Asks for the lease once. A lease that cannot be asked for is not had, once the last one is over. */
  async claim(): Promise<boolean> {
    const { lease, name, clock, onError } = this.#setup;
    if (lease === undefined) return true;
    const askedAt = clock.tick();
    try {
      this.#heldUntil = (await lease.acquire(name, TTL_MS)) ? askedAt + TTL_MS : 0;
      this.#isBroken = false;
    } catch (error) {
      if (!this.#isBroken) onError(error);
      this.#isBroken = true;
    }
    return this.isHeld;
  }

  async #beat(round: number): Promise<void> {
    const { startTimer, onGain, onLose } = this.#setup;
    const isHeld = await this.claim();
    if (round !== this.#round) return;
    this.#stopTimer = startTimer(() => void this.#beat(round), RENEW_MS);
    if (isHeld === this.#isGained) return;
    this.#isGained = isHeld;
    if (isHeld) onGain();
    else onLose();
  }
}
