import type { StoreCalls } from './store-calls';

/** How many messages are remembered whose end the store could not be told. */
const MAX_LEAVING = 10_000;

/** A message in the hands of this process: its turn has not ended. */
export interface Held {
  readonly id: string;
  /** Until when it is ours, on the clock that only goes forward. */
  leasedUntil: number;
  /** The store was asked to keep it, and may do so even if it has not said it. */
  isAsked: boolean;
  /** The store has said that it keeps it. */
  isKept: boolean;
  /** Another process has taken it over. */
  isLost: boolean;
  hasBegun: boolean;
}

/** What {@link Holdings} takes. */
export interface HoldingsOptions {
  readonly calls: StoreCalls;
  readonly leaseMs: number;
  readonly tick: () => number;
}

/** The messages that this process has in its hands, and those whose end the store has yet to hear of. */
export class Holdings {
  readonly #options: HoldingsOptions;
  readonly #held = new Map<string, Held>();
  readonly #leaving = new Set<string>();

  constructor(options: HoldingsOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#held.size === 0 && this.#leaving.size === 0;
  }

  find(id: string): Held | undefined {
    return this.#held.get(id);
  }

  /** Holds a message that the store does not have yet. */
  hold(id: string): Held {
    const held = { id, leasedUntil: 0, isAsked: false, isKept: false, isLost: false };
    const fresh: Held = { ...held, hasBegun: false };
    this.#held.set(id, fresh);
    return fresh;
  }

  /** Notes that the store keeps a message for this process. */
  keep(held: Held, leasedUntil: number): void {
    Object.assign(held, { leasedUntil, isAsked: true, isKept: true, isLost: false });
  }

  /** Whether the turn of a message may begin: not when another process has it by now. */
  async begin(held: Held): Promise<boolean> {
    const mayBeLost = held.isKept && this.#options.tick() >= held.leasedUntil;
    if (mayBeLost && !held.isLost) await this.#renew([held]);
    held.hasBegun = !held.isLost;
    return held.hasBegun;
  }

  /** Puts a message down for good, and tells the store unless it is in other hands. */
  release(held: Held): void {
    this.drop(held);
    if (held.isAsked && (held.hasBegun || !held.isLost)) void this.#leave(held.id);
  }

  /** Puts a message down without a word to the store. */
  drop(held: Held): void {
    if (this.#held.get(held.id) === held) this.#held.delete(held.id);
  }

  /** Whether a message has ended and the store has yet to hear of it. */
  isLeaving(id: string): boolean {
    return this.#leaving.has(id);
  }

  /** Tells the store what it has not heard, until it fails again. */
  async tellDone(): Promise<void> {
    for (const id of [...this.#leaving]) {
      if (this.#leaving.has(id) && !(await this.#leave(id))) return;
    }
  }

  /** Goes on keeping all that is in our hands. */
  renew(): Promise<void> {
    return this.#renew([...this.#held.values()].filter(({ isAsked }) => isAsked));
  }

  async #renew(asked: readonly Held[]): Promise<void> {
    if (asked.length === 0) return;
    const { calls, tick, leaseMs } = this.#options;
    const before = asked.map((held) => ({ held, until: held.leasedUntil, wasKept: held.isKept }));
    const leasedUntil = tick() + leaseMs;
    const ids = asked.map(({ id }) => id);
    await calls.renew(ids, (ours) => {
      for (const { held, until, wasKept } of before) {
        if (ours.has(held.id)) this.keep(held, leasedUntil);
        // The answer says nothing about what was put or taken over while it was on its way.
        else if (wasKept && held.leasedUntil === until) held.isLost = true;
      }
    });
  }

  #leave(id: string): Promise<boolean> {
    this.#leaving.add(id);
    const [oldest = id] = this.#leaving.size > MAX_LEAVING ? this.#leaving : [];
    if (oldest !== id) this.#leaving.delete(oldest);
    return this.#options.calls.done(id, () => this.#leaving.delete(id));
  }
}
