import type { Timestamp } from '@turnspan/core';
import { type Batch, type JournalTables, writeRecords } from '@turnspan/journal';
import { type Kysely, sql, type Transaction } from 'kysely';

/** Which batches were written; only the journal on Postgres has it. */
const WRITTEN = 'written_batches';

/**
 * A process that is stopped in the middle of a transaction keeps what it has locked from all others.
 * After so long Postgres ends its session, and the batch is tried again should it go on.
 */
const IDLE_LIMIT = '5s';

/** What writing needs to know. */
export interface WriteBatchOptions {
  readonly schema: string;
  readonly gapAfterMs: number;
  readonly now: Timestamp;
}

/**
 * Writes a batch in one transaction, once: a connection can break after the server was told to
 * commit and before it has answered, and then the batch is tried again.
 */
export async function writeBatch(
  database: Kysely<JournalTables>,
  { id, records }: Batch,
  { schema, gapAfterMs, now }: WriteBatchOptions,
): Promise<void> {
  await database.transaction().execute(async (writer) => {
    await sql`set local idle_in_transaction_session_timeout = ${sql.lit(IDLE_LIMIT)}`.execute(
      writer,
    );
    if (!(await note(writer, id, { schema, now }))) return;
    const lockQuality = () => lock(writer, `turnspan quality of ${schema}`);
    await writeRecords(writer, records, { gapAfterMs, dialect: 'postgres', lockQuality });
  });
}

/** Forgets which batches were written before this time: nobody tries them again. */
export async function forgetBatches(
  database: Kysely<JournalTables>,
  { schema, before }: { readonly schema: string; readonly before: Timestamp },
): Promise<void> {
  const written = sql.id(schema, WRITTEN);
  await sql`delete from ${written} where at < ${Math.round(before)}`.execute(database);
}

/** False if it is there already; a transaction that is about to write it is waited for. */
async function note(
  writer: Transaction<JournalTables>,
  id: string,
  { schema, now }: Pick<WriteBatchOptions, 'schema' | 'now'>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into ${sql.id(schema, WRITTEN)} (id, at) values (${id}, ${Math.round(now)})
    on conflict do nothing
  `.execute(writer);
  return numAffectedRows === 1n;
}

/** One writer at a time, in whichever process, until its transaction ends. */
async function lock(writer: Transaction<JournalTables>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(writer);
}
