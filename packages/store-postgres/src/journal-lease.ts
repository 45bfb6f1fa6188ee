import { randomUUID } from 'node:crypto';
import type { JournalTables, ReleasableLease } from '@turnspan/journal';
import { type Kysely, sql } from 'kysely';
import { toPostgresError } from './postgres-error';

/** The clock of the server: those of several machines differ. */
const NOW = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** What a {@link JournalLease} needs. */
export interface JournalLeaseOptions {
  readonly database: Kysely<JournalTables>;
  /** Comes before everything else. */
  readonly open: () => Promise<void>;
}

/** The leases of one open journal. */
export class JournalLease implements ReleasableLease {
  readonly #options: JournalLeaseOptions;
  readonly #holder: string = randomUUID();
  #hasAsked = false;
  #isReleased = false;

  constructor(options: JournalLeaseOptions) {
    this.#options = options;
  }

  async acquire(name: string, ttlMs: number): Promise<boolean> {
    try {
      await this.#options.open();
      if (this.#isReleased) return false;
      this.#hasAsked = true;
      return await this.#claim(name, ttlMs);
    } catch (error) {
      throw toPostgresError(error, `The lease ${name} was not asked for`);
    }
  }

  /** Lets others have what this one holds, and takes nothing more. What fails runs out by itself. */
  async release(): Promise<void> {
    this.#isReleased = true;
    if (!this.#hasAsked) return;
    const { database } = this.#options;
    const mine = database.deleteFrom('leases').where('holder', '=', this.#holder);
    await mine.execute().catch(() => undefined);
  }

  /** Takes the lease, if nobody else has it now. */
  async #claim(name: string, ttlMs: number): Promise<boolean> {
    const lease = {
      name,
      holder: this.#holder,
      expires_at: sql<number>`${NOW} + ${Math.round(ttlMs)}`,
    };
    const { numInsertedOrUpdatedRows } = await this.#options.database
      .insertInto('leases')
      .values(lease)
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet(({ ref }) => ({
            holder: ref('excluded.holder'),
            expires_at: ref('excluded.expires_at'),
          }))
          .where(({ or, eb, ref }) =>
            or([
              eb('leases.holder', '=', ref('excluded.holder')),
              eb('leases.expires_at', '<=', NOW),
            ]),
          ),
      )
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }
}
