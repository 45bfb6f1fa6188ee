import type { Answer } from '@turnspan/insights';
import { writePercent, writeRange } from '@turnspan/insights';
import { type Column, drawTable } from '../table';
import { wrap } from '../text-width';
import type { Style } from './style';

const WIDTH = 80;
/** More rows than that nobody reads in a terminal; --json has them all. */
const MOST_ROWS = 8;

/** A part of a report: a heading, and below it a table or a sentence. */
export interface Section {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** What is said where there are no rows. */
  readonly otherwise: string;
}

/** Draws a heading with its table for 80 columns. */
export function drawSection({ title, columns, rows, otherwise }: Section, style: Style): string {
  if (rows.length === 0) return `${style.heading(title)}\n${indent(otherwise)}`;
  const table = drawTable(columns, rows.slice(0, MOST_ROWS), style.paint);
  const rest = rows.length - MOST_ROWS;
  const more = rest > 0 ? `\n${indent(`and ${rest} more; --json has them all`)}` : '';
  return `${style.heading(title)}\n${indent(table)}${more}`;
}

/** A sentence, cut into lines that begin below each other. */
export function drawSentence(sentence: string, mark = ''): string {
  const [first = '', ...rest] = wrap(sentence, WIDTH - 2 - mark.length);
  const margin = ' '.repeat(mark.length);
  return [`  ${mark}${first}`, ...rest.map((line) => `  ${margin}${line}`)].join('\n');
}

/** Why there is no answer, in a sentence. */
export function tellWhyNot(answer: Answer<unknown>): string {
  if (answer.kind === 'found') return '';
  return `Not enough data: ${answer.reason} (${answer.had} of ${answer.needed})`;
}

/** A rate and its interval, for two columns. */
export function toCells(proportion: {
  readonly rate: number | undefined;
  readonly low: number;
  readonly high: number;
}): readonly [string, string] {
  const { rate } = proportion;
  return rate === undefined ? ['–', '–'] : [writePercent(rate), writeRange(proportion)];
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`))
    .join('\n');
}
