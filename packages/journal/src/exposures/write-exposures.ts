import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { JournalRecord } from '../records';
import type { ExposureRow, JournalTables } from '../tables';

type Writer = Transaction<JournalTables>;

const KEY = ['experiment', 'user_key', 'salt'] as const;
const SHOWN = [
  ...(['at', 'variant', 'flow', 'channel', 'line', 'journey_id'] as const),
  ...(['visit_index', 'reason', 'counts'] as const),
] as const;

/** Writes who was shown what, and to which journey it makes a difference that has begun since. */
export async function writeExposures(
  writer: Writer,
  records: readonly JournalRecord[],
): Promise<void> {
  const told = records.flatMap((record) => (record.kind === 'exposure' ? [record.row] : []));
  if (told.length > 0) await write(writer, mergeExposures(told));
  for (const record of records) {
    if (record.kind !== 'journey_start') continue;
    for (const experiment of record.experiments ?? []) await link(writer, record.row, experiment);
  }
}

/** One row for each user, in the order of their names, so that no two writers wait for each other. */
function mergeExposures(told: readonly ExposureRow[]): readonly ExposureRow[] {
  const users = new Map<string, ExposureRow>();
  for (const row of told) {
    const name = JSON.stringify(KEY.map((column) => row[column]));
    const known = users.get(name);
    users.set(name, known ? merge(known, row) : row);
  }
  return [...users].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

/** What counts is kept rather than what does not, and of what counts the first. */
function merge(known: ExposureRow, row: ExposureRow): ExposureRow {
  if (known.counts < row.counts) return row;
  const isOther = known.counts === row.counts && known.variant !== row.variant;
  if (known.counts === 0 || !isOther) return known;
  return { ...known, other_variant: known.other_variant ?? row.variant };
}

async function write(writer: Writer, rows: readonly ExposureRow[]): Promise<void> {
  await writer
    .insertInto('exposures')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(KEY)
        .doUpdateSet({
          ...Object.fromEntries(SHOWN.map((column) => [column, chooseShown(column)])),
          other_variant: OTHER_VARIANT,
        })
        .where(sql<boolean>`exposures.counts < excluded.counts or ${IS_OTHER}`),
    )
    .execute();
}

const IS_OTHER: RawBuilder<boolean> = sql`(exposures.counts = 1 and excluded.counts = 1
  and exposures.other_variant is null and coalesce(excluded.other_variant, excluded.variant) <> exposures.variant)`;
const OTHER_VARIANT: RawBuilder<string> = sql`case when exposures.counts = 0
  then excluded.other_variant else coalesce(excluded.other_variant, excluded.variant) end`;

function chooseShown(column: (typeof SHOWN)[number]): RawBuilder<unknown> {
  const name = sql.id(column);
  return sql`case when exposures.counts = 0 then excluded.${name} else exposures.${name} end`;
}

/** It was shown before its journey had begun. */
async function link(
  writer: Writer,
  journey: { readonly journey_id: string; readonly user_key: string; readonly flow: string },
  experiment: string,
): Promise<void> {
  const { journey_id, user_key, flow } = journey;
  await writer
    .updateTable('exposures')
    .set({ journey_id })
    .where((where) => where.and({ experiment, user_key, flow }))
    .where('journey_id', 'is', null)
    .execute();
}
