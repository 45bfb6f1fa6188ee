import { randomUUID } from 'node:crypto';
import type { Timestamp } from '@turnspan/core';
import { type Batch, type JournalTables, writeRecords } from '@turnspan/journal';
import { type CompiledQuery, type Kysely, sql, type Transaction } from 'kysely';
import { type Ask, toStatement } from './statement';

/** What a {@link BatchWriter} needs. */
export interface BatchWriterOptions {
  readonly database: Kysely<JournalTables>;
  /** Runs a statement within the transaction that has begun, after those that were asked before. */
  readonly ask: Ask;
  readonly now: () => Timestamp;
}

/**
 * Writes the batches of one open journal, each once: a thread can end after it has committed and
 * before it has answered, and then the batch is tried again.
 */
export class BatchWriter {
  readonly #options: BatchWriterOptions;
  /** Names the journal among those that write the file. */
  readonly #journal: string = randomUUID();
  #hasWritten = false;

  constructor(options: BatchWriterOptions) {
    this.#options = options;
  }

  /** Writes a batch in one transaction: all of it or nothing. */
  async write({ id, records }: Batch, gapAfterMs: number): Promise<void> {
    this.#hasWritten = true;
    await this.#options.database.transaction().execute(async (writer) => {
      if (!(await this.#note(writer, id))) return;
      const runAll = (statements: readonly CompiledQuery[]) => this.#runAll(statements);
      await writeRecords(writer, records, { gapAfterMs, dialect: 'sqlite', runAll });
    });
  }

  /** Forgets what was written before this time, by journals that were killed. */
  async forget(before: Timestamp): Promise<void> {
    const { database } = this.#options;
    await sql`delete from written_batches where at < ${Math.round(before)}`.execute(database);
  }

  /** Forgets what it wrote last, as nobody tries that again; never rejects. */
  async end(): Promise<void> {
    if (!this.#hasWritten) return;
    await sql`delete from written_batches where journal = ${this.#journal}`
      .execute(this.#options.database)
      .catch(() => undefined);
  }

  /** The thread has all of them at once, as what it takes to ask is more than what they take. */
  async #runAll(statements: readonly CompiledQuery[]): Promise<void> {
    const { ask } = this.#options;
    await Promise.all(
      statements.map(({ sql: text, parameters }) => ask(toStatement(text, parameters))),
    );
  }

  /** False if it is what the journal has written last. */
  async #note(writer: Transaction<JournalTables>, id: string): Promise<boolean> {
    const at = Math.round(this.#options.now());
    const { numAffectedRows } = await sql`
      insert into written_batches (journal, batch, at) values (${this.#journal}, ${id}, ${at})
      on conflict (journal) do update set batch = excluded.batch, at = excluded.at
      where written_batches.batch <> excluded.batch
    `.execute(writer);
    return numAffectedRows === 1n;
  }
}
