import { type RawBuilder, sql } from 'kysely';

/** Which SQL a database speaks. */
export type SqlDialect = 'sqlite' | 'postgres';

type Row = Readonly<Record<string, unknown>>;

/**
 * Rows as one text that the database takes apart, as what follows `insert into`: a statement that is
 * the same for any number of rows costs far less than one with a parameter for each column of each.
 */
export function packRows(
  rows: readonly object[],
  columns: readonly string[],
  dialect: SqlDialect,
): RawBuilder<unknown> {
  const json = toSoundJson(rows as readonly Row[], columns);
  return dialect === 'sqlite' ? unpackInSqlite(json, columns) : unpackInPostgres(json, columns);
}

/** Without a condition SQLite would take what follows for one of a join. */
function unpackInSqlite(json: string, columns: readonly string[]): RawBuilder<unknown> {
  const values = columns.map((_, index) => sql`value ->> ${sql.lit(index)}`);
  return sql`select ${sql.join(values)} from json_each(${json}) where true`;
}

function unpackInPostgres(json: string, columns: readonly string[]): RawBuilder<unknown> {
  const values = columns.map((name, index) => {
    return sql`(packed.value ->> ${sql.lit(index)})::${sql.raw(typeOf(name))}`;
  });
  return sql`select ${sql.join(values)} from json_array_elements(${json}::json) as packed(value)`;
}

const WHOLE: ReadonlySet<string> = new Set([
  ...['at', 'hour', 'visit_index', 'loop_period', 'turns', 'turns_sum'],
  ...['last', 'confused', 'first', 'counts'],
]);

function typeOf(column: string): string {
  if (WHOLE.has(column) || /(?:_at|count)$/.test(column)) return 'bigint';
  return column.includes('seconds') ? 'double precision' : 'text';
}

/** What JSON can say, and a database may not be able to keep: a NUL, and half of a pair. */
const UNSOUND = /\\u(?:0000|d[89a-f])/;

/** Only what a column can hold; all else is null, and refused where a value is needed. */
function toSoundJson(rows: readonly Row[], columns: readonly string[]): string {
  const write = (toValue: (value: unknown) => unknown) =>
    JSON.stringify(rows.map((row) => columns.map((name) => toValue(row[name]))));
  const json = write(toCell);
  return UNSOUND.test(json) ? write(toSoundCell) : json;
}

function toCell(value: unknown): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

function toSoundCell(value: unknown): string | number | null {
  if (typeof value !== 'string') return toCell(value);
  return Buffer.from(value.replaceAll('\0', '')).toString();
}
