import { ROW_COLUMNS, type RowTable } from '@turnspan/journal';
import { UsageError } from '../usage-error';
import { createCsv } from './csv';
import { createJsonLines } from './json-lines';
import type { RowFormat } from './row-format';
import { createXes } from './xes';

const FORMATS = ['csv', 'jsonl', 'xes'] as const;

/** The tables that are of use outside of the journal. */
export const TABLES: readonly RowTable[] = (Object.keys(ROW_COLUMNS) as RowTable[]).filter(
  (table) => table !== 'turnspan_migrations',
);

/** The table of this name, or visits. */
export function findTable(name = 'visits'): RowTable {
  const found = TABLES.find((table) => table === name);
  if (found) return found;
  throw new UsageError(`--table takes one of ${TABLES.join(', ')}.`);
}

/** The format of this name for a table. */
export function findFormat(name: string | undefined, table: RowTable): RowFormat {
  switch (FORMATS.find((format) => format === name)) {
    case 'csv':
      return createCsv(ROW_COLUMNS[table]);
    case 'jsonl':
      return createJsonLines(ROW_COLUMNS[table]);
    case 'xes':
      if (table === 'visits') return createXes();
      throw new UsageError('--format xes takes --table visits only.');
    default:
      throw new UsageError('Say the format: --format csv, jsonl or xes.');
  }
}
