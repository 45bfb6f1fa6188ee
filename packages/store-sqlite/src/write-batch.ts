import type { InsertObject, Kysely, Transaction } from 'kysely';
import type { JournalRecord, RecordRows } from './records';
import type { DeliveryHourRow, JournalTables } from './tables';
import { writeChange, writeObservation } from './write-quality';

type Writer = Transaction<JournalTables>;
type Appended = 'visits' | 'journeys' | 'responses' | 'quality_events' | 'preference_changes';

/** Writes records in one transaction: all of them or none. What is there already stays as it is. */
export async function writeBatch(
  database: Kysely<JournalTables>,
  records: readonly JournalRecord[],
  gapAfterMs: number,
): Promise<void> {
  await database.transaction().execute(async (writer) => {
    await append(writer, 'visits', rowsOf(records, 'visit'));
    await append(writer, 'journeys', rowsOf(records, 'journey'));
    await append(writer, 'responses', rowsOf(records, 'response'));
    await append(writer, 'quality_events', rowsOf(records, 'quality_event'));
    await append(writer, 'preference_changes', rowsOf(records, 'preference_change'));
    await addDeliveries(writer, rowsOf(records, 'delivery'));
    await writeQuality(writer, records, gapAfterMs);
  });
}

function rowsOf<K extends keyof RecordRows>(
  records: readonly JournalRecord[],
  kind: K,
): readonly RecordRows[K][] {
  return records.filter((record) => isOf(record, kind)).map(({ row }) => row);
}

function isOf<K extends keyof RecordRows>(
  record: JournalRecord,
  kind: K,
): record is JournalRecord & { readonly row: RecordRows[K] } {
  return record.kind === kind;
}

async function append<T extends Appended>(
  writer: Writer,
  table: T,
  rows: readonly InsertObject<JournalTables, T>[],
): Promise<void> {
  if (rows.length === 0) return;
  await writer
    .insertInto(table)
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function addDeliveries(writer: Writer, rows: readonly DeliveryHourRow[]): Promise<void> {
  if (rows.length === 0) return;
  await writer
    .insertInto('delivery_hours')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['hour', 'channel', 'line', 'flow', 'node', 'status', 'class', 'code'])
        .doUpdateSet(({ eb, ref }) => ({
          count: eb('delivery_hours.count', '+', ref('excluded.count')),
        })),
    )
    .execute();
}

async function writeQuality(
  writer: Writer,
  records: readonly JournalRecord[],
  gapAfterMs: number,
): Promise<void> {
  for (const record of records) {
    if (record.kind === 'quality_change') await writeChange(writer, record.change, gapAfterMs);
    else if (record.kind === 'quality_observation') {
      await writeObservation(writer, record.fact, gapAfterMs);
    }
  }
}
