import type { QualityFact, SharedState } from '@turnspan/core';
import type { StoreConnection } from './store-connection';
import { toKey, toText } from './store-key';

/** What the processes on one database know together. */
export class PostgresSharedState implements SharedState {
  readonly #connection: StoreConnection;
  readonly #holder: string;
  readonly #put: string;
  readonly #factTable: string;

  constructor(connection: StoreConnection, holder: string) {
    this.#connection = connection;
    this.#holder = holder;
    this.#factTable = connection.table('store_facts');
    this.#put = `
      insert into ${connection.table('store_values')} as known (kind, name, value, expires_at)
      values ($1, $2, $3, $4)
      on conflict (kind, name) do update set`;
  }

  async see(key: string, ttlMs: number): Promise<boolean> {
    const text = `${this.#put} expires_at = excluded.expires_at
      where known.expires_at <= $5 returning 1`;
    const rows = await this.#connection.query(text, this.#values(['seen', key, ''], ttlMs));
    return rows.length > 0;
  }

  async assign(name: string, value: string, ttlMs: number): Promise<string> {
    const text = `${this.#put} expires_at = excluded.expires_at,
      value = case when known.expires_at <= $5 then excluded.value else known.value end
      returning value`;
    const [row] = await this.#connection.query(
      text,
      this.#values(['assigned', name, value], ttlMs),
    );
    return String(row?.value);
  }

  async acquire(name: string, ttlMs: number): Promise<boolean> {
    const text = `${this.#put} expires_at = excluded.expires_at, value = excluded.value
      where known.value = excluded.value or known.expires_at <= $5 returning 1`;
    const values = this.#values(['lease', name, this.#holder], ttlMs);
    return (await this.#connection.query(text, values)).length > 0;
  }

  /** In the order of their names, so that two processes do not wait for each other. */
  async keepFacts(facts: readonly QualityFact[]): Promise<void> {
    if (facts.length === 0) return;
    const text = `
      insert into ${this.#factTable} as known (series, at, observed_at, fact)
      select distinct on (series) series, at, observed_at, fact
      from unnest($1::text[], $2::float8[], $3::float8[], $4::text[]) with ordinality
        as given (series, at, observed_at, fact, position)
      order by series, at desc, observed_at desc, position desc
      on conflict (series) do update set
        at = excluded.at, observed_at = excluded.observed_at, fact = excluded.fact
      where (excluded.at, excluded.observed_at) >= (known.at, known.observed_at)`;
    await this.#connection.query(text, [
      facts.map(toSeries),
      facts.map(({ at }) => at),
      facts.map(({ observedAt }) => observedAt),
      facts.map((fact) => JSON.stringify(fact)),
    ]);
  }

  async facts(): Promise<readonly QualityFact[]> {
    const rows = await this.#connection.query(`select fact from ${this.#factTable}`);
    return rows.map(({ fact }) => JSON.parse(String(fact)) as QualityFact);
  }

  #values([kind, name, value]: readonly [string, string, string], ttlMs: number): unknown[] {
    const now = this.#connection.now();
    return [kind, toKey(name), toText(value), now + ttlMs, now];
  }
}

function toSeries({ subject, attribute, key = '' }: QualityFact): string {
  return toKey(JSON.stringify([subject.kind, subject.id, attribute, key]));
}
