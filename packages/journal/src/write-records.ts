import type { InsertObject, Transaction } from 'kysely';
import { leaveOutKnown } from './leave-out-known';
import { mergeRows } from './merge-rows';
import type { JournalRecord, RecordRows } from './records';
import { addJourneys, addVisits } from './roll-up';
import type { DeliveryHourRow, JournalTables, JourneyRow, VisitRow } from './tables';
import { writeChange, writeObservation } from './write-quality';

type Writer = Transaction<JournalTables>;
type Appended =
  | 'returns'
  | 'confusions'
  | 'journey_starts'
  | 'responses'
  | 'quality_events'
  | 'preference_changes';

const PLACE = ['channel', 'line', 'flow', 'node'] as const;
const DELIVERY_NAME = ['class', 'code', ...PLACE, 'status', 'hour'] as const;

/** How records are written. */
export interface WriteOptions {
  readonly gapAfterMs: number;
  /**
   * Comes before quality is written, and sees to it that nobody else does so until the transaction
   * ends: what is written depends on what is there.
   * @default nothing, as the whole store has one writer at a time
   */
  readonly lockQuality?: (() => Promise<void>) | undefined;
}

/** Writes records and adds to their sums. What is there already stays as it is and counts once. */
export async function writeRecords(
  writer: Writer,
  told: readonly JournalRecord[],
  options: WriteOptions,
): Promise<void> {
  const records = await leaveOutKnown(writer, told);
  await writeVisits(writer, rowsOf(records, 'visit'));
  await writeJourneys(writer, rowsOf(records, 'journey'));
  await append(writer, 'returns', rowsOf(records, 'return'));
  await append(writer, 'confusions', rowsOf(records, 'confusion'));
  await append(writer, 'journey_starts', rowsOf(records, 'journey_start'));
  await append(writer, 'responses', rowsOf(records, 'response'));
  await append(writer, 'quality_events', rowsOf(records, 'quality_event'));
  await append(writer, 'preference_changes', rowsOf(records, 'preference_change'));
  await addDeliveries(writer, rowsOf(records, 'delivery'));
  await writeQuality(writer, records, options);
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

async function writeVisits(writer: Writer, rows: readonly VisitRow[]): Promise<void> {
  if (rows.length === 0) return;
  const inserted = await writer
    .insertInto('visits')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning(['at', 'flow', 'version', 'node', 'variant', 'channel', 'line', 'outcome'])
    .returning(['wait_seconds', 'processing_seconds'])
    .execute();
  await addVisits(writer, inserted);
}

async function writeJourneys(writer: Writer, rows: readonly JourneyRow[]): Promise<void> {
  if (rows.length === 0) return;
  const inserted = await writer
    .insertInto('journeys')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning(['at', 'flow', 'version', 'variant', 'channel', 'line', 'entry', 'outcome'])
    .returning(['seconds', 'turns'])
    .execute();
  await addJourneys(writer, inserted);
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
    .values(mergeRows(rows, { name: DELIVERY_NAME, sums: ['count'] }))
    .onConflict((conflict) =>
      conflict.columns(DELIVERY_NAME).doUpdateSet(({ eb, ref }) => ({
        count: eb('delivery_hours.count', '+', ref('excluded.count')),
      })),
    )
    .execute();
}

async function writeQuality(
  writer: Writer,
  records: readonly JournalRecord[],
  { gapAfterMs, lockQuality }: WriteOptions,
): Promise<void> {
  const told = records.filter(isQuality);
  if (told.length > 0) await lockQuality?.();
  for (const record of told) {
    if (record.kind === 'quality_change') await writeChange(writer, record.change, gapAfterMs);
    else await writeObservation(writer, record.fact, gapAfterMs);
  }
}

type QualityRecord = Extract<
  JournalRecord,
  { readonly kind: 'quality_change' | 'quality_observation' }
>;

function isQuality(record: JournalRecord): record is QualityRecord {
  return record.kind === 'quality_change' || record.kind === 'quality_observation';
}
