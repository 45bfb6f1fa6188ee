import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Compares a text with a file, which is written anew with UPDATE_GOLDEN=1. */
export function expectGolden(name: string, text: string): void {
  const file = join(__dirname, 'golden', `${name}.txt`);
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

/** How many columns of a terminal the longest line of plain text takes. */
export function widthOfLines(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length));
}
