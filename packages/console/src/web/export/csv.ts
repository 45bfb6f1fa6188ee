import { type Cell, formatCsv } from './format-csv';
import { saveFile } from './save-file';

/** Gives the reader a table as a file. */
export function saveCsv(name: string, rows: readonly (readonly Cell[])[]): void {
  // The mark tells Excel that it is UTF-8.
  saveFile(`${name}.csv`, new Blob(['\uFEFF', formatCsv(rows)], { type: 'text/csv' }));
}
