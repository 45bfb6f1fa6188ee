import type { InsertObject, InsertQueryBuilder, InsertResult, Transaction } from 'kysely';
import { writeExposures } from './exposures/write-exposures';
import { leaveOutKnown } from './leave-out-known';
import type { JournalRecord, RecordRows } from './records';
import type { CountedJourney } from './roll-up/count-journeys';
import type { CountedPreference, CountedResponse } from './roll-up/count-messages';
import type { CountedConfusion, CountedReturn, CountedVisit } from './roll-up/count-visits';
import { packRows, type SqlDialect } from './roll-up/packed-rows';
import { type NewRows, type RollUpOptions, rollUp } from './roll-up/roll-up';
import type { JournalTables, VisitRow } from './tables';
import { writeChange, writeObservation } from './write-quality';

type Writer = Transaction<JournalTables>;
type Appended = 'journey_starts' | 'quality_events';

/** Where rows are written. */
interface Target {
  readonly writer: Writer;
  readonly dialect: SqlDialect;
}

/** The tables whose new rows are added up, and what is of use then. */
interface CountedRows {
  readonly visits: CountedVisit;
  readonly returns: CountedReturn;
  readonly confusions: CountedConfusion;
  readonly journeys: CountedJourney;
  readonly responses: CountedResponse;
  readonly preference_changes: CountedPreference;
}

type Counted = keyof CountedRows;

const LINE = ['at', 'channel', 'line', 'flow'] as const;
const NODE = [...LINE, 'version', 'variant', 'node'] as const;
const COUNTED: { readonly [T in Counted]: readonly (keyof CountedRows[T] & string)[] } = {
  visits: [...NODE, 'outcome', 'asked_at', 'wait_seconds', 'processing_seconds', 'loop_period'],
  returns: NODE,
  confusions: [...NODE, 'signal'],
  journeys: [
    ...([...LINE, 'version', 'variant', 'journey_id'] as const),
    ...(['entry', 'outcome', 'seconds', 'turns'] as const),
  ],
  responses: [...LINE, 'responder', 'first', 'seconds'],
  preference_changes: [...LINE, 'node', 'value'],
};

/** How records are written. */
export interface WriteOptions extends Omit<RollUpOptions, 'writer'> {
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
  const target = { writer, dialect: options.dialect };
  const news: NewRows = {
    visits: await insertNew(target, 'visits', rowsOf(records, 'visit')),
    returns: await insertNew(target, 'returns', rowsOf(records, 'return')),
    confusions: await insertNew(target, 'confusions', rowsOf(records, 'confusion')),
    journeys: await insertNew(target, 'journeys', rowsOf(records, 'journey')),
    responses: await insertNew(target, 'responses', rowsOf(records, 'response')),
    preferences: await insertNew(
      target,
      'preference_changes',
      rowsOf(records, 'preference_change'),
    ),
    deliveries: rowsOf(records, 'delivery'),
  };
  await rollUp({ ...options, writer }, news);
  await append(target, 'journey_starts', rowsOf(records, 'journey_start'));
  await writeExposures(writer, records);
  await append(target, 'quality_events', rowsOf(records, 'quality_event'));
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

/** Gives what of the rows had not been there. */
async function insertNew<T extends Counted>(
  { writer, dialect }: Target,
  table: T,
  rows: readonly InsertObject<JournalTables, T>[],
): Promise<readonly CountedRows[T][]> {
  if (rows.length === 0) return [];
  const { ref } = writer.dynamic;
  const inserted = await insert({ writer, dialect }, table, rows)
    .returning(COUNTED[table].map((column) => ref(column)))
    .execute();
  return inserted as unknown as readonly CountedRows[T][];
}

async function append<T extends Appended>(
  target: Target,
  table: T,
  rows: readonly InsertObject<JournalTables, T>[],
): Promise<void> {
  if (rows.length > 0) await insert(target, table, rows).execute();
}

function insert(
  { writer, dialect }: Target,
  table: Counted | Appended,
  rows: readonly object[],
): InsertQueryBuilder<JournalTables, 'visits', InsertResult> {
  const columns = Object.keys(rows[0] ?? {}) as ('at' & keyof VisitRow)[];
  // Which table it is makes no difference to the statement, only to types that are not used here.
  return writer
    .insertInto(table as 'visits')
    .columns(columns)
    .expression(packRows(rows, columns, dialect))
    .onConflict((conflict) => conflict.doNothing());
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
