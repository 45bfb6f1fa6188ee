import type { Clock } from '@turnspan/core';

/** Remembers which updates were already taken, because Meta repeats webhooks. */
export interface SeenKeys {
  /**
   * Answers whether the key is new, and remembers it for `ttlMs`. A store that several processes
   * share must do both in one step.
   */
  firstSeen(key: string, ttlMs: number): boolean | Promise<boolean>;
}

/** What {@link createSeenKeys} takes. */
export interface SeenKeysOptions {
  readonly clock: Clock;
  /**
   * How many keys are kept at most; the oldest go first. A key takes about 200 bytes.
   * @default 100_000
   */
  readonly maxKeys?: number;
}

/** Keeps the keys in the memory of this process: bounded, and empty after a restart. */
export function createSeenKeys({ clock, maxKeys = 100_000 }: SeenKeysOptions): SeenKeys {
  const expiries = new Map<string, number>();

  /** A Map iterates in the order of insertion, which is the order of age. */
  function forgetOldest(now: number): void {
    for (const [key, expiresAt] of expiries) {
      if (expiresAt > now && expiries.size <= maxKeys) return;
      expiries.delete(key);
    }
  }

  return {
    firstSeen(key, ttlMs) {
      const now = clock.tick();
      if ((expiries.get(key) ?? 0) > now) return false;
      expiries.delete(key);
      expiries.set(key, now + ttlMs);
      forgetOldest(now);
      return true;
    },
  };
}
