import { randomUUID } from 'node:crypto';
import type { Timestamp } from '@turnspan/core';
import type { JournalTables, ReleasableLease } from '@turnspan/journal';
import { type Kysely, sql } from 'kysely';
import { toStoreError } from './sqlite-error';

/** What an {@link SqliteLease} needs. */
export interface SqliteLeaseOptions {
  readonly database: Kysely<JournalTables>;
  readonly now: () => Timestamp;
}

/** The leases of one open journal. */
export class SqliteLease implements ReleasableLease {
  readonly #options: SqliteLeaseOptions;
  readonly #holder: string = randomUUID();
  #hasHeld = false;
  #isReleased = false;

  constructor(options: SqliteLeaseOptions) {
    this.#options = options;
  }

  async acquire(name: string, ttlMs: number): Promise<boolean> {
    try {
      return await this.#claim(name, ttlMs);
    } catch (error) {
      throw toStoreError(error, `The lease ${name} was not asked for`);
    }
  }

  /** Lets others have what this one holds, and takes nothing more. What fails runs out by itself. */
  async release(): Promise<void> {
    this.#isReleased = true;
    await this.#giveBack().catch(() => undefined);
  }

  /** The transaction locks the file before it looks, so that of two processes one is told no. */
  async #claim(name: string, ttlMs: number): Promise<boolean> {
    return await this.#options.database.transaction().execute(async (writer) => {
      if (this.#isReleased) return false;
      const at = Math.round(this.#options.now());
      const { numAffectedRows } = await sql`
        insert into leases (name, holder, expires_at)
        values (${name}, ${this.#holder}, ${at + Math.round(ttlMs)})
        on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at
        where leases.holder = excluded.holder or leases.expires_at <= ${at}
      `.execute(writer);
      this.#hasHeld ||= numAffectedRows === 1n;
      return numAffectedRows === 1n;
    });
  }

  /** After whatever is being asked for just now. */
  async #giveBack(): Promise<void> {
    await this.#options.database.connection().execute(async (connection) => {
      if (!this.#hasHeld) return;
      await sql`delete from leases where holder = ${this.#holder}`.execute(connection);
    });
  }
}
