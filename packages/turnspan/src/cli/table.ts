import Table from 'cli-table3';
import { wrap } from './text-width';

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** Longer texts go on in the next line. */
  readonly width: number;
}

/** How a text is to look, once it is cut into lines. */
export type Paint = (line: string) => string;

const GAP = '  ';
const BORDERS = ['top', 'bottom', 'left', 'right', 'mid'] as const;
const NO_BORDERS = Object.fromEntries(
  BORDERS.flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`]).map(
    (name) => [name, ''] as const,
  ),
);

/** Draws lines without borders, as wide as their texts need and at most as the columns allow. */
export function drawTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: Paint,
): string {
  const table = new Table({
    head: columns.map(({ title }) => title),
    chars: { ...NO_BORDERS, middle: GAP },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) table.push(toCells(row, columns, paint));
  return table.toString().replace(/ +$/gm, '');
}

function toCells(row: readonly string[], columns: readonly Column[], paint: Paint): string[] {
  return columns.map(({ width }, index) =>
    (row[index] ?? '')
      .split('\n')
      .flatMap((line) => wrap(line, width))
      .map(paint)
      .join('\n'),
  );
}
