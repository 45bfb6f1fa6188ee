import type { QualityFact } from './quality';

/**
 * Small things that all processes on one store know. Every call may reject; nobody but the sender
 * of a message is allowed to wait for one.
 */
export interface SharedState {
  /** Notes a key for `ttlMs`; true for the one caller who is first. */
  see(key: string, ttlMs: number): Promise<boolean>;
  /** Gives a name this value unless it has one, and returns the one it has; it is kept for `ttlMs` from the last call on. */
  assign(name: string, value: string, ttlMs: number): Promise<string>;
  /** Takes the lease of this name or renews it: true while this process has it, false while another does. */
  acquire(name: string, ttlMs: number): Promise<boolean>;
  /** Keeps facts, each in the place of an older one about the same subject, attribute and key. */
  keepFacts(facts: readonly QualityFact[]): Promise<void>;
  /** The latest fact of each subject, attribute and key. */
  facts(): Promise<readonly QualityFact[]>;
}
