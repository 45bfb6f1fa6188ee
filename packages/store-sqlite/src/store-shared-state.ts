import type { QualityFact, SharedState, Timestamp } from '@turnspan/core';
import type { StoreFile } from './store-file';

const SEE = `
  insert into seen_keys (id, expires_at) values (?, ?)
  on conflict (id) do update set expires_at = excluded.expires_at where expires_at <= ?`;
const ASSIGN = `
  insert into assignments (id, value, expires_at) values (?, ?, ?)
  on conflict (id) do update set
    value = iif(assignments.expires_at <= ?, excluded.value, assignments.value),
    expires_at = excluded.expires_at
  returning value`;
const ACQUIRE = `
  insert into leases (name, holder, expires_at) values (?, ?, ?)
  on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at
  where leases.holder = excluded.holder or leases.expires_at <= ?`;
const RELEASE = 'delete from leases where holder = ?';
const KEEP = `
  insert into facts (kind, subject, attribute, "key", at, observed_at, fact)
  values (?, ?, ?, ?, ?, ?, ?)
  on conflict (kind, subject, attribute, "key") do update set
    at = excluded.at, observed_at = excluded.observed_at, fact = excluded.fact
  where (excluded.at, excluded.observed_at) >= (facts.at, facts.observed_at)`;
const FACTS = 'select fact from facts';

/** Whose part of a store something is. */
export interface StoreOwner {
  readonly file: StoreFile;
  readonly now: () => Timestamp;
  /** Names this process among those that share the file. */
  readonly holder: string;
}

/** What the processes on one file know together. */
export class SqliteSharedState implements SharedState {
  readonly #owner: StoreOwner;

  constructor(owner: StoreOwner) {
    this.#owner = owner;
  }

  async see(key: string, ttlMs: number): Promise<boolean> {
    const { file, now } = this.#owner;
    const at = now();
    return file.write(() => {
      file.sweep('seen_keys', at);
      return file.change(SEE, [key, at + ttlMs, at]) > 0;
    });
  }

  async assign(name: string, value: string, ttlMs: number): Promise<string> {
    const { file, now } = this.#owner;
    const at = now();
    return file.write(() => {
      file.sweep('assignments', at);
      const [row] = file.rows(ASSIGN, [name, value, at + ttlMs, at]);
      return String(row?.value);
    });
  }

  async acquire(name: string, ttlMs: number): Promise<boolean> {
    const { file, now, holder } = this.#owner;
    const at = now();
    return file.write(() => file.change(ACQUIRE, [name, holder, at + ttlMs, at]) > 0);
  }

  async keepFacts(facts: readonly QualityFact[]): Promise<void> {
    const { file } = this.#owner;
    await file.write(() => {
      for (const fact of facts) file.change(KEEP, toParameters(fact));
    });
  }

  async facts(): Promise<readonly QualityFact[]> {
    const { file } = this.#owner;
    return file.read(() => file.rows(FACTS).map(({ fact }) => JSON.parse(String(fact))));
  }
}

/** Lets others have the leases of a holder at once; part of a write. */
export function releaseLeases({ file, holder }: StoreOwner): void {
  file.change(RELEASE, [holder]);
}

function toParameters(fact: QualityFact): readonly (string | number)[] {
  const { subject, attribute, key = '', at, observedAt } = fact;
  return [subject.kind, subject.id, attribute, key, at, observedAt, JSON.stringify(fact)];
}
