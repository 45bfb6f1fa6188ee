import { saveFile } from './save-file';

/** What a cell of a table may hold. */
export type Cell = string | number | undefined;

/**
 * Writes a table as CSV. Texts that a spreadsheet would take for a formula get an apostrophe before them.
 */
export function formatCsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(toCell).join(',')}\r\n`).join('');
}

/** Gives the reader a table as a file. */
export function saveCsv(name: string, rows: readonly (readonly Cell[])[]): void {
  // The mark tells Excel that it is UTF-8.
  saveFile(`${name}.csv`, new Blob(['\uFEFF', formatCsv(rows)], { type: 'text/csv' }));
}

function toCell(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
