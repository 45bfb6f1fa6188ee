import { type CompiledQuery, type RawBuilder, sql, type Transaction } from 'kysely';
import { mergeRows } from '../merge-rows';
import type { JournalTables } from '../tables';
import { HOUR_COLUMNS } from './hour-columns';
import type { HourTable, HourTables } from './hour-rows';
import { toSoundJson } from './sound-json';

/** Which SQL a database speaks. */
export type SqlDialect = 'sqlite' | 'postgres';

/** What statements are made with. */
export interface AdditionOptions {
  readonly writer: Transaction<JournalTables>;
  readonly dialect: SqlDialect;
}

const WHOLE: ReadonlySet<string> = new Set(['hour', 'last', 'confused', 'first', 'turns_sum']);

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
  const json = toSoundJson(mergeRows(counted, { name: names, sums }));
  const all = [...names, ...sums];
  const addition = writer
    .insertInto(name)
    .columns(all)
    .expression(dialect === 'sqlite' ? unpackInSqlite(json, all) : unpackInPostgres(json, all))
    .onConflict((conflict) =>
      conflict.columns(names).doUpdateSet(({ eb, ref }) => {
        const added = sums.map((sum) => [sum, eb(`${name}.${sum}`, '+', ref(`excluded.${sum}`))]);
        return Object.fromEntries(added);
      }),
    )
    .compile();
  return [addition];
}

/** Rows come as one text: a statement that is the same for any number of them costs far less. */
function unpackInSqlite(json: string, columns: readonly string[]): RawBuilder<unknown> {
  const values = columns.map((column) => sql`value ->> ${sql.lit(column)}`);
  return sql`select ${sql.join(values)} from json_each(${json}) where true`;
}

function unpackInPostgres(json: string, columns: readonly string[]): RawBuilder<unknown> {
  const typed = columns.map((column) => sql`${sql.ref(column)} ${sql.raw(typeOf(column))}`);
  return sql`select * from json_to_recordset(${json}::json) as packed(${sql.join(typed)})`;
}

function typeOf(column: string): string {
  if (WHOLE.has(column) || column.endsWith('count')) return 'bigint';
  return column.includes('seconds') ? 'double precision' : 'text';
}
