import type { Transaction } from 'kysely';
import { mergeRows } from '../merge-rows';
import type { JournalTables } from '../tables';
import { HOUR_COLUMNS } from './hour-columns';
import type { HourTable, HourTables } from './hour-rows';

/** Rows in one statement: databases take only so many values at once. */
const CHUNK = 500;

/** Adds rows to the sums that are there; rows of the same name are added to each other first. */
export async function addHours<T extends HourTable>(
  writer: Transaction<JournalTables>,
  table: T,
  rows: readonly HourTables[T][],
): Promise<void> {
  if (rows.length === 0) return;
  // Which table it is makes no difference to the statement, only to types that are not used here.
  const name = table as 'visit_hours';
  const columns = HOUR_COLUMNS[name];
  const names = ['hour', ...columns.name] as const;
  const { sums } = columns as { readonly sums: readonly 'count'[] };
  const counted = rows as readonly HourTables['visit_hours'][];
  const merged = mergeRows(counted, { name: names, sums });
  for (let start = 0; start < merged.length; start += CHUNK) {
    await writer
      .insertInto(name)
      .values(merged.slice(start, start + CHUNK))
      .onConflict((conflict) =>
        conflict
          .columns(names)
          .doUpdateSet(({ eb, ref }) =>
            Object.fromEntries(
              sums.map((sum) => [sum, eb(`${name}.${sum}`, '+', ref(`excluded.${sum}`))]),
            ),
          ),
      )
      .execute();
  }
}
