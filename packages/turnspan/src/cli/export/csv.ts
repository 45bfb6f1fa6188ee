import type { RowColumns } from '@turnspan/journal';
import type { RowFormat } from './row-format';

/** The part of a key that is a number. */
const NUMBERS: ReadonlySet<string> = new Set(['visit_index']);

/** RFC 4180 with a header; what is not known is empty, and an empty text is two quotation marks. */
export function createCsv({ time, key, others }: RowColumns): RowFormat {
  const columns = [time, ...key, ...others];
  const head = toLine(columns);
  return {
    order: 'time',
    head,
    toText: (row) => toLine(columns.map((column) => row[column] ?? null)),
    toEnd: () => '',
    reading: {
      hasQuotes: true,
      beginning: head,
      parse: (text) => {
        const cells = splitLine(text);
        if (cells.length !== columns.length || cells.join() === columns.join()) return undefined;
        const isNumber = (column: string) => column === time || NUMBERS.has(column);
        const place = [time, ...key].map((column, index) => {
          const cell = cells[index] ?? '';
          return [column, isNumber(column) ? Number(cell) : cell] as const;
        });
        return Number.isFinite(place[0]?.[1]) ? Object.fromEntries(place) : undefined;
      },
    },
  };
}

function toLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(toCell).join(',')}\r\n`;
}

function toCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function splitLine(line: string): readonly string[] {
  const cells = line.replace(/\r?\n$/, '').match(/(?:^|,)(?:"(?:[^"]|"")*"|[^,"]*)/g) ?? [];
  return cells.map((cell, index) => {
    const text = index === 0 ? cell : cell.slice(1);
    return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
  });
}
