import type { Journal, JournalRow, RowsQuery, RowTable } from '@turnspan/journal';
import { ROW_COLUMNS } from '@turnspan/journal';
import type { Target } from './open-target';
import type { Progress } from './progress';
import type { RowFormat } from './row-format';

const BATCH = 1000;

/** What {@link writeRows} needs. */
export interface Export {
  readonly table: RowTable;
  readonly since: number | undefined;
  readonly until: number;
  readonly format: RowFormat;
  readonly target: Target;
  readonly progress: Progress;
}

/** Writes all rows of a stretch of time, a few at a time, and says how many those were. */
export async function writeRows(journal: Journal, job: Export): Promise<number> {
  const { table, since, until, format, target, progress } = job;
  const estimate = createEstimate(job);
  if (!target.hasHead) await target.write(format.head);
  let count = 0;
  let after = target.after;
  for (;;) {
    const query: RowsQuery = { since, until, after, order: format.order, limit: BATCH };
    const rows = await journal.rows(table, query);
    await target.write(rows.map((row) => format.toText(row)).join(''));
    count += rows.length;
    progress.show(count, estimate(rows));
    if (rows.length < BATCH) break;
    after = rows.at(-1);
  }
  await target.write(format.toEnd());
  return count;
}

/** How much of the time is done, counted from the first row. */
function createEstimate({ table, until, format }: Export) {
  const timeOf = (row: JournalRow | undefined) => Number(row?.[ROW_COLUMNS[table].time] ?? until);
  let first: number | undefined;
  return (rows: readonly JournalRow[]): number | undefined => {
    if (format.order !== 'time') return undefined;
    first ??= timeOf(rows[0]);
    return first < until ? (timeOf(rows.at(-1)) - first) / (until - first) : 1;
  };
}
