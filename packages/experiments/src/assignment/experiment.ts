import { attempt, type Timestamp, TurnspanError } from '@turnspan/core';
import type { Declaration } from '../declaration/types';
import { type Assignment, type AssignmentReason, assignVariant } from './assign';
import type { Surroundings } from './options';
import { RecentKeys } from './recent-keys';
import { withinTime } from './within-time';

/** What a user is shown, and whether that counts. */
export interface Exposure {
  readonly experiment: string;
  readonly variant: string;
  /** `store` if the store has it, `hash` if there is no store or it is gone, else why it does not count. */
  readonly reason: AssignmentReason | 'store';
  /** False for testers and for whoever takes no part. */
  readonly counts: boolean;
  /** Nobody was told of this user before; without a store, as far as this process remembers. */
  readonly isFirst: boolean;
  /** When the user was exposed first. */
  readonly exposedAt: Timestamp;
}

/** Users remembered where no store does it. */
const REMEMBERED_USERS = 20_000;

/** A declared experiment: says who gets what, and notes whom it was shown to. */
export class Experiment {
  readonly declaration: Declaration;
  readonly #surroundings: Surroundings;
  readonly #paused = new Map<string, string>();
  #stopped: string | undefined;
  readonly #recent = new RecentKeys(REMEMBERED_USERS);

  constructor(declaration: Declaration, surroundings: Surroundings) {
    this.declaration = declaration;
    this.#surroundings = surroundings;
  }

  /** Gives a user's variant without exposing anybody to it. */
  assign(userKey: string): Assignment {
    const assignment = assignVariant(this.declaration, userKey);
    if (assignment.reason !== 'hash') return assignment;
    if (this.#stopped !== undefined) return { variant: this.#control(), reason: 'stopped' };
    return this.#paused.has(assignment.variant)
      ? { variant: this.#control(), reason: 'paused' }
      : assignment;
  }

  /**
   * Gives a user's variant at the moment it makes a difference. The first time is kept in the
   * store, from where the same variant comes ever after. Never rejects: where the store is gone,
   * the hash decides, and `reason` says so.
   */
  async expose(userKey: string): Promise<Exposure> {
    const { variant, reason } = this.assign(userKey);
    // Before the store hears of it: whoever never saw a variant shall not be known to have it.
    if (reason !== 'hash') return this.#uncounted(variant, reason);
    const kept = await this.#keep(userKey, variant);
    if (this.#paused.has(kept.variant)) return this.#uncounted(this.#control(), 'paused');
    const exposure = { experiment: this.declaration.name, counts: true, ...kept };
    if (kept.isFirst) this.#tell(exposure);
    return exposure;
  }

  /** Shows the control to everybody from now on who would get this variant, in this process. */
  pause(variant: string, because: string): void {
    if (variant === this.#control()) return;
    this.#paused.set(variant, because);
  }

  /** Shows a variant again; without one, goes on where it was stopped, and what is paused stays so. */
  resume(variant?: string): void {
    if (variant === undefined) this.#stopped = undefined;
    else this.#paused.delete(variant);
  }

  /** Ends it in this process: everybody but testers gets the control, and nobody counts any more. */
  stop(because: string): void {
    this.#stopped = because;
  }

  /** Why it was stopped; undefined while it runs. */
  stopped(): string | undefined {
    return this.#stopped;
  }

  /** The variants that are paused, and why. */
  paused(): ReadonlyMap<string, string> {
    return new Map(this.#paused);
  }

  async #keep(userKey: string, variant: string): Promise<Kept> {
    const { shared, onError, clock, createId, keepMs } = this.#surroundings;
    const now = clock.now();
    if (shared === undefined) return this.#rememberHere(userKey, { variant, at: now });
    const { name, salt } = this.declaration;
    const value = [variant, now, createId()].join(' ');
    const key = `experiment/${name}/${salt}/${userKey}`;
    try {
      const ask = () => shared.assign(key, value, keepMs);
      const stored = await withinTime(ask, this.#surroundings);
      return { ...this.#parse(stored), reason: 'store', isFirst: stored === value };
    } catch (error) {
      attempt(() => onError(error), ignore);
      return this.#rememberHere(userKey, { variant, at: now });
    }
  }

  #rememberHere(userKey: string, { variant, at }: { variant: string; at: Timestamp }): Kept {
    return { variant, exposedAt: at, reason: 'hash', isFirst: this.#recent.see(userKey) };
  }

  #parse(stored: string): { variant: string; exposedAt: Timestamp } {
    const [variant = '', exposedAt = ''] = stored.split(' ');
    const isOurs = this.declaration.variants.includes(variant) && /^\d+$/.test(exposedAt);
    if (isOurs) return { variant, exposedAt: Number(exposedAt) };
    const detail = `It holds "${stored}" for a user of the experiment "${this.declaration.name}".`;
    throw new TurnspanError('STORE_UNAVAILABLE', { detail });
  }

  #uncounted(variant: string, reason: Exposure['reason']): Exposure {
    const exposedAt = this.#surroundings.clock.now();
    const experiment = this.declaration.name;
    return { experiment, variant, reason, counts: false, isFirst: false, exposedAt };
  }

  #tell(exposure: Exposure): void {
    const { onExposure, onError } = this.#surroundings;
    attempt(() => onExposure(exposure), onError);
  }

  #control(): string {
    return this.declaration.variants[0] ?? '';
  }
}

type Kept = Omit<Exposure, 'experiment' | 'counts'>;

function ignore(): void {}
