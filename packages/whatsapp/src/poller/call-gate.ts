import type { Clock } from '@turnspan/core';
import type { GraphUsage } from '../graph-usage';

/** The limits count a rolling hour, so what was told longer ago says nothing any more. */
const USAGE_LASTS_MS = 3_600_000;
/** Above this the pace halves. */
const HIGH_PERCENT = 80;

/** Stands for all accounts. */
export const ALL_ACCOUNTS = '';

/** Why a call was not made: no failure, only not now. */
export class CallHeld extends Error {
  override readonly name: string = 'CallHeld';
}

interface Level {
  readonly percent: number;
  readonly at: number;
}

/** Decides whether calls may go out now, and how often, from what Meta says about the limits. */
export class CallGate {
  readonly #clock: Clock;
  readonly #accountIds: ReadonlySet<string>;
  readonly #levels: Map<string, Map<string, Level>> = new Map();
  readonly #closedUntil: Map<string, number> = new Map();
  readonly #refused: Set<string> = new Set();

  constructor(clock: Clock, accountIds: readonly string[]) {
    this.#clock = clock;
    this.#accountIds = new Set(accountIds);
  }

  /** Takes in how much of the limits is used up. */
  noteUsage(usages: readonly GraphUsage[]): void {
    for (const usage of usages) {
      const key = this.#toKey(usage.accountId);
      const percent = Math.max(usage.callPercent, usage.cpuTimePercent, usage.totalTimePercent);
      const levels = this.#levels.get(key) ?? new Map<string, Level>();
      this.#levels.set(key, levels.set(usage.type ?? '', { percent, at: this.#clock.tick() }));
      if (usage.regainMinutes > 0) this.close(key, usage.regainMinutes * 60_000);
    }
  }

  /** By how much the intervals of an account are longer than usual: 1, or 2 when little is left. */
  slowdown(accountId: string): number {
    const from = this.#clock.tick() - USAGE_LASTS_MS;
    const levels = [ALL_ACCOUNTS, accountId].flatMap((key) => [
      ...(this.#levels.get(key)?.values() ?? []),
    ]);
    return levels.some(({ percent, at }) => percent > HIGH_PERCENT && at > from) ? 2 : 1;
  }

  /** Lets no calls of an account out for a while; a longer wait that was asked for before stays. */
  close(key: string, ms: number): void {
    const until = this.#clock.tick() + ms;
    this.#closedUntil.set(key, Math.max(until, this.#closedUntil.get(key) ?? 0));
  }

  /** In how many milliseconds calls of an account may go out; 0 for now. */
  waitMs(accountId: string): number {
    const until = [ALL_ACCOUNTS, accountId].map((key) => this.#closedUntil.get(key) ?? 0);
    return Math.max(0, Math.max(...until) - this.#clock.tick());
  }

  /** Remembers that the token was refused, for an account or at all; true if that is news. */
  refuse(key: string): boolean {
    const isNew = !this.#refused.has(key);
    this.#refused.add(key);
    return isNew;
  }

  /** Remembers that the token works, for an account and so at all. */
  accept(accountId: string): void {
    this.#refused.delete(ALL_ACCOUNTS);
    this.#refused.delete(accountId);
  }

  /** A limit of something that is not polled, such as the portfolio above, counts for everything. */
  #toKey(accountId: string | undefined): string {
    return accountId !== undefined && this.#accountIds.has(accountId) ? accountId : ALL_ACCOUNTS;
  }
}
