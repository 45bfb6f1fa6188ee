import type { Clock, Timestamp, Untold, Waiting } from '@turnspan/core';
import type { Keys } from './keys';
import type { RunScript } from './script-runner';
import { FORGET_UNTOLD, LIST_UNTOLD } from './scripts/untold';
import { toWaitings } from './waiting-codec';

/** Longer than a channel goes on trying to deliver a message. */
export const CLAIMS_KEPT_MS: number = 8 * 86_400_000;

/** What a {@link RedisUntold} needs. */
export interface RedisUntoldParts {
  readonly keys: Keys;
  readonly run: RunScript;
  readonly clock: Clock;
}

/** Drops that are settled and not written down, in Redis; kept no longer than their claims. */
export class RedisUntold implements Untold {
  readonly #parts: RedisUntoldParts;

  constructor(parts: RedisUntoldParts) {
    this.#parts = parts;
  }

  /** Drops that were settled before this time, by whichever process. */
  async list(settledBefore: Timestamp, limit: number): Promise<readonly Waiting[]> {
    const { keys, run, clock } = this.#parts;
    const values = [`(${clock.now() - CLAIMS_KEPT_MS}`, `(${settledBefore}`, String(limit)];
    return toWaitings(await run(LIST_UNTOLD, { keys: [...keys.untold], arguments: values }));
  }

  /** Removes these for all processes. */
  async forget(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const { keys, run } = this.#parts;
    await run(FORGET_UNTOLD, { keys: [...keys.untold], arguments: [...ids] });
  }
}
