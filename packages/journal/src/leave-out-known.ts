import type { Transaction } from 'kysely';
import type { JournalRecord } from './records';
import type { JournalTables } from './tables';

type Reader = Transaction<JournalTables>;

/** The tables whose rows bear a time of their own each time that they are told. */
type Timed = 'visits' | 'returns' | 'confusions' | 'responses';

const TIMED: Readonly<Partial<Record<JournalRecord['kind'], Timed>>> = {
  visit: 'visits',
  return: 'returns',
  confusion: 'confusions',
  response: 'responses',
};

/** What names a row whenever it is told, and the column that it is looked up by. */
const NAMES = {
  visits: { by: 'journey_id', name: ['journey_id', 'visit_index', 'node'] },
  returns: { by: 'journey_id', name: ['journey_id', 'visit_index', 'node'] },
  confusions: { by: 'journey_id', name: ['journey_id', 'visit_index', 'node', 'signal'] },
  responses: { by: 'turn_id', name: ['turn_id', 'responder'] },
} as const;

/**
 * Leaves out of what is told again what is there already, if with another time: a process that has
 * ended had written it.
 */
export async function leaveOutKnown(
  reader: Reader,
  records: readonly JournalRecord[],
): Promise<readonly JournalRecord[]> {
  const known = new Set<string>();
  for (const table of new Set(records.flatMap((record) => timedTableOf(record) ?? []))) {
    const told = records.filter((record) => timedTableOf(record) === table);
    for (const name of await readNames(reader, table, told)) known.add(`${table} ${name}`);
  }
  return records.filter((record) => {
    const table = timedTableOf(record);
    return !table || !known.has(`${table} ${nameOf(table, rowOf(record))}`);
  });
}

function timedTableOf(record: JournalRecord): Timed | undefined {
  return 'again' in record && record.again ? TIMED[record.kind] : undefined;
}

async function readNames(
  reader: Reader,
  table: Timed,
  told: readonly JournalRecord[],
): Promise<readonly string[]> {
  const { by, name } = NAMES[table];
  const ids = [...new Set(told.map((record) => String(rowOf(record)[by])))];
  const { ref } = reader.dynamic;
  const rows = await reader
    .selectFrom(table)
    .select(name.map((column) => ref(column)))
    .where(ref(by), 'in', ids)
    .execute();
  return rows.map((row) => nameOf(table, row));
}

function nameOf(table: Timed, row: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(NAMES[table].name.map((column) => String(row[column])));
}

function rowOf(record: JournalRecord): Readonly<Record<string, unknown>> {
  return 'row' in record ? { ...record.row } : {};
}
