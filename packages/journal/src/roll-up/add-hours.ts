import type { CompiledQuery, Transaction } from 'kysely';
import { mergeRows } from '../merge-rows';
import type { JournalTables } from '../tables';
import { HOUR_COLUMNS } from './hour-columns';
import type { HourTable, HourTables } from './hour-rows';
import { packRows, type SqlDialect } from './packed-rows';

/** What statements are made with. */
export interface AdditionOptions {
  readonly writer: Transaction<JournalTables>;
  readonly dialect: SqlDialect;
}

/** What adds rows to the sums that are there; rows of the same name become one before. */
export function toAddition<T extends HourTable>(
  { writer, dialect }: AdditionOptions,
  table: T,
  rows: readonly HourTables[T][],
): readonly CompiledQuery[] {
  if (rows.length === 0) return [];
  // Which table it is makes no difference to the statement, only to types that are not used here.
  const name = table as 'visit_hours';
  const columns = HOUR_COLUMNS[name];
  const names = ['hour', ...columns.name] as const;
  const { sums } = columns as { readonly sums: readonly 'count'[] };
  const counted = rows as readonly HourTables['visit_hours'][];
  const all = [...names, ...sums];
  const addition = writer
    .insertInto(name)
    .columns(all)
    .expression(packRows(mergeRows(counted, { name: names, sums }), all, dialect))
    .onConflict((conflict) =>
      conflict.columns(names).doUpdateSet(({ eb, ref }) => {
        const added = sums.map((sum) => [sum, eb(`${name}.${sum}`, '+', ref(`excluded.${sum}`))]);
        return Object.fromEntries(added);
      }),
    )
    .compile();
  return [addition];
}
