import type { JournalRow } from '@turnspan/journal';

/** How rows are written one after the other. */
export interface RowFormat {
  /** The order in which it wants the rows. */
  readonly order: 'time' | 'key';
  /** Comes before the rows; may be empty. */
  readonly head: string;
  /** The text of the next row. */
  toText(row: JournalRow): string;
  /** Comes after the last row; may be empty. */
  toEnd(): string;
  /** How an unfinished file is read; without it none can be gone on with. */
  readonly reading?: RowReading;
}

/** How the last row of a file is found again. */
export interface RowReading {
  /** Whether a line break between quotation marks belongs to a value. */
  readonly hasQuotes: boolean;
  /** What every file begins with; a file may break off within it. */
  readonly beginning: string;
  /** The time and the key of a row; undefined if it is no row of this table. */
  parse(text: string): JournalRow | undefined;
}
