import { randomUUID } from 'node:crypto';
import { attempt, type Timestamp } from '@turnspan/core';
import type { JournalTables, ReleasableLease } from '@turnspan/journal';
import type { Kysely } from 'kysely';
import type { Database } from './internal-types';
import { toStoreError } from './sqlite-error';

/** What an {@link SqliteLease} needs. */
export interface SqliteLeaseOptions {
  /** Has its turn with everything else that uses the file. */
  readonly database: Kysely<JournalTables>;
  /** The same file. */
  readonly raw: Database;
  readonly now: () => Timestamp;
}

/** Takes the lease, if nobody else has it now. */
const ACQUIRE = `
  insert into leases (name, holder, expires_at) values (?, ?, ?)
  on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at
  where leases.holder = excluded.holder or leases.expires_at <= ?`;
const RELEASE = 'delete from leases where holder = ?';

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
      return await this.#alone(() => !this.#isReleased && this.#claim(name, ttlMs));
    } catch (error) {
      throw toStoreError(error, `The lease ${name} was not asked for`);
    }
  }

  /** Lets others have what this one holds, and takes nothing more. What fails runs out by itself. */
  async release(): Promise<void> {
    this.#isReleased = true;
    await this.#alone(() => this.#hasHeld && this.#write(RELEASE, [this.#holder])).catch(
      () => undefined,
    );
  }

  #claim(name: string, ttlMs: number): boolean {
    const at = Math.round(this.#options.now());
    const isHeld = this.#write(ACQUIRE, [name, this.#holder, at + Math.round(ttlMs), at]) > 0;
    this.#hasHeld ||= isHeld;
    return isHeld;
  }

  /** Never between the statements of another transaction of this journal. */
  #alone<T>(run: () => T): Promise<T> {
    return this.#options.database.connection().execute(async () => run());
  }

  /**
   * Writes in one go, and says how many rows that were. The transaction locks the file before it
   * looks, so that of two processes one is told no; and it ends before anything else of this
   * process has its turn, which may have the same file open and would wait for it in vain.
   */
  #write(sql: string, parameters: readonly unknown[]): number {
    const { raw } = this.#options;
    raw.exec('begin immediate');
    try {
      const { changes } = raw.prepare(sql).run(parameters);
      raw.exec('commit');
      return Number(changes);
    } catch (error) {
      attempt(
        () => raw.exec('rollback'),
        () => undefined,
      );
      throw error;
    }
  }
}
